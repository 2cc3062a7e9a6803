// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/attention_view.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSplitter>
#include <QStackedWidget>
#include <algorithm>
#include <cmath>

#include "core/models/sequence_model.h"
#include "ui/plot/heatmap_grid.h"
#include "ui/plot/heatmap_plot.h"
#include "ui/views/attention_contexts.h"
#include "ui/widgets/attention_lines.h"
#include "ui/widgets/attention_stages.h"
#include "ui/widgets/helpers.h"
#include "ui/widgets/reading_input.h"

namespace lexarium {
namespace {

constexpr std::size_t kStagedTokens = 120;  // of a text whose stages are shown
constexpr int kSaidLetters = 160;

/// For one line: nothing said is said.
QString saidText(const std::string& said) {
  const QString text = oneLine(toQString(said), kSaidLetters).trimmed();
  return text.isEmpty() ? QStringLiteral("–") : text;
}

}  // namespace

AttentionView::AttentionView(Session& session, QWidget* parent)
    : AttentionBase(session, parent), job_(session.clock(), [this] { read(false); }) {
  setObjectName("attentionView");
  setContent(makeContent());
}

QString AttentionView::promise() const {
  return tr(
      "Here you see where a model looks while it reads: each head as a heat map that sharpens while it "
      "learns.");
}

void AttentionView::refresh(unsigned dirty) {
  const bool another = adoptModel(dirty);
  if (dirty & kTheme) applyTheme();
  if (dirty & kFingerprint) matrix_->setFingerprint(fingerprint());
  if (dirty & kCorpus) {
    contexts_->clear();
    contexts_->hide();
  }
  if (!model()) {
    job_.cancel();
    sheet_ = whole_ = nullptr;
    asked_ = {};
    off_.clear();
    return;
  }
  showParts(*input_);
  fillInput(*input_);
  const bool otherText = !(asked_ == input_->reading());
  if (otherText || another || !whole_) read(otherText);
}

AttentionView::Show AttentionView::shown() const { return static_cast<Show>(show_->currentData().toInt()); }

/// Stages are those of a language model's head.
bool AttentionView::canShowStages() const {
  const auto* language = dynamic_cast<const SequenceModel*>(last_.model.get());
  return language && stepKindOf(*language) == StepKind::Attention;
}

bool AttentionView::wantsStages() const {
  return shown() == Show::Stages && chosen_.kind == AttentionChoice::Kind::Head;
}

void AttentionView::read(bool asked) {
  if (!model() || !isVisible() || (!asked && !job_.isDue())) return;
  asked_ = input_->reading();
  job_.run(
      [model = model(), step = modelStep(), reading = asked_, off = off_, stages = wantsStages(),
       chosen = chosen_](std::stop_token stop) {
        Result result;
        result.model = model;
        result.step = step;
        const auto places = model->heads();
        result.heads.insert(places.begin(), places.end());
        AttentionTrace trace = model->look(reading);
        result.said = saidAbout(*model, reading, trace, stop);
        result.whole = std::make_shared<const AttentionSheet>(std::move(trace));
        std::shared_ptr<const TrainedModel> used = model;
        const std::vector<HeadPlace> silent(off.begin(), off.end());
        if (const auto without = silent.empty() ? nullptr : model->without(silent)) {
          AttentionTrace other = without->look(reading);
          result.saidWithout = saidAbout(*without, reading, other, stop);
          result.without = std::make_shared<const AttentionSheet>(std::move(other));
          used = without;
        }
        const auto* language = dynamic_cast<const SequenceModel*>(used.get());
        if (!stages || !language || stepKindOf(*language) != StepKind::Attention) return result;
        const SequenceTrace read = language->trace(reading.input, false, kStagedTokens);
        const bool there = chosen.layer < language->facts().layers && chosen.head < language->facts().heads;
        if (!read.ids.empty() && there)
          result.stages =
              std::make_shared<const HeadStages>(headStages(*language, read, chosen.layer, chosen.head));
        return result;
      },
      [this](Result result) { adopt(std::move(result)); });
}

void AttentionView::adopt(Result result) {
  last_ = std::move(result);
  whole_ = last_.whole;
  sheet_ = last_.without ? last_.without : whole_;
  canSwitch_ = last_.heads;
  fillChoices();
  showAll();
}

void AttentionView::fillChoices() {
  if (!sheet_) return;
  fillAttentionChoices(*sheet_, *part_, *choice_, partShown_, chosen_);
  const QSignalBlocker quiet(show_);
  const bool stages = canShowStages();
  if (!stages && shown() == Show::Stages) show_->setCurrentIndex(0);
  const int index = show_->findData(static_cast<int>(Show::Stages));
  if (stages && index < 0) show_->addItem(tr("Stages"), static_cast<int>(Show::Stages));
  if (!stages && index >= 0) show_->removeItem(index);
}

std::vector<const AttentionHead*> AttentionView::heads() const {
  return sheet_ ? sheet_->headsOf(partShown_) : std::vector<const AttentionHead*>();
}

void AttentionView::showAll() {
  if (!sheet_) return;
  const bool any = !sheet_->trace().heads.empty();
  loss_->setVisible(!sheet_->trace().input.empty());
  output_->setVisible(!sheet_->trace().input.empty());
  const bool attends = any || !canSwitch_.empty();
  note_->setText(attends ? tr("Type a text for the model to read.") : withoutAttention());
  note_->setVisible(!any);
  split_->setVisible(any);
  showTiles();
  showPicture();
  showLoss();
}

void AttentionView::showTiles() {
  const auto all = heads();
  std::vector<HeatmapTile> tiles;
  std::size_t columns = 0, inLayer = 0;
  bool switches = false;
  int current = -1;
  for (const AttentionHead* head : all) {
    const HeadPlace& place = head->place;
    inLayer = tiles.empty() || place.head == 0 ? 1 : inLayer + 1;
    columns = std::max(columns, inLayer);
    switches = switches || canSwitch_.contains(place);
    if (chosen_ == AttentionChoice{AttentionChoice::Kind::Head, place.layer, place.head})
      current = static_cast<int>(tiles.size());
    tiles.push_back({AttentionSheet::shortTitle(place), attentionRows(head->weights), off_.contains(place),
                     tr("Layer %1, head %2").arg(place.layer + 1).arg(place.head + 1)});
  }
  grid_->setSwitches(switches);
  grid_->setTiles(std::move(tiles), static_cast<int>(std::max<std::size_t>(columns, 1)),
                  perRow_->isChecked());
  grid_->setCurrent(current);
}

void AttentionView::showPicture() {
  if (!sheet_) return;
  HeatmapData data = sheet_->heatmap(partShown_, chosen_, perRow_->isChecked());
  data.title += QStringLiteral(" · ") + tr("step %1").arg(formatCount(last_.step));
  lines_->setData(data.rows, data.columns, data.rowTitle, data.columnTitle, data.values);
  matrix_->setData(std::move(data));
  if (shown() == Show::Stages && last_.stages) {
    auto names = sheet_->names(AttentionAxis::Input);
    names.resize(std::min(names.size(), static_cast<std::size_t>(last_.stages->weights.cols())));
    stages_->setStages(last_.stages, std::move(names));
  }
  const bool stages = wantsStages() && last_.stages;
  grid_->setVisible(heads().size() > 1 && !stages);  // four matrices need the room
  pictures_->setCurrentWidget(stages                   ? static_cast<QWidget*>(stages_)
                              : shown() == Show::Lines ? static_cast<QWidget*>(lines_)
                                                       : static_cast<QWidget*>(matrix_));
}

/// The loss and what it says; with heads off, both beside each other.
void AttentionView::showLoss() {
  if (!whole_) return;
  const double loss = whole_->trace().loss;
  allOn_->setVisible(!off_.empty());
  if (!last_.without) {
    loss_->setText(tr("Loss on this text: %1").arg(formatValue(loss)));
    output_->setText(tr("It says: %1").arg(saidText(last_.said)));
    return;
  }
  QStringList silent;
  for (const HeadPlace& place : off_) silent << AttentionSheet::shortTitle(place);
  const double other = last_.without->trace().loss;
  const QString change =
      (other >= loss ? QStringLiteral("+") : QStringLiteral("−")) + formatValue(std::abs(other - loss));
  loss_->setText(tr("Loss on this text: %1; without the heads %2: %3 (%4)")
                     .arg(formatValue(loss), oneLine(silent.join(QStringLiteral(", ")), 80),
                          formatValue(other), change));
  output_->setText(tr("It says: %1").arg(saidText(last_.said)) + u'\n' +
                   tr("Without: %1").arg(saidText(last_.saidWithout)));
}

void AttentionView::choose(const AttentionChoice& choice) {
  chosen_ = choice;
  const QSignalBlocker quiet(choice_);
  choice_->setCurrentIndex(choice_->findData(choice.code()));
  showTiles();
  if (wantsStages()) return read(true);
  showPicture();
}

void AttentionView::switchHead(const HeadPlace& place, bool off) {
  if (!canSwitch_.contains(place)) return;
  if (off) {
    off_.insert(place);
  } else {
    off_.erase(place);
  }
  read(true);
}

void AttentionView::choosePair(int query, int key) {
  if (!sheet_ || query < 0 || key < 0) return;
  const AttentionTrace& trace = sheet_->trace();
  const auto token = [&](AttentionAxis axis, int index) {
    const auto& tokens = axis == AttentionAxis::Output ? trace.output : trace.input;
    const auto i = static_cast<std::size_t>(index);
    const bool none = axis == AttentionAxis::Whole || axis == AttentionAxis::Hops || i >= tokens.size();
    const auto names = sheet_->names(axis);
    AttentionContexts::Token made;
    made.name = i < names.size() ? names[i] : QString();
    if (none) return made;
    made.range = tokens[i].range;
    made.text = axis == AttentionAxis::Output ? trace.outputText : input_->reading().input;
    return made;
  };
  const Eigen::MatrixXf weights = sheet_->weights(partShown_, chosen_);
  if (query >= weights.cols() || key >= weights.rows()) return;
  contexts_->show();
  contexts_->showPair(token(sheet_->queries(partShown_), query), token(sheet_->keys(partShown_), key),
                      static_cast<double>(weights(key, query)));
}

void AttentionView::fillMenu(QMenu& menu) {
  const auto failed = [this](const Error& error) { session().reportError(error); };
  addExportActions(menu, this, [this, failed] {
    if (pictures_->currentWidget() == lines_) return lines_->exportSource(tr("attention"), failed);
    if (pictures_->currentWidget() == stages_) return stages_->exportSource(failed);
    return matrix_->exportSource(tr("attention"), failed);
  });
  if (!sheet_ || heads().size() < 2) return;
  QMenu* all = menu.addMenu(tr("All heads"));
  addExportActions(*all, this, [this, failed] { return grid_->exportSource(tr("heads"), failed); });
}

std::vector<PlotSource> AttentionView::pictures() {
  const auto& shown = frame().snapshot;
  const bool isOfNow = model() && shown && (shown->trained == model() || isVisible());
  if (!isOfNow || !sheet_ || matrix_->data().isEmpty()) return {};
  return {
      matrix_->exportSource(tr("attention"), [this](const Error& error) { session().reportError(error); })};
}

QString AttentionView::describe() const {
  if (!sheet_ || sheet_->trace().heads.empty()) return note_->text();
  return matrix_->textSummary() + QStringLiteral(". ") + loss_->text();
}

QJsonObject AttentionView::saveState() const {
  const Reading& reading = session().reading().reading();
  return {{"part", toQString(partShown_)},
          {"choice", chosen_.code()},
          {"show", show_->currentData().toInt()},
          {"perRow", perRow_->isChecked()},
          {"text", toQString(reading.input)}};
}

void AttentionView::restoreState(const QJsonObject& state) {
  partShown_ = state["part"].toString().toStdString();
  chosen_ = AttentionChoice::fromCode(state["choice"].toInt());
  show_->setCurrentIndex(std::max(0, show_->findData(state["show"].toInt())));
  perRow_->setChecked(state["perRow"].toBool());
  if (const QString text = state["text"].toString(); !text.isEmpty()) {
    Reading reading;
    reading.input = text.toStdString();
    session().reading().set(reading);
  }
}

}  // namespace lexarium
