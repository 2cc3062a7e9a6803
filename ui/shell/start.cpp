// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/start.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QLibraryInfo>
#include <QLocale>
#include <QTimer>
#include <QTranslator>
#include <cstdio>

#include "core/base/file.h"
#include "core/tasks/task_samples.h"
#include "ui/session/session.h"
#include "ui/shell/main_window.h"
#include "ui/shell/measurement.h"
#include "ui/shell/screenshots.h"

namespace lexarium {
namespace {

void endProgram(int exitCode, const QString& message = {}) {
  if (!message.isEmpty()) std::fprintf(stderr, "lexarium: %s\n", qPrintable(message));
  QCoreApplication::exit(exitCode);
}

void writeFigures(const QString& fileName, const QJsonObject& figures) {
  const auto bytes = QJsonDocument(figures).toJson();
  if (fileName == "-") {
    std::fputs(bytes.constData(), stdout);
    return endProgram(0);
  }
  const auto written = writeFileAtomically(pathFromUtf8(fileName.toStdString()), bytes.toStdString());
  endProgram(written ? 0 : 1, written ? QString() : QString::fromStdString(written.error().message()));
}

void trainOnce(Session& session) {
  // Only the text that the command line named is trained on by itself.
  QObject::connect(&session, &Session::corpusChanged, &session.runs(), &RunController::train,
                   Qt::SingleShotConnection);
}

}  // namespace

void startWith(const Options& options, Session& session, MainWindow& window) {
  if (!options.model.isEmpty()) {
    RunConfig config = session.runs().nextConfig();
    config.modelId = options.model.toStdString();
    config.params = ParamSet::defaultsOf(findModel(config.modelId)->params);
    session.runs().setNextConfig(config);
  }
  if (!options.film.isEmpty()) {
    auto* screenshots = new Screenshots(session, window, options.film);
    screenshots->setParent(&window);
    QObject::connect(screenshots, &Screenshots::finished, &window, &endProgram);
  } else if (!options.measure.isEmpty()) {
    auto* measurement = new Measurement(session, window);
    measurement->setParent(&window);
    QObject::connect(measurement, &Measurement::finished, &window,
                     [file = options.measure](const QJsonObject& figures) { writeFigures(file, figures); });
    QObject::connect(measurement, &Measurement::failed, &window,
                     [](const QString& message) { endProgram(1, message); });
  } else if (options.train) {
    trainOnce(session);
  }
  window.showAsLeft();
  if (options.size.isValid()) {
    window.setWindowState(Qt::WindowNoState);
    window.resize(options.size);
  }
  if (!options.workspace.isEmpty()) window.showWorkspace(options.workspace);
  if (!options.view.isEmpty()) {
    QObject::connect(
        &session, &Session::corpusChanged, &window, [&window, id = options.view] { window.showView(id); },
        Qt::SingleShotConnection);
  }
  if (findTaskSample(options.sample.toStdString()))
    session.openTaskSample(options.sample);
  else if (!options.sample.isEmpty())
    session.openSample(options.sample);
  if (!options.texts.isEmpty()) session.openPaths(options.texts);
}

void loadTranslations(const QString& language) {
  const QLocale locale = language.isEmpty() ? QLocale::system() : QLocale(language);
  QLocale::setDefault(locale);
  QCoreApplication* app = QCoreApplication::instance();
  qDeleteAll(app->findChildren<QTranslator*>());  // a translator that goes takes its texts with it
  const auto load = [&](const QString& name, const QString& folder) {
    auto* translator = new QTranslator(app);
    if (translator->load(locale, name, "_", folder)) QCoreApplication::installTranslator(translator);
  };
  load("qtbase", QLibraryInfo::path(QLibraryInfo::TranslationsPath));
  load("lexarium", ":/i18n");
}

}  // namespace lexarium
