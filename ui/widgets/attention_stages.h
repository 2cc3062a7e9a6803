// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <array>
#include <memory>
#include <optional>
#include <vector>

#include "core/analysis/head_step.h"
#include "ui/plot/heatmap_scene.h"
#include "ui/plot/plot_export.h"

class QLabel;

namespace lexarium {

class HeatmapPlot;

/// One attention head stage by stage, as heat maps with numbers beside each other: the products of queries
/// and keys, scaled and masked, their softmax, and the values weighted by it for one token that looks.
class AttentionStages : public QWidget {
  Q_OBJECT

 public:
  explicit AttentionStages(QWidget* parent = nullptr);

  void setTheme(const Theme& theme);
  void setStages(std::shared_ptr<const HeadStages> stages, std::vector<QString> names);
  const HeadStages* stages() const { return stages_.get(); }
  /// The token that looks, of the last stage.
  int query() const { return query_; }
  void setQuery(int query);
  HeatmapPlot& plot(std::size_t stage) { return *plots_[stage]; }
  /// Of the stage that was looked at last.
  PlotSource exportSource(std::function<void(const Error&)> failed);

 Q_SIGNALS:
  void pairChosen(int query, int key);
  void menuRequested(const QPoint& globalPlace);

 private:
  void show(std::size_t stage, const Eigen::MatrixXd& rows, HeatmapData::Colors colors, const QString& title);
  void showWeighted();
  void explain(std::size_t stage, const std::optional<HeatmapCell>& cell);

  std::array<HeatmapPlot*, 4> plots_;
  QLabel* sentence_;
  std::shared_ptr<const HeadStages> stages_;
  std::vector<QString> names_;
  int query_ = -1;
  std::size_t last_ = 2;  // stage that was looked at last
};

}  // namespace lexarium
