// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ui/models/attention_sheet.h"

namespace lexarium {

/// What one head, or several as one, looked at in one moment of a run.
struct AttentionMoment {
  std::uint64_t step = 0;
  Eigen::MatrixXf weights;  ///< [keys x queries]
  double spread = 0;        ///< attentionSpread()
  double diagonal = 0;      ///< diagonalShare()
  double loss = 0;          ///< on the text
};

/// A model at one moment.
struct ModelMoment {
  std::uint64_t step = 0;
  std::shared_ptr<const TrainedModel> model;
};

/// At most `most` of them, evenly spread, with the first and the last; only those that have a model.
std::vector<ModelMoment> spreadMoments(std::vector<ModelMoment> all, std::size_t most);

/// Reads with that model.
AttentionMoment attentionMoment(const ModelMoment& moment, const Reading& reading, const std::string& part,
                                const AttentionChoice& choice);

/// The moment that differs most from the one before it; none if no two can be compared.
std::optional<std::size_t> largestChange(std::span<const AttentionMoment> moments);

}  // namespace lexarium
