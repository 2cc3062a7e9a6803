// SPDX-License-Identifier: GPL-3.0-or-later
// Legibility by numbers: WCAG 2.1 contrast of every palette, the four sizes of type, icons in the theme's
// colour.
#include <QCheckBox>
#include <QComboBox>
#include <QDirIterator>
#include <QFontInfo>
#include <QFontMetricsF>
#include <QLineEdit>
#include <QPainter>
#include <QSpinBox>
#include <QTest>

#include "ui/look/palettes.h"
#include "ui/look/theme.h"

using namespace lexarium;
using Palette = LookOptions::Palette;
Q_DECLARE_METATYPE(lexarium::LookOptions::Palette)

namespace {

constexpr double kText = 4.5;
constexpr double kLines = 3.0;

QPalette desktop(const char* text, const char* window) {
  QPalette palette;
  palette.setColor(QPalette::WindowText, QColor(text));
  palette.setColor(QPalette::Window, QColor(window));
  return palette;
}

Theme themeOf(const LookOptions& look) {
  return makeTheme(look, QFont("DejaVu Sans", 10), desktop("black", "white"));
}

}  // namespace

class LookTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void contrastOfKnownPairs() {
    QCOMPARE(contrastRatio(Qt::black, Qt::white), 21.0);
    QCOMPARE(contrastRatio(Qt::white, Qt::white), 1.0);
    QVERIFY(std::abs(contrastRatio(QColor("#767676"), Qt::white) - 4.54) < 0.01);  // WCAG's own example
  }

  void textIsLegible_data() {
    QTest::addColumn<Palette>("palette");
    QTest::newRow("light") << Palette::Light;
    QTest::newRow("dark") << Palette::Dark;
    QTest::newRow("high contrast") << Palette::HighContrast;
  }
  void textIsLegible() {
    QFETCH(Palette, palette);
    const Theme t = themeOf({palette, false, false, 1});
    for (const QColor& ground : {t.window, t.surface}) {
      for (const QColor& text : {t.text, t.secondary, t.accent, t.error, t.warning}) {
        QVERIFY2(contrastRatio(text, ground) >= kText, qPrintable(text.name() + " on " + ground.name()));
      }
      QVERIFY2(contrastRatio(t.outline, ground) >= kLines, qPrintable(t.outline.name()));
      for (const QColor& line : t.categories) {
        QVERIFY2(contrastRatio(line, ground) >= kLines, qPrintable(line.name() + " on " + ground.name()));
      }
    }
    QVERIFY(contrastRatio(t.onAccent, t.accent) >= kText);
    QVERIFY(contrastRatio(QColor("#1B1F24"), t.selection) >= kText);  // selected rows
    QVERIFY(contrastRatio(t.muted, t.surface) < contrastRatio(t.secondary, t.surface));
    QCOMPARE(t.selection, QColor("#E69F00"));
    for (std::size_t i = 0; i < t.categories.size(); ++i) {
      QVERIFY(t.categories[i] != t.selection || palette != Palette::Light);
      for (std::size_t j = 0; j < i; ++j) QVERIFY(t.categories[i] != t.categories[j]);
    }
  }

  /// The frame of a field and the box of a check box are to be seen, as they are painted.
  void controlsHaveAnOutline_data() { textIsLegible_data(); }
  void controlsHaveAnOutline() {
    QFETCH(Palette, palette);
    const Theme t = themeOf({palette, false, false, 1});
    applyTheme(t);
    QLineEdit field;
    QSpinBox number;
    QComboBox choice;
    QCheckBox box;
    for (QWidget* widget : std::initializer_list<QWidget*>{&field, &number, &choice, &box}) {
      widget->resize(60, 24);
      const QImage image = widget->grab().toImage();
      double best = 0;
      for (int x = 0; x < 20; ++x)  // half way down: the left edge, and nothing else
        best = std::max(best, contrastRatio(image.pixelColor(x, image.height() / 2), t.window));
      QVERIFY2(best >= 0.93 * kLines,
               qPrintable(QString("%1: %2").arg(widget->metaObject()->className()).arg(best)));
    }
  }
  void systemFollowsTheDesktop() {
    const LookOptions system;
    QVERIFY(!makeTheme(system, QFont(), desktop("black", "white")).dark);
    QVERIFY(makeTheme(system, QFont(), desktop("white", "#222222")).dark);
    QVERIFY(!makeTheme({Palette::Light, false, false, 1}, QFont(), desktop("white", "black")).dark);
  }

  void fourSizesAndTheProjector() {
    const Theme t = themeOf({});
    QCOMPARE(t.small.pointSizeF(), 9.0);
    QCOMPARE(t.body.pointSizeF(), 10.0);
    QCOMPARE(t.title.pointSizeF(), 12.5);
    QCOMPARE(t.hero.pointSizeF(), 17.0);
    const Theme p = themeOf({Palette::Light, true, false, 1});
    QCOMPARE(p.body.pointSizeF(), 18.0);
    QCOMPARE(p.plotLabel.pointSizeF(), 24.0);
    QCOMPARE(p.lineWidth, 3.0);
    QCOMPARE(p.markerSize, 9.0);
    QVERIFY(p.selectedMarkerSize > p.markerSize);
    const Theme scaled = themeOf({Palette::Light, false, false, 2});
    QCOMPARE(scaled.body.pointSizeF(), 20.0);
  }

  void figuresAreTabular() {
    const QFontMetricsF metrics(themeOf({}).numbers);
    for (char c = '0'; c <= '9'; ++c) {
      QVERIFY(std::abs(metrics.horizontalAdvance(QLatin1Char(c)) - metrics.horizontalAdvance('0')) < 0.01);
    }
  }

  void fontSizedInPixelsIsUnderstood() {
    QFont pixels;
    pixels.setPixelSize(14);
    QVERIFY(makeTheme({}, pixels, desktop("black", "white")).body.pointSizeF() > 6);
  }

  void everyIconDrawsInTheThemesColour() {
    const Theme t = themeOf({Palette::Dark, false, false, 1});
    int icons = 0;
    for (QDirIterator it(":/icons", {"*.svg"}); it.hasNext();) {
      const QString name = QFileInfo(it.next()).completeBaseName();
      if (name == "lexarium") continue;  // the program's own sign keeps its colours
      const QImage image = themedIcon(name, t).pixmap(QSize(48, 48)).toImage();
      int opaque = 0;
      for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
          const QColor color = image.pixelColor(x, y);
          if (color.alpha() < 250) continue;
          ++opaque;
          QVERIFY2(std::abs(color.red() - t.text.red()) < 3, qPrintable(name));
        }
      }
      QVERIFY2(opaque > 20, qPrintable(name));
      ++icons;
    }
    QVERIFY(icons >= 30);
    QVERIFY(themedIcon("there is none", t).isNull());
  }

  void cividisRisesInLightness() {
    double before = -1;
    for (int i = 0; i <= 100; ++i) {
      const double now = contrastRatio(cividis(i / 100.0), Qt::black);
      QVERIFY(now > before);
      before = now;
    }
    QCOMPARE(cividis(-1), cividis(0));
    QCOMPARE(cividis(2), cividis(1));
    QCOMPARE(cividis(std::nan("")), cividis(0));
  }
};

QTEST_MAIN(LookTest)
#include "look_test.moc"
