// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/workspaces.h"

#include <QCoreApplication>
#include <QTimer>
#include <algorithm>
#include <vector>

#include "ui/views/view.h"

namespace lexarium {
namespace {

/// Share of the window's width that the side columns take, and of its height that the lower row takes.
constexpr double kLeftShare = 0.2;
constexpr double kRightShare = 0.23;
constexpr double kBottomShare = 0.32;
/// Share of the first of two docks in a row or column.
constexpr double kFirstInCentre = 0.62;
constexpr double kFirstLeft = 0.25;
constexpr double kFirstRight = 0.5;
constexpr double kFirstBelow = 0.38;
/// Further docks of an area share a place with the second one, as tabs.
constexpr std::size_t kBesideEachOther = 2;

/// Arrangements saved with other views in the registry are not brought back.
int layoutVersion() {
  QByteArray ids("2");
  for (const auto& view : viewRegistry()) ids += view.id;
  return static_cast<int>(qHash(ids, 0) & 0x7fffffff);
}

bool belongsTo(const ViewInfo& view, const QString& workspace) {
  return QString::fromLatin1(view.workspaces).split(',').contains(workspace);
}

}  // namespace

std::span<const WorkspaceInfo> workspaceRegistry() {
  static const WorkspaceInfo workspaces[] = {
      {"corpus", QT_TRANSLATE_NOOP("Workspace", "Corpus"), "text",
       QT_TRANSLATE_NOOP("Workspace", "Read the text, count its words, find where they stand.")},
      {"embeddings", QT_TRANSLATE_NOOP("Workspace", "Embeddings"), "map",
       QT_TRANSLATE_NOOP("Workspace", "Train word vectors and watch words find their neighbours.")},
      {"explore", QT_TRANSLATE_NOOP("Workspace", "Explore"), "neighbours",
       QT_TRANSLATE_NOOP("Workspace", "Ask the vectors: sums of words, axes of meaning, why two are close.")},
      {"sequence", QT_TRANSLATE_NOOP("Workspace", "Sequence"), "sequence",
       QT_TRANSLATE_NOOP("Workspace", "Train language models, and hear what they say.")},
      {"states", QT_TRANSLATE_NOOP("Workspace", "States"), "heatmap",
       QT_TRANSLATE_NOOP("Workspace", "Look into a language model while it reads."), true},
      {"attention", QT_TRANSLATE_NOOP("Workspace", "Attention"), "attention",
       QT_TRANSLATE_NOOP("Workspace", "See where a model looks, how it learned to, and what it needs."),
       true},
      {"evaluate", QT_TRANSLATE_NOOP("Workspace", "Evaluate"), "table",
       QT_TRANSLATE_NOOP("Workspace", "Runs of a task on examples that none has learned from.")},
      {"inside", QT_TRANSLATE_NOOP("Workspace", "Inside"), "inside",
       QT_TRANSLATE_NOOP("Workspace", "Look into a model: its tables, one training step, and its counts."),
       true},
      {"compare", QT_TRANSLATE_NOOP("Workspace", "Compare"), "table",
       QT_TRANSLATE_NOOP("Workspace", "Runs beside each other: settings, curves, and where they disagree.")},
      {"share", QT_TRANSLATE_NOOP("Workspace", "Share"), "share",
       QT_TRANSLATE_NOOP("Workspace", "Save a model for PyTorch, or a report for people.")},
  };
  return workspaces;
}

Workspaces::Workspaces(QMainWindow& window, Settings& settings, std::map<QString, QDockWidget*> docks)
    : window_(window), settings_(settings), docks_(std::move(docks)) {}

const WorkspaceInfo* Workspaces::currentInfo() const {
  const auto workspaces = workspaceRegistry();
  const auto found = std::find_if(workspaces.begin(), workspaces.end(), [&](const WorkspaceInfo& info) {
    return current_ == QLatin1String(info.id);
  });
  return found == workspaces.end() ? nullptr : &*found;
}

QString Workspaces::key() const { return projector_ ? current_ + "@projector" : current_; }

void Workspaces::switchTo(const QString& id, bool projector) {
  if (shown_ && id == current_ && projector == projector_) return;
  save();
  current_ = id;
  projector_ = projector;
  shown_ = true;
  window_.setUpdatesEnabled(false);
  if (!window_.restoreState(settings_.windowState(key()), layoutVersion())) arrange();
  window_.setUpdatesEnabled(true);
}

void Workspaces::save() {
  if (shown_) settings_.setWindowState(key(), window_.saveState(layoutVersion()));
}

void Workspaces::reset() {
  window_.setUpdatesEnabled(false);
  arrange();
  window_.setUpdatesEnabled(true);
}

void Workspaces::hideAll() {
  save();
  shown_ = false;
  for (const auto& [id, dock] : docks_) dock->hide();
}

void Workspaces::arrange() {
  std::map<Qt::DockWidgetArea, std::vector<QDockWidget*>> areas;
  for (const auto& view : viewRegistry()) {
    QDockWidget* dock = docks_.at(view.id);
    dock->setFloating(false);
    window_.removeDockWidget(dock);
    if (!belongsTo(view, current_)) continue;
    if (!projector_) {
      areas[view.area].push_back(dock);
    } else if (view.projected) {
      areas[Qt::TopDockWidgetArea].push_back(dock);
    }
  }
  for (const auto& [area, docks] : areas) {
    const bool column = area == Qt::LeftDockWidgetArea || area == Qt::RightDockWidgetArea;
    for (std::size_t i = 0; i < docks.size(); ++i) {
      window_.addDockWidget(area, docks[i], column ? Qt::Vertical : Qt::Horizontal);
      if (i >= kBesideEachOther) window_.tabifyDockWidget(docks[kBesideEachOther - 1], docks[i]);
      docks[i]->show();
    }
    // Views that need the whole centre share it as tabs.
    const bool tabs = area == Qt::TopDockWidgetArea && currentInfo() && currentInfo()->tabs;
    for (std::size_t i = 1; tabs && i < docks.size(); ++i) window_.tabifyDockWidget(docks[0], docks[i]);
    if (tabs && docks.size() > 1) {
      docks[0]->raise();
    } else if (docks.size() > kBesideEachOther) {
      docks[kBesideEachOther - 1]->raise();
    }
  }
  // The others stand hidden behind the first of their area: shown later, they have a place, as a tab.
  for (const auto& view : viewRegistry()) {
    QDockWidget* dock = docks_.at(view.id);
    const bool placed = std::any_of(areas.begin(), areas.end(), [dock](const auto& area) {
      return std::find(area.second.begin(), area.second.end(), dock) != area.second.end();
    });
    if (placed) continue;
    const auto& members = areas[view.area];
    window_.addDockWidget(view.area, dock);
    if (!members.empty()) window_.tabifyDockWidget(members.front(), dock);
    dock->hide();
  }
  share(areas);
  // Once more when the docks have been laid out: only then are all of them as wide as they were told.
  QTimer::singleShot(0, &window_, [this, areas = std::move(areas)] { share(areas); });
}

void Workspaces::share(const Areas& areas) {
  const auto first = [&](Qt::DockWidgetArea area) {
    const auto found = areas.find(area);
    return found == areas.end() || found->second.empty() ? nullptr : found->second.front();
  };
  const auto resize = [this](QDockWidget* dock, double share, Qt::Orientation orientation) {
    const int extent = orientation == Qt::Horizontal ? window_.width() : window_.height();
    if (dock) window_.resizeDocks({dock}, {static_cast<int>(share * extent)}, orientation);
  };
  QDockWidget *left = first(Qt::LeftDockWidgetArea), *right = first(Qt::RightDockWidgetArea);
  QDockWidget* bottom = first(Qt::BottomDockWidgetArea);
  resize(left, kLeftShare, Qt::Horizontal);
  resize(right, kRightShare, Qt::Horizontal);
  resize(first(Qt::TopDockWidgetArea), bottom ? 1 - kBottomShare : 1, Qt::Vertical);
  resize(bottom, kBottomShare, Qt::Vertical);
  const double below = 1 - (left ? kLeftShare : 0), centre = below - (right ? kRightShare : 0);
  const std::map<Qt::DockWidgetArea, double> extents{{Qt::LeftDockWidgetArea, 1},
                                                     {Qt::RightDockWidgetArea, bottom ? 1 - kBottomShare : 1},
                                                     {Qt::TopDockWidgetArea, centre},
                                                     {Qt::BottomDockWidgetArea, below}};
  const std::map<Qt::DockWidgetArea, double> firstShares{{Qt::LeftDockWidgetArea, kFirstLeft},
                                                         {Qt::RightDockWidgetArea, kFirstRight},
                                                         {Qt::TopDockWidgetArea, kFirstInCentre},
                                                         {Qt::BottomDockWidgetArea, kFirstBelow}};
  for (const auto& [area, docks] : areas) {
    const bool tabs = area == Qt::TopDockWidgetArea && currentInfo() && currentInfo()->tabs;
    if (docks.size() < 2 || tabs) continue;
    const bool column = area == Qt::LeftDockWidgetArea || area == Qt::RightDockWidgetArea;
    const double part = firstShares.at(area);
    const int extent = static_cast<int>(extents.at(area) * (column ? window_.height() : window_.width()));
    const int size = static_cast<int>(part * extent);
    window_.resizeDocks({docks[0], docks[1]}, {size, extent - size}, column ? Qt::Vertical : Qt::Horizontal);
  }
}

}  // namespace lexarium
