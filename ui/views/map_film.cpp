// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/map_film.h"

#include <algorithm>
#include <cmath>

#include "core/base/thread_pool.h"
#include "ui/plot/scatter_picture.h"
#include "ui/views/map_iteration.h"
#include "ui/views/map_trails.h"

namespace lexarium {

namespace {

constexpr int kFirstIterations = 400;  // until the layout of the first moment has a shape
constexpr int kIterations = 25;        // for each moment after it
constexpr double kLabelSeconds = 0.25;

/// At most so many, evenly, with the first and the last.
std::vector<std::shared_ptr<const HistoryFrame>> evenly(
    const std::vector<std::shared_ptr<const HistoryFrame>>& moments, std::size_t most) {
  if (moments.size() <= most) return moments;
  std::vector<std::shared_ptr<const HistoryFrame>> chosen;
  for (std::size_t i = 0; i < most; ++i) chosen.push_back(moments[i * (moments.size() - 1) / (most - 1)]);
  return chosen;
}

/// The layout of each moment, one after the other.
class FilmLayouts {
 public:
  explicit FilmLayouts(const MapFilm& film) : film_(film) {
    if (film.method) projection_ = film.method->create(film.params, MapIteration::kSeed, hardwareThreads());
  }

  MapLayout next(const HistoryFrame& moment, double seconds, const TaskContext& context) {
    moment.decode(table_);
    if (!film_.method) return components_.next(table_, film_.words, seconds, context.stop);
    MapLayout result;
    result.step = moment.step;
    const auto columns = std::min(static_cast<Eigen::Index>(film_.words), table_.vectors.cols());
    const Matrix points = table_.vectors.leftCols(columns);
    if (!projection_->start(points, {}, context)) return result;
    projection_->advance(first_ ? kFirstIterations : kIterations, context.stop);
    first_ = false;
    if (context.stopRequested()) return result;
    result.method = film_.method;
    result.placed.layout = scaled(projection_->layout());
    return result;
  }

 private:
  /// The scale of such a layout says nothing: on the screen it stays.
  static Layout scaled(const Layout& layout) {
    const Eigen::Vector2f mean = layout.rowwise().mean();
    const float size = std::sqrt((layout.colwise() - mean).colwise().squaredNorm().mean());
    return size > 0 ? Layout(layout / size) : layout;
  }

  const MapFilm& film_;
  EmbeddingTable table_;
  ComponentLayouts components_;
  std::unique_ptr<Projection> projection_;
  bool first_ = true;
};

/// Draws one picture after the other.
class FilmPainter {
 public:
  explicit FilmPainter(const MapFilm& film)
      : film_(film), scene_(film.scene), area_(ScatterPicture::areaOf(film.size, film.theme)) {
    picture_.setTheme(film.theme);
    picture_.setFrame(film.size, area_, 1);
    picture_.setFingerprint(film.fingerprint);
    scene_.trails.clear();
    scene_.points = Layout(2, 0);
    if (film.view) {
      scene_.view = *film.view;
      // The same part of the plane, in another size.
      const double wider = film.view->size.width() / area_.width();
      const double higher = film.view->size.height() / area_.height();
      scene_.view.unitsPerPixel *= std::max(wider, higher);
    }
    scene_.view.size = area_.size();
    if (film.legend.isShown()) picture_.setTaken(film.legend.box(area_).translated(-area_.topLeft()));
  }

  /// seconds: from the beginning of the film.
  QImage draw(const Layout& points, const MapLayout& layout, std::vector<Trail> trails,
              const QString& caption, double seconds) {
    const bool first = scene_.points.cols() == 0;
    scene_.points = points;
    if (first) std::erase_if(scene_.labelOrder, [&](std::uint32_t id) { return id >= scene_.count(); });
    scene_.trails = std::move(trails);
    if (!film_.view) {
      const PlaneView all = fittedView(scene_, area_.size(), film_.theme);
      scene_.view = first ? all : followedView(scene_.view, all, 1.0 / film_.perSecond);
    }
    const auto titles = film_.axisTitles(layout);
    picture_.setTitles(titles.first, titles.second);
    const bool anew = first || seconds - labelled_ >= kLabelSeconds;
    if (anew) labelled_ = seconds;
    picture_.draw(scene_, anew);
    QImage image = picture_.image().copy();
    QPainter painter(&image);
    film_.legend.draw(painter, area_);
    drawCaption(painter, caption, seconds / film_.seconds);
    return image;
  }

