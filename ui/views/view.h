// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QKeySequence>
#include <QMenu>
#include <QTimer>
#include <QWidget>
#include <memory>
#include <span>

#include "core/train/snapshot.h"
#include "ui/session/session.h"

namespace lexarium {

/// A picture of what is open. The base class keeps hidden views free of cost: while a view is not visible,
/// refresh requests are only remembered, and it draws once when it is shown. A view connects to Session and
/// Selection, never to another view.
class View : public QWidget {
  Q_OBJECT

 public:
  explicit View(Session& session, QWidget* parent = nullptr);

  /// What the view wants in the next snapshots while it is visible.
  virtual Probe needs() const { return {}; }
  virtual QJsonObject saveState() const { return {}; }
  virtual void restoreState(const QJsonObject&) {}
  /// Actions for the view's own menu (export picture, export data ...).
  virtual void fillMenu(QMenu&) {}
  /// "loss 5.2 to 1.9 in 400 steps, falling"; for screen readers.
  virtual QString textSummary() const { return {}; }

 Q_SIGNALS:
  void needsChanged();

 protected:
  enum Dirty : unsigned {
    kCorpus = 1,
    kRuns = 2,
    kFrame = 4,
    kSelection = 8,
    kTheme = 16,
    kFocus = 32,
    kFingerprint = 64,
    kAll = 127
  };

  /// Draws what changed. Called with all pending changes at once, only while visible; the first call has
  /// kAll.
  virtual void refresh(unsigned dirty) = 0;
  /// How often, at the most, refresh() is called for frames of a training that runs. What is read (tables,
  /// sentences) needs no display rate; what moves returns 0: every frame.
  virtual int frameIntervalMs() const { return kReadingIntervalMs; }
  static constexpr int kReadingIntervalMs = 400;
  /// A cheaper signal of its own.
  virtual void showHover(TokenId) {}
  /// The frame that refresh(kFrame) is to draw.
  const Frame& frame() const { return frame_; }
  Session& session() const { return session_; }
  /// What stands in the corner of a plot of the run that is shown; empty: nothing. Changes with kFingerprint.
  QString fingerprint() const;
  void markDirty(unsigned dirty);

  void showEvent(QShowEvent* event) override;
  void hideEvent(QHideEvent* event) override;

 private:
  void draw();
  void receiveFrame(const Frame& frame);

  Session& session_;
  Frame frame_;
  unsigned dirty_ = kAll;
  QTimer frameTimer_;    // runs while it is too early for another frame
  QTimer summaryTimer_;  // the picture in words, for screen readers: now and then
};

/// What the registry knows of a view: dock, menu entry and workspaces come from it.
struct ViewInfo {
  const char* id;     ///< "map"; also the dock's object name
  const char* title;  ///< translatable (context "View")
  const char* icon;   ///< for themedIcon()
  const char* help;   ///< one sentence: tooltip and what's-this
  Qt::DockWidgetArea area;
  const char* workspaces;  ///< comma-separated ids in which it is shown at first: "corpus,embeddings"
  const char* shortcut;    ///< to show and focus it: "Ctrl+1"
  View* (*create)(Session& session, QWidget* parent);
  bool projected = false;  ///< stays in projector mode
};

/// All views, in menu order. To add one: ui/views/x_view.{h,cpp} and a line in registry.cpp.
std::span<const ViewInfo> viewRegistry();

}  // namespace lexarium
