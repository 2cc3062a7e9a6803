// SPDX-License-Identifier: GPL-3.0-or-later
// What a project keeps of the map: its layout, and bookmarks.
#include <QJsonArray>
#include <algorithm>

#include "ui/plot/scatter_plot.h"
#include "ui/session/project_keeper.h"
#include "ui/views/map_controls.h"
#include "ui/views/map_view.h"
#include "ui/widgets/helpers.h"

namespace lexarium {

namespace {

constexpr int kKeepAfterMs = 3000;  // a layout that iterates is kept now and then

}  // namespace

void MapView::connectKeeping() {
  keepTimer_.setSingleShot(true);
  keepTimer_.setInterval(kKeepAfterMs);
  connect(&keepTimer_, &QTimer::timeout, this, &MapView::keepLayout);
  connect(&session().notebook(), &Notebook::bookmarkWanted, this, &MapView::addBookmark);
  connect(&session().notebook(), &Notebook::opened, this, &MapView::openBookmark);
  ProjectKeeper* project = session().project();
  if (!project) return;
  connect(project, &ProjectKeeper::opened, this, [this] { adoptKept(true); });
  connect(project, &ProjectKeeper::keeping, this, &MapView::keepLayout);
}

/// Shows the run's map as it was left, instead of laying it out anew. withMethod: by the method that it was
/// made by, whatever is chosen.
bool MapView::adoptKept(bool withMethod) {
  ProjectKeeper* project = session().project();
  const KeptLayout* kept = project && table_ && !adopted_ ? project->layoutOf(runId_) : nullptr;
  if (!kept || isTraining() || !frame().live || kept->step != table_->step ||
      static_cast<std::size_t>(kept->places.cols()) != tableWords_)
    return false;
  if (kept->method != controls_->method() && !withMethod) return false;
  adopted_ = true;
  const KeptLayout known = *kept;  // changing the method may keep another one
  controls_->setMethod(known.method);
  if (controls_->method() != known.method) return false;
  if (!method_) {
    // As quickly as it could be shown it is made, from the same vectors and lying as it did.
    layouter_.reset(known.places);
    lookAtTable();
    return true;
  }
  MapLayout layout;
  layout.step = known.step;
  layout.method = method_;
  layout.placed.layout = known.places;
  layout.iteration = known.iteration;
  layout.converged = known.converged;
  iteration_.adopt(*method_, known.places, known.params, known.converged, table_);
  if (iteration_.params().contains("perplexity"))
    controls_->setPerplexity(iteration_.params().getNumber("perplexity"));
  motion_.clear();
  placeWords(layout);
  lookAtTable();
  return true;
}

/// Of a run that is over, as it is shown now.
void MapView::keepLayout() {
  keepTimer_.stop();
  ProjectKeeper* project = session().project();
  const Frame& shown = frame();
  if (!project || !shown.run || !shown.live || !isOver(shown.status.state) || shown.run->id != runId_ ||
      placed_.placed.layout.cols() == 0 || placed_.step != shown.status.step || placed_.method != method_)
    return;
  const KeptLayout* before = project->layoutOf(runId_);
  const std::string method = method_ ? method_->id : "pca";
  if (before && before->step == placed_.step && before->method == method &&
      before->places == placed_.placed.layout && before->converged == placed_.converged)
    return;
  adopted_ = true;
  project->keepLayout(runId_, {placed_.step, method, method_ ? iteration_.params() : ParamSet(),
                               placed_.iteration, placed_.converged, placed_.placed.layout});
}

void MapView::addBookmark() {
  if (!frame().run || motion_.shown().cols() == 0) return;
  Notebook::Entry entry;
  entry.kind = Notebook::Kind::Bookmark;
  entry.run = frame().run->id;
  entry.step = placed_.step;
  entry.name = tr("%1, step %2, %3", "run, step, method")
                   .arg(frame().run->name, formatCount(placed_.step),
                        method_ ? coreText(method_->title) : QStringLiteral("PCA"));
  entry.view = saveState();
  const PlaneView& view = plot_->scene().view;
  entry.view["view"] = QJsonArray{view.centerX, view.centerY, view.unitsPerPixel};
  session().notebook().add(std::move(entry));
}

void MapView::openBookmark(const Notebook::Entry& entry) {
  if (entry.kind != Notebook::Kind::Bookmark) return;
  RunController& runs = session().runs();
  const auto there = std::find_if(runs.runs().begin(), runs.runs().end(),
                                  [&](const auto& run) { return run->id == entry.run; });
  triggerWindowAction(this, "view_map");
  restoreState(entry.view);
  if (there == runs.runs().end()) return;
  if (runs.current() != there->get()) runs.setCurrent(entry.run);
  entry.step == runs.status().step ? session().timeline().goLive()
                                   : session().timeline().showStep(entry.step);
}

void MapView::fillBookmarkMenu(QMenu& menu) {
  menu.addAction(tr("Bookmark this view"), this, &MapView::addBookmark)
      ->setEnabled(motion_.shown().cols() > 0);
  menu.addSeparator();
  Notebook& notebook = session().notebook();
  for (const Notebook::Entry& entry : notebook.entries())
    if (entry.kind == Notebook::Kind::Bookmark)
      menu.addAction(oneLine(entry.name, 60), this, [&notebook, id = entry.id] { notebook.open(id); });
  menu.addSeparator();
  menu.addAction(tr("Show notebook"), this, [this] { triggerWindowAction(this, "view_notebook"); });
}

}  // namespace lexarium
