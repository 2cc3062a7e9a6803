// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/language_base.h"

#include <QStackedLayout>
#include <algorithm>
#include <utility>

#include "ui/widgets/empty_state.h"
#include "ui/widgets/helpers.h"

namespace lexarium {
namespace {

/// What the button of the empty state trains: learns something within seconds, and has gates to look at.
const char* const kFirstModel = "lstm";
constexpr std::size_t kExampleBytes = 240;
const char* const kExampleWithoutText =
    "Once upon a time there was a little dog. He ran to the park and saw a big red ball.";

}  // namespace

LanguageView::LanguageView(Session& session, QWidget* parent)
    : View(session, parent), empty_(new EmptyState) {
  connect(empty_, &EmptyState::activated, this,
          [this] { this->session().corpus() ? trainOne() : void(triggerWindowAction(this, "openText")); });
  stack_ = new QStackedLayout(this);
  stack_->addWidget(empty_);
}

void LanguageView::setContent(QWidget* content) { stack_->addWidget(content); }

void LanguageView::trainOne() {
  const ModelInfo* info = findModel(kFirstModel);
  if (!info || !session().runs().canTrain()) return;
  RunConfig config = session().runs().nextConfig();
  config.modelId = info->id;
  config.params = presetFor(*info, *session().corpus());
  session().runs().trainWith(config);
}

Probe LanguageView::needs() const {
  Probe probe;
  probe.model = true;
  return probe;
}

QString LanguageView::exampleText() const {
  const auto& corpus = session().corpus();
  // A model that others trained comes without one; most of them know English.
  if (!corpus || !corpus->hasText()) return QString::fromLatin1(kExampleWithoutText);
  if (corpus->documentCount() == 0) return {};
  const std::string& text = corpus->document(corpus->documentCount() - 1).text;
  std::size_t from = text.find('\n', text.size() - text.size() / 10);
  if (from == std::string::npos) from = text.size() - std::min(text.size(), kExampleBytes);
  QString example = toQString(std::string_view(text).substr(from, kExampleBytes));
  example.remove(QChar(QChar::ReplacementCharacter));
  return example.trimmed();
}

bool LanguageView::isMoving() const {
  return frame().live && session().runs().isActive() && frame().status.state == RunStatus::State::Running;
}

bool LanguageView::showsModelOfNow() const {
  return model_ && frame().snapshot && frame().snapshot->languageModel() == model_;
}

bool LanguageView::adoptModel(unsigned dirty) {
  if (dirty & kCorpus) model_ = nullptr;
  const std::shared_ptr<const SequenceModel> before = model_;
  // Not the frame's run: it may be gone when runs have changed.
  const Run* run = session().runs().current();
  if (!isLanguageRun(run)) {
    model_ = nullptr;
  } else if (run == frame().run && frame().snapshot && frame().snapshot->trained) {
    model_ = frame().snapshot->languageModel();
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
    sentence = tr("These vectors came without a text: there is nothing to learn in order.");
  } else if (isLanguageRun(run)) {
    sentence += u' ' + (frame().live ? tr("The model is being prepared.")
                                     : tr("Of this moment the model itself was not kept: it is too large."));
  } else if (session().runs().canTrain()) {
    button = tr("Train an LSTM");
  }
  empty_->setContent(sentence, button);
  return before != nullptr;
}

QString LanguageView::textSummary() const { return model_ ? describe() : empty_->sentence(); }

}  // namespace lexarium
