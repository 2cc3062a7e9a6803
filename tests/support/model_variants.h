// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include "core/models/learner.h"

namespace lexarium {

struct Variant {
  const ModelInfo* model;
  ParamSet params;
  std::string name;
};

/// Each model of word vectors once for every option of every choice parameter, and if wanted for both values
/// of every boolean one.
inline std::vector<Variant> allVariants(bool booleansToo = false) {
  std::vector<Variant> all;
  for (const ModelInfo& model : models()) {
    if (model.kind != ModelInfo::Kind::Embedding) continue;
    std::vector<Variant> variants{{&model, ParamSet::defaultsOf(model.params), model.id}};
    for (const ParamSpec& spec : model.params) {
      std::vector<ParamValue> values;
      for (const ParamSpec::Option& option : spec.options) values.push_back(option.value);
      if (spec.type == ParamSpec::Type::Boolean && booleansToo) values = {true, false};
      if (values.empty()) continue;
      std::vector<Variant> more;
      for (const Variant& variant : variants) {
        for (const ParamValue& value : values) {
          more.push_back(variant);
          more.back().params.set(spec.key, value);
          more.back().name += " " + spec.key + "=" + formatParam(value);
        }
      }
      variants = std::move(more);
    }
    all.insert(all.end(), variants.begin(), variants.end());
  }
  return all;
}

/// Sets what the model has of these; the rest of its parameters stays.
inline ParamSet with(ParamSet params, const std::vector<std::pair<std::string, ParamValue>>& changes) {
  for (const auto& [key, value] : changes) {
    if (params.contains(key)) params.set(key, value);
  }
  return params;
}

/// For texts of some hundred or thousand words.
inline ParamSet forToys(const ParamSet& params, std::int64_t epochs) {
  return with(params, {{"dimensions", std::int64_t{12}},
                       {"window", std::int64_t{3}},
                       {"epochs", epochs},
                       {"min_count", std::int64_t{1}},
                       {"subsample", 0.0},
                       {"cross_sentences", false}});
}

struct Course {
  std::vector<StepReport> steps;
  Matrix vectors;

  /// Mean per example over the steps in [from, to) epochs.
  double meanLoss(double from, double to) const {
    double sum = 0, examples = 0;
    for (const StepReport& step : steps) {
      if (step.epoch < from || step.epoch >= to) continue;
      sum += step.lossSum;
      examples += static_cast<double>(step.examples);
    }
    return sum / examples;
  }
};

inline Matrix vectorsOf(const Learner& learner) {
  Matrix vectors;
  learner.copyEmbeddings(learner.words(), vectors);
  return vectors;
}

inline Course runToEnd(Learner& learner, std::size_t atMost = 1'000'000) {
  Course course;
  while (course.steps.size() < atMost) {
    course.steps.push_back(learner.step());
    if (course.steps.back().finished) break;
  }
  course.vectors = vectorsOf(learner);
  return course;
}

inline bool sameBits(const Matrix& a, const Matrix& b) {
  return a.rows() == b.rows() && a.cols() == b.cols() &&
         (a.size() == 0 ||
          std::memcmp(a.data(), b.data(), static_cast<std::size_t>(a.size()) * sizeof(Real)) == 0);
}

}  // namespace lexarium
