// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/cli/console.h"
#include "app/cli/param_flags.h"
#include "core/base/expected.h"
#include "core/text/corpus.h"
#include "core/text/samples.h"

namespace lexarium::cli {

/// The text that a command works on: files and folders, or one built-in sample ("sample:small-world-en").
struct TextRequest {
  std::vector<std::string> texts;
  std::string encoding;                        ///< empty: found out
  std::optional<SegmentOptions> segmentation;  ///< how to cut, unless flags say otherwise; none: as usual

  /// Adds the arguments and --encoding, and the flags of segmentation.
  void addTo(CLI::App& command, ParamFlags& flags);
  /// The sample asked for; nullptr if it is files. Errors (wrong use): no such sample, a sample beside other
  /// texts, an encoding that nobody knows.
  Expected<const Sample*> sample() const;
};

/// Reads it; `flags` override the sample's own way of cutting. Notes about the text go to the progress line.
Expected<std::shared_ptr<const Corpus>> loadText(const TextRequest& request, const ParamFlags& flags,
                                                 ProgressLine& progress);

}  // namespace lexarium::cli
