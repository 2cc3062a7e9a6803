// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/compare_view.h"

#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QStackedLayout>
#include <QVBoxLayout>

#include "core/analysis/compare.h"
#include "core/base/thread_pool.h"
#include "core/train/fingerprint.h"
#include "ui/models/comparison_model.h"
#include "ui/models/corpus_text.h"
#include "ui/widgets/bar_chart.h"
#include "ui/widgets/csv_export.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/helpers.h"
#include "ui/widgets/linked_table.h"

namespace lexarium {

namespace {

struct Compared {
  std::shared_ptr<const Comparison> comparison;
  std::string fingerprints;
};

}  // namespace

CompareView::CompareView(Session& session, QWidget* parent)
    : View(session, parent), model_(new ComparisonModel(this)), empty_(new EmptyState) {
  setObjectName("compareView");
  connect(empty_, &EmptyState::activated, this, [this] { this->session().runs().train(); });
  stack_ = new QStackedLayout(this);
  stack_->addWidget(empty_);
  stack_->addWidget(makeContent());
  connect(&session.pair(), &RunPair::changed, this, [this] { markDirty(kRuns); });  // chosen elsewhere
}

CompareView::~CompareView() = default;

QWidget* CompareView::makeBar() {
  const auto runBox = [this](const char* name, const QString& title) {
    auto* box = new QComboBox;
    box->setObjectName(name);
    box->setAccessibleName(title);
    box->setToolTip(title);
    connect(box, &QComboBox::currentIndexChanged, this, &CompareView::compare);
    return box;
  };
  first_ = runBox("firstRun", tr("The one run"));
  second_ = runBox("secondRun", tr("The other run"));
  count_ = new QSpinBox;
  count_->setObjectName("compareCount");
  count_->setRange(5, 50);
  count_->setValue(10);
  count_->setSuffix(u' ' + tr("nearest"));
  count_->setAccessibleName(tr("How many neighbours"));
  count_->setToolTip(tr("How many nearest neighbours of each word are compared"));
  count_->setKeyboardTracking(false);
  connect(count_, &QSpinBox::valueChanged, this, &CompareView::compare);
  order_ = new QComboBox;
  order_->setObjectName("compareOrder");
  order_->addItems({tr("Most changed first"), tr("Least changed first")});
  order_->setAccessibleName(tr("Order"));
  connect(order_, &QComboBox::currentIndexChanged, this, &CompareView::filter);
  auto* bar = new FlowBar(Theme::kSpace);
  for (QWidget* widget : std::initializer_list<QWidget*>{first_, second_, count_, order_})
    bar->flow()->addWidget(widget);
  bar->layout()->setContentsMargins(2 * Theme::kSpace, Theme::kSpace, 2 * Theme::kSpace, 0);
  return bar;
}

QWidget* CompareView::makeContent() {
  summary_ = new QLabel;
  summary_->setObjectName("compareSummary");
  summary_->setProperty("role", "secondary");
  summary_->setWordWrap(true);
  summary_->setTextFormat(Qt::PlainText);
  summary_->setContentsMargins(2 * Theme::kSpace, Theme::kSpace, 2 * Theme::kSpace, 0);
  chart_ = new BarChart;
  chart_->setObjectName("compareChart");
  chart_->setAccessibleName(tr("How many words have how many neighbours in common"));
  connect(chart_, &BarChart::rangeChanged, this, &CompareView::filter);
  table_ = new LinkedTable;
  table_->setObjectName("compareTable");
  table_->setAccessibleName(tr("Words by how far the runs agree on them"));
  table_->setModel(model_);
  table_->horizontalHeader()->setSectionResizeMode(ComparisonModel::kWord, QHeaderView::Stretch);
  connect(table_, &LinkedTable::hovered, &session().selection(), &Selection::hover);
  connect(table_, &LinkedTable::chosen, this, [this](const QModelIndex& index, Qt::KeyboardModifiers keys) {
    const TokenId id = model_->idAt(index.row());
    keys& Qt::ControlModifier ? session().selection().toggle(id) : session().selection().select(id);
  });
  export_ = new CsvExport;
  connect(export_, &CsvExport::failed, &session(), &Session::reportError);

  auto* content = new QWidget;
  auto* layout = tightLayout<QVBoxLayout>(content);
  layout->addWidget(makeBar());
  layout->addWidget(summary_);
  layout->addWidget(chart_);
  layout->addWidget(table_, 1);
  layout->addWidget(export_);
  return content;
}

void CompareView::refresh(unsigned dirty) {
  if (dirty & kTheme) {
    chart_->setTheme(session().theme());
    if (model_->comparison())
      chart_->setFingerprint(session().theme().fingerprints ? fingerprints_ : QString());
    table_->setTheme(session().theme());
    summary_->setFont(session().theme().small);
  }
  if (dirty & (kCorpus | kRuns)) fillRuns();
  if ((dirty & kSelection) && session().selection().primary() != kNoToken) {
    const int row = model_->rowOf(session().selection().primary());
    if (row >= 0) {
      table_->selectRow(row);
      table_->reveal(model_->index(row, 0));
    }
  }
}

/// The newest two runs at first; then what the person chose, as long as it is there.
void CompareView::fillRuns() {
  const auto& runs = session().runs().runs();
  const bool any = runs.size() > 1;
  stack_->setCurrentIndex(any ? 1 : 0);
  empty_->setContent(tr("Here two runs are compared: on which words they agree, and on which they do not. "
                        "Train twice, with other settings or another seed, or add vectors of a file."),
                     session().runs().canTrain() ? tr("Train") : QString());
  const int shown[] = {session().pair().first(), session().pair().second()};
  const bool keep = shown[0] != shown[1];  // a run beside itself: there was only one
  int box = 0;
  for (QComboBox* combo : {first_, second_}) {
    const QSignalBlocker quiet(combo);
    combo->clear();
    for (const auto& run : runs) combo->addItem(run->name, run->id);
    const int before = combo->findData(shown[box]);
    combo->setCurrentIndex(keep && before >= 0 ? before : combo->count() - (any ? 2 - box : 1));
    ++box;
  }
  compare();
}

const Run* CompareView::chosen(const QComboBox* box) const {
  for (const auto& run : session().runs().runs())
    if (run->id == box->currentData().toInt()) return run.get();
  return nullptr;
}

std::shared_ptr<const EmbeddingTable> CompareView::tableOf(const Run* run) const {
  const auto snapshot = run ? run->trainer->snapshot() : nullptr;
  return snapshot ? snapshot->all : nullptr;
}

void CompareView::compare() {
  if (!isVisible() || !session().corpus()) return;
  const int one = first_->currentData().toInt(), other = second_->currentData().toInt();
  if (one != other) session().pair().set(one, other);
  Request request;
  request.first = first_->currentData().toInt();
  request.second = second_->currentData().toInt();
  request.neighbours = count_->value();
  request.firstTable = tableOf(chosen(first_));
  request.secondTable = tableOf(chosen(second_));
  if (request == compared_ && (model_->comparison() || job_.isRunning())) return;
  compared_ = request;
  problem_.clear();
  model_->setComparison(nullptr, nullptr);
  if (!request.firstTable || !request.secondTable) {
    job_.cancel();
    problem_ = tr("A run has no vectors yet: pause it, or wait until it is over.");
    return showResult();
  }
  job_.run(
      [request, corpus = session().corpus()](std::stop_token stop) -> Expected<Compared> {
        TaskContext context;
        context.stop = std::move(stop);
        ThreadPool pool(hardwareThreads(), ThreadPool::Priority::Low);
        ComparisonOptions options;
        options.neighbours = static_cast<std::size_t>(request.neighbours);
        auto compared =
            compareEmbeddings({request.firstTable->vectors, corpus->vocabulary()},
                              {request.secondTable->vectors, corpus->vocabulary()}, options, pool, context);
        if (!compared) return tl::unexpected<Error>(compared.error());
        return Compared{std::make_shared<const Comparison>(std::move(*compared)),
                        lexarium::fingerprint(request.firstTable->vectors) + " / " +
                            lexarium::fingerprint(request.secondTable->vectors)};
      },
      [this](Expected<Compared> result) {
        if (result) {
          fingerprints_ = QString::fromStdString(result->fingerprints);
          model_->setComparison(session().corpus(), result->comparison);
        } else if (result.error().kind != Error::Kind::Cancelled) {
          problem_ = QString::fromStdString(result.error().message());
        }
        showResult();
      });
  showResult();
}

void CompareView::showResult() {
  const auto& comparison = model_->comparison();
  if (!comparison) {
    chart_->setFingerprint({});
    chart_->setBars({}, {});
    summary_->setText(job_.isRunning() ? tr("Comparing the neighbours of each word ...") : problem_);
    return;
  }
  chart_->setFingerprint(session().theme().fingerprints ? fingerprints_ : QString());
  chart_->setBars(comparison->histogram(), tr("neighbours in common, of %1").arg(comparison->neighbours));
  QString text = tr("%1 words compared; the runs agree on %2 of what is near (mean Jaccard index).")
                     .arg(formatCount(comparison->words.size()), formatPercent(comparison->meanJaccard()));
  if (comparison->onlyFirst + comparison->onlySecond > 0)
    text += u' ' + tr("%1 words have a vector in one run only.")
                       .arg(formatCount(comparison->onlyFirst + comparison->onlySecond));
  summary_->setText(text);
  filter();
}

void CompareView::filter() { model_->setShown(chart_->range(), order_->currentIndex() == 0); }

void CompareView::showHover(TokenId id) { table_->setHovered(id); }

void CompareView::hideEvent(QHideEvent* event) {
  View::hideEvent(event);
  if (!job_.isRunning()) return;
  job_.cancel();
  compared_ = {};
}

void CompareView::exportCsv() {
  const auto comparison = model_->comparison();
  if (!comparison) return;
  auto rows = [comparison, corpus = session().corpus()](CsvWriter& writer,
                                                        const TaskContext&) -> Expected<void> {
    const std::vector<std::string> title{"word", "in_common", "jaccard", "count"};
    if (auto done = writer.row(title); !done) return done;
    for (const auto& word : comparison->words) {
      const std::vector<std::string> row{
          std::string(corpus->vocabulary().word(word.first)), std::to_string(word.common),
          formatParam(comparison->jaccard(word.common)), csvCount(*corpus, word.first)};
      if (auto done = writer.row(row); !done) return done;
    }
    return {};
  };
  export_->askAndSave(tr("comparison.csv"), std::move(rows));
}

void CompareView::fillMenu(QMenu& menu) {
  QAction* action = menu.addAction(tr("Export table as CSV..."), this, &CompareView::exportCsv);
  action->setObjectName("exportCsv");
  action->setEnabled(model_->comparison() != nullptr);
}

QJsonObject CompareView::saveState() const {
  return {{"neighbours", count_->value()}, {"order", order_->currentIndex()}};
}

void CompareView::restoreState(const QJsonObject& state) {
  count_->setValue(state["neighbours"].toInt(count_->value()));
  order_->setCurrentIndex(std::clamp(state["order"].toInt(), 0, 1));
}

QString CompareView::textSummary() const {
  return stack_->currentIndex() == 0 ? empty_->sentence() : summary_->text();
}

}  // namespace lexarium
