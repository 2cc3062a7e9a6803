// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/plot_table.h"

#include <QTest>

using namespace lexarium;

class PlotTableTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void csvIsReadBack() {
    const auto rows = csvRows("word,count\r\n\"a, \"\"b\"\"\nc\",1\r\n,\r\nlast,2");
    QCOMPARE(rows.size(), std::size_t{4});
    QCOMPARE(rows[0], (QStringList{"word", "count"}));
    QCOMPARE(rows[1], (QStringList{"a, \"b\"\nc", "1"}));
    QCOMPARE(rows[2], (QStringList{"", ""}));
    QCOMPARE(rows[3], (QStringList{"last", "2"}));
    QVERIFY(csvRows("").empty());
    QCOMPARE(csvRows("a\n").size(), std::size_t{1});
  }
  void tableHasTitlesAndReadableNumbers() {
    PlotTableModel model(csvRows("word,smoothed_loss\r\nwhale,1.23456789\r\n,12\r\n"));
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.columnCount(), 2);
    QCOMPARE(model.headerData(1, Qt::Horizontal, Qt::DisplayRole).toString(), QString("smoothed loss"));
    QCOMPARE(model.index(0, 0).data().toString(), QString("whale"));
    QCOMPARE(model.index(0, 1).data().toString(), QString("1.23457"));
    QCOMPARE(model.index(1, 1).data().toString(), QString("12"));
    PlotTableModel empty({});
    QCOMPARE(empty.rowCount(), 0);
    QCOMPARE(empty.columnCount(), 0);
  }
};

QTEST_MAIN(PlotTableTest)
#include "plot_table_test.moc"
