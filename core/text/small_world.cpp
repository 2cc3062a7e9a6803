// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/small_world.h"

#include <algorithm>
#include <cassert>
#include <map>
#include <numeric>
#include <utility>

#include "core/base/rng.h"

namespace lexarium::small_world {
namespace {

using Lists = std::map<std::string_view, std::vector<std::string_view>>;

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\n')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\n')) text.remove_suffix(1);
  return text;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(separator), text.size());
    if (const auto part = trimmed(text.substr(0, end)); !part.empty()) parts.push_back(part);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

/// "he: he | name: Henry; Arthur"
Lists parseLists(std::string_view text) {
  Lists lists;
  for (const auto field : split(text, '|')) {
    const std::size_t colon = field.find(':');
    assert(colon != std::string_view::npos);
    lists[trimmed(field.substr(0, colon))] = split(field.substr(colon + 1), ';');
  }
  return lists;
}

struct Row {
  std::vector<std::string_view> forms;
  Lists lists;
};

std::vector<Row> parseRows(std::string_view text) {
  std::vector<Row> rows;
  for (const auto row : split(text, '#')) {
    const std::size_t bar = std::min(row.find('|'), row.size());
    rows.push_back({split(row.substr(0, bar), ';'), parseLists(row.substr(std::min(bar + 1, row.size())))});
  }
  return rows;
}

/// Draws 0 to n-1 in random order without putting back, and begins anew when empty: equal shares, whatever
/// the length.
class Bag {
 public:
  std::size_t draw(std::size_t n, Rng& rng) {
    if (next_ == order_.size() || order_.size() != n) refill(n, rng);
    return order_[next_++];
  }

 private:
  void refill(std::size_t n, Rng& rng) {
    const bool avoid = order_.size() == n && n > 1;
    const std::size_t last = avoid ? order_.back() : 0;
    order_.resize(n);
    std::iota(order_.begin(), order_.end(), std::size_t{0});
    for (std::size_t i = n; i > 1; --i)
      std::swap(order_[i - 1], order_[rng.below(static_cast<std::uint32_t>(i))]);
    if (avoid && order_.front() == last)
      std::swap(order_.front(), order_.back());  // never the same twice running
    next_ = 0;
  }

  std::vector<std::size_t> order_;
  std::size_t next_ = 0;
};

struct Cell {
  std::size_t theme, row, role;
  auto operator<=>(const Cell&) const = default;
};

class Writer {
 public:
  Writer(const World& world, std::uint64_t seed)
      : world_(world), rng_(seed), common_(parseLists(world.lists)) {
    for (const auto name : split(world.steady, ';')) steady_[name];
    for (const Theme& theme : world.themes) {
      rows_.push_back(parseRows(theme.rows));
      themeLists_.push_back(parseLists(theme.lists));
      roleLists_.emplace_back();
      for (const Role& role : theme.roles) roleLists_.back().push_back(parseLists(role.lists));
    }
  }

  std::string write() {
    std::string text;
    for (const auto& cells : chapters()) {
      const Theme& theme = world_.themes[cells.front().theme];
      const std::string_view title =
          theme.titles[titles_[cells.front().theme].draw(theme.titles.size(), rng_)];
      text.append(title) += "\n\n";
      const std::size_t opening = openings_[cells.front().theme].draw(theme.openings.size(), rng_);
      text.append(theme.openings[opening]) += "\n\n";
      for (const Cell& cell : cells) text += paragraph(cell) + "\n\n";
    }
    text.pop_back();
    return text;
  }

 private:
  static constexpr std::size_t kParagraphs = 12;  // in a chapter, at most

  /// Every cell of every theme once a round, cut into chapters of one theme; chapters in random order.
  std::vector<std::vector<Cell>> chapters() {
    std::vector<std::vector<Cell>> all;
    for (std::size_t round = 0; round < world_.rounds; ++round) {
      for (std::size_t theme = 0; theme < world_.themes.size(); ++theme) {
        std::vector<Cell> cells;
        for (std::size_t row = 0; row < rows_[theme].size(); ++row)
          for (std::size_t role = 0; role < rows_[theme][row].forms.size(); ++role)
            cells.push_back({theme, row, role});
        shuffle(cells);
        for (std::size_t begin = 0; begin < cells.size(); begin += kParagraphs) {
          const auto first = cells.begin() + static_cast<std::ptrdiff_t>(begin);
          const auto count = std::min(kParagraphs, cells.size() - begin);
          all.emplace_back(first, first + static_cast<std::ptrdiff_t>(count));
        }
      }
    }
    shuffle(all);
    return all;
  }

