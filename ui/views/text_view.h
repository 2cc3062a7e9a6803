// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/latest_job.h"
#include "ui/views/view.h"

class QComboBox;
class QLineEdit;
class QStackedLayout;
class QToolButton;

namespace lexarium {

class DocumentListModel;
class DocumentReader;
class ElidedLabel;
class EmptyState;

/// The text itself: the selected words marked, the token in focus framed and in sight; a click on a word
/// selects it.
class TextView : public View {
  Q_OBJECT

 public:
  explicit TextView(Session& session, QWidget* parent = nullptr);

  QJsonObject saveState() const override;
  void restoreState(const QJsonObject& state) override;
  void fillMenu(QMenu& menu) override;
  QString textSummary() const override;

 protected:
  void refresh(unsigned dirty) override;
  void showHover(TokenId id) override;

 private:
  QWidget* makeContent();
  QWidget* makeBar();
  void showCorpus();
  void showDocument(std::size_t document);
  void showFocus();
  void showPlace();
  void applyTheme();
  void takeClick(TokenIndex token, Qt::KeyboardModifiers modifiers);
  void find(bool backward);

  std::shared_ptr<const Corpus> corpus_;
  QStackedLayout* stack_;
  EmptyState* empty_;
  DocumentListModel* documents_;
  QComboBox* chooser_;
  ElidedLabel* facts_;
  QLineEdit* find_;
  QToolButton* previous_;
  QToolButton* next_;
  DocumentReader* reader_;
  ElidedLabel* place_;
  std::uint64_t findFrom_ = 0;
  std::uint64_t findBackFrom_ = 0;
  LatestJob findJob_;
};

}  // namespace lexarium
