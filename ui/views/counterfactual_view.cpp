// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/counterfactual_view.h"

#include <QComboBox>
#include <QGridLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSplitter>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "ui/models/counterfactual_model.h"
#include "ui/plot/heatmap_plot.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/helpers.h"
#include "ui/widgets/linked_table.h"
#include "ui/widgets/reading_input.h"

namespace lexarium {
namespace {

constexpr int kAnswerLetters = 120;

/// Of each token of `after` its place in `before`.
std::vector<std::optional<std::size_t>> placesOf(const AttentionSheet& before, const AttentionSheet& after,
                                                 AttentionAxis axis) {
  const auto labels = [axis](const AttentionSheet& sheet) {
    std::vector<std::string> all;
    for (const QString& name : sheet.names(axis)) all.push_back(name.toStdString());
    return all;
  };
  return sameTokens(labels(after), labels(before));
}

}  // namespace

CounterfactualView::CounterfactualView(Session& session, QWidget* parent)
    : AttentionBase(session, parent),
      rows_(new CounterfactualModel(this)),
      job_(session.clock(), [this] { read(false); }) {
  setObjectName("counterfactualView");
  setContent(makeContent());
}

QWidget* CounterfactualView::makeTexts() {
  pinnedInput_ = new ReadingInput("pinned");
  pinnedInput_->setPlaceholder(tr("The text that stays"));
  connect(pinnedInput_, &ReadingInput::changed, this, [this] {
    pinned_ = pinnedInput_->reading();
    read(true);
  });
  input_ = new ReadingInput("edited");
  input_->setPlaceholder(tr("The text to edit"));
  connect(input_, &ReadingInput::changed, this, [this] { session().reading().set(input_->reading()); });
  pin_ = new QPushButton(tr("Pin this"));
  pin_->setObjectName("pinReading");
  pin_->setToolTip(tr("The edited text becomes the one that stays"));
  connect(pin_, &QPushButton::clicked, this, [this] {
    pinned_ = session().reading().reading();
    pinnedInput_->setReading(pinned_);
    read(true);
  });
  auto* texts = new QWidget;
  auto* grid = new QGridLayout(texts);
  grid->setContentsMargins(0, 0, 0, 0);
  grid->setSpacing(Theme::kSpace);
  auto* pinned = new QLabel(tr("Pinned"));
  auto* edited = new QLabel(tr("Edited"));
  for (QLabel* label : {pinned, edited}) label->setProperty("role", "secondary");
  grid->addWidget(pinned, 0, 0);
  grid->addWidget(pinnedInput_, 0, 1, 1, 2);
  grid->addWidget(edited, 1, 0);
  grid->addWidget(input_, 1, 1);
  grid->addWidget(pin_, 1, 2, Qt::AlignTop);
  grid->setColumnStretch(1, 1);
  return texts;
}

QWidget* CounterfactualView::makePictures() {
  const auto plot = [this](const char* name, const QString& title) {
    auto* made = new HeatmapPlot;
    made->setObjectName(name);
    made->setAccessibleName(title);
    connect(made, &HeatmapPlot::menuRequested, this, [this](const QPoint& place) {
      QMenu actions(this);
      fillMenu(actions);
      actions.exec(place);
    });
    return made;
  };
  beforePlot_ = plot("counterfactualBefore", tr("Attention in the pinned text"));
  afterPlot_ = plot("counterfactualAfter", tr("Attention in the edited text"));
  difference_ = plot("counterfactualDifference", tr("Difference of the attention"));
  // The edited text and the difference have the same cells.
  for (auto [one, other] : {std::pair(afterPlot_, difference_), std::pair(difference_, afterPlot_)}) {
    connect(one, &HeatmapPlot::currentChanged, other,
            [other = other](const std::optional<HeatmapCell>& cell) { other->setCurrent(cell); });
    connect(one, &HeatmapPlot::viewMoved, other, [one = one, other = other] { other->showLike(*one); });
  }
  table_ = new LinkedTable;
  table_->setObjectName("counterfactualTable");
  table_->setAccessibleName(tr("Probability of each token"));
  table_->setModel(rows_);
  table_->horizontalHeader()->setSectionResizeMode(CounterfactualModel::kToken, QHeaderView::Stretch);
  for (const int column :
       {CounterfactualModel::kBefore, CounterfactualModel::kAfter, CounterfactualModel::kChange})
    table_->horizontalHeader()->setSectionResizeMode(column, QHeaderView::ResizeToContents);
  split_ = new QSplitter(Qt::Horizontal);
  split_->setChildrenCollapsible(false);
  for (QWidget* part : std::initializer_list<QWidget*>{beforePlot_, afterPlot_, difference_, table_})
    split_->addWidget(part);
  split_->setSizes({300, 300, 300, 220});
  return split_;
}

QWidget* CounterfactualView::makeContent() {
  const auto combo = [](const char* name, const QString& title) {
    auto* box = new QComboBox;
    box->setObjectName(name);
    box->setAccessibleName(title);
    box->setToolTip(title);
    box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    return box;
  };
  part_ = combo("counterfactualPart", tr("Which attention of the model"));
  choice_ = combo("counterfactualHead", tr("Which head, or several as one"));
  connect(part_, &QComboBox::activated, this, [this] {
    partShown_ = part_->currentData().toString().toStdString();
    fillChoices();
    showDifference();
  });
  connect(choice_, &QComboBox::activated, this, [this] {
    chosen_ = AttentionChoice::fromCode(choice_->currentData().toInt());
    showDifference();
  });
  auto* bar = new FlowBar(Theme::kSpace);
  for (QWidget* widget : {part_, choice_}) bar->flow()->addWidget(widget);
  loss_ = new QLabel;
  loss_->setObjectName("counterfactualLoss");
  said_ = new QLabel;
  said_->setObjectName("counterfactualSaid");
  for (QLabel* label : {loss_, said_}) {
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
  }
  note_ = new QLabel;
  note_->setObjectName("counterfactualNote");
  note_->setWordWrap(true);
  auto* content = new QWidget;
  auto* layout = tightLayout<QVBoxLayout>(content);
  layout->setContentsMargins(2 * Theme::kSpace, Theme::kSpace, 2 * Theme::kSpace, Theme::kSpace);
  layout->addWidget(makeTexts());
  layout->addWidget(loss_);
  layout->addWidget(said_);
  layout->addWidget(bar);
  layout->addWidget(note_);
  layout->addWidget(makePictures(), 1);
  return content;
}

QString CounterfactualView::promise() const {
  return tr("Here you edit a text and see what that changes in what a model says and where it looks.");
}

void CounterfactualView::refresh(unsigned dirty) {
  const bool another = adoptModel(dirty);
  if (dirty & kTheme) {
    const Theme& theme = session().theme();
    pinnedInput_->setTheme(theme);
    input_->setTheme(theme);
    for (HeatmapPlot* plot : {beforePlot_, afterPlot_, difference_}) plot->setTheme(theme);
    table_->setTheme(theme);
    for (QLabel* label : {loss_, said_, note_}) label->setFont(theme.small);
  }
  if (dirty & kCorpus) {
    pinned_ = {};
    before_ = after_ = nullptr;
    rows_->clear();
  }
  if (!model()) {
    asked_ = {};
    return job_.cancel();
  }
  showParts(*input_);
  showParts(*pinnedInput_);
  fillInput(*input_);
  if (pinnedInput_->examples() != input_->examples()) pinnedInput_->setExamples(input_->examples());
  if (pinned_.input.empty()) pinned_ = input_->reading();
  if (!(pinnedInput_->reading() == pinned_)) pinnedInput_->setReading(pinned_);
  const bool otherText = !(asked_ == input_->reading());
  if (otherText || another || !after_) read(otherText);
}

void CounterfactualView::read(bool asked) {
  if (!model() || !isVisible() || (!asked && !job_.isDue())) return;
  asked_ = input_->reading();
  job_.run(
      [model = model(), pinned = pinned_, edited = asked_](std::stop_token stop) {
        Result result;
        AttentionTrace before = model->look(pinned), after = model->look(edited);
        result.saidBefore = saidAbout(*model, pinned, before, stop);
        result.saidAfter = saidAbout(*model, edited, after, stop);
        result.before = std::make_shared<const AttentionSheet>(std::move(before));
        result.after = std::make_shared<const AttentionSheet>(std::move(after));
        return result;
      },
      [this](Result result) { adopt(std::move(result)); });
}

void CounterfactualView::adopt(Result result) {
  before_ = std::move(result.before);
  after_ = std::move(result.after);
  const double before = before_->trace().loss, after = after_->trace().loss;
  loss_->setText(tr("Loss: %1 pinned, %2 edited (%3)")
                     .arg(formatValue(before), formatValue(after),
                          (after < before ? QStringLiteral("−") : QStringLiteral("+")) +
                              formatValue(std::abs(after - before))));
  const auto text = [](const std::string& said) {
    const QString line = oneLine(toQString(said), kAnswerLetters).trimmed();
    return line.isEmpty() ? QStringLiteral("–") : line;
  };
  said_->setText(tr("Pinned, it says: %1").arg(text(result.saidBefore)) + u'\n' +
                 tr("Edited, it says: %1").arg(text(result.saidAfter)));
  rows_->setTraces(before_->trace(), after_->trace());
  fillChoices();
  showDifference();
}

void CounterfactualView::fillChoices() {
  if (after_) fillAttentionChoices(*after_, *part_, *choice_, partShown_, chosen_);
}

void CounterfactualView::showDifference() {
  if (!before_ || !after_) return;
  const bool any = !after_->trace().heads.empty() && !before_->trace().heads.empty();
  for (HeatmapPlot* plot : {beforePlot_, afterPlot_, difference_}) plot->setVisible(any);
  note_->setVisible(!any && after_->trace().input.empty() == before_->trace().input.empty());
  note_->setText(withoutAttention());
  if (!any) return;
  HeatmapData before = before_->heatmap(partShown_, chosen_, false);
  HeatmapData after = after_->heatmap(partShown_, chosen_, false);
  HeatmapData difference = after;
  const auto keys = placesOf(*before_, *after_, after_->keys(partShown_));
  const auto queries = placesOf(*before_, *after_, after_->queries(partShown_));
  difference.values = attentionRows(attentionDifference(before_->weights(partShown_, chosen_),
                                                        after_->weights(partShown_, chosen_), keys, queries));
  difference.colors = HeatmapData::Colors::Diverging;
  difference.range.reset();
  difference.legendTitle = tr("Edited minus pinned");
  before.title = tr("Pinned");
  after.title = tr("Edited");
  difference.title = tr("Difference");
  beforePlot_->setData(std::move(before));
  afterPlot_->setData(std::move(after));
  difference_->setData(std::move(difference));
}

void CounterfactualView::fillMenu(QMenu& menu) {
  const auto failed = [this](const Error& error) { session().reportError(error); };
  const auto add = [&](const QString& title, HeatmapPlot* plot, const QString& name) {
    QMenu* part = menu.addMenu(title);
    addExportActions(*part, this, [plot, name, failed] { return plot->exportSource(name, failed); });
  };
  add(tr("Difference"), difference_, tr("difference"));
  add(tr("Pinned"), beforePlot_, tr("pinned"));
  add(tr("Edited"), afterPlot_, tr("edited"));
}

QString CounterfactualView::describe() const { return loss_->text() + QStringLiteral(". ") + said_->text(); }

QJsonObject CounterfactualView::saveState() const {
  return {{"part", toQString(partShown_)}, {"choice", chosen_.code()}, {"pinned", toQString(pinned_.input)}};
}

void CounterfactualView::restoreState(const QJsonObject& state) {
  partShown_ = state["part"].toString().toStdString();
  if (state.contains("choice")) chosen_ = AttentionChoice::fromCode(state["choice"].toInt());
  pinned_.input = state["pinned"].toString().toStdString();
}

}  // namespace lexarium
