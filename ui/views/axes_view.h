// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QTimer>
#include <array>

#include "core/analysis/examples.h"
#include "core/analysis/word_axes.h"
#include "ui/plot/motion.h"
#include "ui/plot/plot_export.h"
#include "ui/session/paced_job.h"
#include "ui/views/pictures.h"
#include "ui/views/view.h"

class QLabel;
class QSpinBox;
class QStackedLayout;
class QToolButton;

namespace lexarium {

class EmptyState;
class ScatterPlot;
class WordEdit;

/// The most frequent words in a plane whose axes are lines of meaning that a person draws: from "man" to
/// "woman" across, from "poor" to "rich" upwards. Follows the training.
class AxesView : public View, public HasPictures {
  Q_OBJECT

 public:
  explicit AxesView(Session& session, QWidget* parent = nullptr);

  Probe needs() const override;
  QJsonObject saveState() const override;
  void restoreState(const QJsonObject& state) override;
  void fillMenu(QMenu& menu) override;
  std::vector<PlotSource> pictures() override;
  QString textSummary() const override;

  ScatterPlot& plot() { return *plot_; }
  PlotSource exportSource();

 protected:
  void refresh(unsigned dirty) override;
  void showHover(TokenId id) override;
  void hideEvent(QHideEvent* event) override;

 private:
  /// An end of an axis: the field, and what stands in it.
  enum End { kLeft, kRight, kBottom, kTop, kEnds };

  struct Picture {
    std::shared_ptr<const EmbeddingTable> table;
    std::shared_ptr<const Vector> norms;
    std::array<AxisPoles, 2> poles;  // x, y
    std::size_t words = 0;
    Layout layout;
    std::array<bool, 2> hasDirection{};
  };
  static Picture draw(Picture picture);

  QWidget* makeControls();
  QWidget* makeAxisFields(const QString& name, End from, End to);
  WordEdit* makeField(End end);
  void connectPlot();
  void adoptCorpus();
  void fillExamples();
  void takeExample(int axis, const WordPair& pair);
  void read();
  bool isReadable() const { return problem_.isEmpty(); }
  std::shared_ptr<const EmbeddingTable> newestTable() const;
  void project();
  void projectIfNewer();
  void place(Picture picture);
  void drawTick();
  void glide();
  void forget();
  void updateSelection();
  void showState();
  bool isTraining() const;
  QString axisTitle(int axis) const;
  QString axisFormula(int axis) const;
  std::string toCsv() const;

  ScatterPlot* plot_;
  QStackedLayout* stack_;
  QStackedLayout* body_;
  EmptyState* empty_;
  EmptyState* nothing_;
  std::array<WordEdit*, kEnds> fields_{};
  std::array<QToolButton*, 2> examples_{};
  QSpinBox* wordCount_;
  QLabel* hint_;
  std::shared_ptr<const Corpus> corpus_;
  std::vector<WordPair> pairs_;
  std::size_t words_ = 0;  // that have a vector: what the fields were read with
  std::array<AxisPoles, 2> poles_;
  QString problem_;
  Picture shown_;
  bool adoptDefaults_ = true;  // no words were chosen by a person yet
  LayoutMotion motion_;
  QTimer glideTimer_;
  QElapsedTimer glideTime_, frameTime_;
  PacedJob job_;
};

}  // namespace lexarium
