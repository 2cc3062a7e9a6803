// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QTimer>

#include "ui/plot/plot_export.h"
#include "ui/views/map_colors.h"
#include "ui/views/map_iteration.h"
#include "ui/views/map_movement.h"
#include "ui/views/map_trails.h"
#include "ui/views/pictures.h"
#include "ui/views/view.h"

class QLabel;
class QStackedLayout;

namespace lexarium {

class CsvExport;
class EmptyState;
class MapControls;
class ScatterPlot;
struct FilmOptions;
struct MapFilm;

/// The most frequent words as points in the plane that follow the training: words that are used alike come to
/// lie near one another. Laid out by PCA, or from there on by a method that iterates.
class MapView : public View, public HasPictures {
  Q_OBJECT

 public:
  explicit MapView(Session& session, QWidget* parent = nullptr);

  Probe needs() const override;
  QJsonObject saveState() const override;
  void restoreState(const QJsonObject& state) override;
  void fillMenu(QMenu& menu) override;
  std::vector<PlotSource> pictures() override;
  QString textSummary() const override;

  ScatterPlot& plot() { return *plot_; }
  /// How many words the map is to show (fewer if the text has fewer).
  std::size_t wordsWanted() const;
  void setWordsWanted(std::size_t count);
  bool isIsolated() const { return isolated_; }
  MapControls& controls() { return *controls_; }
  /// The layout that is shown, or that its points glide to.
  const MapLayout& layoutShown() const { return placed_; }
  /// A method is at work on the layout, or will be.
  bool isIterating() const { return iteration_.isActive(); }
  PlotSource exportSource();
  /// Draws the run's moments as a film, off the GUI thread; progress and Cancel stand at the foot of the map.
  void exportFilm(const FilmOptions& options);

 protected:
  void refresh(unsigned dirty) override;
  int frameIntervalMs() const override { return 0; }  // points drift
  void showHover(TokenId id) override;
  void showEvent(QShowEvent* event) override;
  void hideEvent(QHideEvent* event) override;
  bool event(QEvent* event) override;

 private:
  void connectControls();
  void fitControls();
  void orderLabels();
  void setLabelOrder();
  void connectPlot();
  void adoptCorpus();
  void takeFrame();
  void changeMethod();
  void beginIteration();
  void lookAtTable();
  void placeWords(const MapLayout& layout);
  void updateTexts();
  void drawTick();
  void beginGlide();
  void glide();
  void forgetLayout();
  // What a project and a notebook keep of the map (map_view_keeping.cpp).
  void connectKeeping();
  bool adoptKept(bool withMethod);
  void keepLayout();
  void addBookmark();
  void openBookmark(const Notebook::Entry& entry);
  void fillBookmarkMenu(QMenu& menu);
  void setAxisTitles();
  void updateColors();
  void followColors();
  void colorByMovement();
  void updateSelection();
  bool showsTrails() const;
  void followTrails();
  void updateTrails();
  void updateHoverTrail();
  std::vector<Trail> trailsOf(const std::vector<std::size_t>& points) const;
  void updateEmptyState();
  void updateHint();
  QString pcaHint() const;
  QString iterationHint() const;
  void setIsolated(bool isolated);
  void updateHidden();
  bool isTraining() const;
  static std::pair<QString, QString> axisTitlesOf(const MapLayout& layout);
  void askFilm();
  MapFilm filmOf(const FilmOptions& options) const;
  std::string toCsv() const;

  MapLayouter layouter_;
  MapIteration iteration_;
  MapClusters clusters_;
  MapMovement movement_;
  MapTrails trails_;
  const ProjectionInfo* method_ = nullptr;  // that iterates; null: PCA
  LayoutMotion motion_;
  MapLayout placed_;  // the newest layout; its points are in motion_
  std::shared_ptr<const EmbeddingTable> table_;
  std::size_t tableWords_ = 0;
  int runId_ = 0;
  bool isolated_ = false;
  bool labels_ = true;
  LatestJob orderJob_;
  std::vector<std::uint32_t> labelOrder_;  // of the kMostWords most frequent words
  QTimer glideTimer_;
  QElapsedTimer glideTime_, frameTime_, layoutTime_;
  bool adopted_ = false;  // the run's kept layout was, or there is a newer one
  QTimer keepTimer_;
  QTimer textTimer_;  // while a model trains, titles and hint change now and then

  ScatterPlot* plot_ = nullptr;
  MapControls* controls_ = nullptr;
  EmptyState* empty_ = nullptr;
  QStackedLayout* stack_ = nullptr;
  QLabel* hint_ = nullptr;
  CsvExport* filmBar_ = nullptr;
};

}  // namespace lexarium
