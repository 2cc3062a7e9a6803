// SPDX-License-Identifier: GPL-3.0-or-later
// The kernels of every level that this machine can run, against the same arithmetic in double.
#include <QTest>
#include <cmath>
#include <functional>
#include <limits>
#include <vector>

#include "core/autodiff/kernels/kernels.h"
#include "core/base/matrix.h"
#include "core/base/rng.h"

using namespace lexarium;

namespace {

using Doubles = Eigen::MatrixXd;

Matrix randomMatrix(Index rows, Index cols, std::uint64_t seed) {
  Rng rng(seed);
  Matrix matrix(rows, cols);
  for (Index i = 0; i < matrix.size(); ++i) matrix.data()[i] = static_cast<Real>(rng.normal());
  return matrix;
}

std::vector<const Kernels*> levels() {
  std::vector<const Kernels*> list;
  for (const Kernels* const* each = allKernels(); *each; ++each) list.push_back(*each);
  return list;
}

enum Form { kPlain, kTransposeLeft, kTransposeRight, kPacked, kPackedTransposed, kForms };

/// One product in a form, into a matrix that has more rows than it writes: what is between the columns must
/// stay.
void checkProduct(const Kernels& k, Form form, Index m, Index n, Index depth, bool add, bool offset) {
  const bool left = form == kTransposeLeft || form == kPackedTransposed, right = form == kTransposeRight;
  const Matrix a = left ? randomMatrix(depth, m, 1) : randomMatrix(m, depth, 1);
  const Matrix b = right ? randomMatrix(n, depth, 2) : randomMatrix(depth, n, 2);
  const Matrix before = randomMatrix(m + 3, n, 3), offsets = randomMatrix(m, 1, 4);
  Matrix result = before;
  ProductTask task{};
  task.left = left ? LeftSide{a.data(), a.rows(), 1} : LeftSide{a.data(), 1, a.rows()};
  task.right = b.data();
  task.rightRow = right ? b.rows() : 1;
  task.rightCol = right ? 1 : b.rows();
  task.result = result.data();
  task.resultStride = m + 3;
  task.m = m;
  task.n = n;
  task.k = depth;
  task.add = add;
  task.offset = offset ? offsets.data() : nullptr;
  std::vector<Real> packed, scratch(static_cast<std::size_t>(k.productScratch(m, n, depth, right)));
  if (form >= kPacked) {
    packed.resize(static_cast<std::size_t>(k.packedSize(m, depth)));
    k.packLeft(task.left, m, depth, packed.data());
    task.packed = packed.data();
    task.left = {};
  }
  task.scratch = scratch.data();
  k.product(task);

  const Doubles x = left ? Doubles(a.cast<double>().transpose()) : Doubles(a.cast<double>());
  const Doubles y = right ? Doubles(b.cast<double>().transpose()) : Doubles(b.cast<double>());
  Doubles expected = before.cast<double>();
  Doubles product = x * y;
  if (offset) product.colwise() += offsets.cast<double>().col(0);
  if (add) product += expected.topRows(m);
  expected.topRows(m) = product;
  const double error = (result.cast<double>() - expected).cwiseAbs().maxCoeff();
  const QString what = QString("%1, form %2, %3 x %4 x %5").arg(k.level).arg(form).arg(m).arg(n).arg(depth);
  QVERIFY2(error < 2e-6 * std::sqrt(static_cast<double>(depth)) * 10,
           qPrintable(what + QString(": %1").arg(error)));
  QVERIFY2((result.bottomRows(3).array() == before.bottomRows(3).array()).all(), qPrintable(what));
}

/// The largest error relative to the value, over a range and around 0.
double worstError(void (*function)(const Real*, Real*, Index), double least, double most,
                  const std::function<double(double)>& exact) {
  std::vector<Real> x;
  for (int i = 0; i <= 40000; ++i) x.push_back(static_cast<Real>(least + (most - least) * i / 40000));
  for (double small = 1e-30; small < 1; small *= 1.7) {
    x.push_back(static_cast<Real>(small));
    x.push_back(static_cast<Real>(-small));
  }
  std::vector<Real> y(x.size());
  function(x.data(), y.data(), static_cast<Index>(x.size()));
  double worst = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double expected = exact(static_cast<double>(x[i]));
    if (std::abs(expected) < 1e-37) continue;  // not a normal float
    worst = std::max(worst, std::abs(static_cast<double>(y[i]) - expected) / std::abs(expected));
  }
  return worst;
}

}  // namespace

class TapeKernelsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void fastestIsLast();
  void products();
  void functionsAreExactToTheLastBits();
  void extremesAndNaN();
  void endsAreLikeMiddles();
  void softmaxSumsToOne();
  void columnsAndSquares();
};

void TapeKernelsTest::fastestIsLast() {
  QVERIFY(!levels().empty());
  QCOMPARE(levels().back(), &kernels());
  QCOMPARE(QString(levels().front()->level), QString("baseline"));
}

