// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/latest_job.h"
#include "ui/views/view.h"

class QItemSelection;
class QLabel;
class QStackedLayout;

namespace lexarium {

class CsvExport;
class EmptyState;
class LinkedTable;
class TokenSearch;
class VocabularyModel;
struct WordOrder;

/// All words of the text with rank, count and frequency; sorted, filtered, linked with the selection.
class VocabularyView : public View {
  Q_OBJECT

 public:
  explicit VocabularyView(Session& session, QWidget* parent = nullptr);

  QJsonObject saveState() const override;
  void restoreState(const QJsonObject& state) override;
  void fillMenu(QMenu& menu) override;
  QString textSummary() const override;

 protected:
  void refresh(unsigned dirty) override;
  void showHover(TokenId id) override;

 private:
  QWidget* makeContent();
  void showCorpus();
  void showSummary();
  void showKeptWords();
  void showSelection();
  void applyTheme();
  void fitColumns();
  void setSort(int column, Qt::SortOrder direction);
  void updateOrder();
  void adoptOrder(std::shared_ptr<const WordOrder> order, bool reversed);
  void takeSelection();
  void exportTable();

  std::shared_ptr<const Corpus> corpus_;
  VocabularyModel* model_;
  QStackedLayout* stack_;
  EmptyState* empty_;
  QLabel* summary_;
  QLabel* notes_;
  TokenSearch* search_;
  LinkedTable* table_;
  CsvExport* export_;
  int sortColumn_ = 0;
  Qt::SortOrder sortDirection_ = Qt::AscendingOrder;
  bool waitsForIndex_ = false;
  bool showingSelection_ = false;
  LatestJob orderJob_;
};

}  // namespace lexarium
