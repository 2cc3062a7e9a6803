// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/states_view.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QSplitter>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/models/state_place_model.h"
#include "ui/plot/heatmap_plot.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/helpers.h"
#include "ui/widgets/linked_table.h"
#include "ui/widgets/number_box.h"
#include "ui/widgets/token_text.h"

namespace lexarium {
namespace {

constexpr int kTypingRestMs = 400;
constexpr int kInputLines = 2;
constexpr std::size_t kMostTokens = 400;  // of the text that is looked into
constexpr double kUsualThreshold = 0.3;

bool isState(const TraceMatrix& matrix) { return matrix.kind != TraceMatrix::Kind::Attention; }

/// For people: what the letter of the formula stands for.
QString sourceTitle(const std::string& name) {
  static const std::pair<const char*, const char*> kTitles[] = {
      {"h", QT_TRANSLATE_NOOP("lexarium::StatesView", "Hidden state h")},
      {"c", QT_TRANSLATE_NOOP("lexarium::StatesView", "Cell state c")},
      {"i", QT_TRANSLATE_NOOP("lexarium::StatesView", "Input gate i")},
      {"f", QT_TRANSLATE_NOOP("lexarium::StatesView", "Forget gate f")},
      {"o", QT_TRANSLATE_NOOP("lexarium::StatesView", "Output gate o")},
      {"g", QT_TRANSLATE_NOOP("lexarium::StatesView", "Candidate g")},
      {"r", QT_TRANSLATE_NOOP("lexarium::StatesView", "Reset gate r")},
      {"z", QT_TRANSLATE_NOOP("lexarium::StatesView", "Update gate z")},
      {"n", QT_TRANSLATE_NOOP("lexarium::StatesView", "Candidate n")},
      {"x", QT_TRANSLATE_NOOP("lexarium::StatesView", "Input x")},
  };
  for (const auto& [letter, title] : kTitles)
    if (name == letter) return StatesView::tr(title);
  return toQString(name);
}

}  // namespace

StatesView::StatesView(Session& session, QWidget* parent)
    : LanguageView(session, parent), job_(session.clock(), [this] { read(false); }) {
  setObjectName("statesView");
  setContent(makeContent());
  typingTimer_.setSingleShot(true);
  typingTimer_.setInterval(kTypingRestMs);
  connect(&typingTimer_, &QTimer::timeout, this, [this] { read(true); });
  connect(input_, &QPlainTextEdit::textChanged, this, [this] {
    ownText_ = true;
    typingTimer_.start();
  });
}

QWidget* StatesView::makeBar() {
  const auto combo = [this](const char* name, const QString& title) {
    auto* box = new QComboBox;
    box->setObjectName(name);
    box->setAccessibleName(title);
    box->setToolTip(title);
    box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    return box;
  };
  layer_ = combo("stateLayer", tr("Which layer of the model"));
  what_ = combo("stateSource", tr("Which of its states or gates"));
  connect(layer_, &QComboBox::activated, this, [this] {
    fillSources();
    showMatrix();
  });
  connect(what_, &QComboBox::activated, this, &StatesView::showMatrix);
  unit_ = new QSpinBox;
  unit_->setObjectName("stateUnit");
  unit_->setPrefix(tr("Unit") + u' ');
  unit_->setMinimum(1);
  unit_->setAccessibleName(tr("Unit"));
  unit_->setToolTip(tr("The unit by which the text is coloured; click a row of the picture to choose one"));
  connect(unit_, &QSpinBox::valueChanged, this, [this] { showColors(); });
  threshold_ = new NumberBox(NumberBox::Kind::Real, NumberBox::Steps::Linear);
  threshold_->setObjectName("stateThreshold");
  threshold_->setLimits(0.05, 1);
  threshold_->setSingleStep(0.05);
  threshold_->setValue(kUsualThreshold);
  threshold_->setAccessibleName(tr("From which value on a unit counts as on"));
  threshold_->setToolTip(
      tr("From which value on, positive or negative, a unit counts as on in a brushed phrase"));
  connect(threshold_, &NumberBox::valueChanged, this, [this] { showColors(); });
  auto* find = new QPushButton(tr("Where it fires"));
  find->setObjectName("findUnit");
  find->setToolTip(tr("The places of the whole text at which this unit is strongest"));
  connect(find, &QPushButton::clicked, this, &StatesView::findUnit);
  auto* bar = new FlowBar(Theme::kSpace);
  auto* onFrom = new QLabel(tr("On from"));
  onFrom->setBuddy(threshold_);
  for (QWidget* widget : std::initializer_list<QWidget*>{layer_, what_, unit_, find, onFrom, threshold_})
    bar->flow()->addWidget(widget);
  return bar;
}

QWidget* StatesView::makeContent() {
  input_ = new QPlainTextEdit;
  input_->setObjectName("stateInput");
  input_->setAccessibleName(tr("A text for the model to read"));
  input_->setPlaceholderText(tr("A text for the model to read"));
  input_->setTabChangesFocus(true);
  plot_ = new HeatmapPlot;
  plot_->setObjectName("statePlot");
  plot_->setAccessibleName(tr("Units over time"));
  connect(plot_, &HeatmapPlot::cellClicked, this,
          [this](const HeatmapCell& cell) { showUnit(static_cast<int>(cell.row) + 1); });
  connect(plot_, &HeatmapPlot::currentChanged, this, [this](const std::optional<HeatmapCell>& cell) {
    text_->setCurrent(cell ? static_cast<int>(cell->column) : -1);
  });
  unitTitle_ = new QLabel;
  unitTitle_->setObjectName("unitTitle");
  unitTitle_->setProperty("role", "secondary");
  unitTitle_->setWordWrap(true);
  text_ = new TokenText;
  text_->setObjectName("stateText");
  text_->setAccessibleName(tr("The text, coloured by one unit"));
  connect(text_, &TokenText::currentChanged, this, [this](int token) {
    const auto row = static_cast<Eigen::Index>(unit_->value() - 1);
    plot_->setCurrent(token < 0 ? std::nullopt : std::optional(HeatmapCell{row, token}));
  });
  connect(text_, &TokenText::rangeChanged, this, &StatesView::findPhrase);
  text_->setTooltip([this](int token) {
    const TraceMatrix* values = matrix();
    if (!values || token >= values->values.cols()) return QString();
    return QLocale().toString(static_cast<double>(values->values(unit_->value() - 1, token)), 'f', 3);
  });
  found_ = new QLabel;
  found_->setObjectName("stateFound");
  found_->setProperty("role", "secondary");
  found_->setWordWrap(true);
  places_ = new StatePlaceModel(this);
  table_ = new LinkedTable;
  table_->setObjectName("statePlaces");
  table_->setAccessibleName(tr("Places of the text"));
  table_->setModel(places_);
  table_->horizontalHeader()->setSectionResizeMode(StatePlaceModel::kBefore, QHeaderView::ResizeToContents);
  table_->horizontalHeader()->setSectionResizeMode(StatePlaceModel::kPlace, QHeaderView::ResizeToContents);
  table_->horizontalHeader()->setSectionResizeMode(StatePlaceModel::kAfter, QHeaderView::Stretch);
  connect(table_, &LinkedTable::chosen, this, [this](const QModelIndex& index) { openPlace(index.row()); });

  auto* below = new QWidget;
  auto* belowLayout = tightLayout<QVBoxLayout>(below);
  belowLayout->addWidget(unitTitle_);
  belowLayout->addWidget(text_, 1);
  auto* lists = new QWidget;
  auto* listLayout = tightLayout<QVBoxLayout>(lists);
  listLayout->addWidget(found_);
  listLayout->addWidget(table_, 1);
  auto* split = new QSplitter(Qt::Vertical);
  split->setChildrenCollapsible(false);
  for (QWidget* part : std::initializer_list<QWidget*>{plot_, below, lists}) split->addWidget(part);
  split->setStretchFactor(0, 4);
  split->setStretchFactor(1, 2);
  split->setStretchFactor(2, 2);
  auto* content = new QWidget;
  auto* layout = tightLayout<QVBoxLayout>(content);
  layout->setContentsMargins(2 * Theme::kSpace, Theme::kSpace, 2 * Theme::kSpace, Theme::kSpace);
  layout->addWidget(input_);
  layout->addWidget(makeBar());
  layout->addWidget(split, 1);
  return content;
}

QString StatesView::promise() const {
  return tr(
      "Here you see what each unit of a language model does while it reads: some count, some wait for the "
      "end of a line or a quotation.");
}

void StatesView::refresh(unsigned dirty) {
  const bool another = adoptModel(dirty);
  if (dirty & kTheme) {
    plot_->setTheme(session().theme());
    text_->setTheme(session().theme());
    table_->setTheme(session().theme());
    unitTitle_->setFont(session().theme().small);
    found_->setFont(session().theme().small);
    input_->setFixedHeight(kInputLines * QFontMetrics(session().theme().body).lineSpacing() +
                           4 * Theme::kSpace);
    showColors();
  }
  if (dirty & kFingerprint) plot_->setFingerprint(fingerprint());
  if ((dirty & kCorpus) || (!ownText_ && input_->toPlainText().isEmpty())) {
    if (!ownText_) {
      const QSignalBlocker quiet(input_);
      input_->setPlainText(exampleText());
    }
  }
  if (dirty & kCorpus) {
    search_.cancel();
    trace_.reset();
    showPlaces(Asked::Nothing, std::vector<StatePlace>());
  }
  if (model() && another) read(false);
}

void StatesView::read(bool asked) {
  if (!model() || !isVisible() || (!asked && !job_.isDue())) return;
  job_.run(
      [model = model(), text = input_->toPlainText().toStdString()](std::stop_token) {
        return std::make_shared<const SequenceTrace>(model->trace(text, false, kMostTokens));
      },
      [this](std::shared_ptr<const SequenceTrace> trace) {
        const bool otherText = !trace_ || trace_->ids != trace->ids;
        trace_ = std::move(trace);
        if (otherText) {
          std::vector<TokenMark> marks;
          const bool words = model() && model()->tokenizer()->kind() == Tokenizer::Kind::Words;
          for (std::size_t i = 0; i < trace_->ids.size(); ++i) {
            const ByteRange range = trace_->ranges[i];
            QString piece =
                toQString(std::string_view(trace_->text).substr(range.begin, range.end - range.begin));
            if (words) piece += u' ';
            marks.push_back({piece, {}, false});
          }
          const QSignalBlocker quiet(text_);
          text_->setRange(std::nullopt);
          text_->setTokens(std::move(marks));
        }
        fillSources();
        showMatrix();
      });
}

void StatesView::fillSources() {
  if (!trace_) return;
  const int layerBefore = std::max(0, layer_->currentIndex());
  const QString whatBefore = what_->currentData().toString();
  std::size_t layers = 0;
  for (const TraceMatrix& matrix : trace_->matrices)
    if (isState(matrix)) layers = std::max(layers, matrix.layer + 1);
  const QSignalBlocker quietLayer(layer_), quietWhat(what_);
  layer_->clear();
  for (std::size_t layer = 0; layer < layers; ++layer) layer_->addItem(tr("Layer %1").arg(layer + 1));
  layer_->setCurrentIndex(std::min(layerBefore, layer_->count() - 1));
  layer_->setVisible(layers > 1);
  what_->clear();
  for (const TraceMatrix& matrix : trace_->matrices) {
    if (isState(matrix) && static_cast<int>(matrix.layer) == std::max(0, layer_->currentIndex()))
      what_->addItem(sourceTitle(matrix.name), toQString(matrix.name));
  }
  const int index = what_->findData(whatBefore.isEmpty() ? QStringLiteral("h") : whatBefore);
  what_->setCurrentIndex(std::max(0, index));
}

StateSource StatesView::source() const {
  return {what_->currentData().toString().toStdString(),
          static_cast<std::size_t>(std::max(0, layer_->currentIndex()))};
}

const TraceMatrix* StatesView::matrix() const {
  return trace_ ? trace_->find(source().name, source().layer) : nullptr;
}

/// Gates lie between 0 and 1, states around 0.
bool StatesView::isGate() const {
  const TraceMatrix* values = matrix();
  return values && values->kind == TraceMatrix::Kind::Gate && values->name != "g" && values->name != "n";
}

void StatesView::showMatrix() {
  const TraceMatrix* values = matrix();
  HeatmapData data;
  if (values) {
    data.title = what_->currentText();
    data.values = std::make_shared<const Matrix>(values->values.cast<Real>());
    for (Eigen::Index unit = 0; unit < values->values.rows(); ++unit)
      data.rows.push_back(QString::number(unit + 1));
    for (const std::string& label : trace_->labels) data.columns.push_back(toQString(label));
    data.colors = isGate() ? HeatmapData::Colors::Cividis : HeatmapData::Colors::Diverging;
    if (isGate()) data.range = {{0.0, 1.0}};
    if (values->name == "h" || values->name == "g" || values->name == "n") data.range = {{-1.0, 1.0}};
    const QSignalBlocker quiet(unit_);
    unit_->setMaximum(std::max(1, static_cast<int>(values->values.rows())));
  }
  plot_->setData(std::move(data));
  showColors();
}

void StatesView::showUnit(int unit) {
  unit_->setValue(unit);
  findUnit();
}

void StatesView::showColors() {
  const TraceMatrix* values = matrix();
  if (!values || values->values.rows() == 0) return;
  const auto row =
      static_cast<Eigen::Index>(std::clamp(unit_->value() - 1, 0, int(values->values.rows()) - 1));
  const double most = std::max(1.0, static_cast<double>(values->values.cwiseAbs().maxCoeff()));
  std::vector<QColor> colors;
  for (Eigen::Index token = 0; token < values->values.cols(); ++token)
    colors.push_back(
        activationColor(session().theme(), static_cast<double>(values->values(row, token)) / most));
  text_->setColors(colors);
  unitTitle_->setText(
      tr("%1, unit %2 at step %3: blue below 0, orange above. Drag over a phrase to find the units that "
         "are on just there.")
          .arg(what_->currentText())
          .arg(row + 1)
          .arg(formatCount(modelStep())));
}

void StatesView::findUnit() {
  if (!model() || !session().corpus() || !matrix()) return;
  {
    const QSignalBlocker quiet(text_);
    text_->setRange(std::nullopt);
  }
  found_->setText(tr("Reading the text ..."));
  StateSearch search;
  search.source = source();
  const auto unit = static_cast<std::size_t>(unit_->value() - 1);
  search_.run(
      [search, unit, model = model(), corpus = session().corpus()](std::stop_token stop) {
        TaskContext context;
        context.stop = std::move(stop);
        return strongestPlaces(*model, *corpus, search, unit, true, context);
      },
      [this](Expected<std::vector<StatePlace>> places) { showPlaces(Asked::Unit, std::move(places)); });
}

void StatesView::findPhrase() {
  const TraceMatrix* values = matrix();
  const auto range = text_->range();
  if (!values || !range || !model() || !session().corpus()) return;
  const auto first = static_cast<std::size_t>(range->first), last = static_cast<std::size_t>(range->second);
  phraseUnits_ = unitsOnIn(values->values, first, last, threshold_->value());
  if (phraseUnits_.empty()) return showPlaces(Asked::Phrase, std::vector<StatePlace>());
  found_->setText(tr("Reading the text ..."));
  StateSearch search;
  search.source = source();
  search_.run(
      [search, units = phraseUnits_, threshold = threshold_->value(), length = last - first + 1,
       model = model(), corpus = session().corpus()](std::stop_token stop) {
        TaskContext context;
        context.stop = std::move(stop);
        return similarPlaces(*model, *corpus, search, units, threshold, length, context);
      },
      [this](Expected<std::vector<StatePlace>> places) { showPlaces(Asked::Phrase, std::move(places)); });
}

void StatesView::showPlaces(Asked asked, Expected<std::vector<StatePlace>> places) {
  if (!places) {
    if (places.error().kind != Error::Kind::Cancelled) found_->setText(toQString(places.error().message()));
    places_->setPlaces(session().corpus(), {});
    return;
  }
  const std::size_t count = places->size();
  places_->setPlaces(session().corpus(), std::move(*places));
  table_->setVisible(count > 0);
  found_->setVisible(asked != Asked::Nothing);
  if (asked == Asked::Unit)
    found_->setText(tr("Unit %1 is strongest at these places of the text:").arg(unit_->value()));
  if (asked != Asked::Phrase) return;
  QStringList units;
  for (const std::size_t unit : phraseUnits_) units << QString::number(unit + 1);
  if (units.isEmpty())
    found_->setText(tr("No unit is on over just this phrase; try a shorter one, or a lower threshold."));
  else
    found_->setText(tr("On just there: units %1. The text looks alike to the model at these places:")
                        .arg(oneLine(units.join(QStringLiteral(", ")))));
}

void StatesView::openPlace(int row) {
  const auto token = places_->tokenAt(row);
  if (!token) return;
  session().selection().select(session().corpus()->tokens()[*token]);
  session().selection().setFocus(*token);
}

void StatesView::fillMenu(QMenu& menu) {
  addExportActions(menu, this, [this] {
    return plot_->exportSource(tr("states"), [this](const Error& error) { session().reportError(error); });
  });
}

std::vector<PlotSource> StatesView::pictures() {
  if (!showsModelOfNow() || plot_->data().isEmpty()) return {};
  return {plot_->exportSource(tr("states"), [this](const Error& error) { session().reportError(error); })};
}

QString StatesView::describe() const { return plot_->textSummary(); }

QJsonObject StatesView::saveState() const {
  QJsonObject state{{"unit", unit_->value()},
                    {"threshold", threshold_->value()},
                    {"what", what_->currentData().toString()}};
  if (ownText_) state["text"] = input_->toPlainText();
  return state;
}

void StatesView::restoreState(const QJsonObject& state) {
  threshold_->setValue(state["threshold"].toDouble(threshold_->value()));
  if (!state["text"].toString().isEmpty()) {
    input_->setPlainText(state["text"].toString());
    ownText_ = true;
  }
  unit_->setMaximum(std::max(unit_->maximum(), state["unit"].toInt(1)));
  unit_->setValue(state["unit"].toInt(1));
}

}  // namespace lexarium
