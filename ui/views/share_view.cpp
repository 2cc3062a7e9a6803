// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/share_view.h"

#include <QApplication>
#include <QClipboard>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QScrollBar>
#include <QStackedLayout>
#include <QTextBrowser>
#include <QVBoxLayout>
#include <utility>

#include "core/analysis/curve_svg.h"
#include "core/base/file.h"
#include "ui/views/pictures.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/helpers.h"
#include "ui/widgets/work_bar.h"

namespace lexarium {
namespace {

constexpr const char* kScript = "load_lexarium.py";

/// What reads the model in PyTorch, beside it; one that is there stays.
Expected<void> putScriptBeside(const std::filesystem::path& model) {
  const auto path = model.parent_path() / kScript;
  std::error_code ignored;
  if (std::filesystem::exists(path, ignored)) return {};
  QFile script(QStringLiteral(":/export/") + kScript);
  if (!script.open(QIODevice::ReadOnly)) return {};
  return writeFileAtomically(path, script.readAll().toStdString());
}

std::string translated(const std::string& english) { return coreText(english).toStdString(); }

/// The rows of the report, for the window: in its own colours.
QString cardHtml(const Report& report, const Theme& theme) {
  QString html;
  for (const ReportSection& section : report.sections) {
    if (section.rows.empty()) continue;
    html += QStringLiteral("<h3>%1</h3><table cellspacing=\"0\" cellpadding=\"3\">")
                .arg(toQString(htmlText(section.title)));
    for (const auto& [name, value] : section.rows) {
      html += QStringLiteral("<tr><td style=\"color:%1; padding-right:16px\">%2</td><td>%3</td></tr>")
                  .arg(theme.secondary.name(), toQString(htmlText(name)),
                       toQString(htmlText(value)).replace('\n', QStringLiteral("<br>")));
    }
    html += QStringLiteral("</table>");
  }
  return html;
}

}  // namespace

/// All that a card or report is made of, taken on the GUI thread, to be used on any.
struct ShareView::Shared {
  std::string title;
  std::shared_ptr<Trainer> trainer;
  std::shared_ptr<const Snapshot> snapshot;

