// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/parameters_view.h"

#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QScrollArea>
#include <QStackedLayout>
#include <QVBoxLayout>

#include "core/base/file.h"
#include "core/base/thread_pool.h"
#include "core/train/start_vectors.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/helpers.h"
#include "ui/widgets/param_form.h"

namespace lexarium {
namespace {

const char* const kMode = "mode";
const char* const kThreads = "threads";
const char* const kSeed = "seed";
const char* const kFastest = "fastest";
const char* const kReproducible = "reproducible";
constexpr std::int64_t kMaximumThreads = 256;
constexpr std::int64_t kMaximumSeed = 999'999'999;

/// How a run uses the computer, for a form of its own. Texts in context "Core" like those of the models.
std::vector<ParamSpec> machineSpecs() {
  return {
      choiceParam(kMode, QT_TRANSLATE_NOOP("Core", "Mode"),
                  QT_TRANSLATE_NOOP(
                      "Core", "Whether the same seed gives the same vectors again, or speed comes first."),
                  kFastest,
                  {{kFastest, QT_TRANSLATE_NOOP("Core", "Fastest")},
                   {kReproducible, QT_TRANSLATE_NOOP("Core", "Reproducible")}}),
      integerParam(kThreads, QT_TRANSLATE_NOOP("Core", "Threads"), "",
                   QT_TRANSLATE_NOOP("Core", "How many processor cores learn at the same time."),
                   static_cast<std::int64_t>(hardwareThreads()), 1, kMaximumThreads),
      integerParam(
          kSeed, QT_TRANSLATE_NOOP("Core", "Seed"), "",
          QT_TRANSLATE_NOOP("Core", "Where the random numbers begin: the same seed gives the same start."), 1,
          0, kMaximumSeed)};
}

ParamSet toParamSet(const Execution& execution) {
  ParamSet values;
  values.set(kMode, std::string(execution.mode == Execution::Mode::Fastest ? kFastest : kReproducible));
  values.set(kThreads, static_cast<std::int64_t>(execution.threads));
  values.set(kSeed, static_cast<std::int64_t>(execution.seed));
  return values;
}

QLabel* wrapped(const QString& name) {
  auto* label = new QLabel;
  label->setObjectName(name);
  label->setWordWrap(true);
  label->setTextFormat(Qt::PlainText);
  return label;
}

/// Scrolls only up and down: its content is as wide as it is.
class VerticalScroll : public QScrollArea {
 public:
  explicit VerticalScroll(QWidget* content) {
    setWidget(content);
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    viewport()->setAutoFillBackground(false);
    content->setAutoFillBackground(false);
  }
};

}  // namespace

ParametersView::ParametersView(Session& session, QWidget* parent)
    : View(session, parent), empty_(new EmptyState) {
  setObjectName("parametersView");
  connect(empty_, &EmptyState::activated, this, [this] { triggerWindowAction(this, "openText"); });
  stack_ = new QStackedLayout(this);
  stack_->addWidget(empty_);
  stack_->addWidget(new VerticalScroll(makeContent()));
  fillModels();
  connect(&session.runs(), &RunController::nextConfigChanged, this, [this] { markDirty(kRuns); });
  connect(&session.runs(), &RunController::stateChanged, this, [this] { markDirty(kRuns); });
}

QWidget* ParametersView::makeContent() {
  models_ = new QComboBox;
  models_->setObjectName("modelChooser");
  models_->setAccessibleName(tr("Model"));
  models_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  models_->setMinimumContentsLength(6);
  connect(models_, &QComboBox::activated, this, &ParametersView::chooseModel);
  summary_ = wrapped("modelSummary");
  citation_ = wrapped("modelCitation");
  citation_->setProperty("role", "secondary");
  citation_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  form_ = new ParamForm;
  form_->setObjectName("modelForm");
  connect(form_, &ParamForm::changed, this, &ParametersView::takeParams);
  connect(form_, &ParamForm::asked, this, &ParametersView::chooseVectorsFile);
  vectorsNote_ = wrapped("vectorsNote");
  vectorsNote_->setProperty("role", "secondary");
  vectorsNote_->hide();

  machine_ = new ParamForm;
  machine_->setObjectName("machineForm");
  const auto specs = machineSpecs();
  machine_->setSpecs(specs, ParamSet::defaultsOf(specs));
  machine_->setResetVisible(false);
  machine_->setNoticeVisible(false);  // the model's form says it
  connect(machine_, &ParamForm::changed, this, &ParametersView::takeExecution);
  modeHelp_ = wrapped("modeHelp");
  modeHelp_->setProperty("role", "secondary");
  machineTitle_ = new QLabel(tr("Computer"));

  auto* content = new QWidget;
  auto* layout = new QVBoxLayout(content);
  layout->setContentsMargins(2 * Theme::kSpace, Theme::kSpace, 2 * Theme::kSpace, 2 * Theme::kSpace);
  layout->setSpacing(2 * Theme::kSpace);
  layout->addWidget(fork_ = wrapped("forkNote"));
  fork_->setTextFormat(Qt::RichText);
  connect(fork_, &QLabel::linkActivated, this, [this] { this->session().runs().setFork(0, nullptr); });
  layout->addWidget(models_);
  layout->addWidget(summary_);
  layout->addWidget(form_);
  layout->addWidget(vectorsNote_);
  layout->addSpacing(Theme::kSpace);
  layout->addWidget(machineTitle_);
  layout->addWidget(machine_);
  layout->addWidget(modeHelp_);
  layout->addSpacing(Theme::kSpace);
  layout->addWidget(citation_);
  layout->addStretch(1);
  return content;
}

/// Those that can learn from what is open.
void ParametersView::fillModels() {
  const QSignalBlocker quiet(models_);
  models_->clear();
  for (const auto& model : models()) {
    if (model.learnsExamples() && !(session().corpus() && canLearn(model, *session().corpus()))) continue;
    models_->addItem(coreText(model.title), toQString(model.id));
    models_->setItemData(models_->count() - 1, coreText(model.summary) + u'\n' + toQString(model.citation),
                         Qt::ToolTipRole);
  }
}

void ParametersView::refresh(unsigned dirty) {
  if (dirty & kTheme) applyTheme();
  if ((dirty & kCorpus) || corpus_ != session().corpus()) {
    corpus_ = session().corpus();
    edited_.clear();
    fillModels();
    readingVectors_.cancel();
    vectorsNote_->hide();
    model_ = nullptr;
    stack_->setCurrentIndex(session().runs().canTrain() ? 1 : 0);
    empty_->setContent(corpus_
                           ? tr("What is open came from a file, without a text. To train a model, open one.")
                           : tr("Here stands how the next run learns: the model and its settings."),
                       tr("Open text..."));
    dirty |= kRuns;
  }
  if (session().runs().canTrain() && (dirty & kRuns)) showConfig();
}

RunConfig ParametersView::shownConfig() const {
  const Run* run = session().runs().active();
  if (!run) return session().runs().nextConfig();
  RunConfig config = run->trainer->config();
  config.params = session().runs().activeParams();
  return config;
}

void ParametersView::showConfig() {
  const RunConfig config = shownConfig();
  const ModelInfo* model = findModel(config.modelId);
  if (!model) return;
  showing_ = true;
  const bool running = session().runs().isActive();
  if (model != model_) showModel(*model);
  showVectorChoices();
  form_->setValues(config.params);
  form_->setRunning(running);
  machine_->setValues(toParamSet(config.execution));
  machine_->setRunning(running);
  modeHelp_->setText(config.execution.mode == Execution::Mode::Reproducible
                         ? tr("The same seed gives the same vectors, on any number of threads.")
                         : tr("Threads write at the same time: fast, but no two runs are quite the same."));
  const RunController& runs = session().runs();
  models_->setEnabled(!running && !runs.isForking());
  QString parent;
  for (const auto& run : runs.runs())
    if (run->id == runs.forkParent()) parent = run->name;
  fork_->setText(tr("The next run forks off %1 at step %2. <a href=\"afresh\">Start afresh instead</a>")
                     .arg(parent.toHtmlEscaped(), formatCount(runs.forkStep())));
  fork_->setVisible(runs.isForking());
  showing_ = false;
}

void ParametersView::showModel(const ModelInfo& model) {
  model_ = &model;
  models_->setCurrentIndex(models_->findData(toQString(model.id)));
  summary_->setText(coreText(model.summary));
  citation_->setText(toQString(model.citation));
  const ParamSet preset = presetFor(model, *corpus_);
  if (std::exchange(formOf_, &model) == &model) {  // another text: the fields stay
    form_->setPreset(preset);
    form_->setValues(preset);
    return;
  }
  const bool advanced = form_->isAdvancedShown();
  std::vector<ParamSpec> specs = model.params;
  std::erase_if(specs, [](const ParamSpec& spec) { return spec.key == kVectorsFingerprintKey; });
  form_->setSpecs(specs, preset);
  form_->setAdvancedShown(advanced);
}

void ParametersView::chooseModel(int row) {
  const ModelInfo* model = findModel(models_->itemData(row).toString().toStdString());
  if (!model || session().runs().isActive()) return;
  RunConfig config = session().runs().nextConfig();
  edited_[config.modelId] = config.params;
  config.modelId = model->id;
  const auto kept = edited_.find(model->id);
  config.params = kept != edited_.end() ? kept->second : presetFor(*model, *corpus_);
  session().runs().setNextConfig(config);
}

void ParametersView::takeExecution(const ParamSet& values) {
  if (showing_ || !corpus_ || session().runs().isActive()) return;
  RunConfig config = session().runs().nextConfig();
  config.execution.mode =
      values.getChoice(kMode) == kFastest ? Execution::Mode::Fastest : Execution::Mode::Reproducible;
  config.execution.threads = static_cast<std::size_t>(values.getInt(kThreads));
  config.execution.seed = static_cast<std::uint64_t>(values.getInt(kSeed));
  session().runs().setNextConfig(config);
}

void ParametersView::takeParams(const ParamSet& values) {
  if (showing_) return;
  const Run* run = session().runs().active();
  if (run) {
    const ParamSet before = session().runs().activeParams();
    for (const ParamSpec& spec : findModel(run->trainer->config().modelId)->params)
      if (spec.live && before.value(spec.key) != values.value(spec.key))
        session().runs().setLive(spec.key, values.value(spec.key));
    return;
  }
  RunConfig config = session().runs().nextConfig();
  const ParamSet before = std::exchange(config.params, values);
  takeVectors(before, config);
  session().runs().setNextConfig(config);
}

/// From scratch, of any run that has vectors for words, from a file.
void ParametersView::showVectorChoices() {
  std::vector<std::pair<std::string, QString>> choices{{"", tr("from scratch")}};
  for (const auto& run : session().runs().runs()) {
    const auto snapshot = run->trainer->snapshot();
    if (snapshot && snapshot->all && snapshot->all->vectors.cols() > 0)
      choices.emplace_back(kRunSource + run->name.toStdString(), tr("of %1").arg(run->name));
  }
  choices.emplace_back(ParamForm::kAsk, tr("from a file..."));
  form_->setTextChoices(kVectorsKey, choices);
}

/// What follows from another choice of vectors, or of tokens.
void ParametersView::takeVectors(const ParamSet& before, RunConfig& config) {
  const std::string named = vectorsNamed(config.params);
  if (named == vectorsNamed(before)) {
    if (!named.empty() && config.params.getChoice("tokens") != "words") useNoVectors(config);
    return vectorsNote_->setVisible(vectorsNote_->isVisible() && !vectorsNamed(config.params).empty());
  }
  vectorsNote_->hide();
  readingVectors_.cancel();
  useNoVectors(config);
  for (const auto& run : session().runs().runs()) {
    const auto snapshot = run->trainer->snapshot();
    if (named != kRunSource + run->name.toStdString() || !snapshot || !snapshot->all) continue;
    useVectors(config, startVectorsOfRun(run->name.toStdString(), snapshot->all));
  }
}

void ParametersView::chooseVectorsFile() {
  const QString path =
      QFileDialog::getOpenFileName(this, tr("Word vectors to begin with"), {},
                                   tr("Word vectors (*.txt *.vec *.bin *.glove *.tsv);;All files (*)"));
  if (!path.isEmpty()) useVectorsFile(path);
}

void ParametersView::useVectorsFile(const QString& path) {
  const QString name = QFileInfo(path).fileName();
  vectorsNote_->setText(tr("Reading %1...").arg(name));
  vectorsNote_->show();
  readingVectors_.run(
      [corpus = corpus_, file = pathFromUtf8(path.toStdString())](std::stop_token stop) {
        TaskContext context;
        context.stop = std::move(stop);
        return startVectorsOfFile(file, *corpus, context);
      },
      [this, name, corpus = corpus_](Expected<StartVectors> vectors) {
        vectorsNote_->setVisible(vectors.has_value());
        if (!vectors) return session().reportError(vectors.error());
        if (corpus != session().corpus()) return;
        vectorsNote_->setText(
            tr("%1 of the %2 words of %3 stand in the text; all other words begin at random.")
                .arg(formatCount(vectors->wordsFound), formatCount(vectors->wordsInFile), name));
        RunConfig config = session().runs().nextConfig();
        useVectors(config, *vectors);
        session().runs().setNextConfig(config);
      });
}

void ParametersView::applyTheme() {
  const Theme& theme = session().theme();
  citation_->setFont(theme.small);
  modeHelp_->setFont(theme.small);
  vectorsNote_->setFont(theme.small);
  machineTitle_->setFont(theme.title);
}

QJsonObject ParametersView::saveState() const { return {{"advanced", form_->isAdvancedShown()}}; }

void ParametersView::restoreState(const QJsonObject& state) {
  form_->setAdvancedShown(state["advanced"].toBool());
}

QString ParametersView::textSummary() const {
  if (!model_) return empty_->sentence();
  return tr("%1. %2").arg(coreText(model_->title), coreText(model_->summary));
}

}  // namespace lexarium