void TapeKernelsTest::products() {
  for (const Kernels* k : levels()) {
    for (const Index m : {1, 3, 16, 17, 65, 131}) {
      for (const Index n : {1, 2, 5, 7, 13, 32}) {
        for (const Index depth : {1, 2, 16, 31, 128, 300}) {
          for (int form = 0; form < kForms; ++form) {
            checkProduct(*k, static_cast<Form>(form), m, n, depth, false, false);
            checkProduct(*k, static_cast<Form>(form), m, n, depth, true, false);
            if (form == kPlain) checkProduct(*k, kPlain, m, n, depth, false, true);
            if (QTest::currentTestFailed()) return;
          }
        }
      }
    }
  }
}

void TapeKernelsTest::functionsAreExactToTheLastBits() {
  for (const Kernels* k : levels()) {
    const double ofTanh = worstError(k->tanhForward, -20, 20, [](double x) { return std::tanh(x); });
    const double ofExp = worstError(k->expForward, -87, 88, [](double x) { return std::exp(x); });
    const double ofLogistic =
        worstError(k->logisticForward, -80, 30, [](double x) { return 1 / (1 + std::exp(-x)); });
    const QString text =
        QString("%1: tanh %2, exp %3, logistic %4").arg(k->level).arg(ofTanh).arg(ofExp).arg(ofLogistic);
    QVERIFY2(ofTanh < 1e-6 && ofExp < 1e-6 && ofLogistic < 1e-6, qPrintable(text));
  }
}

void TapeKernelsTest::extremesAndNaN() {
  constexpr Real kInfinity = std::numeric_limits<Real>::infinity();
  for (const Kernels* k : levels()) {
    const std::vector<Real> x{-kInfinity, kInfinity, -1e30F, 1e30F, std::numeric_limits<Real>::quiet_NaN(),
                              0};
    std::vector<Real> y(x.size());
    const auto size = static_cast<Index>(x.size());
    k->tanhForward(x.data(), y.data(), size);
    QCOMPARE(y[0], -1.0F);
    QCOMPARE(y[1], 1.0F);
    QCOMPARE(y[2], -1.0F);
    QCOMPARE(y[3], 1.0F);
    QVERIFY(std::isnan(y[4]));
    QCOMPARE(y[5], 0.0F);
    k->logisticForward(x.data(), y.data(), size);
    QVERIFY(y[0] >= 0 && y[0] < 1e-37F && y[1] == 1 && std::isnan(y[4]) && y[5] == 0.5F);
    k->expForward(x.data(), y.data(), size);
    QVERIFY(y[0] >= 0 && y[0] < 1e-37F && y[1] > 1e38F && std::isnan(y[4]) && y[5] == 1);
  }
}

/// A number's result does not depend on where it stands.
void TapeKernelsTest::endsAreLikeMiddles() {
  const Matrix x = randomMatrix(64, 1, 5);
  for (const Kernels* k : levels()) {
    std::vector<Real> whole(64);
    k->tanhForward(x.data(), whole.data(), 64);
    for (Index size = 1; size < 40; ++size) {
      std::vector<Real> part(static_cast<std::size_t>(size) + 1, 7);
      k->tanhForward(x.data(), part.data(), size);
      for (std::size_t i = 0; i < static_cast<std::size_t>(size); ++i) QCOMPARE(part[i], whole[i]);
      QCOMPARE(part.back(), 7.0F);
    }
  }
}

void TapeKernelsTest::softmaxSumsToOne() {
  for (const Kernels* k : levels()) {
    for (const Index size : {1, 2, 15, 16, 65, 300}) {
      const Matrix x = 10 * randomMatrix(size, 1, 6);
      Matrix y = x;
      Real total = 0;
      const Real most = k->softmaxColumn(y.data(), y.data(), size, 0.5F, &total);
      const Eigen::ArrayXd exact =
          (0.5 * x.cast<double>().array() - 0.5 * static_cast<double>(x.maxCoeff())).exp();
      QCOMPARE(most, 0.5F * x.maxCoeff());
      QVERIFY(std::abs(static_cast<double>(total) - exact.sum()) < 1e-5 * exact.sum());
      QVERIFY((y.cast<double>().col(0).array() - exact / exact.sum()).abs().maxCoeff() < 1e-6);
    }
  }
}

void TapeKernelsTest::columnsAndSquares() {
  for (const Kernels* k : levels()) {
    for (const Index rows : {1, 16, 33}) {
      for (const Index cols : {1, 7, 8, 30}) {
        const Matrix x = randomMatrix(rows, cols, 7);
        Matrix sum = Matrix::Constant(rows, 1, 2);
        k->sumColumns(x.data(), rows, cols, sum.data(), true);
        QVERIFY((sum - (x.rowwise().sum().array() + 2).matrix()).cwiseAbs().maxCoeff() < 1e-5F);
        k->sumColumns(x.data(), rows, cols, sum.data(), false);
        QVERIFY((sum - x.rowwise().sum()).cwiseAbs().maxCoeff() < 1e-5F);
        const double squares = k->sumOfSquares(x.data(), static_cast<std::size_t>(x.size()));
        QVERIFY(std::abs(squares - x.cast<double>().squaredNorm()) < 1e-5 * squares);
      }
    }
  }
}

QTEST_GUILESS_MAIN(TapeKernelsTest)
#include "tape_kernels_test.moc"
