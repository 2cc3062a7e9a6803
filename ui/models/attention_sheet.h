// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QString>
#include <optional>
#include <vector>

#include "core/analysis/attention_measures.h"
#include "core/models/trained_model.h"
#include "ui/plot/heatmap_scene.h"

namespace lexarium {

/// One head, or several as one.
struct AttentionChoice {
  enum class Kind { Head, LayerMean, LayerMost, AllMean, AllMost };
  Kind kind = Kind::Head;
  std::size_t layer = 0, head = 0;  ///< as far as they matter
  bool operator==(const AttentionChoice&) const = default;
  int code() const;  ///< for saved state
  static AttentionChoice fromCode(int code);
};

/// What a model looked at, for people: titles, names of tokens, and matrices with queries down and keys
/// across.
class AttentionSheet {
  Q_DECLARE_TR_FUNCTIONS(lexarium::AttentionSheet)

 public:
  AttentionSheet() = default;
  explicit AttentionSheet(AttentionTrace trace) : trace_(std::move(trace)) {}

  const AttentionTrace& trace() const { return trace_; }
  /// Parts that have heads, that which says most first: "cross", "pooling", "memory", "self" ...
  std::vector<std::string> parts() const;
  std::vector<const AttentionHead*> headsOf(const std::string& part) const;
  /// Single heads in their order; then, if there are several, what they can be combined to.
  std::vector<AttentionChoice> choices(const std::string& part) const;
  /// The choice if there is such a one, or the first that there is.
  std::optional<AttentionChoice> nearest(const std::string& part, const AttentionChoice& wanted) const;
  std::vector<const AttentionHead*> headsOf(const std::string& part, const AttentionChoice& choice) const;

  /// [keys x queries]; empty if there is no such head.
  Eigen::MatrixXf weights(const std::string& part, const AttentionChoice& choice) const;
  HeatmapData heatmap(const std::string& part, const AttentionChoice& choice, bool perRow) const;
  std::vector<QString> names(AttentionAxis axis) const;
  AttentionAxis keys(const std::string& part) const;
  AttentionAxis queries(const std::string& part) const;

  static QString partTitle(const std::string& part);
  static QString axisTitle(AttentionAxis axis, bool keys);
  static QString title(const AttentionChoice& choice);
  static QString shortTitle(const HeadPlace& place);  ///< "1.2": layer and head, from 1

 private:
  AttentionTrace trace_;
};

/// What a model says of that reading, for people: the output of the trace; of a language model how it would
/// go on, always with the likeliest token.
std::string saidAbout(const TrainedModel& model, const Reading& reading, const AttentionTrace& trace,
                      const StopToken& stop = {});

/// The transposed, as plots want it: a row a query.
std::shared_ptr<const Matrix> attentionRows(const Eigen::MatrixXf& weights);

}  // namespace lexarium
