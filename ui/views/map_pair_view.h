// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>

#include "ui/plot/plot_export.h"
#include "ui/session/latest_job.h"
#include "ui/views/map_pair.h"
#include "ui/views/pictures.h"
#include "ui/views/view.h"

class QLabel;
class QStackedLayout;
class QToolButton;

namespace lexarium {

class EmptyState;
class ScatterPlot;

/// The maps of the two runs that are compared, side by side: one selection, one view, and the words that have
/// changed most.
class MapPairView : public View, public HasPictures {
  Q_OBJECT

 public:
  explicit MapPairView(Session& session, QWidget* parent = nullptr);

  QJsonObject saveState() const override;
  void restoreState(const QJsonObject& state) override;
  void fillMenu(QMenu& menu) override;
  std::vector<PlotSource> pictures() override;
  QString textSummary() const override;

  ScatterPlot& first() { return *plots_[0]; }
  ScatterPlot& second() { return *plots_[1]; }
  const MapPair& pair() const { return pair_; }
  PlotSource exportSource();

  static constexpr std::size_t kWords = 2000;
  static constexpr std::size_t kMostChanged = 20;  ///< words that are highlighted

 protected:
  void refresh(unsigned dirty) override;
  void showHover(TokenId id) override;
  void hideEvent(QHideEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  QWidget* makeSide(std::size_t side);
  void connectPlot(ScatterPlot& plot);
  void choosePair();
  void layOut();
  void showPair();
  void updateTexts();
  void updateHighlight();
  void updateColors();
  void link(ScatterPlot& moved);
  void fitBoth();
  const Run* runOf(std::size_t side) const;
  std::string toCsv() const;

  struct Request {
    int first = 0, second = 0;
    std::shared_ptr<const EmbeddingTable> firstTable, secondTable;
    bool operator==(const Request&) const = default;
  };

  struct Prepared {
    MapPair pair;
    std::array<QString, 2> fingerprints;
  };
  static Expected<Prepared> prepare(const Request& request, const Corpus& corpus, StopToken stop);
  void showFingerprints();

  MapPair pair_;
  std::array<QString, 2> fingerprints_;
  Request shown_;  // what pair_ is of, or will be
  QString problem_;
  bool linking_ = false;
  bool ownView_ = false;  // the person has moved or zoomed the maps
  LatestJob job_;
  ScatterPlot* plots_[2] = {};
  QLabel* titles_[2] = {};
  QLabel* summary_ = nullptr;
  QToolButton* changed_ = nullptr;
  EmptyState* empty_ = nullptr;
  QStackedLayout* stack_ = nullptr;
};

}  // namespace lexarium
