// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/run_report.h"
#include "ui/plot/plot_export.h"
#include "ui/session/latest_job.h"
#include "ui/views/view.h"

class QLabel;
class QPushButton;
class QStackedLayout;
class QTextBrowser;

namespace lexarium {

class EmptyState;
class WorkBar;

/// What leaves the program: the card of the run that is shown, and its model or a report of it as files.
class ShareView : public View {
  Q_OBJECT

 public:
  explicit ShareView(Session& session, QWidget* parent = nullptr);

  void fillMenu(QMenu& menu) override;
  QString textSummary() const override;
  Probe needs() const override;

  /// Writes the model and its card; the view says when it is done.
  void saveModelTo(const QString& path);
  /// Writes the report with the pictures that the window has now.
  void saveReportTo(const QString& path);
  /// How the saved model is used elsewhere.
  QString commands() const;

 protected:
  void refresh(unsigned dirty) override;
  int frameIntervalMs() const override { return kCardIntervalMs; }

 private:
  static constexpr int kCardIntervalMs = 2000;
  struct Shared;

  QWidget* makeContent();
  QPushButton* addButton(const char* name, const QString& text, const char* icon, const QString& help);
  void showCard();
  void askForModel();
  void askForReport();
  void copyCommands();
  Shared shared() const;
  std::vector<ReportFigure> pictures() const;
  void say(const QString& text);
  bool hasResult() const;
  QString fileName() const;

  EmptyState* empty_;
  QStackedLayout* stack_ = nullptr;
  QLabel* title_ = nullptr;
  QTextBrowser* card_ = nullptr;
  QLabel* status_ = nullptr;
  WorkBar* work_ = nullptr;
  QPushButton *model_ = nullptr, *report_ = nullptr, *copy_ = nullptr;
  QString savedModel_;  // the file that commands() name
  LatestJob cardJob_, job_;
  QString shownHtml_;
  bool again_ = false;  // the card that is being made is old already
};

}  // namespace lexarium
