// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QScrollArea>

#include "ui/session/session.h"

class QGridLayout;
class QLabel;
class QVBoxLayout;

namespace lexarium {

class Actions;

/// The first thing seen: a sample lesson, a text of one's own, what was open lately.
class WelcomePage : public QScrollArea {
  Q_OBJECT

 public:
  WelcomePage(Session& session, Actions& actions, QWidget* parent = nullptr);

 protected:
  void resizeEvent(QResizeEvent* event) override;
  bool event(QEvent* event) override;
  void showEvent(QShowEvent* event) override;

 private:
  QWidget* sampleCard();
  QWidget* taskCard();
  QWidget* openCard();
  QWidget* recentCard();
  void fillRecent();
  void updateIcons();
  void flow();

  Session& session_;
  Actions& actions_;
  QGridLayout* cards_;
  QLabel* nothingYet_;
  QVBoxLayout* recent_;
  std::vector<QWidget*> cardList_;
  int columns_ = 0;
};

}  // namespace lexarium
