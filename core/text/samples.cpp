// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/samples.h"

#include <algorithm>
#include <array>

#include "core/text/small_world.h"

namespace lexarium {
namespace {

std::string writeEnglish(std::uint64_t seed) { return small_world::writeWorld(small_world::english(), seed); }
std::vector<AnalogyQuestion> englishQuestions() { return small_world::questionsOf(small_world::english()); }

std::string writeChinese(std::uint64_t seed) { return small_world::writeWorld(small_world::chinese(), seed); }
std::vector<AnalogyQuestion> chineseQuestions() { return small_world::questionsOf(small_world::chinese()); }

const std::vector<Sample>& all() {
  static const std::vector<Sample> samples{
      {.id = "small-world-en",
       .title = "Small world",
       .language = "en",
       .description =
           "About 300,000 words of simple English about kings, countries, animals and trades, with questions "
           "to ask what was learnt.",
       .options = {},
       .generate = writeEnglish,
       .questions = englishQuestions},
      {.id = "small-world-zh",
       .title = "小世界",
       .language = "zh",
       .description =
           "About 300,000 words of simple Chinese about the same kinds of things, cut into words by a "
           "dictionary, with questions to ask what was learnt.",
       .options = {},
       .generate = writeChinese,
       .questions = chineseQuestions}};
  return samples;
}

}  // namespace

std::span<const Sample> samples() { return all(); }

const Sample* findSample(std::string_view id) {
  const auto found = std::ranges::find(all(), id, &Sample::id);
  return found == all().end() ? nullptr : &*found;
}

}  // namespace lexarium
