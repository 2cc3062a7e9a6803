// SPDX-License-Identifier: GPL-3.0-or-later
// How the view of tokens is put together.
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSplitter>
#include <QVBoxLayout>

#include "ui/models/merge_model.h"
#include "ui/plot/curve_plot.h"
#include "ui/views/tokens_view.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/helpers.h"
#include "ui/widgets/linked_table.h"
#include "ui/widgets/number_box.h"
#include "ui/widgets/token_text.h"
#include "ui/widgets/token_ways.h"

namespace lexarium {
namespace {

constexpr double kUsualVocabulary = 2000, kLeastVocabulary = 20, kMostVocabulary = 100'000;
constexpr int kPairWidth = 70;
const QList<int> kTableWidths{280, 460, 400};  // as shares

}  // namespace

QWidget* TokensView::makeControls() {
  const auto button = [](const char* name, const QString& text, const QString& tip) {
    auto* made = new QPushButton(text);
    made->setObjectName(name);
    made->setToolTip(tip);
    return made;
  };
  begin_ = button("tokensBegin", tr("Start again"), tr("Back to single characters"));
  back_ = button("tokensBack", tr("Back"), tr("One merge back"));
  step_ = button("tokensStep", tr("Merge"), tr("Merges the most frequent pair"));
  play_ = button("tokensPlay", tr("Run"), tr("One merge after the other"));
  go_ = button("tokensGo", tr("Merge up to"), tr("Merges until there are so many different tokens"));
  place_ = button("tokensPlace", tr("Another place"), tr("Shows another part of the text"));
  train_ = button("tokensTrain", tr("Train a model with these"),
                  tr("Sets the next run to subwords with this vocabulary"));
  connect(begin_, &QPushButton::clicked, this, &TokensView::toBeginning);
  connect(back_, &QPushButton::clicked, this, &TokensView::back);
  connect(step_, &QPushButton::clicked, this, [this] {
    setPlaying(false);
    step();
  });
  connect(play_, &QPushButton::clicked, this, &TokensView::playOrPause);
  connect(go_, &QPushButton::clicked, this, &TokensView::toVocabulary);
  connect(place_, &QPushButton::clicked, this, &TokensView::otherPlace);
  connect(train_, &QPushButton::clicked, this, &TokensView::trainWithThese);
  vocabulary_ = new NumberBox(NumberBox::Kind::Whole, NumberBox::Steps::Logarithmic);
  vocabulary_->setObjectName("tokensVocabulary");
  vocabulary_->setLimits(kLeastVocabulary, kMostVocabulary);
  vocabulary_->setValue(kUsualVocabulary);
  vocabulary_->setSuffix(u' ' + tr("tokens"));
  vocabulary_->setAccessibleName(tr("How many different tokens"));
  auto* bar = new FlowBar(Theme::kSpace);
  for (QWidget* widget :
       std::initializer_list<QWidget*>{step_, play_, back_, begin_, go_, vocabulary_, place_, train_}) {
    bar->flow()->addWidget(widget);
  }
  return bar;
}

QWidget* TokensView::makeTables() {
  const auto table = [](const char* name, const QString& title, MergeModel* model) {
    auto* made = new LinkedTable;
    made->setObjectName(name);
    made->setAccessibleName(title);
    made->setModel(model);
    made->horizontalHeader()->setMinimumSectionSize(kPairWidth);
    made->horizontalHeader()->setResizeContentsPrecision(0);  // what is in sight: there may be many rows
    made->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    made->horizontalHeader()->setSectionResizeMode(MergeModel::kPair, QHeaderView::Stretch);
    return made;
  };
  merges_ = new MergeModel(this);
  next_ = new MergeModel(this);
  mergeTable_ = table("mergeTable", tr("Merges so far"), merges_);
  connect(mergeTable_, &LinkedTable::chosen, this, [this](const QModelIndex& index) {
    setPlaying(false);
    goTo(static_cast<std::size_t>(index.row()) + 1);
  });
  nextTable_ = table("nextPairs", tr("Pairs that could be merged next"), next_);
  nextTable_->hideColumn(MergeModel::kStep);
  nextTable_->hideColumn(MergeModel::kToken);
  nextTable_->hideColumn(MergeModel::kTextTokens);
  nextTitle_ = new QLabel;
  nextTitle_->setObjectName("nextPair");
  nextTitle_->setWordWrap(true);
  curve_ = new CurvePlot;
  curve_->setObjectName("compressionCurve");
  curve_->setAccessibleName(tr("Tokens per character against the size of the vocabulary"));
  curve_->setAxisTitles(tr("Different tokens"), tr("Tokens per character"));
  curve_->setTooltip([this](const CurvePoint& point) {
    const MetricPoint& at = series_[point.index];
    return QStringList{tr("%1 different tokens").arg(formatCount(at.step)),
                       tr("%1 tokens per character").arg(formatValue(at.loss))};
  });
  connect(curve_, &CurvePlot::clicked, this, [this](const CurvePoint& point) { goTo(point.index); });
  auto* nextBox = new QWidget;
  auto* nextLayout = tightLayout<QVBoxLayout>(nextBox);
  nextLayout->addWidget(nextTitle_);
  nextLayout->addWidget(nextTable_, 1);
  auto* tables = new QSplitter(Qt::Horizontal);
  tables->setChildrenCollapsible(false);
  for (QWidget* widget : std::initializer_list<QWidget*>{nextBox, mergeTable_, curve_})
    tables->addWidget(widget);
  for (int i = 0; i < tables->count(); ++i) tables->setStretchFactor(i, kTableWidths[i]);
  tables->setSizes(kTableWidths);
  return tables;
}

QWidget* TokensView::makeMerges() {
  text_ = new TokenText;
  text_->setObjectName("tokensText");
  text_->setAccessibleName(tr("A part of the text in tokens"));
  text_->setTooltip([this](int token) { return tooltipOf(token); });
  connect(text_, &TokenText::clicked, this, &TokensView::chooseToken);
  status_ = new QLabel;
  status_->setObjectName("tokensStatus");
  status_->setProperty("role", "secondary");
  status_->setWordWrap(true);
  chosen_ = new QLabel;
  chosen_->setObjectName("tokensChosen");
  chosen_->setWordWrap(true);
  chosen_->hide();
  auto* content = new QWidget;
  auto* layout = tightLayout<QVBoxLayout>(content);
  layout->setContentsMargins(2 * Theme::kSpace, Theme::kSpace, 2 * Theme::kSpace, Theme::kSpace);
  layout->addWidget(makeControls());
  auto* split = new QSplitter(Qt::Vertical);
  split->setChildrenCollapsible(false);
  split->addWidget(text_);
  split->addWidget(makeTables());
  split->setStretchFactor(0, 1);
  split->setStretchFactor(1, 1);
  layout->addWidget(split, 1);
  layout->addWidget(chosen_);
  layout->addWidget(status_);
  return content;
}

QWidget* TokensView::makeWays() {
  own_ = new QLineEdit;
  own_->setObjectName("ownText");
  own_->setPlaceholderText(tr("A text of your own, to see its tokens"));
  own_->setAccessibleName(tr("A text of your own, to see its tokens"));
  ways_ = new TokenWays;
  connect(own_, &QLineEdit::textChanged, ways_, &TokenWays::setText);
  auto* content = new QWidget;
  auto* layout = tightLayout<QVBoxLayout>(content);
  layout->setContentsMargins(2 * Theme::kSpace, Theme::kSpace, 2 * Theme::kSpace, Theme::kSpace);
  layout->addWidget(own_);
  layout->addWidget(ways_, 1);
  return content;
}

}  // namespace lexarium
