// SPDX-License-Identifier: GPL-3.0-or-later
// Where the views of the real window stand, at several sizes, in projector mode and after a restart.
#include "ui/shell/main_window.h"

#include <QDockWidget>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

#include "ui/plot/curve_plot.h"
#include "ui/plot/scatter_plot.h"
#include "ui/session/session.h"
#include "ui/shell/actions.h"
#include "ui/views/view.h"

using namespace lexarium;

namespace {
constexpr int kPatience = 60000;
}

class ArrangementTest : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir folder_;
  std::unique_ptr<Session> session_;
  std::unique_ptr<MainWindow> window_;

  template <class T>
  T* part(const char* name) {
    return window_->findChild<T*>(QLatin1String(name));
  }
  QDockWidget* dock(const char* id) { return part<QDockWidget>(id); }
  double widthShare(const char* id) {
    return static_cast<double>(dock(id)->width()) / static_cast<double>(window_->width());
  }
  void openWindow() {
    session_ = std::make_unique<Session>(folder_.filePath("settings.json"));
    window_ = std::make_unique<MainWindow>(*session_);
    window_->resize(1366, 768);
    window_->show();
    QVERIFY(QTest::qWaitForWindowExposed(window_.get()));
  }
  void openSample() {
    QTest::mouseClick(part<QPushButton>("sample_small-world-en"), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(session_->index() != nullptr, kPatience);
    window_->showWorkspace("embeddings");
    QTRY_VERIFY(dock("map")->isVisible());
    QTest::qWait(50);
  }
  void trainAndPause() {
    QTest::mouseClick(part<QPushButton>("play"), Qt::LeftButton);
    auto* map = part<ScatterPlot>("mapPlot");
    QTRY_VERIFY_WITH_TIMEOUT(map->scene().count() > 100, kPatience);
    QTest::mouseClick(part<QPushButton>("play"), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(session_->runs().status().state == RunStatus::State::Paused, kPatience);
    QTest::qWait(400);  // the last glide
  }

 private Q_SLOTS:
  void init() {
    QFile::remove(folder_.filePath("settings.json"));
    openWindow();
  }
  void cleanup() {
    window_->close();
    window_.reset();
    session_.reset();
  }

  void startPageHasFourCards() {
    std::vector<QRect> cards;
    for (QWidget* card : window_->findChildren<QWidget*>("card")) {
      QVERIFY(card->isVisible());
      cards.push_back(card->geometry());
    }
    QCOMPARE(cards.size(), std::size_t{4});
    for (std::size_t i = 1; i < cards.size(); ++i) QVERIFY(!cards[i].intersects(cards[i - 1]));
    QVERIFY(part<QLabel>("nothingRecent")->isVisible());
  }

  void theMapHasMostOfTheRoom() {
    openSample();
    QVERIFY2(std::abs(widthShare("explorer") - 0.2) < 0.02,
             qPrintable(QString::number(widthShare("explorer"))));
    QVERIFY2(std::abs(widthShare("neighbours") - 0.23) < 0.02,
             qPrintable(QString::number(widthShare("neighbours"))));
    QVERIFY(widthShare("map") > 0.5);
    QVERIFY(dock("map")->height() > 0.5 * window_->height());
    QVERIFY(dock("concordance")->width() > 600);
    // Nothing in the bar of the concordance is cut.
    auto* sort = part<QWidget>("sort1");
    for (QWidget* widget : sort->parentWidget()->findChildren<QWidget*>(Qt::FindDirectChildrenOnly))
      if (widget->isVisible()) QVERIFY(sort->parentWidget()->rect().contains(widget->geometry()));
  }

  void projectorShowsThePicturesAlone() {
    openSample();
    window_->resize(1024, 768);
    window_->actions().get("projector")->trigger();
    QTRY_VERIFY(!dock("explorer")->isVisible());
    QTest::qWait(50);
    QVERIFY(dock("map")->isVisible() && dock("loss")->isVisible());
    QVERIFY(!dock("concordance")->isVisible());
    QVERIFY(dock("map")->height() > 0.6 * window_->height());
    QVERIFY(widthShare("map") > 0.5);
    QVERIFY(window_->width() <= 1024);
    window_->actions().get("projector")->trigger();
    QTRY_VERIFY(dock("explorer")->isVisible());
    QVERIFY(dock("concordance")->isVisible());
  }

  void everyPictureIsAlsoATable() {
    openSample();
    trainAndPause();
    for (const char* id : {"map", "loss"}) {
      QTRY_VERIFY(!window_->view(id)->accessibleDescription().isEmpty());
      QMenu menu;
      window_->view(id)->fillMenu(menu);
      for (QAction* action : menu.actions())
        if (action->text() == "Show as table") action->trigger();
      auto* table = part<QWidget>("plotTable");
      QVERIFY(table);
      QVERIFY(table->findChild<QTableView*>()->model()->rowCount() > 0);
      QVERIFY(!table->findChild<QLabel*>("plotSummary")->text().isEmpty());
      delete table;
    }
  }

  void sessionReopensAsItWasLeft() {
    openSample();
    dock("loss")->hide();
    window_->showWorkspace("corpus");
    window_->showWorkspace("embeddings");
    QVERIFY(!dock("loss")->isVisible());
    window_->close();
    window_.reset();
    session_.reset();
    openWindow();
    openSample();
    QVERIFY(!dock("loss")->isVisible());
    QVERIFY(dock("map")->isVisible());
  }
};

QTEST_MAIN(ArrangementTest)
#include "arrangement_test.moc"
