// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tasks/splits.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <unordered_map>

#include "core/base/rng.h"

namespace lexarium {
namespace {

using Group = std::vector<std::uint32_t>;  // examples with equal inputs

std::string inputOf(const TaskExample& example) {
  std::string input = example.input;
  for (const std::string& sentence : example.story) input += '\n' + sentence;
  return input;
}

/// By stratum (class), each in the order of the first example.
std::vector<std::vector<Group>> groupsOf(const TaskData& data) {
  std::unordered_map<std::string, std::pair<std::size_t, std::size_t>> known;  // input -> stratum, group
  std::vector<std::vector<Group>> strata(std::max<std::size_t>(1, data.labels.size()));
  for (std::size_t i = 0; i < data.examples.size(); ++i) {
    const TaskExample& example = data.examples[i];
    const std::size_t stratum = data.kind == TaskKind::Labels ? example.label : 0;
    const auto [place, isNew] = known.try_emplace(inputOf(example), stratum, strata[stratum].size());
    if (isNew) strata[stratum].emplace_back();
    strata[place->second.first][place->second.second].push_back(static_cast<std::uint32_t>(i));
  }
  return strata;
}

}  // namespace

Splits splitExamples(const TaskData& data, const SplitOptions& options) {
  Splits splits;
  Rng rng(options.seed);
  for (std::vector<Group>& groups : groupsOf(data)) {
    for (std::size_t i = groups.size(); i > 1; --i)
      std::swap(groups[i - 1], groups[rng.below(static_cast<std::uint32_t>(i))]);
    std::size_t total = 0;
    for (const Group& group : groups) total += group.size();
    const auto share = [&](double part) {
      return static_cast<std::size_t>(std::llround(std::clamp(part, 0.0, 1.0) * static_cast<double>(total)));
    };
    std::size_t test = share(options.test), validation = share(options.validation);
    // The last group is always learned from.
    for (std::size_t g = 0; g < groups.size(); ++g) {
      const Group& group = groups[g];
      const bool last = g + 1 == groups.size();
      std::size_t* left = last ? nullptr : test > 0 ? &test : validation > 0 ? &validation : nullptr;
      std::vector<std::uint32_t>& to = !left ? splits.train : left == &test ? splits.test : splits.validation;
      to.insert(to.end(), group.begin(), group.end());
      if (left) *left -= std::min(*left, group.size());
    }
  }
  for (auto* part : {&splits.train, &splits.validation, &splits.test}) std::sort(part->begin(), part->end());
  return splits;
}

}  // namespace lexarium
