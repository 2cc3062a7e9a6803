// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/vector_turns.h"

#include <QTest>
#include <cmath>
#include <limits>
#include <numbers>

using namespace lexarium;

class VectorTurnsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void anglesAreMeasuredDownToThousandths() {
    const std::vector<double> angles{0, 0.001, 0.5, 30, 90, 179.5, 180};
    Matrix before = Matrix::Zero(3, static_cast<Eigen::Index>(angles.size())), now = before;
    for (Eigen::Index i = 0; i < before.cols(); ++i) {
      const double radians = angles[static_cast<std::size_t>(i)] * std::numbers::pi / 180;
      before(1, i) = 2;
      now(1, i) = static_cast<Real>(7 * std::cos(radians));  // longer: that is no turn
      now(2, i) = static_cast<Real>(7 * std::sin(radians));
    }
    const auto turns = turnsBetween(now, before, 100);
    QCOMPARE(turns.size(), angles.size());
    for (std::size_t i = 0; i < angles.size(); ++i)
      QVERIFY2(std::abs(static_cast<double>(turns[i]) - angles[i]) < 1e-4 + 1e-3 * angles[i],
               qPrintable(QString("%1 instead of %2").arg(static_cast<double>(turns[i])).arg(angles[i])));
  }

  void whatHasNoDirectionHasNotTurned() {
    Matrix before = Matrix::Ones(2, 4), now = before;
    now.row(0) *= -1;
    now.col(0).setZero();
    before.col(1).setZero();
    now(0, 2) = std::numeric_limits<Real>::quiet_NaN();
    QCOMPARE(turnsBetween(now, before, 4), (std::vector<float>{0, 0, 0, 90}));
    QCOMPARE(turnsBetween(now, Matrix::Ones(3, 4), 4), std::vector<float>(4, 0.f));
  }

  void onlyWordsThatBothHave() {
    QCOMPARE(turnsBetween(Matrix::Ones(2, 5), Matrix::Ones(2, 3), 9).size(), std::size_t{3});
    QCOMPARE(turnsBetween(Matrix::Ones(2, 5), Matrix::Ones(2, 5), 2).size(), std::size_t{2});
    QVERIFY(turnsBetween(Matrix(), Matrix(), 9).empty());
  }

  void stopsWhenAsked() {
    std::stop_source stop;
    stop.request_stop();
    const Matrix before = Matrix::Ones(2, 3), now = -before;
    QCOMPARE(turnsBetween(now, before, 3, stop.get_token()), std::vector<float>(3, 0.f));
    QVERIFY(turnsBetween(now, before, 3)[2] > 179);
  }
};

QTEST_GUILESS_MAIN(VectorTurnsTest)
#include "vector_turns_test.moc"
