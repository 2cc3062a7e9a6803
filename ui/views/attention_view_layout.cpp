// SPDX-License-Identifier: GPL-3.0-or-later
// The parts of the view "Attention" and their places.
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "ui/plot/heatmap_grid.h"
#include "ui/plot/heatmap_plot.h"
#include "ui/views/attention_contexts.h"
#include "ui/views/attention_view.h"
#include "ui/widgets/attention_lines.h"
#include "ui/widgets/attention_stages.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/helpers.h"
#include "ui/widgets/reading_input.h"

namespace lexarium {

QWidget* AttentionView::makeBar() {
  const auto combo = [](const char* name, const QString& title) {
    auto* box = new QComboBox;
    box->setObjectName(name);
    box->setAccessibleName(title);
    box->setToolTip(title);
    box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    return box;
  };
  part_ = combo("attentionPart", tr("Which attention of the model"));
  choice_ = combo("attentionHead", tr("Which head, or several as one"));
  show_ = combo("attentionShow", tr("How it is drawn"));
  show_->addItem(tr("Matrix"), static_cast<int>(Show::Matrix));
  show_->addItem(tr("Lines"), static_cast<int>(Show::Lines));
  show_->addItem(tr("Stages"), static_cast<int>(Show::Stages));
  perRow_ = new QCheckBox(tr("Colors per row"));
  perRow_->setObjectName("attentionPerRow");
  perRow_->setToolTip(
      tr("Colors go up to the largest weight of each row; otherwise all of them from 0 to 1."));
  allOn_ = new QPushButton(tr("All heads on"));
  allOn_->setObjectName("attentionAllOn");
  allOn_->setToolTip(tr("The model uses all of its heads again"));
  connect(part_, &QComboBox::activated, this, [this] {
    partShown_ = part_->currentData().toString().toStdString();
    fillChoices();
    showAll();
  });
  connect(choice_, &QComboBox::activated, this,
          [this] { choose(AttentionChoice::fromCode(choice_->currentData().toInt())); });
  connect(show_, &QComboBox::activated, this, [this] {
    showPicture();
    if (wantsStages()) read(true);
  });
  connect(perRow_, &QCheckBox::toggled, this, &AttentionView::showAll);
  connect(allOn_, &QPushButton::clicked, this, [this] {
    off_.clear();
    read(true);
  });
  auto* bar = new FlowBar(Theme::kSpace);
  for (QWidget* widget : std::initializer_list<QWidget*>{part_, choice_, show_, perRow_, allOn_})
    bar->flow()->addWidget(widget);
  return bar;
}

QWidget* AttentionView::makePicture() {
  grid_ = new HeatmapGrid;
  grid_->setObjectName("attentionGrid");
  grid_->setAccessibleName(tr("All heads; a click enlarges one, X switches it off"));
  connect(grid_, &HeatmapGrid::chosen, this, [this](int tile) {
    const auto all = heads();
    if (tile < 0 || tile >= static_cast<int>(all.size())) return;
    const HeadPlace& place = all[static_cast<std::size_t>(tile)]->place;
    choose({AttentionChoice::Kind::Head, place.layer, place.head});
  });
  connect(grid_, &HeatmapGrid::switched, this, [this](int tile, bool off) {
    const auto all = heads();
    if (tile >= 0 && tile < static_cast<int>(all.size()))
      switchHead(all[static_cast<std::size_t>(tile)]->place, off);
  });
  matrix_ = new HeatmapPlot;
  matrix_->setObjectName("attentionMatrix");
  matrix_->setAccessibleName(tr("Who looks at what"));
  connect(matrix_, &HeatmapPlot::cellClicked, this, [this](const HeatmapCell& cell) {
    choosePair(static_cast<int>(cell.row), static_cast<int>(cell.column));
  });
  lines_ = new AttentionLines;
  lines_->setObjectName("attentionPicture");
  lines_->setAccessibleName(tr("Who looks at what, as lines"));
  connect(lines_, &AttentionLines::pairChosen, this, &AttentionView::choosePair);
  stages_ = new AttentionStages;
  stages_->setObjectName("attentionStages");
  connect(stages_, &AttentionStages::pairChosen, this, &AttentionView::choosePair);
  pictures_ = new QStackedWidget;
  for (QWidget* picture : std::initializer_list<QWidget*>{matrix_, lines_, stages_})
    pictures_->addWidget(picture);
  maps_ = new QSplitter(Qt::Horizontal);
  maps_->setChildrenCollapsible(false);
  maps_->addWidget(grid_);
  maps_->addWidget(pictures_);
  maps_->setSizes({330, 670});
  maps_->setStretchFactor(0, 1);
  maps_->setStretchFactor(1, 2);
  const auto menu = [this](const QPoint& place) {
    QMenu actions(this);
    fillMenu(actions);
    actions.exec(place);
  };
  connect(grid_, &HeatmapGrid::menuRequested, this, menu);
  connect(matrix_, &HeatmapPlot::menuRequested, this, menu);
  connect(lines_, &AttentionLines::menuRequested, this, menu);
  connect(stages_, &AttentionStages::menuRequested, this, menu);
  return maps_;
}

QWidget* AttentionView::makeContent() {
  input_ = new ReadingInput("attention");
  connect(input_, &ReadingInput::changed, this, [this] { session().reading().set(input_->reading()); });
  note_ = new QLabel;
  note_->setObjectName("attentionNote");
  note_->setWordWrap(true);
  note_->setAlignment(Qt::AlignCenter);
  loss_ = new QLabel;
  loss_->setObjectName("attentionLoss");
  output_ = new QLabel;
  output_->setObjectName("attentionSaid");
  for (QLabel* label : {loss_, output_}) {
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
  }
  contexts_ = new AttentionContexts(session());
  contexts_->hide();
  connect(contexts_, &AttentionContexts::closed, contexts_, &QWidget::hide);
  split_ = new QSplitter(Qt::Vertical);
  split_->setChildrenCollapsible(false);
  split_->addWidget(makePicture());
  split_->addWidget(contexts_);
  split_->setStretchFactor(0, 3);
  split_->setStretchFactor(1, 1);
  auto* content = new QWidget;
  auto* layout = tightLayout<QVBoxLayout>(content);
  layout->setContentsMargins(2 * Theme::kSpace, Theme::kSpace, 2 * Theme::kSpace, Theme::kSpace);
  layout->addWidget(input_);
  layout->addWidget(makeBar());
  layout->addWidget(loss_);
  layout->addWidget(output_);
  layout->addWidget(note_, 1);
  layout->addWidget(split_, 1);
  return content;
}

void AttentionView::applyTheme() {
  const Theme& theme = session().theme();
  input_->setTheme(theme);
  grid_->setTheme(theme);
  matrix_->setTheme(theme);
  lines_->setTheme(theme);
  stages_->setTheme(theme);
  contexts_->setTheme(theme);
  for (QLabel* label : {loss_, output_}) label->setFont(theme.small);
}

}  // namespace lexarium