  template <class T>
  void shuffle(std::vector<T>& items) {
    for (std::size_t i = items.size(); i > 1; --i)
      std::swap(items[i - 1], items[rng_.below(static_cast<std::uint32_t>(i))]);
  }

  std::string paragraph(const Cell& cell) {
    for (auto& [name, choice] : steady_) choice = {};
    const std::size_t sentences = 3 + rng_.below(4);
    std::vector<std::size_t> used;
    std::string text;
    for (std::size_t i = 0; i < sentences; ++i) {
      if (i > 0) text += world_.language.between;
      text += world_.language.finish(filled(pattern(cell, used), cell));
    }
    return text;
  }

  /// A pattern that the paragraph has not had yet.
  std::string_view pattern(const Cell& cell, std::vector<std::size_t>& used) {
    const Patterns& general = world_.themes[cell.theme].patterns;
    const Patterns& own = world_.themes[cell.theme].roles[cell.role].patterns;
    const std::size_t all = general.size() + own.size();
    assert(used.size() < all);
    std::size_t index = patterns_[cell].draw(all, rng_);
    while (std::ranges::find(used, index) != used.end()) index = patterns_[cell].draw(all, rng_);
    used.push_back(index);
    return index < general.size() ? general[index] : own[index - general.size()];
  }

  std::string filled(std::string_view pattern, const Cell& cell) {
    std::string text;
    while (true) {
      const std::size_t open = pattern.find('{');
      text += pattern.substr(0, open);
      if (open == std::string_view::npos) return text;
      const std::size_t close = pattern.find('}', open);
      assert(close != std::string_view::npos);
      text += filler(pattern.substr(open + 1, close - open - 1), cell);
      pattern.remove_prefix(close + 1);
    }
  }

  std::string filler(std::string_view slot, const Cell& cell) {
    if (slot == "w") return std::string(rows_[cell.theme][cell.row].forms[cell.role]);
    const auto steady = steady_.find(slot);
    if (steady != steady_.end() && !steady->second.empty()) return std::string(steady->second);
    const auto& list = listNamed(slot, cell);
    const std::string_view choice = list[fillers_[{cell, slot}].draw(list.size(), rng_)];
    if (steady != steady_.end()) steady->second = choice;
    return filled(choice, cell);
  }

  const std::vector<std::string_view>& listNamed(std::string_view name, const Cell& cell) const {
    for (const Lists* lists : {&rows_[cell.theme][cell.row].lists, &roleLists_[cell.theme][cell.role],
                               &themeLists_[cell.theme], &common_})
      if (const auto found = lists->find(name); found != lists->end()) return found->second;
    assert(false && "a pattern names a list that its row lacks");
    return common_.begin()->second;
  }

  const World& world_;
  Rng rng_;
  Lists common_;
  std::vector<std::vector<Row>> rows_;  // of each theme
  std::vector<Lists> themeLists_;
  std::vector<std::vector<Lists>> roleLists_;  // of each role of each theme
  std::map<std::string_view, std::string_view> steady_;
  std::map<std::size_t, Bag> titles_;    // of each theme
  std::map<std::size_t, Bag> openings_;  // of each theme
  std::map<Cell, Bag> patterns_;
  std::map<std::pair<Cell, std::string_view>, Bag> fillers_;
};

std::string lowered(std::string_view word) {
  std::string text(word);
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

}  // namespace

std::string writeWorld(const World& world, std::uint64_t seed) { return Writer(world, seed).write(); }

std::vector<AnalogyQuestion> questionsOf(const World& world) {
  std::vector<AnalogyQuestion> questions;
  for (const QuestionKind& kind : world.questions) {
    const auto theme = std::ranges::find(world.themes, kind.theme, &Theme::name);
    assert(theme != world.themes.end());
    const auto rows = parseRows(theme->rows);
    for (const Row& one : rows)
      for (const Row& other : rows)
        if (&one != &other && std::min(one.forms.size(), other.forms.size()) > std::max(kind.a, kind.b))
          questions.push_back({std::string(kind.category), lowered(one.forms[kind.a]),
                               lowered(one.forms[kind.b]), lowered(other.forms[kind.a]),
                               lowered(other.forms[kind.b])});
  }
  return questions;
}

}  // namespace lexarium::small_world
