// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/models/sequence_model.h"
#include "ui/session/language_run.h"
#include "ui/views/view.h"

class QStackedLayout;

namespace lexarium {

class EmptyState;

/// What all views of language models have in common: the model of the moment that is shown, and what stands
/// there while there is none, with a button that trains one. Of core/models only SequenceModel is asked, on
/// other threads.
class LanguageView : public View {
  Q_OBJECT

 public:
  explicit LanguageView(Session& session, QWidget* parent = nullptr);

  Probe needs() const override;
  QString textSummary() const override;

 protected:
  /// To be called once by the constructor: what is shown when there is a model.
  void setContent(QWidget* content);
  /// One sentence on what the view will show.
  virtual QString promise() const = 0;
  /// Newest or of the past; null if there is none.
  const std::shared_ptr<const SequenceModel>& model() const { return model_; }
  /// Is that, though the view may be hidden, what all others show?
  bool showsModelOfNow() const;
  std::uint64_t modelStep() const { return modelStep_; }
  /// Does training go on, so that another model comes soon?
  bool isMoving() const;
  /// Takes the frame's model and shows the empty state or the content; true if it is another model. To be
  /// called first by refresh().
  bool adoptModel(unsigned dirty);
  /// A piece of the text from where the model does not learn: what it does there it has not learned by heart.
  QString exampleText() const;
  virtual QString describe() const = 0;  ///< textSummary() when there is a model

 private:
  void trainOne();

  std::shared_ptr<const SequenceModel> model_;
  std::uint64_t modelStep_ = 0;
  int modelRun_ = 0;
  QStackedLayout* stack_;
  EmptyState* empty_;
};

}  // namespace lexarium
