// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <set>

#include "core/analysis/head_step.h"
#include "ui/plot/heatmap_scene.h"
#include "ui/session/paced_job.h"
#include "ui/views/attention_base.h"
#include "ui/views/pictures.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QPushButton;
class QSplitter;
class QStackedWidget;

namespace lexarium {

class AttentionContexts;
class AttentionLines;
class AttentionStages;
class HeatmapGrid;
class HeatmapPlot;

/// Where a model looks while it reads a text: all heads as small heat maps, one of them (or several as one)
/// as a matrix, as lines, or stage by stage; what becomes of it when heads are switched off; and where the
/// two tokens of a cell stand in the corpus.
class AttentionView : public AttentionBase, public HasPictures {
  Q_OBJECT

 public:
  enum class Show { Matrix, Lines, Stages };

  explicit AttentionView(Session& session, QWidget* parent = nullptr);

  QJsonObject saveState() const override;
  void restoreState(const QJsonObject& state) override;
  void fillMenu(QMenu& menu) override;
  std::vector<PlotSource> pictures() override;

  /// What was read last; null before.
  const AttentionSheet* sheet() const { return sheet_.get(); }
  /// What the model that is whole makes of it, and the one without the heads that are off (null if none is).
  const AttentionSheet* whole() const { return whole_.get(); }
  const std::set<HeadPlace>& off() const { return off_; }
  Show shown() const;

 protected:
  void refresh(unsigned dirty) override;
  QString promise() const override;
  QString describe() const override;

 private:
  /// What a reading brings.
  struct Result {
    std::shared_ptr<const TrainedModel> model;
    std::uint64_t step = 0;
    Trace whole, without;  ///< without: null if no head is off
    std::string said, saidWithout;
    std::set<HeadPlace> heads;  ///< that can be switched off
    std::shared_ptr<const HeadStages> stages;
  };

  // attention_view_layout.cpp
  QWidget* makeContent();
  QWidget* makeBar();
  QWidget* makePicture();
  void applyTheme();

  void read(bool asked);
  void adopt(Result result);
  void fillChoices();
  void showAll();
  void showTiles();
  void showPicture();
  void showLoss();
  void choose(const AttentionChoice& choice);
  void switchHead(const HeadPlace& place, bool off);
  void choosePair(int query, int key);
  bool canShowStages() const;
  bool wantsStages() const;
  std::vector<const AttentionHead*> heads() const;

  ReadingInput* input_;
  QComboBox *part_, *choice_, *show_;
  QCheckBox* perRow_;
  QPushButton* allOn_;
  QLabel *note_, *loss_, *output_;
  QSplitter *maps_, *split_;
  HeatmapGrid* grid_;
  QStackedWidget* pictures_;
  HeatmapPlot* matrix_;
  AttentionLines* lines_;
  AttentionStages* stages_;
  AttentionContexts* contexts_;

  Reading asked_;        // what was read, or is being read
  Trace sheet_, whole_;  // sheet_: what is drawn
  std::set<HeadPlace> off_, canSwitch_;
  std::string partShown_;
  AttentionChoice chosen_;
  Result last_;
  PacedJob job_;
};

}  // namespace lexarium
