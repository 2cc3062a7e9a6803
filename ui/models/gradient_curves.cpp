// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/gradient_curves.h"

#include <algorithm>

namespace lexarium {

std::optional<GradientCurve> gradientCurve(const GradientRun& run, const SequenceTrace& text,
                                           std::size_t token, const StopToken& stop) {
  SequenceTrace read;
  if (!run.trace) read = run.model->trace(text.text);
  const SequenceTrace& trace = run.trace ? *run.trace : read;
  // Another run may cut the text in another way.
  const auto after =
      std::upper_bound(trace.ranges.begin(), trace.ranges.end(), text.ranges[token].end,
                       [](std::size_t end, const ByteRange& range) { return end < range.end; });
  if (after == trace.ranges.begin()) return std::nullopt;
  const auto step = static_cast<std::size_t>(after - trace.ranges.begin()) - 1;
  const auto flow = gradientFlow(*run.model, trace, step, stop);
  if (!flow) return std::nullopt;
  const auto& layer = flow->layers[std::min(run.layer, flow->layers.size() - 1)];
  return GradientCurve{run.id,
                       run.name,
                       run.color,
                       step,
                       flow->loss,
                       flow->target,
                       flow->isGuess,
                       sharesLeft(layer.hidden),
                       layer.cell.empty() ? std::vector<double>() : sharesLeft(layer.cell)};
}

}  // namespace lexarium
