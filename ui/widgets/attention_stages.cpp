// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/attention_stages.h"

#include <QLabel>
#include <QSplitter>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/plot/heatmap_plot.h"
#include "ui/widgets/helpers.h"

namespace lexarium {
namespace {

enum Stage : std::size_t { kProducts, kScores, kWeights, kWeighted };

}  // namespace

AttentionStages::AttentionStages(QWidget* parent) : QWidget(parent), sentence_(new QLabel) {
  auto* split = new QSplitter(Qt::Horizontal);
  split->setChildrenCollapsible(false);
  const QString names[] = {AttentionStages::tr("Products of queries and keys"),
                           AttentionStages::tr("Scaled and masked"), AttentionStages::tr("Softmax"),
                           AttentionStages::tr("Weighted values")};
  for (std::size_t i = 0; i < plots_.size(); ++i) {
    auto* plot = plots_[i] = new HeatmapPlot;
    plot->setObjectName(QStringLiteral("attentionStage%1").arg(i + 1));
    plot->setAccessibleName(names[i]);
    connect(plot, &HeatmapPlot::menuRequested, this, &AttentionStages::menuRequested);
    connect(plot, &HeatmapPlot::currentChanged, this, [this, i](const std::optional<HeatmapCell>& cell) {
      if (cell) last_ = i;
      if (i != kWeighted) {
        for (std::size_t other = 0; other < kWeighted; ++other)
          if (other != i) plots_[other]->setCurrent(cell);
        if (cell) setQuery(static_cast<int>(cell->row));
        plots_[kWeighted]->setCurrent(cell ? std::optional(HeatmapCell{cell->column, 0}) : std::nullopt);
      }
      explain(i, cell);
    });
    connect(plot, &HeatmapPlot::viewMoved, this, [this, i] {
      for (std::size_t other = 0; i < kWeighted && other < kWeighted; ++other)
        if (other != i) plots_[other]->showLike(*plots_[i]);
    });
    connect(plot, &HeatmapPlot::cellClicked, this, [this, i](const HeatmapCell& cell) {
      const int row = static_cast<int>(cell.row);
      const int count = static_cast<int>(names_.size());
      if (i == kWeighted && row < count) Q_EMIT pairChosen(query_, row);
      if (i != kWeighted) Q_EMIT pairChosen(row, static_cast<int>(cell.column));
    });
    split->addWidget(plot);
  }
  sentence_->setObjectName("attentionStageSentence");
  sentence_->setWordWrap(true);
  sentence_->setTextFormat(Qt::PlainText);
  auto* layout = tightLayout<QVBoxLayout>(this);
  layout->addWidget(split, 1);
  layout->addWidget(sentence_);
}

void AttentionStages::setTheme(const Theme& theme) {
  for (HeatmapPlot* plot : plots_) plot->setTheme(theme);
  sentence_->setFont(theme.small);
}

void AttentionStages::show(std::size_t stage, const Eigen::MatrixXd& rows, HeatmapData::Colors colors,
                           const QString& title) {
  HeatmapData data;
  data.title = title;
  data.values = std::make_shared<const Matrix>(rows.cast<Real>());
  data.rows = names_;
  if (stage != kWeighted) {
    data.columns = names_;
  } else {
    data.rows.push_back(tr("Sum: output"));
  }
  data.colors = colors;
  if (stage == kWeights) data.range = {{0.0, 1.0}};
  data.rowTitle = stage == kWeighted ? tr("Looked at") : tr("Looking");
  data.columnTitle = stage == kWeighted ? tr("Number of the value") : tr("Looked at");
  plots_[stage]->setData(std::move(data));
}

void AttentionStages::setStages(std::shared_ptr<const HeadStages> stages, std::vector<QString> names) {
  const bool otherText = names != names_;
  stages_ = std::move(stages);
  names_ = std::move(names);
  if (!stages_) return;
  using Colors = HeatmapData::Colors;
  show(kProducts, stages_->products.transpose(), Colors::Diverging, tr("1  q · k"));
  show(kScores, stages_->scores.transpose(), Colors::Diverging, tr("2  s = q · k / √d, later ones masked"));
  show(kWeights, stages_->weights.transpose(), Colors::Cividis, tr("3  a = softmax(s)"));
  const int count = static_cast<int>(names_.size());
  if (otherText || query_ < 0 || query_ >= count) query_ = count - 1;
  showWeighted();
  explain(kWeights, std::nullopt);
}

void AttentionStages::setQuery(int query) {
  if (!stages_ || query < 0 || query >= static_cast<int>(names_.size()) || query == query_) return;
  query_ = query;
  showWeighted();
}

/// a_j v_j of each token, and their sum in the last row.
void AttentionStages::showWeighted() {
  const Eigen::MatrixXd& values = stages_->values;
  Eigen::MatrixXd rows(values.cols() + 1, values.rows());
  for (Eigen::Index j = 0; j < values.cols(); ++j)
    rows.row(j) = stages_->weights(j, query_) * values.col(j).transpose();
  rows.row(values.cols()) = stages_->outputs.col(query_).transpose();
  show(kWeighted, rows, HeatmapData::Colors::Diverging,
       tr("4  a v of “%1”").arg(names_[static_cast<std::size_t>(query_)]));
}

void AttentionStages::explain(std::size_t stage, const std::optional<HeatmapCell>& cell) {
  if (!stages_) return sentence_->clear();
  if (!cell || stage == kWeighted) {
    sentence_->setText(
        tr("Each row is a token that looks. Move over a cell to follow its numbers through the "
           "stages; the last picture shows what that row takes from each token."));
    return;
  }
  const auto number = [&](const Eigen::MatrixXd& of) { return formatValue(of(cell->column, cell->row), 3); };
  const QString query = names_[static_cast<std::size_t>(cell->row)];
  const QString key = names_[static_cast<std::size_t>(cell->column)];
  if (cell->column > cell->row) {
    sentence_->setText(tr("“%1” may not look at “%2”, which comes later: its product %3 is masked.")
                           .arg(query, key, number(stages_->products)));
    return;
  }
  sentence_->setText(
      tr("“%1” looks at “%2”: product %3, scaled %4, weight %5 of 1.")
          .arg(query, key, number(stages_->products), number(stages_->scores), number(stages_->weights)));
}

PlotSource AttentionStages::exportSource(std::function<void(const Error&)> failed) {
  return plots_[last_]->exportSource(tr("attention stage %1").arg(last_ + 1), std::move(failed));
}

}  // namespace lexarium
