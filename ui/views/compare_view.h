// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/latest_job.h"
#include "ui/views/view.h"

class QComboBox;
class QLabel;
class QSpinBox;
class QStackedLayout;

namespace lexarium {

class BarChart;
class ComparisonModel;
class CsvExport;
class EmptyState;
class LinkedTable;
struct Comparison;

/// How far two runs agree on what is near: for each word the nearest neighbours that both give it, as a
/// histogram to brush and a list of words, those that agree least first.
class CompareView : public View {
  Q_OBJECT

 public:
  explicit CompareView(Session& session, QWidget* parent = nullptr);
  ~CompareView() override;

  QJsonObject saveState() const override;
  void restoreState(const QJsonObject& state) override;
  void fillMenu(QMenu& menu) override;
  QString textSummary() const override;

 protected:
  void refresh(unsigned dirty) override;
  void hideEvent(QHideEvent* event) override;
  void showHover(TokenId id) override;

 private:
  /// What a comparison is of; the vectors are those of the moment at which it began.
  struct Request {
    int first = 0, second = 0;  // run ids
    int neighbours = 10;
    std::shared_ptr<const EmbeddingTable> firstTable, secondTable;
    bool operator==(const Request&) const = default;
  };

  QWidget* makeContent();
  QWidget* makeBar();
  void fillRuns();
  void compare();
  void showResult();
  void filter();
  void exportCsv();
  const Run* chosen(const QComboBox* box) const;
  std::shared_ptr<const EmbeddingTable> tableOf(const Run* run) const;

  ComparisonModel* model_;
  EmptyState* empty_;
  QStackedLayout* stack_ = nullptr;
  QComboBox *first_ = nullptr, *second_ = nullptr, *order_ = nullptr;
  QSpinBox* count_ = nullptr;
  QLabel* summary_ = nullptr;
  BarChart* chart_ = nullptr;
  LinkedTable* table_ = nullptr;
  CsvExport* export_ = nullptr;
  Request compared_;
  QString fingerprints_;  // of both tables
  QString problem_;
  LatestJob job_;
};

}  // namespace lexarium
