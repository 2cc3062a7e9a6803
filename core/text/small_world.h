// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/text/samples.h"

/// How the built-in samples are written (internal to core/text; the public face is samples.h).
///
/// A world is a set of themes. A theme has rows (king, queen | what belongs to both) and one role for each
/// form of a row (male, female). A sentence is a pattern whose slots are filled from the lists of the row, of
/// the role, of the theme or of the world. What a row and what a role bring to a sentence are chosen
/// independently and in equal shares (drawn without putting back), so the contexts of "queen" are those of
/// its row plus those of its role. That is the condition under which word vectors form parallelograms
/// (Pennington et al. 2014, section 3; Allen and Hospedales 2019).
namespace lexarium::small_world {

using Patterns = std::vector<std::string_view>;

/// What all forms in the same column of a theme's rows share.
struct Role {
  std::string_view lists;  ///< "he: he | his: his | name: Henry; Arthur"
  Patterns patterns;       ///< sentences with {w} for the word and {list} for a filler
};

struct Theme {
  std::string_view name;
  Patterns titles;    ///< headings of its chapters
  Patterns openings;  ///< sentences with which a chapter begins
  std::string_view
      rows;  ///< "# king; queen | place: in the palace; at court | thing: crown # man; woman | ..."
  std::string_view lists;
  Patterns patterns;  ///< sentences that fit every role
  std::vector<Role> roles;
};

/// Questions "row i's form a is to its form b as row j's form a is to its form b", for all i != j.
struct QuestionKind {
  std::string_view category;
  std::string_view theme;
  std::size_t a;
  std::size_t b;
};

/// What differs between languages in putting a text together.
struct Language {
  std::string (*finish)(std::string sentence);  ///< capitals, articles
  std::string_view between;                     ///< what stands between two sentences of a paragraph
};

struct World {
  std::vector<Theme> themes;
  std::string_view lists;  ///< fillers known everywhere
  std::string_view
      steady;  ///< names of the lists of which a paragraph keeps its first choice, "name; friend"
  std::vector<QuestionKind> questions;
  Language language;
  std::size_t rounds;  ///< how many paragraphs each form of each row gets
};

std::string writeWorld(const World& world, std::uint64_t seed);
/// Lower-case, as the vocabulary holds them.
std::vector<AnalogyQuestion> questionsOf(const World& world);

/// Upper case for the first letter, and "an" for "a" before a vowel sound.
std::string finishEnglish(std::string sentence);

/// The worlds themselves.
const World& english();
const World& chinese();

/// Parts of english().
Theme englishFamily();
Theme englishNations();
Theme englishAnimals();
Theme englishVerbs();
Theme englishAdjectives();
Theme englishThings();
Theme englishProfessions();
Theme englishCharacters();

/// Parts of chinese(). Every word asked for is one word in ICU's dictionary.
Theme chineseFamily();
Theme chineseNations();
Theme chineseAnimals();
Theme chineseCharacters();
Theme chineseManners();
Theme chineseProfessions();
Theme chineseMaterials();

}  // namespace lexarium::small_world
