// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/attention_moments.h"

#include <algorithm>

namespace lexarium {

std::vector<ModelMoment> spreadMoments(std::vector<ModelMoment> all, std::size_t most) {
  std::erase_if(all, [](const ModelMoment& moment) { return !moment.model; });
  if (all.size() <= most || most < 2) return all;
  std::vector<ModelMoment> spread;
  for (std::size_t i = 0; i < most; ++i) spread.push_back(all[i * (all.size() - 1) / (most - 1)]);
  return spread;
}

AttentionMoment attentionMoment(const ModelMoment& moment, const Reading& reading, const std::string& part,
                                const AttentionChoice& choice) {
  const AttentionSheet sheet(moment.model->look(reading));
  AttentionMoment seen;
  seen.step = moment.step;
  seen.loss = sheet.trace().loss;
  const auto parts = sheet.parts();
  const bool there = std::find(parts.begin(), parts.end(), part) != parts.end();
  const std::string shown = there || parts.empty() ? part : parts.front();
  if (const auto near = sheet.nearest(shown, choice)) seen.weights = sheet.weights(shown, *near);
  seen.spread = attentionSpread(seen.weights);
  seen.diagonal = diagonalShare(seen.weights);
  return seen;
}

std::optional<std::size_t> largestChange(std::span<const AttentionMoment> moments) {
  std::optional<std::size_t> found;
  double most = 0;
  for (std::size_t i = 1; i < moments.size(); ++i) {
    const auto change = attentionChange(moments[i - 1].weights, moments[i].weights);
    if (!change || *change <= most) continue;
    most = *change;
    found = i;
  }
  return found;
}

}  // namespace lexarium
