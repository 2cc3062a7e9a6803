// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/models/trained_model.h"
#include "ui/models/attention_sheet.h"
#include "ui/views/view.h"

class QComboBox;
class QStackedLayout;

namespace lexarium {

class EmptyState;
class ReadingInput;

/// The model that a snapshot holds, of whatever kind; null if it has none.
std::shared_ptr<const TrainedModel> trainedIn(const Snapshot& snapshot);
std::shared_ptr<const TrainedModel> trainedIn(const HistoryFrame& kept);

/// The parts of a sheet and what can be shown of one of them as two choices, with what is shown chosen; shown
/// and chosen go to the nearest that the sheet has. Emits nothing.
void fillAttentionChoices(const AttentionSheet& sheet, QComboBox& parts, QComboBox& choices,
                          std::string& partShown, AttentionChoice& chosen);

/// What all views of attention have in common: the model of the moment that is shown, the text that it reads
/// (the same in all of them), and what stands there while there is none.
class AttentionBase : public View {
  Q_OBJECT

 public:
  explicit AttentionBase(Session& session, QWidget* parent = nullptr);

  Probe needs() const override;
  QString textSummary() const override;

 protected:
  /// What a model made of a text; of long texts only as far as models read.
  using Trace = std::shared_ptr<const AttentionSheet>;

  /// To be called once by the constructor.
  void setContent(QWidget* content);
  virtual QString promise() const = 0;   ///< one sentence on what the view will show
  virtual QString describe() const = 0;  ///< textSummary() when there is a model
  const std::shared_ptr<const TrainedModel>& model() const { return model_; }
  std::uint64_t modelStep() const { return modelStep_; }
  /// Takes the frame's model and shows the empty state or the content; true if it is another model. To be
  /// called first by refresh().
  bool adoptModel(unsigned dirty);
  /// The shared reading into the input, with the corpus's examples if the corpus is another one.
  void fillInput(ReadingInput& input);
  /// Which parts a task's input has, by the kind of the model.
  void showParts(ReadingInput& input) const;
  /// Why nothing can be seen in a model without attention.
  QString withoutAttention() const;

 private:
  void trainOne();
  bool asksStories() const;
  bool looksIntoModels(const Run* run) const;

  std::shared_ptr<const TrainedModel> model_;
  std::uint64_t modelStep_ = 0;
  int modelRun_ = 0;
  std::shared_ptr<const Corpus> corpus_;  // that the examples are of
  QStackedLayout* stack_;
  EmptyState* empty_;
};

}  // namespace lexarium
