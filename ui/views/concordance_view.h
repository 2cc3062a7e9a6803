// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>

#include "core/concordance/concordance.h"
#include "ui/session/latest_job.h"
#include "ui/views/view.h"

class QComboBox;
class QLabel;
class QSpinBox;
class QStackedLayout;
class QToolButton;

namespace lexarium {

class ConcordanceModel;
class CsvExport;
class EmptyState;
class LinkedTable;
class TokenSearch;

/// Where words stand in the text: one line a hit, the word in the middle. Follows the selection, or shows
/// what was searched for here; a click opens the text at the hit.
class ConcordanceView : public View {
  Q_OBJECT

 public:
  explicit ConcordanceView(Session& session, QWidget* parent = nullptr);

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
  QComboBox* makeSortBox(int level);
  void showCorpus();
  void followSelection();
  void findTyped();
  void showWords(std::vector<TokenId> words);
  void search();
  void showResult();
  void fitColumns();
  void applyTheme();
  void openHit(const QModelIndex& index);
  std::vector<ConcordanceRequest::Key> order() const;
  void exportTable();

  std::shared_ptr<const Corpus> corpus_;
  ConcordanceModel* model_;
  std::vector<TokenId> words_;  // what is shown or searched for
  bool typed_ = false;          // words_ come from the search field
  QStackedLayout* stack_;
  EmptyState* empty_;
  TokenSearch* find_;
  QToolButton* pin_;
  std::array<QComboBox*, 3> sort_{};
  QSpinBox* context_;
  QLabel* result_;
  QToolButton* cancel_;
  QStackedLayout* body_;
  LinkedTable* table_;
  EmptyState* noHits_;
  CsvExport* export_;
  LatestJob findJob_;
};

}  // namespace lexarium
