// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <optional>

#include "core/analysis/state_search.h"
#include "ui/plot/heatmap_scene.h"
#include "ui/session/paced_job.h"
#include "ui/views/language_base.h"
#include "ui/views/pictures.h"

class QComboBox;
class QLabel;
class QPlainTextEdit;
class QSpinBox;

namespace lexarium {

class HeatmapPlot;
class LinkedTable;
class NumberBox;
class StatePlaceModel;
class TokenText;

/// What the units of a sequence model do while it reads a text: hidden state, cell state and gates as a heat
/// map over time; the text coloured by one unit; and where else in the corpus that unit, or the units of a
/// brushed phrase, are on.
class StatesView : public LanguageView, public HasPictures {
  Q_OBJECT

 public:
  explicit StatesView(Session& session, QWidget* parent = nullptr);

  QJsonObject saveState() const override;
  void restoreState(const QJsonObject& state) override;
  void fillMenu(QMenu& menu) override;
  std::vector<PlotSource> pictures() override;

  HeatmapPlot& plot() { return *plot_; }
  const SequenceTrace* trace() const { return trace_.get(); }

 protected:
  void refresh(unsigned dirty) override;
  QString promise() const override;
  QString describe() const override;

 private:
  /// What the list of places is about.
  enum class Asked { Nothing, Unit, Phrase };

  QWidget* makeBar();
  QWidget* makeContent();
  void read(bool asked);
  void fillSources();
  void showMatrix();
  void showColors();
  void showUnit(int unit);
  const TraceMatrix* matrix() const;
  StateSource source() const;
  void findUnit();
  void findPhrase();
  void showPlaces(Asked asked, Expected<std::vector<StatePlace>> places);
  void openPlace(int row);
  bool isGate() const;

  QPlainTextEdit* input_;
  QComboBox *layer_, *what_;
  QSpinBox* unit_;
  NumberBox* threshold_;
  HeatmapPlot* plot_;
  TokenText* text_;
  QLabel *unitTitle_, *found_;
  LinkedTable* table_;
  StatePlaceModel* places_;
  std::shared_ptr<const SequenceTrace> trace_;
  std::vector<std::size_t> phraseUnits_;
  bool ownText_ = false;  // typed, or kept from the last session
  QTimer typingTimer_;
  PacedJob job_;
  LatestJob search_;
};

}  // namespace lexarium
