// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSize>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "core/base/progress.h"
#include "core/train/history_frame.h"
#include "ui/plot/film_file.h"
#include "ui/plot/scatter_legend.h"
#include "ui/plot/scatter_scene.h"
#include "ui/views/map_layout.h"

namespace lexarium {

/// A film of the map: all plain values, so that it can be drawn on any thread.
struct MapFilm {
  std::vector<std::shared_ptr<const HistoryFrame>> moments;  ///< by rising step
  std::size_t words = 0;                                     ///< the first of each moment
  const ProjectionInfo* method = nullptr;                    ///< that iterates; null: PCA
  ParamSet params;                                           ///< of the method
  ScatterScene scene;  ///< colours, words, selection; its points are not used
  ScatterLegend legend;
  Theme theme;
  std::optional<PlaneView> view;  ///< the person's; empty: it follows the points
  bool trails = false;
  QString fingerprint;
  QSize size{960, 540};
  int perSecond = 15;
  double seconds = 10;
  // What stands on a picture, for the moment that it is nearest to.
  std::function<QString(const HistoryFrame&)> caption;
  std::function<std::pair<QString, QString>(const MapLayout&)> axisTitles;

  std::uint32_t pictures() const;
};

/// Draws all pictures and finishes the file. A method that iterates goes on from moment to moment, as it does
/// while the slider moves. Errors: cancelled, those of the file, fewer than two moments.
Expected<void> drawFilm(const MapFilm& film, FilmFile& file, const TaskContext& context);

}  // namespace lexarium
