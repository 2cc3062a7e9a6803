// SPDX-License-Identifier: GPL-3.0-or-later
// The view from which a model leaves the program: the card, the files, the commands.
#include "ui/views/share_view.h"

#include <QApplication>
#include <QClipboard>
#include <QFile>
#include <QFileDialog>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBrowser>

#include "core/formats/safetensors.h"
#include "core/models/model_file.h"
#include "core/train/fingerprint.h"
#include "ui/views/map_view.h"
#include "ui/widgets/empty_state.h"

using namespace lexarium;

namespace {

constexpr int kPatience = 60000;

}  // namespace

class ShareViewTest : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir folder_;
  std::unique_ptr<Session> session_;
  std::unique_ptr<QWidget> window_;
  ShareView* view_ = nullptr;

  template <class T>
  T* child(const char* name) {
    return view_->findChild<T*>(name);
  }
  QString status() { return child<QLabel>("shareStatus")->text(); }

  void train(const char* model) {
    RunController& runs = session_->runs();
    RunConfig config = runs.nextConfig();
    config.modelId = model;
    config.params = presetFor(*findModel(model), *session_->corpus());
    for (const auto& [key, value] : {std::pair("units", std::int64_t{8}),
                                     {"dimensions", std::int64_t{8}},
                                     {"epochs", std::int64_t{1}},
                                     {"min_count", std::int64_t{1}}})
      if (config.params.contains(key)) config.params.set(key, value);
    config.execution.mode = Execution::Mode::Reproducible;
    runs.setNextConfig(config);
    runs.train();
    QTRY_VERIFY_WITH_TIMEOUT(!runs.isActive(), kPatience);
    const QString name = runs.current()->name;
    QTRY_COMPARE_WITH_TIMEOUT(child<QLabel>("shareTitle")->text(), name, kPatience);
  }
  QByteArray contentOf(const QString& name) {
    QFile file(folder_.filePath(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
  }
  /// A click opens the dialog that asks for a file; the person types this name.
  void clickAndName(const char* button, const QString& name) {
    bool asked = false;
    QTimer timer;
    connect(&timer, &QTimer::timeout, this, [&] {
      auto* dialog = qobject_cast<QFileDialog*>(QApplication::activeModalWidget());
      if (!dialog) return;
      timer.stop();
      asked = true;
      QMetaObject::invokeMethod(dialog, "reject", Qt::QueuedConnection);
    });
    timer.start(10);
    QTest::mouseClick(child<QPushButton>(button), Qt::LeftButton);
    QVERIFY(asked);
    // What was typed into such a dialog depends on how soon it has read its folder; so the name is given
    // here.
    const QString path = folder_.filePath(name);
    qstrcmp(button, "saveModel") == 0 ? view_->saveModelTo(path) : view_->saveReportTo(path);
  }

 private Q_SLOTS:
  void initTestCase() { QApplication::setAttribute(Qt::AA_DontUseNativeDialogs); }

  void init() {
    session_ = std::make_unique<Session>(folder_.filePath("settings.json"));
    QString text;
    for (int i = 0; i < 900; ++i) text += QStringLiteral("w%1 ").arg((i * i + i / 7) % 13);
    session_->openText("Words & <more>", text);
    QTRY_VERIFY_WITH_TIMEOUT(session_->corpus() != nullptr, kPatience);
    window_ = std::make_unique<QWidget>();
    view_ = new ShareView(*session_, window_.get());
    auto* map = new MapView(*session_, window_.get());
    connect(view_, &View::needsChanged, this, [this] { session_->runs().setProbe(view_->needs()); });
    view_->setGeometry(0, 0, 500, 500);
    map->setGeometry(500, 0, 400, 400);
    window_->resize(900, 500);
    window_->show();
    QVERIFY(QTest::qWaitForWindowExposed(window_.get()));
    session_->runs().setProbe({.frameWords = 500, .allWords = true, .model = true});
  }
  void cleanup() {
    window_.reset();
    session_.reset();
  }

  void withoutARunItSaysWhatItWillShow() {
    QVERIFY(view_->findChild<EmptyState*>()->isVisible());
    QVERIFY(!view_->textSummary().isEmpty());
    view_->saveModelTo(folder_.filePath("none.safetensors"));
    view_->saveReportTo(folder_.filePath("none.html"));
    QVERIFY(!QFile::exists(folder_.filePath("none.safetensors")) &&
            !QFile::exists(folder_.filePath("none.html")));
    QMenu menu;
    view_->fillMenu(menu);
    for (QAction* action : menu.actions()) QVERIFY(!action->isEnabled());
  }

  void aLanguageModelIsSavedWithItsCard() {
    train("rnn");
    auto* card = child<QTextBrowser>("shareCard");
    QTRY_VERIFY_WITH_TIMEOUT(card->toPlainText().contains("Elman"), kPatience);
    const auto snapshot = session_->runs().current()->trainer->snapshot();
    const auto print = fingerprint(*snapshot->trained);
    QTRY_VERIFY_WITH_TIMEOUT(card->toPlainText().contains(QString::fromStdString(print)), kPatience);
    QVERIFY(card->toPlainText().contains("Words & <more>"));
    clickAndName("saveModel", "a.safetensors");
    QTRY_VERIFY_WITH_TIMEOUT(status().contains("a.safetensors") && status().contains("a.json"), kPatience);
    const auto model = readLanguageModelFile(folder_.filePath("a.safetensors").toStdString());
    QVERIFY2(model, model ? "" : model.error().message().c_str());
    QCOMPARE(fingerprint(**model), print);
    const QJsonObject json = QJsonDocument::fromJson(contentOf("a.json")).object();
    QCOMPARE(json["fingerprint"].toString().toStdString(), print);
    QCOMPARE(json["text"].toObject()["title"].toString(), QString("Words & <more>"));
    // The script that reads it lies beside it.
    QFile script(LEXARIUM_SOURCE_DIR "/resources/export/load_lexarium.py");
    QVERIFY(script.open(QIODevice::ReadOnly));
    QCOMPARE(contentOf("load_lexarium.py"), script.readAll());
    QTest::mouseClick(child<QPushButton>("copyCommand"), Qt::LeftButton);
    QVERIFY(QApplication::clipboard()->text().contains("lexarium-cli generate \"" +
                                                       folder_.filePath("a.safetensors")));
    QVERIFY(QApplication::clipboard()->text().contains("python3 load_lexarium.py"));
  }

  void vectorsAreSavedToo() {
    train("skip-gram");
    view_->saveModelTo(folder_.filePath("vectors"));  // without an ending
    QTRY_VERIFY_WITH_TIMEOUT(status().contains("vectors.safetensors"), kPatience);
    const auto set =
        readSafetensors(std::filesystem::path(folder_.filePath("vectors.safetensors").toStdString()));
    QVERIFY(set && set->tensors.contains("vectors") && set->tensors.contains("words"));
    QVERIFY(!view_->commands().contains("generate"));
  }

  void aReportIsOneFile() {
    train("skip-gram");
    auto* map = window_->findChild<MapView*>();
    QTRY_VERIFY_WITH_TIMEOUT(!map->pictures().empty(), kPatience);
    clickAndName("saveReport", "a.html");
    QTRY_VERIFY_WITH_TIMEOUT(status().contains("a.html"), kPatience);
    const QByteArray html = contentOf("a.html");
    QVERIFY(html.startsWith("<!DOCTYPE html>") && html.endsWith("</html>\n"));
    QVERIFY(html.contains("Words &amp; &lt;more&gt;") && !html.contains("<more>"));
    QVERIFY(html.contains("data:image/svg+xml;base64,") && html.contains("data:image/png;base64,"));
    // Nothing from elsewhere, nothing that runs.
    QVERIFY(!html.contains("<script") && !html.contains("src=\"http") && !html.contains("href="));
    const auto print = fingerprint(session_->runs().current()->trainer->snapshot()->all->vectors);
    QVERIFY(html.contains(QByteArray::fromStdString(print)));
    QVERIFY(html.contains("w1"));  // a neighbour
  }

  void whatCannotBeWrittenIsSaid() {
    train("rnn");
    QSignalSpy failed(session_.get(), &Session::errorOccurred);
    view_->saveReportTo(folder_.filePath("no/such/folder/a.html"));
    QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, kPatience);
    view_->saveModelTo(folder_.filePath("no/such/folder/a.safetensors"));
    QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 2, kPatience);
    QVERIFY(status().isEmpty());
  }
};

QTEST_MAIN(ShareViewTest)
#include "share_view_test.moc"
