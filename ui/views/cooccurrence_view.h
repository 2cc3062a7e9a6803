// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>

#include "core/analysis/joint_places.h"
#include "ui/plot/heatmap_plot.h"
#include "ui/session/latest_job.h"
#include "ui/views/pictures.h"
#include "ui/views/view.h"

class QGridLayout;
class QComboBox;
class QLabel;
class QSpinBox;
class QSplitter;
class QStackedLayout;

namespace lexarium {

class CsvExport;
class ElidedLabel;
class EmptyState;
class JointLinesModel;
class LinkedTable;

/// How often the words in view stand together, as a heat map; for GloVe beside it what the model makes of
/// that, and the difference, while it trains. A click on a cell lists the places in the text.
class CooccurrenceView : public View, public HasPictures {
  Q_OBJECT

 public:
  explicit CooccurrenceView(Session& session, QWidget* parent = nullptr);

  Probe needs() const override;
  QJsonObject saveState() const override;
  void restoreState(const QJsonObject& state) override;
  void fillMenu(QMenu& menu) override;
  std::vector<PlotSource> pictures() override;
  QString textSummary() const override;

  /// Text, model, residual; the last two are hidden unless they are compared.
  HeatmapPlot& plot(std::size_t index) { return *plots_[index]; }
  const std::vector<TokenId>& words() const { return counted_.matrix.words; }

 protected:
  void refresh(unsigned dirty) override;
  void showHover(TokenId id) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  enum class Show { Count, LogCount, Ppmi, Compare };
  /// Whose words are counted.
  enum class Source { Selected, Nearest, Beside, Frequent };

  struct Request {
    std::shared_ptr<const Corpus> corpus;
    CooccurrenceRule rule;
    std::size_t kept = 0;  ///< words that the model learns
    std::vector<TokenId> selected;
    std::size_t count = 0;
    std::shared_ptr<const EmbeddingTable> vectors;  ///< may be null
  };
  struct Counted {
    Source source = Source::Frequent;
    std::uint64_t step = 0;  ///< of the vectors that found the nearest words
    CooccurrenceMatrix matrix;
  };
  static Expected<Counted> perform(const Request& request, std::stop_token stop);
  static Expected<std::vector<TokenId>> chooseWords(const Request& request, Counted& counted,
                                                    const TaskContext& context);

  QWidget* makeControls();
  QWidget* makeMaps();
  QWidget* makeContexts();
  void applyTheme();
  void count(bool evenIfSame);
  void adopt(Expected<Counted> counted);
  void showMaps();
  void showModel();
  void showSource();
  void arrangeMaps();
  Show shown() const;
  bool comparesNow() const;
  bool isGlove() const;
  CooccurrenceRule rule() const;
  HeatmapData mapOf(const QString& title, Matrix values, HeatmapData::Colors colors) const;
  std::vector<QColor> marks() const;
  QStringList tooltip(const HeatmapCell& cell) const;
  void point(std::size_t from, const std::optional<HeatmapCell>& cell);
  void listPlaces(const HeatmapCell& cell, Qt::KeyboardModifiers modifiers);
  void showPlaces(TokenId a, TokenId b, const Expected<JointPlaces>& places);
  void openPlace(const QModelIndex& index);
  void exportContexts();

  QStackedLayout* stack_;
  EmptyState* empty_;
  QSpinBox* count_;
  QComboBox* show_;
  ElidedLabel* source_;
  std::array<HeatmapPlot*, 3> plots_{};
  QGridLayout* mapsLayout_ = nullptr;
  QSplitter* splitter_;
  QWidget* contexts_;
  ElidedLabel* contextsTitle_;
  LinkedTable* table_;
  JointLinesModel* lines_;
  CsvExport* export_;

  Counted counted_;
  bool hasCounted_ = false;
  QString problem_;
  std::vector<QString> names_;
  Matrix logCounts_;
  Request asked_;
  bool askedVectors_ = false;
  std::vector<TokenId> ownSelection_;  // made by a click here: the words in view stay
  std::uint64_t modelStep_ = 0;
  bool viridis_ = false;
  bool chosen_ = false;  // the person has chosen what is shown
  LatestJob countJob_;
  LatestJob placesJob_;
};

}  // namespace lexarium
