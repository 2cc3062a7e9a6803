// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/samples.h"

namespace lexarium {

Expected<std::shared_ptr<const Corpus>> loadSample(const Sample& sample, const TaskContext& context) {
  if (context.stopRequested()) return cancelled();
  context.report(-1, "Writing " + sample.title);
  return corpusFromText(sample.title, sample.generate(kSampleSeed), sample.options, context);
}

}  // namespace lexarium