 private:
  /// What moment it is, and how far the film is as a thin line along the upper edge.
  void drawCaption(QPainter& painter, const QString& caption, double share) const {
    const Theme& theme = film_.theme;
    painter.fillRect(QRectF(0, 0, film_.size.width() * std::clamp(share, 0.0, 1.0), 3), theme.accent);
    painter.setFont(theme.projector ? theme.plotLabel : theme.body);
    const QFontMetricsF metrics(painter.font());
    const QRectF box(area_.left() + 2 * Theme::kSpace, area_.top() + Theme::kSpace,
                     metrics.horizontalAdvance(caption) + 2 * Theme::kSpace,
                     metrics.height() + Theme::kSpace);
    QColor ground = theme.surface;
    ground.setAlphaF(0.85f);
    painter.fillRect(box, ground);
    painter.setPen(theme.text);
    painter.drawText(box, Qt::AlignCenter, caption);
  }

  const MapFilm& film_;
  ScatterScene scene_;
  const QRect area_;
  ScatterPicture picture_;
  double labelled_ = 0;
};

Layout between(const Layout& from, const Layout& to, double share) {
  if (from.cols() != to.cols()) return share < 0.5 ? from : to;
  return from + (to - from) * static_cast<float>(share);
}

std::vector<Trail> trailsOf(const MapFilm& film, const std::vector<MapMoment>& passed, const Layout& points) {
  if (!film.trails || passed.empty()) return {};
  std::vector<std::uint64_t> steps;
  for (const MapMoment& moment : passed) steps.push_back(moment.step);
  const auto chosen = trailSteps(steps, MapTrails::kMostMoments);
  std::vector<MapMoment> moments;
  for (const MapMoment& moment : passed)
    if (std::binary_search(chosen.begin(), chosen.end(), moment.step)) moments.push_back(moment);
  return trailsThrough(moments, film.scene.selected, points, passed.back().step + 1);
}

}  // namespace

std::uint32_t MapFilm::pictures() const {
  return std::max(2u, static_cast<std::uint32_t>(std::lround(seconds * perSecond)));
}

Expected<void> drawFilm(const MapFilm& film, FilmFile& file, const TaskContext& context) {
  const std::uint32_t count = film.pictures();
  const auto moments = evenly(film.moments, count);
  if (moments.size() < 2)
    return makeError("There are not two moments to make a film of", {}, "Train on, or choose a longer part");
  FilmLayouts layouts(film);
  FilmPainter painter(film);
  const double perMoment = film.seconds / static_cast<double>(moments.size() - 1);
  MapLayout from = layouts.next(*moments[0], perMoment, context), to = from;
  std::size_t reached = 0;  // the moment of `to`
  std::vector<MapMoment> passed;
  for (std::uint32_t i = 0; i < count; ++i) {
    const double share = static_cast<double>(i) / (count - 1);
    const double place = share * static_cast<double>(moments.size() - 1);
    while (reached + 1 < moments.size() && static_cast<double>(reached) < place) {
      passed.push_back({to.step, std::make_shared<const Layout>(to.placed.layout)});
      from = std::move(to);
      to = layouts.next(*moments[++reached], perMoment, context);
    }
    if (context.stopRequested()) return cancelled();
    const double way = reached == 0 ? 1 : place - static_cast<double>(reached - 1);
    const Layout points = between(from.placed.layout, to.placed.layout, way);
    const auto nearest = static_cast<std::size_t>(std::lround(place));
    const QImage image = painter.draw(points, way < 0.5 ? from : to, trailsOf(film, passed, points),
                                      film.caption(*moments[nearest]), share * film.seconds);
    if (auto added = file.add(image); !added) return added;
    context.report(static_cast<double>(i + 1) / count, "");
  }
  return file.finish();
}

}  // namespace lexarium