  ModelCard card() const {
    std::vector<MetricPoint> points;
    trainer->metrics().read(0, points);
    return cardOf(title, trainer->config(), trainer->status(), points, trainer->corpus().get(),
                  snapshot.get());
  }
  std::vector<ReportFigure> curves(const ModelCard& card) const {
    std::vector<MetricPoint> points;
    trainer->metrics().read(0, points);
    const CurveWords words{translated("Steps"), translated("Loss"), translated("while learning"),
                           translated("on text held back")};
    std::string svg = lossCurveSvg(points, words, card.fingerprint);
    if (svg.empty()) return {};
    return {{translated("Loss"), std::move(svg), {}}};
  }
};

ShareView::ShareView(Session& session, QWidget* parent) : View(session, parent), empty_(new EmptyState) {
  setObjectName("shareView");
  connect(empty_, &EmptyState::activated, this, [this] { this->session().runs().train(); });
  stack_ = new QStackedLayout(this);
  stack_->addWidget(empty_);
  stack_->addWidget(makeContent());
}

QPushButton* ShareView::addButton(const char* name, const QString& text, const char* icon,
                                  const QString& help) {
  auto* button = new QPushButton(themedIcon(icon, session().theme()), text);
  button->setObjectName(name);
  button->setToolTip(help);
  return button;
}

QWidget* ShareView::makeContent() {
  title_ = new QLabel;
  title_->setObjectName("shareTitle");
  title_->setTextFormat(Qt::PlainText);
  title_->setWordWrap(true);
  model_ =
      addButton("saveModel", tr("Save model..."), "export",
                tr("The numbers that were learned, as a safetensors file, and beside it a card that says "
                   "what they are. PyTorch and lexarium-cli read both."));
  model_->setProperty("primary", true);
  report_ = addButton("saveReport", tr("Save report..."), "text",
                      tr("One file with settings, curves, pictures and samples, for any browser: to be kept, "
                         "sent or printed."));
  copy_ = addButton("copyCommand", tr("Copy command"), "copy",
                    tr("How lexarium-cli and PyTorch use the saved model."));
  connect(model_, &QPushButton::clicked, this, &ShareView::askForModel);
  connect(report_, &QPushButton::clicked, this, &ShareView::askForReport);
  connect(copy_, &QPushButton::clicked, this, &ShareView::copyCommands);
  auto* bar = new FlowBar(2 * Theme::kSpace);
  for (QWidget* widget : {model_, report_, copy_}) bar->flow()->addWidget(widget);
  status_ = new QLabel;
  status_->setObjectName("shareStatus");
  status_->setProperty("role", "secondary");
  status_->setTextFormat(Qt::PlainText);
  status_->setWordWrap(true);
  status_->hide();
  work_ = new WorkBar;
  connect(work_, &WorkBar::cancelled, this, [this] {
    job_.cancel();
    work_->end();
    say(tr("Cancelled; nothing was written."));
  });
  card_ = new QTextBrowser;
  card_->setObjectName("shareCard");
  card_->setAccessibleName(tr("What the model is, how it was trained, and how well it did"));
  card_->setFrameShape(QFrame::NoFrame);
  card_->setOpenLinks(false);

  auto* content = new QWidget;
  auto* layout = tightLayout<QVBoxLayout>(content);
  auto* head = tightLayout<QVBoxLayout>();
  head->setContentsMargins(4 * Theme::kSpace, 3 * Theme::kSpace, 4 * Theme::kSpace, Theme::kSpace);
  for (QWidget* widget : std::initializer_list<QWidget*>{title_, bar, status_}) head->addWidget(widget);
  layout->addLayout(head);
  layout->addWidget(card_, 1);
  layout->addWidget(work_);
  return content;
}

Probe ShareView::needs() const {
  Probe probe;
  probe.allWords = probe.model = true;
  return probe;
}

bool ShareView::hasResult() const {
  const auto& snapshot = frame().snapshot;
  return frame().run && snapshot && (snapshot->trained || snapshot->all);
}

void ShareView::refresh(unsigned dirty) {
  if (dirty & kTheme) {
    title_->setFont(session().theme().title);
    status_->setFont(session().theme().small);
    card_->document()->setDefaultFont(session().theme().body);
    for (const auto& [button, icon] :
         {std::pair(model_, "export"), std::pair(report_, "text"), std::pair(copy_, "copy")})
      button->setIcon(themedIcon(icon, session().theme()));
    shownHtml_.clear();
  }
  if (dirty & kCorpus) {
    savedModel_.clear();
    status_->hide();
  }
  stack_->setCurrentIndex(hasResult() ? 1 : 0);
  if (!hasResult()) {
    cardJob_.cancel();
    empty_->setContent(
        tr("Here a model leaves the program: as a file that PyTorch reads, with a card that says "
           "what it is, and as a report for people who were not there."),
        session().runs().canTrain() && !session().runs().isActive() ? tr("Train") : QString());
    return;
  }
  showCard();
}

ShareView::Shared ShareView::shared() const {
  return {frame().run->name.toStdString(), frame().run->trainer, frame().snapshot};
}

/// Elsewhere: of a large model all numbers are counted and hashed.
void ShareView::showCard() {
  title_->setText(oneLine(frame().run->name, 80));
  if (cardJob_.isRunning()) {
    again_ = true;
    return;
  }
  cardJob_.run([shared = shared(), theme = session().theme()](
                   std::stop_token) { return cardHtml(runReport(shared.card(), {}, translated), theme); },
               [this](const QString& html) {
                 if (html != shownHtml_) {
                   shownHtml_ = html;
                   const int place = card_->verticalScrollBar()->value();
                   card_->setHtml(html);
                   card_->verticalScrollBar()->setValue(place);
                 }
                 // Something has changed meanwhile.
                 if (std::exchange(again_, false) && hasResult()) showCard();
               });
}

QString ShareView::fileName() const {
  QString name = frame().run ? frame().run->name : QString();
  for (QChar& c : name)
    if (!c.isLetterOrNumber() && c != '-' && c != '.') c = '-';
  return name;
}

void ShareView::askForModel() {
  const QString path =
      QFileDialog::getSaveFileName(this, tr("Save model"), fileName() + QStringLiteral(".safetensors"),
                                   QStringLiteral("safetensors (*.safetensors)"));
  if (!path.isEmpty()) saveModelTo(path);
}

void ShareView::askForReport() {
  const QString path = QFileDialog::getSaveFileName(
      this, tr("Save report"), fileName() + QStringLiteral(".html"), QStringLiteral("HTML (*.html)"));
  if (!path.isEmpty()) saveReportTo(path);
}

void ShareView::saveModelTo(const QString& path) {
  if (!hasResult()) return;
  const QString file = QFileInfo(path).suffix().isEmpty() ? path + QStringLiteral(".safetensors") : path;
  const ProgressSink sink = work_->begin();
  say({});
  job_.run(
      [shared = shared(), sink, phase = tr("Saving the model").toStdString(),
       target = pathFromUtf8(file.toStdString())](std::stop_token) -> Expected<void> {
        if (sink) sink(-1, phase);
        const auto result = resultOf(shared.snapshot.get(), shared.trainer->corpus().get());
        if (!result) return tl::unexpected<Error>(result.error());
        ModelCard card = shared.card();
        addTextHash(card, shared.trainer->corpus().get());
        if (auto saved = saveModelWithCard(target, *result, card); !saved) return saved;
        return putScriptBeside(target);
      },
      [this, file](const Expected<void>& saved) {
        work_->end();
        if (!saved) return session().reportError(saved.error());
        savedModel_ = file;
        say(tr("Saved %1 with its card %2, and %3, which reads it in PyTorch.")
                .arg(QFileInfo(file).fileName(), QFileInfo(file).completeBaseName() + QStringLiteral(".json"),
                     QLatin1String(kScript)));
      });
}

std::vector<ReportFigure> ShareView::pictures() const {
  std::vector<ReportFigure> figures;
  for (View* view : window()->findChildren<View*>()) {
    auto* shown = dynamic_cast<HasPictures*>(view);
    if (!shown) continue;
    for (const PlotSource& source : shown->pictures()) {
      const QByteArray png = renderPicture(source, PictureFormat::Png);
      figures.push_back({source.summary ? source.summary().toStdString() : source.name.toStdString(),
                         {},
                         png.toStdString()});
    }
  }
  return figures;
}

void ShareView::saveReportTo(const QString& path) {
  if (!hasResult()) return;
  const QString file = QFileInfo(path).suffix().isEmpty() ? path + QStringLiteral(".html") : path;
  const ProgressSink sink = work_->begin();
  say({});
  job_.run(
      [shared = shared(), sink, pictures = pictures(), phase = tr("Writing the report").toStdString(),
       language = QLocale().bcp47Name().toStdString(),
       target = pathFromUtf8(file.toStdString())](std::stop_token stop) -> Expected<void> {
        if (sink) sink(-1, phase);
        const ModelCard card = shared.card();
        const ReportParts parts{
            language, shared.curves(card), pictures,
            samplesOf(*shared.snapshot, shared.trainer->corpus().get(), translated, stop)};
        if (stop.stop_requested()) return cancelled();
        return writeFileAtomically(target, toHtml(runReport(card, parts, translated)));
      },
      [this, file](const Expected<void>& saved) {
        work_->end();
        if (!saved) return session().reportError(saved.error());
        say(tr("Saved the report %1.").arg(QFileInfo(file).fileName()));
      });
}

void ShareView::say(const QString& text) {
  status_->setText(text);
  status_->setVisible(!text.isEmpty());
}

QString ShareView::commands() const {
  const QString file = savedModel_.isEmpty() ? fileName() + QStringLiteral(".safetensors") : savedModel_;
  const std::string id = frame().run ? frame().run->trainer->config().modelId : std::string();
  const auto cli = toQString(commandFor(id, file.toStdString()));
  const QString python = QStringLiteral("python3 load_lexarium.py \"%1\" --text \"...\"\n").arg(file);
  return cli.isEmpty() ? python : cli + u'\n' + python;
}

void ShareView::copyCommands() {
  if (!hasResult()) return;
  QApplication::clipboard()->setText(commands());
  say(savedModel_.isEmpty() ? tr("Copied. Save the model first, so that the commands find it.")
                            : tr("Copied: how lexarium-cli and PyTorch use the saved model."));
}

void ShareView::fillMenu(QMenu& menu) {
  for (const auto& [text, run] : {std::pair(tr("Save model..."), &ShareView::askForModel),
                                  std::pair(tr("Save report..."), &ShareView::askForReport),
                                  std::pair(tr("Copy command"), &ShareView::copyCommands)})
    menu.addAction(text, this, run)->setEnabled(hasResult());
}

QString ShareView::textSummary() const {
  if (stack_->currentIndex() == 0) return empty_->sentence();
  return tr("The card of %1").arg(title_->text());
}

}  // namespace lexarium
