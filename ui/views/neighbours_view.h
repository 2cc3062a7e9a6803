// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <optional>

#include "core/analysis/neighbours.h"
#include "core/analysis/stability.h"
#include "ui/session/latest_job.h"
#include "ui/views/view.h"

class QComboBox;
class QLabel;
class QSpinBox;
class QStackedLayout;
class QToolButton;

namespace lexarium {

class CsvExport;
class ElidedLabel;
class EmptyState;
class LinkedTable;
class NeighbourModel;
class WordChips;

/// The inspector: the selected word, its count and rank, and its nearest words in the space that is learned,
/// anew whenever a newer table of vectors arrives.
class NeighboursView : public View {
  Q_OBJECT

 public:
  explicit NeighboursView(Session& session, QWidget* parent = nullptr);

  Probe needs() const override;
  QJsonObject saveState() const override;
  void restoreState(const QJsonObject& state) override;
  void fillMenu(QMenu& menu) override;
  QString textSummary() const override;

 protected:
  void refresh(unsigned dirty) override;
  void showHover(TokenId id) override;

 private:
  /// What a search takes and gives; norms belong to `table` and are kept for the next search.
  struct Search {
    std::shared_ptr<const EmbeddingTable> table;
    std::shared_ptr<const Vector> norms;
    TokenId id = kNoToken;
    std::size_t count = 0;
    Similarity similarity = Similarity::Cosine;
    std::vector<Neighbour> neighbours;
    std::vector<std::shared_ptr<const HistoryFrame>> moments;  // by which to judge how stable they are
    std::vector<std::optional<double>> stability;
    double cpuMilliseconds = 0;
  };
  static Search perform(Search search);

  QWidget* makeContent();
  QWidget* makeHeader();
  QWidget* makeControls();
  void showWord();
  void showNeighbours();
  void applyTheme();
  void fitColumns();
  /// Why there are no neighbours to show; empty if there can be.
  QString whyNoVector() const;
  Similarity similarity() const;
  void search();
  void searchIfNewer();
  void adopt(Search search);
  void walkOn(const QModelIndex& index, Qt::KeyboardModifiers modifiers);
  void inspect(TokenId id);
  void pickWord();
  void askWhyClose();
  void exportTable();

  NeighbourModel* model_;
  QStackedLayout* stack_;
  EmptyState* empty_;
  QToolButton* back_;
  QToolButton* forward_;
  ElidedLabel* word_;
  QLabel* facts_;
  WordChips* chips_;
  QLabel* doubt_;
  QWidget* controls_;
  QSpinBox* count_;
  QComboBox* measure_;
  QToolButton* why_;
  QStackedLayout* body_;
  LinkedTable* table_;
  EmptyState* noNeighbours_;
  QLabel* footer_;
  CsvExport* export_;
  Search shown_;  // the newest that was performed
  QTimer pause_;  // between two searches on behalf of training
  bool again_ = false;
  bool hadSelection_ = false;
  LatestJob job_;
};

}  // namespace lexarium
