// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/beam_view.h"

#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>
#include <algorithm>

#include "core/models/pair_model.h"
#include "core/tasks/story_pairs.h"
#include "ui/widgets/beam_tree_picture.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/helpers.h"
#include "ui/widgets/reading_input.h"

namespace lexarium {
namespace {

constexpr int kBeams = 3, kMostBeams = 10;
constexpr std::size_t kLongest = 60;  // tokens: a picture of more is none
constexpr int kLongestSaid = 200;     // letters

}  // namespace

BeamView::BeamView(Session& session, QWidget* parent)
    : AttentionBase(session, parent), job_(session.clock(), [this] { search(false); }) {
  setObjectName("beamView");
  setContent(makeContent());
}

QWidget* BeamView::makeContent() {
  input_ = new ReadingInput("beam");
  input_->setPlaceholder(tr("A text for the model to read"));
  connect(input_, &ReadingInput::changed, this, [this] { session().reading().set(input_->reading()); });
  beams_ = new QSpinBox;
  beams_->setObjectName("beamCount");
  beams_->setRange(1, kMostBeams);
  beams_->setValue(kBeams);
  beams_->setPrefix(tr("Beams: "));
  beams_->setToolTip(tr("How many beginnings are followed at once"));
  beams_->setAccessibleName(beams_->toolTip());
  connect(beams_, &QSpinBox::valueChanged, this, [this] { search(true); });
  free_ = new QPushButton(tr("Let it choose again"));
  free_->setObjectName("beamFree");
  free_->setToolTip(tr("Forgets the tokens that you have chosen"));
  connect(free_, &QPushButton::clicked, this, [this] { force({}); });
  auto* bar = new FlowBar(Theme::kSpace);
  bar->flow()->addWidget(beams_);
  bar->flow()->addWidget(free_);
  said_ = new QLabel;
  said_->setObjectName("beamSaid");
  said_->setTextFormat(Qt::PlainText);
  said_->setWordWrap(true);
  said_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  note_ = new QLabel;
  note_->setObjectName("beamNote");
  note_->setWordWrap(true);
  picture_ = new BeamTreePicture;
  picture_->setObjectName("beamTree");
  picture_->setAccessibleName(tr("Tree of what was weighed"));
  connect(picture_, &BeamTreePicture::chosen, this,
          [this](std::size_t node) { force(picture_->tree()->pathTo(node)); });
  connect(picture_, &BeamTreePicture::menuRequested, this, [this](const QPoint& place) {
    QMenu actions(this);
    fillMenu(actions);
    actions.exec(place);
  });
  auto* content = new QWidget;
  auto* layout = tightLayout<QVBoxLayout>(content);
  layout->setContentsMargins(2 * Theme::kSpace, Theme::kSpace, 2 * Theme::kSpace, Theme::kSpace);
  layout->addWidget(input_);
  layout->addWidget(bar);
  layout->addWidget(note_);
  layout->addWidget(picture_, 1);
  layout->addWidget(said_);
  return content;
}

QString BeamView::promise() const {
  return tr("Here you see what a model weighs, keeps and gives up while it says a text.");
}

void BeamView::refresh(unsigned dirty) {
  const bool another = adoptModel(dirty);
  if (dirty & kTheme) {
    input_->setTheme(session().theme());
    picture_->setTheme(session().theme());
    for (QLabel* label : {said_, note_}) label->setFont(session().theme().small);
  }
  if (dirty & (kCorpus | kRuns)) forced_.clear();
  if (!model()) return job_.cancel();
  const bool says = dynamic_cast<const PairModel*>(model().get()) != nullptr;
  showParts(*input_);
  const Reading old = input_->reading();
  fillInput(*input_);
  const bool otherText = !(old == input_->reading());
  if (otherText) forced_.clear();
  note_->setText(says ? tr("Click a token to make the model say it, and go on from there.")
                      : tr("Only an encoder-decoder says a text with several beginnings at once. Train one "
                           "on pairs of texts."));
  for (QWidget* part : std::initializer_list<QWidget*>{beams_, free_, picture_, said_})
    part->setVisible(says);
  if (!says) {
    tree_ = nullptr;
    return job_.cancel();
  }
  if (otherText || another || !tree_) search(otherText || !tree_);
}

void BeamView::force(std::vector<TokenId> tokens) {
  if (tokens == forced_) return;
  forced_ = std::move(tokens);
  search(true);
}

void BeamView::search(bool asked) {
  const auto pairs = std::dynamic_pointer_cast<const PairModel>(model());
  if (!pairs || !isVisible() || (!asked && !job_.isDue())) return;
  // Another model may have other tokens.
  const auto isThere = [&](TokenId id) {
    return id <= pairs->tokens().end() && id != pairs->tokens().begin();
  };
  if (!std::all_of(forced_.begin(), forced_.end(), isThere)) forced_.clear();
  free_->setEnabled(!forced_.empty());
  const TranslateOptions options{static_cast<std::size_t>(beams_->value()), kLongest};
  const Reading& reading = input_->reading();
  job_.run(
      [pairs, options, forced = forced_, asked = askedText(reading.story, reading.input)](std::stop_token) {
        return std::make_shared<const BeamTree>(pairs->searchTree(asked, options, forced));
      },
      [this](std::shared_ptr<const BeamTree> tree) { adopt(std::move(tree)); });
}

void BeamView::adopt(std::shared_ptr<const BeamTree> tree) {
  tree_ = std::move(tree);
  picture_->setTree(tree_);
  QStringList lines;
  for (const BeamTree::Saying& saying : tree_->said)
    lines << tr("%1 (mean log probability %2)")
                 .arg(oneLine(toQString(saying.text), kLongestSaid), formatValue(saying.score));
  said_->setText(lines.join(u'\n'));
}

void BeamView::fillMenu(QMenu& menu) {
  addExportActions(menu, this, [this] {
    return picture_->exportSource(tr("beams"), [this](const Error& error) { session().reportError(error); });
  });
}

QString BeamView::describe() const { return tree_ ? said_->text() : note_->text(); }

QJsonObject BeamView::saveState() const { return {{"beams", beams_->value()}}; }

void BeamView::restoreState(const QJsonObject& state) {
  const QSignalBlocker quiet(beams_);
  beams_->setValue(state["beams"].toInt(kBeams));
}

}  // namespace lexarium
