// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/workspaces.h"

#include <QCoreApplication>
#include <algorithm>
#include <vector>

#include "ui/views/view.h"

namespace lexarium {
namespace {

/// Share of the window's width that the side columns take, and of its height that the lower row takes.
constexpr double kLeftShare = 0.19;
constexpr double kRightShare = 0.25;
constexpr double kBottomShare = 0.27;
/// Share of the first of several docks in a row or column.
constexpr double kFirstInCentre = 0.64;

/// Arrangements saved with other views in the registry are not brought back.
int layoutVersion() {
  QByteArray ids("1");
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
       QT_TRANSLATE_NOOP("Workspace", "Read the text, count its words, find where they stand."),
       Qt::Horizontal},
      {"embeddings", QT_TRANSLATE_NOOP("Workspace", "Embeddings"), "map",
       QT_TRANSLATE_NOOP("Workspace", "Train word vectors and watch words find their neighbours."),
       Qt::Vertical},
  };
  return workspaces;
}

Workspaces::Workspaces(QMainWindow& window, Settings& settings, std::map<QString, QDockWidget*> docks)
    : window_(window), settings_(settings), docks_(std::move(docks)) {}

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
  const auto workspaces = workspaceRegistry();
  const auto info = std::find_if(workspaces.begin(), workspaces.end(), [&](const auto& workspace) {
    return current_ == QLatin1String(workspace.id);
  });
  const auto centre = info == workspaces.end() ? Qt::Horizontal : info->centre;
  std::map<Qt::DockWidgetArea, std::vector<QDockWidget*>> areas;
  for (const auto& view : viewRegistry()) {
    QDockWidget* dock = docks_.at(view.id);
    dock->setFloating(false);
    window_.removeDockWidget(dock);
    const bool secondary = projector_ && view.area != Qt::TopDockWidgetArea;
    if (belongsTo(view, current_) && !secondary) areas[view.area].push_back(dock);
  }
  for (const auto& [area, docks] : areas) {
    const bool column = area == Qt::LeftDockWidgetArea || area == Qt::RightDockWidgetArea;
    const auto orientation = column ? Qt::Vertical : area == Qt::TopDockWidgetArea ? centre : Qt::Horizontal;
    for (QDockWidget* dock : docks) {
      window_.addDockWidget(area, dock, orientation);
      dock->show();
    }
  }
  const auto& left = areas[Qt::LeftDockWidgetArea];
  const auto& right = areas[Qt::RightDockWidgetArea];
  const auto& bottom = areas[Qt::BottomDockWidgetArea];
  const auto& top = areas[Qt::TopDockWidgetArea];
  resizeDocks(left, Qt::Vertical, kLeftShare, 0.4);
  resizeDocks(right, Qt::Vertical, kRightShare, 0.5);
  resizeDocks(bottom, Qt::Horizontal, kBottomShare, 0.5);
  resizeDocks(top, centre, 0, kFirstInCentre);
}

/// A column (or row) takes `share` of the window; its first dock `firstShare` of it along `orientation`.
void Workspaces::resizeDocks(const std::vector<QDockWidget*>& docks, Qt::Orientation orientation,
                             double share, double firstShare) {
  if (docks.empty()) return;
  const auto extent = [this](Qt::Orientation o) {
    return o == Qt::Horizontal ? window_.width() : window_.height();
  };
  const auto across = orientation == Qt::Vertical ? Qt::Horizontal : Qt::Vertical;
  if (share > 0) {
    window_.resizeDocks({docks.front()}, {static_cast<int>(share * extent(across))}, across);
  }
  if (docks.size() < 2) return;
  QList<QDockWidget*> list(docks.begin(), docks.end());
  const double rest = (1 - firstShare) / static_cast<double>(docks.size() - 1);
  QList<int> sizes;
  for (std::size_t i = 0; i < docks.size(); ++i) {
    sizes << static_cast<int>((i == 0 ? firstShare : rest) * extent(orientation));
  }
  window_.resizeDocks(list, sizes, orientation);
}

}  // namespace lexarium
