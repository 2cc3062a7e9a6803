// SPDX-License-Identifier: GPL-3.0-or-later
#include <string>

#include "core/text/small_world.h"

namespace lexarium::small_world {
namespace {

bool isLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// Does the word that begins here sound as if it began with a vowel? Spelling decides but for these few.
bool beginsWithVowelSound(std::string_view rest) {
  for (const std::string_view silent : {"hour", "honest", "heir"})
    if (rest.starts_with(silent)) return true;
  for (const std::string_view consonant : {"one", "uni", "use", "eu", "Eu"})
    if (rest.starts_with(consonant)) return false;
  return !rest.empty() && std::string_view("aeiouAEIOU").find(rest.front()) != std::string_view::npos;
}

std::string withArticles(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    result += text[i];
    const bool alone = (text[i] == 'a' || text[i] == 'A') && (i == 0 || !isLetter(text[i - 1])) &&
                       text.substr(i + 1).starts_with(' ');
    if (alone && beginsWithVowelSound(text.substr(i + 2))) result += 'n';
  }
  return result;
}

}  // namespace

std::string finishEnglish(std::string sentence) {
  for (char& c : sentence)
    if (isLetter(c)) {
      if (c >= 'a') c = static_cast<char>(c - 'a' + 'A');
      break;
    }
  return withArticles(sentence);
}

const World& english() {
  static const World world{
      .themes = {englishFamily(), englishNations(), englishAnimals(), englishVerbs(), englishAdjectives(),
                 englishThings(), englishProfessions(), englishCharacters()},
      .lists = R"(
        people: the children; the neighbours; our friends; the villagers; the twins; the students; the travellers;
                the visitors; the cousins; the soldiers
        | day: Monday; Tuesday; Wednesday; Thursday; Friday; Saturday; Sunday
        | season: spring; summer; autumn; winter
        | number: two; three; four; five; six; seven; ten; twenty)",
      .steady = "name",
      .questions = {{"gender", "family", 0, 1},
                    {"capital-country", "nations", 0, 1},
                    {"country-nationality", "nations", 1, 2},
                    {"animal-young", "animals", 0, 1},
                    {"verb-past", "verbs", 0, 1},
                    {"verb-ing", "verbs", 0, 2},
                    {"adjective-comparative", "adjectives", 0, 1},
                    {"adjective-superlative", "adjectives", 0, 2},
                    {"singular-plural", "things", 0, 1},
                    {"profession-product", "professions", 0, 1},
                    {"profession-place", "professions", 0, 2},
                    {"opposite", "characters", 0, 1}},
      .language = {finishEnglish, " "},
      .rounds = 25};
  return world;
}

}  // namespace lexarium::small_world
