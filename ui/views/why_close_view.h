// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include "core/analysis/closeness.h"
#include "core/analysis/why_close.h"
#include "ui/models/evidence_model.h"
#include "ui/session/paced_job.h"
#include "ui/views/view.h"

class QComboBox;
class QLabel;
class QSplitter;
class QStackedLayout;
class QToolButton;

namespace lexarium {

class CsvExport;
class ElidedLabel;
class EmptyState;
class EvidenceList;
class LinkedTable;
class SharedContextModel;

/// Why two words are close: their cosine and ranks, the contexts that they share, and the sentences of the
/// text that hold most of these. Shows the two words selected last, or the selected word and its nearest
/// neighbour.
class WhyCloseView : public View {
  Q_OBJECT

 public:
  explicit WhyCloseView(Session& session, QWidget* parent = nullptr);

  Probe needs() const override;
  QJsonObject saveState() const override;
  void restoreState(const QJsonObject& state) override;
  void fillMenu(QMenu& menu) override;
  QString textSummary() const override;

  /// The word that is compared, and the one it is compared with; kNoToken: none yet.
  TokenId word() const { return word_; }
  TokenId partner() const { return partner_; }

 protected:
  void refresh(unsigned dirty) override;
  void showHover(TokenId id) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  /// What is said of the vectors, anew with each newer table.
  struct Measure {
    std::shared_ptr<const EmbeddingTable> table;
    std::shared_ptr<const Vector> norms;
    TokenId word = kNoToken, partner = kNoToken;
    std::optional<Closeness> closeness;
    std::vector<Neighbour> neighbours;  // of word
  };
  static Measure measure(Measure measure);
  /// What is said of the text.
  struct Evidence {
    WhyCloseRequest request;
    Expected<WhyClose> why;
    std::vector<EvidenceRow> rows;
  };
  static Evidence gather(const PositionIndex& index, const WhyCloseRequest& request,
                         const TaskContext& context);

  QWidget* makeContent();
  QWidget* makeHeader();
  QWidget* makeSentences();
  void adoptCorpus();
  void followSelection();
  void choosePartner(int index);
  void fillPartners();
  void measureIfNewer();
  void measureNow();
  void adoptMeasure(Measure measure);
  WhyCloseRequest request() const;
  void read();
  void adoptEvidence(Evidence evidence);
  void filterBy(TokenId context);
  void openPlace(const QModelIndex& index);
  void pickWords();
  void showState();
  void showFacts();
  void showDoubt();
  QString placesText() const;
  void applyTheme();
  void fitColumns();
  void exportContexts();
  void exportSentences();

  SharedContextModel* contexts_;
  EvidenceModel* sentences_;
  QStackedLayout* stack_;
  EmptyState* empty_;
  ElidedLabel* title_;
  QComboBox* partners_;
  QLabel *facts_, *doubt_;
  QStackedLayout* body_;
  EmptyState* nothing_;
  QSplitter* splitter_;
  LinkedTable* contextTable_;
  EvidenceList* sentenceList_;
  QLabel* sentencesTitle_;
  QToolButton* allSentences_;
  QLabel* footer_;
  CsvExport* export_;

  std::shared_ptr<const Corpus> corpus_;
  TokenId word_ = kNoToken, partner_ = kNoToken;
  TokenId filter_ = kNoToken;  // only sentences with this context
  Measure measured_;
  WhyClose why_;
  std::optional<WhyCloseRequest> read_;  // what why_ is the answer to
  bool needed_ = false;
  PacedJob measuring_;
  LatestJob reading_;
};

}  // namespace lexarium
