// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/film_dialog.h"

#include <QComboBox>
#include <QSpinBox>
#include <QTest>

using namespace lexarium;

class FilmDialogTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void offersTheWholeRunAndTurnsAPartAround() {
    QWidget window;
    FilmDialog* dialog = FilmDialog::open({10, 5000}, &window);
    QCOMPARE(FilmDialog::open({10, 5000}, &window), dialog);
    const FilmOptions whole = dialog->options();
    QVERIFY(whole.first == 10 && whole.last == 5000 && whole.animated);
    QCOMPARE(whole.size, QSize(960, 540));
    dialog->findChild<QSpinBox*>("filmFirst")->setValue(4000);
    dialog->findChild<QSpinBox*>("filmLast")->setValue(300);
    dialog->findChild<QSpinBox*>("filmWidth")->setValue(1280);
    dialog->findChild<QSpinBox*>("filmRate")->setValue(25);
    dialog->findChild<QComboBox*>("filmFormat")->setCurrentIndex(1);
    const FilmOptions part = dialog->options();
    QVERIFY(part.first == 300 && part.last == 4000 && !part.animated);
    QVERIFY(part.size.width() == 1280 && part.perSecond == 25);
    // Steps beyond what the boxes can show.
    QWidget other;
    QCOMPARE(FilmDialog::open({0, std::uint64_t{1} << 40}, &other)->options().last,
             std::uint64_t{0x7fffffff});
  }
};

QTEST_MAIN(FilmDialogTest)
#include "film_dialog_test.moc"
