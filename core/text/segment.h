// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/param_spec.h"

namespace lexarium {

/// How text is cut into tokens.
struct SegmentOptions {
  enum class Method { Words, Whitespace, Characters };
  enum class LineEnds { Automatic, EndSentence, Continue };

  Method method =
      Method::Words;      ///< Words: ICU's word boundaries (UAX 29; dictionaries for Chinese, Japanese, Thai)
  bool lowerCase = true;  ///< ICU full case folding's lower-case form
  bool normalise = true;  ///< Unicode NFC
  bool keepPunctuation = false;
  bool keepNumbers = true;
  LineEnds lineEnds = LineEnds::Automatic;  ///< does a line end also end a sentence?

  bool operator==(const SegmentOptions&) const = default;
};

/// The same options as ParamSpecs, for the form and the command line; and back.
std::span<const ParamSpec> segmentParamSpecs();
SegmentOptions segmentOptionsFrom(const ParamSet& values);
ParamSet toParamSet(const SegmentOptions& options);

/// The form under which the vocabulary holds this piece of (valid UTF-8) text: folded and normalised as the
/// options say. For looking up what a person typed.
std::string normalForm(std::string_view piece, const SegmentOptions& options);

}  // namespace lexarium
