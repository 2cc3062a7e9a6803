// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/segment.h"

#include <array>

namespace lexarium {
namespace {

template <class T>
struct Name {
  T value;
  const char* name;
};

using Method = SegmentOptions::Method;
using LineEnds = SegmentOptions::LineEnds;

constexpr std::array<Name<Method>, 3> kMethods = {
    {{Method::Words, "words"}, {Method::Whitespace, "whitespace"}, {Method::Characters, "characters"}}};
constexpr std::array<Name<LineEnds>, 3> kLineEnds = {
    {{LineEnds::Automatic, "automatic"}, {LineEnds::EndSentence, "end"}, {LineEnds::Continue, "continue"}}};

template <class T, std::size_t N>
T valueOf(const std::array<Name<T>, N>& names, std::string_view name) {
  for (const auto& entry : names) {
    if (name == entry.name) return entry.value;
  }
  return names[0].value;
}

template <class T, std::size_t N>
std::string nameOf(const std::array<Name<T>, N>& names, T value) {
  for (const auto& entry : names) {
    if (value == entry.value) return entry.name;
  }
  return names[0].name;
}

std::vector<ParamSpec> makeSpecs() {
  std::vector<ParamSpec> specs;
  specs.push_back(choiceParam(
      "segmentation", "Cut into",
      "What the text is cut into: words of any language, pieces "
      "between spaces, or single characters.",
      "words", {{"words", "Words"}, {"whitespace", "Pieces between spaces"}, {"characters", "Characters"}}));
  specs.push_back(booleanParam("lower_case", "Ignore case",
                               "Makes no difference between capital and small letters, so "
                               "that The and the are one word.",
                               true));
  specs.push_back(booleanParam("normalise", "Unify accents",
                               "Takes the different ways to store an accented letter for "
                               "the same (Unicode NFC).",
                               true));
  specs.push_back(booleanParam("keep_punctuation", "Keep punctuation",
                               "Takes punctuation marks and symbols for words "
                               "too.",
                               false));
  specs.push_back(booleanParam("keep_numbers", "Keep numbers", "Takes numbers for words too.", true));
  specs.push_back(choiceParam(
      "line_ends", "Line ends",
      "Whether the end of a line also ends a sentence; a blank line "
      "always does.",
      "automatic",
      {{"automatic", "Find out"}, {"end", "End the sentence"}, {"continue", "Sentence goes on"}}));
  for (std::size_t i = 2; i < specs.size(); ++i) specs[i].advanced = specs[i].key != "keep_punctuation";
  return specs;
}

}  // namespace

std::span<const ParamSpec> segmentParamSpecs() {
  static const std::vector<ParamSpec> specs = makeSpecs();
  return specs;
}

SegmentOptions segmentOptionsFrom(const ParamSet& values) {
  SegmentOptions options;
  options.method = valueOf(kMethods, values.getChoice("segmentation"));
  options.lowerCase = values.getBool("lower_case");
  options.normalise = values.getBool("normalise");
  options.keepPunctuation = values.getBool("keep_punctuation");
  options.keepNumbers = values.getBool("keep_numbers");
  options.lineEnds = valueOf(kLineEnds, values.getChoice("line_ends"));
  return options;
}

ParamSet toParamSet(const SegmentOptions& options) {
  ParamSet values;
  values.set("segmentation", nameOf(kMethods, options.method));
  values.set("lower_case", options.lowerCase);
  values.set("normalise", options.normalise);
  values.set("keep_punctuation", options.keepPunctuation);
  values.set("keep_numbers", options.keepNumbers);
  values.set("line_ends", nameOf(kLineEnds, options.lineEnds));
  return values;
}

}  // namespace lexarium
