// SPDX-License-Identifier: GPL-3.0-or-later
// What the map hands out: pictures, numbers, films.
#include <QFileInfo>
#include <QToolButton>

#include "core/base/file.h"
#include "ui/models/corpus_text.h"
#include "ui/plot/scatter_plot.h"
#include "ui/views/map_controls.h"
#include "ui/views/map_film.h"
#include "ui/views/map_view.h"
#include "ui/widgets/csv_export.h"
#include "ui/widgets/film_dialog.h"
#include "ui/widgets/helpers.h"

namespace lexarium {

std::string MapView::toCsv() const {
  std::string csv = "word,rank,count,x,y,selected\r\n";
  const auto& corpus = session().corpus();
  const Layout& points = motion_.shown();
  if (!corpus) return csv;
  for (Eigen::Index i = 0; i < points.cols(); ++i) {
    const auto id = static_cast<TokenId>(i);
    csv += csvField(corpus->vocabulary().word(id)) + ',' + std::to_string(id + 1) + ',' +
           csvCount(*corpus, id) + ',' + csvNumber(static_cast<double>(points(0, i))) + ',' +
           csvNumber(static_cast<double>(points(1, i))) + ',' +
           (session().selection().contains(id) ? '1' : '0') + "\r\n";
  }
  return csv;
}

PlotSource MapView::exportSource() {
  return {tr("map"),
          plot_->size(),
          [this](QPaintDevice& device) { plot_->paintOn(device); },
          [this] { return toCsv(); },
          [this](const Error& error) { session().reportError(error); },
          [this] { return textSummary(); }};
}

void MapView::fillMenu(QMenu& menu) {
  menu.addAction(tr("Show everything"), plot_, &ScatterPlot::fit);
  QAction* isolate = menu.addAction(isolated_ ? tr("Show all words") : tr("Isolate selection"), this,
                                    [this] { setIsolated(!isolated_); });
  isolate->setEnabled(controls_->isolate().isEnabled());
  QAction* labels = menu.addAction(tr("Show words"), this, [this](bool shown) {
    labels_ = shown;
    plot_->setLabelsShown(shown);
  });
  labels->setCheckable(true);
  labels->setChecked(labels_);
  QAction* trails = menu.addAction(tr("Show trails"), &controls_->trails(), &QToolButton::setChecked);
  trails->setCheckable(true);
  trails->setChecked(controls_->trails().isChecked());
  controls_->fillMethodMenu(*menu.addMenu(tr("Method")));
  controls_->fillColorMenu(*menu.addMenu(tr("Colour")));
  QMenu* words = menu.addMenu(tr("Number of words"));
  for (const std::size_t count : {500u, 1000u, 2000u, 5000u, 10000u, 20000u, 50000u})
    words->addAction(formatCount(count), this, [this, count] { setWordsWanted(count); });
  fillBookmarkMenu(*menu.addMenu(tr("Bookmarks")));
  menu.addSeparator();
  QAction* film = menu.addAction(tr("Export film..."), this, &MapView::askFilm);
  film->setObjectName("exportFilm");
  film->setEnabled(session().timeline().steps().size() > 1 && !filmBar_->isRunning());
  addExportActions(menu, this, [this] { return exportSource(); });
}

std::vector<PlotSource> MapView::pictures() {
  const auto& shown = frame().snapshot;
  const bool isOfNow = isVisible() || (shown && table_ && (table_ == shown->all || table_ == shown->frame));
  if (!isOfNow || plot_->scene().count() == 0) return {};
  return {exportSource()};
}

void MapView::askFilm() {
  const auto& steps = session().timeline().steps();
  if (steps.size() < 2) return;
  FilmDialog* dialog = FilmDialog::open({steps.front(), steps.back()}, this);
  connect(dialog, &FilmDialog::chosen, this, &MapView::exportFilm, Qt::UniqueConnection);
}

/// Everything that the film shows, as it is now.
MapFilm MapView::filmOf(const FilmOptions& options) const {
  MapFilm film;
  for (const auto& moment : frame().run->trainer->history()->frames())
    if (moment->step >= options.first && moment->step <= options.last) film.moments.push_back(moment);
  film.words = wordsWanted();
  film.method = method_;
  if (method_) {
    film.params = ParamSet::defaultsOf(method_->params);
    if (film.params.contains("metric")) film.params.set("metric", std::string("cosine"));
    if (film.params.contains("perplexity")) film.params.set("perplexity", controls_->perplexity());
  }
  film.scene = plot_->scene();
  film.legend = plot_->legend();
  film.theme = session().theme();
  if (!plot_->isFollowing()) film.view = plot_->scene().view;
  film.trails = controls_->trails().isChecked();
  film.fingerprint = plot_->fingerprint();
  film.size = options.size;
  film.perSecond = options.perSecond;
  film.seconds = options.seconds;
  film.caption = [](const HistoryFrame& moment) {
    return tr("Step %1, epoch %2").arg(formatCount(moment.step), formatValue(moment.epoch));
  };
  film.axisTitles = &MapView::axisTitlesOf;
  return film;
}

void MapView::exportFilm(const FilmOptions& options) {
  if (!frame().run || !frame().run->trainer->history() || filmBar_->isRunning()) return;
  auto job = [film = filmOf(options), path = pathFromUtf8(options.path.toStdString()),
              animated = options.animated](const TaskContext& context) -> Expected<void> {
    auto file = animated
                    ? createAnimatedPng(path, film.pictures(), static_cast<std::uint16_t>(film.perSecond))
                    : createNumberedPngs(path);
    if (!file) return tl::unexpected<Error>(file.error());
    return drawFilm(film, **file, context);
  };
  filmBar_->run(options.path, std::move(job));
}

}  // namespace lexarium
