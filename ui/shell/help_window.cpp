// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/help_window.h"

#include <QCoreApplication>
#include <QFile>
#include <QMessageBox>
#include <QTextBrowser>
#include <QTextDocument>
#include <QVBoxLayout>

#include "ui/look/theme.h"
#include "ui/shell/actions.h"
#include "ui/views/view.h"

namespace lexarium {
namespace {

QString row(const QString& shortcut, const QString& name, const QString& help) {
  return QStringLiteral("<tr><td><code>%1</code></td><td><b>%2</b></td><td>%3</td></tr>")
      .arg(shortcut.toHtmlEscaped(), name.toHtmlEscaped(), help.toHtmlEscaped());
}

QString viewRows() {
  QString rows;
  for (const ViewInfo& info : viewRegistry()) {
    rows +=
        row(QKeySequence(QLatin1String(info.shortcut)).toString(QKeySequence::NativeText),
            QCoreApplication::translate("View", info.title), QCoreApplication::translate("View", info.help));
  }
  return rows;
}

QString actionRows(const Actions& actions) {
  QString rows;
  for (const QAction* action : actions.all()) {
    const bool generated = action->objectName().contains('_');  // views, samples, workspaces
    if (generated || action->shortcut().isEmpty()) continue;
    rows +=
        row(action->shortcut().toString(QKeySequence::NativeText), plainText(action), action->statusTip());
  }
  return rows;
}

}  // namespace

QString HelpWindow::page(const Theme& theme, const Actions& actions) {
  QFile file(tr(":/help/help.html", "The page in the person's language: :/help/help_zh_CN.html"));
  if (!file.open(QIODevice::ReadOnly)) return {};
  QString page = QString::fromUtf8(file.readAll());
  page.replace("$views", viewRows());
  page.replace("$actions", actionRows(actions));
  page.replace("$secondary", theme.secondary.name());
  return page;
}

HelpWindow::HelpWindow(Session& session, Actions& actions, QWidget* parent) : QDialog(parent) {
  setObjectName("helpWindow");
  setWindowTitle(tr("Help"));
  auto* browser = new QTextBrowser;
  browser->setObjectName("helpPage");
  browser->setAccessibleName(tr("Help"));
  browser->setFrameShape(QFrame::NoFrame);
  browser->setOpenLinks(false);
  browser->document()->setDocumentMargin(16);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(browser);
  const auto show = [browser, &session, &actions] { browser->setHtml(page(session.theme(), actions)); };
  connect(&session, &Session::themeChanged, this, show);
  show();
  resize(std::min(parent->width() - 80, fontMetrics().averageCharWidth() * 110),
         std::min(parent->height() - 80, fontMetrics().height() * 45));
}

void HelpWindow::open(Session& session, Actions& actions, QWidget* window) {
  auto* help = window->findChild<HelpWindow*>();
  if (!help) {
    help = new HelpWindow(session, actions, window);
    help->setAttribute(Qt::WA_DeleteOnClose);
  }
  help->show();
  help->raise();
  help->activateWindow();
}

void HelpWindow::openAbout(QWidget* window) {
  auto* about = new QMessageBox(window);
  about->setObjectName("aboutBox");
  about->setAttribute(Qt::WA_DeleteOnClose);
  about->setWindowTitle(tr("About Lexarium"));
  about->setTextFormat(Qt::RichText);
  about->setText(tr("<h3>Lexarium %1</h3><p>Watch machines learn language.</p>").arg(LEXARIUM_VERSION));
  about->setInformativeText(tr("Free software under the GNU General Public License, version 3 or later. It "
                               "works offline and sends nothing "
                               "anywhere. Made with Qt %1, QCustomPlot, Eigen and ICU.")
                                .arg(QLatin1String(qVersion())));
  about->show();
}

}  // namespace lexarium
