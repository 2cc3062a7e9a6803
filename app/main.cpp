// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QIcon>
#include <QTemporaryDir>
#include <cstdio>

#include "ui/session/session.h"
#include "ui/shell/main_window.h"
#include "ui/shell/options.h"
#include "ui/shell/start.h"

namespace {

/// Without a display Qt would abort: --help, --film and error messages need none.
bool useOffscreenIfThereIsNoDisplay() {
#if defined(Q_OS_UNIX) && !defined(Q_OS_MACOS)
  for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}) {
    if (!qEnvironmentVariableIsEmpty(name)) return false;
  }
  qputenv("QT_QPA_PLATFORM", "offscreen");
  return true;
#else
  return false;
#endif
}

int complain(const std::string& message, int exitCode) {
  std::fprintf(stderr, "lexarium: %s\n", message.c_str());
  return exitCode;
}

}  // namespace

int main(int argc, char** argv) {
  const bool noDisplay = useOffscreenIfThereIsNoDisplay();
  QApplication app(argc, argv);
  app.setApplicationName("lexarium");
  app.setApplicationDisplayName("Lexarium");
  app.setApplicationVersion(LEXARIUM_VERSION);
  app.setDesktopFileName("org.lexarium.Lexarium");
  app.setWindowIcon(QIcon(":/icons/lexarium.svg"));
  lexarium::loadTranslations();
  const auto options = lexarium::parseOptions(app.arguments().mid(1));
  if (!options) return complain(options.error().message(), 2);
  if (options->version) return std::puts("lexarium " LEXARIUM_VERSION), 0;
  if (options->help) return std::fputs(qPrintable(lexarium::optionsHelp()), stdout), 0;
  const bool unattended = !options->film.isEmpty() || !options->measure.isEmpty();
  if (noDisplay && !unattended)
    return complain("There is no display. Start it on a desktop, or use --film.", 1);

  // Films and measurements neither see nor change how a person left the window.
  const QTemporaryDir scratch;
  lexarium::Session session(unattended ? scratch.filePath("settings.json") : QString());
  lexarium::loadTranslations(options->language.isEmpty() ? session.settings().language() : options->language);
  if (options->look) session.settings().overrideLook(*options->look);
  lexarium::MainWindow window(session);
  lexarium::startWith(*options, session, window);
  return app.exec();
}
