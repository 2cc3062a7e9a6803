// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/attention_base.h"

#include <QComboBox>
#include <QSignalBlocker>
#include <QStackedLayout>
#include <algorithm>

#include "core/models/pair_model.h"
#include "core/models/story_learner.h"
#include "core/text/task_data.h"
#include "ui/models/reading_examples.h"
#include "ui/session/language_run.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/helpers.h"
#include "ui/widgets/reading_input.h"

namespace lexarium {
namespace {

constexpr const char* kAttentiveModel = "transformer";
constexpr std::size_t kExampleCount = 40;

}  // namespace

std::shared_ptr<const TrainedModel> trainedIn(const Snapshot& snapshot) { return snapshot.trained; }
std::shared_ptr<const TrainedModel> trainedIn(const HistoryFrame& kept) { return kept.sequence.model; }

void fillAttentionChoices(const AttentionSheet& sheet, QComboBox& parts, QComboBox& choices,
                          std::string& partShown, AttentionChoice& chosen) {
  const auto known = sheet.parts();
  if (std::find(known.begin(), known.end(), partShown) == known.end())
    partShown = known.empty() ? std::string() : known.front();
  if (const auto near = sheet.nearest(partShown, chosen)) chosen = *near;
  const QSignalBlocker quietParts(parts), quietChoices(choices);
  parts.clear();
  for (const std::string& part : known) parts.addItem(AttentionSheet::partTitle(part), toQString(part));
  parts.setCurrentIndex(parts.findData(toQString(partShown)));
  parts.setVisible(known.size() > 1);
  choices.clear();
  for (const AttentionChoice& choice : sheet.choices(partShown))
    choices.addItem(AttentionSheet::title(choice), choice.code());
  choices.setCurrentIndex(choices.findData(chosen.code()));
  choices.setVisible(choices.count() > 1);
}

AttentionBase::AttentionBase(Session& session, QWidget* parent)
    : View(session, parent), empty_(new EmptyState) {
  connect(empty_, &EmptyState::activated, this,
          [this] { this->session().corpus() ? trainOne() : void(triggerWindowAction(this, "openText")); });
  connect(&session.reading(), &SharedReading::changed, this, [this] { markDirty(kFocus); });
  stack_ = new QStackedLayout(this);
  stack_->addWidget(empty_);
}

void AttentionBase::setContent(QWidget* content) { stack_->addWidget(content); }

void AttentionBase::trainOne() {
  const Corpus& corpus = *session().corpus();
  const ModelInfo* info = corpus.task() ? &usualModelFor(corpus) : findModel(kAttentiveModel);
  if (!info || !session().runs().canTrain()) return;
  RunConfig config = session().runs().nextConfig();
  config.modelId = info->id;
  config.params = presetFor(*info, corpus);
  session().runs().trainWith(config);
}

Probe AttentionBase::needs() const {
  Probe probe;
  probe.model = true;
  return probe;
}

bool AttentionBase::looksIntoModels(const Run* run) const { return isModelRun(run); }

bool AttentionBase::adoptModel(unsigned dirty) {
  if (dirty & kCorpus) model_ = nullptr;
  const std::shared_ptr<const TrainedModel> before = model_;
  // Not the frame's run: it may be gone when runs have changed.
  const Run* run = session().runs().current();
  if (!looksIntoModels(run)) {
    model_ = nullptr;
  } else if (run == frame().run && frame().snapshot && trainedIn(*frame().snapshot)) {
    model_ = trainedIn(*frame().snapshot);
    modelStep_ = frame().snapshot->step;
  } else if (run->id != modelRun_ || !frame().live) {
    model_ = nullptr;  // another run's, or a moment that has none
  }
  modelRun_ = run ? run->id : 0;
  stack_->setCurrentIndex(model_ ? 1 : 0);
  if (model_) return model_ != before;
  QString sentence = promise();
  QString button;
  if (!session().corpus()) {
    button = tr("Open text...");
  } else if (!session().corpus()->hasText()) {
    sentence = tr("These vectors came without a text: there is nothing to look at.");
  } else if (looksIntoModels(run)) {
    sentence += u' ' + (frame().live ? tr("The model is being prepared.")
                                     : tr("Of this moment the model itself was not kept: it is too large."));
  } else if (session().runs().canTrain()) {
    button = session().corpus()->task() ? tr("Train a model") : tr("Train a Transformer");
  }
  empty_->setContent(sentence, button);
  return before != nullptr;
}

void AttentionBase::fillInput(ReadingInput& input) {
  bool ofOldText = false;
  if (corpus_ != session().corpus() || input.examples().empty()) {
    const auto& old = input.examples();
    ofOldText = std::any_of(old.begin(), old.end(), [this](const Reading& example) {
      return example.input == session().reading().reading().input;
    });
    corpus_ = session().corpus();
    input.setExamples(readingExamples(corpus_.get(), kExampleCount));
  }
  if ((session().reading().isEmpty() || ofOldText) && !input.examples().empty()) {
    Reading first = input.examples().front();
    first.output.clear();
    session().reading().set(first);
  }
  if (!(input.reading() == session().reading().reading())) input.setReading(session().reading().reading());
}

/// An encoder-decoder may have learned to answer them.
bool AttentionBase::asksStories() const {
  const auto& corpus = session().corpus();
  return corpus && corpus->task() && corpus->task()->kind == TaskKind::Stories;
}

void AttentionBase::showParts(ReadingInput& input) const {
  input.setParts(dynamic_cast<const PairModel*>(model_.get()) != nullptr,
                 dynamic_cast<const StoryModel*>(model_.get()) != nullptr || asksStories());
}

QString AttentionBase::withoutAttention() const {
  return tr(
      "This model has no attention: it reads from left to right and remembers. Train a Transformer, or a "
      "model with attention, to see where it looks.");
}

QString AttentionBase::textSummary() const { return model_ ? describe() : empty_->sentence(); }

}  // namespace lexarium
