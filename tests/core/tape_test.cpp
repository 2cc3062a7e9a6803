// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <atomic>
#include <cstdlib>
#include <new>

#include "core/autodiff/ops.h"
#include "core/nn/initialise.h"
#include "core/nn/optimizer.h"
#include "core/nn/shards.h"

using namespace lexarium;

namespace {

std::atomic<std::size_t> allocations{0};

/// Room in front of the block remembers where it began.
void* allocate(std::size_t size, std::size_t alignment) {
  ++allocations;
  void* whole = std::malloc(size + alignment + sizeof(void*));
  if (!whole) throw std::bad_alloc();
  const auto first = reinterpret_cast<std::uintptr_t>(whole) + sizeof(void*);
  auto* block = reinterpret_cast<void**>((first + alignment - 1) / alignment * alignment);
  block[-1] = whole;
  return block;
}
void release(void* block) {
  if (block) std::free(static_cast<void**>(block)[-1]);
}

}  // namespace

void* operator new(std::size_t size) { return allocate(size, alignof(std::max_align_t)); }
void* operator new[](std::size_t size) { return allocate(size, alignof(std::max_align_t)); }
void* operator new(std::size_t size, std::align_val_t a) {
  return allocate(size, static_cast<std::size_t>(a));
}
void* operator new[](std::size_t size, std::align_val_t a) {
  return allocate(size, static_cast<std::size_t>(a));
}
void operator delete(void* block) noexcept { release(block); }
void operator delete[](void* block) noexcept { release(block); }
void operator delete(void* block, std::size_t) noexcept { release(block); }
void operator delete[](void* block, std::size_t) noexcept { release(block); }
void operator delete(void* block, std::align_val_t) noexcept { release(block); }
void operator delete[](void* block, std::align_val_t) noexcept { release(block); }
void operator delete(void* block, std::size_t, std::align_val_t) noexcept { release(block); }
void operator delete[](void* block, std::size_t, std::align_val_t) noexcept { release(block); }

namespace {

/// A model with a bit of everything: a table, an LSTM, attention, a norm.
struct SmallModel {
  static constexpr Index kUnits = 12, kVocabulary = 9, kBatch = 4, kSteps = 7;
  Parameters parameters;
  ParameterId table, input, hidden, bias, gain, out, outBias;

  SmallModel() {
    Rng rng(5);
    const auto add = [&](const char* name, Index rows, Index cols) {
      const ParameterId id = parameters.add(name, rows, cols);
      initialiseXavier(parameters.value(id), rng);
      return id;
    };
    table = add("table", kUnits, kVocabulary);
    input = add("input", 4 * kUnits, kUnits);
    hidden = add("hidden", 4 * kUnits, kUnits);
    bias = add("bias", 4 * kUnits, 1);
    gain = add("gain", kUnits, 1);
    out = add("out", kVocabulary, kUnits);
    outBias = add("out bias", kVocabulary, 1);
  }

  Var loss(Tape& tape, Index first = 0, Index batch = kBatch) const {
    // Of sequences [first, first + batch) of the same text, whatever part of it a shard takes.
    std::uint32_t ids[kSteps * kBatch], targets[kSteps * kBatch];
    std::size_t count = 0;
    for (Index t = 0; t < kSteps; ++t) {
      for (Index b = first; b < first + batch; ++b, ++count) {
        ids[count] = static_cast<std::uint32_t>((t * 5 + b * 3) % kVocabulary);
        targets[count] = static_cast<std::uint32_t>((t * 2 + b) % kVocabulary);
      }
    }
    const auto of = [&](ParameterId id) { return tape.parameter(id); };
    const Var initial = tape.zeros(kUnits, batch);
    const Var x = embeddedAffine(of(input), of(table), {ids, count}, of(bias));
    const Var h = dropout(lstmLayer(x, of(hidden), initial, initial).hidden, static_cast<Real>(0.2));
    tape.watch("h", h, 1);
    const Var n = rmsNorm(h, of(gain));
    const Var seen = add(h, attention(n, n, n, {3, batch, true}));
    return softmaxCrossEntropy(affine(of(out), seen, of(outBias)), {targets, count},
                               static_cast<double>(kSteps * kBatch));
  }
};

Real sumOf(Var var) { return var.value().sum(); }

}  // namespace

class TapeTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void theSteadyStateAllocatesNothing();
  void inferenceGivesTheSameValues();
  void anInferenceStepAllocatesNothing();
  void packedParametersGiveTheSameValues();
  void gradientsAddUp();
  void adjointsOfValues();
  void watchesByNameAndNumber();
  void takesMemoryOnlyWhereNobodyReads();
  void parametersAreSavedAndLoaded();
  void loadingRefusesWhatDoesNotFit();
  void shardsGiveTheSameBits_data();
  void shardsGiveTheSameBits();
  void shardsAreTheWholeBatch();
  void shardRanges();
};

void TapeTest::theSteadyStateAllocatesNothing() {
  SmallModel model;
  Gradients gradients(model.parameters);
  Optimizer optimizer(model.parameters, {});
  Tape tape(model.parameters, &gradients);
  const auto step = [&] {
    tape.clear();
    tape.isTraining = true;
    tape.backward(model.loss(tape));
    optimizer.step(model.parameters, gradients, 1e-3, clipScale(normOf(gradients), 1));
  };
  step();
  step();
  const std::size_t before = allocations;
  QVERIFY(before > 10);  // the count works
  for (int i = 0; i < 5; ++i) step();
  QCOMPARE(allocations.load(), before);
}

void TapeTest::inferenceGivesTheSameValues() {
  SmallModel model;
  Gradients gradients(model.parameters);
  Tape training(model.parameters, &gradients), inference(model.parameters);
  const Real recorded = model.loss(training).value()(0, 0);
  QCOMPARE(model.loss(inference).value()(0, 0), recorded);
  QVERIFY(!inference.isRecording());
}

void TapeTest::anInferenceStepAllocatesNothing() {
  SmallModel model;
  Tape tape(model.parameters);
  const auto step = [&] {
    tape.clear();
    return model.loss(tape, 1, 1).value()(0, 0);
  };
  step();
  step();
  const std::size_t before = allocations;
  const Real once = step();
  QCOMPARE(step(), once);
  QCOMPARE(allocations.load(), before);
}

void TapeTest::packedParametersGiveTheSameValues() {
  SmallModel model;
  Tape plain(model.parameters);
  Tape packed(model.parameters, std::make_shared<const PackedParameters>(model.parameters));
  for (const Index batch : {1, 4}) {
    for (int again = 0; again < 2; ++again) {
      plain.clear();
      packed.clear();
      const Real expected = model.loss(plain, 0, batch).value()(0, 0);
      QVERIFY(std::abs(model.loss(packed, 0, batch).value()(0, 0) - expected) < 1e-6F);
      // What is remembered of the input side is what the product gives.
      const auto sum = [&](Tape& tape) {
        const std::uint32_t ids[] = {3, 8};
        return sumOf(embeddedAffine(tape.parameter(model.input), tape.parameter(model.table), ids,
                                    tape.parameter(model.bias)));
      };
      QVERIFY(std::abs(sum(packed) - sum(plain)) < 1e-5F);
    }
  }
}

void TapeTest::gradientsAddUp() {
  SmallModel model;
  Gradients once(model.parameters), twice(model.parameters);
  Tape first(model.parameters, &once), second(model.parameters, &twice);
  first.backward(model.loss(first));
  second.backward(model.loss(second));
  second.clear();
  second.backward(model.loss(second), 2);
  for (std::size_t i = 0; i < once.values().size(); ++i) {
    QVERIFY(std::abs(twice.values()[i] - 3 * once.values()[i]) <= 1e-6F + 1e-5F * std::abs(once.values()[i]));
  }
}

void TapeTest::adjointsOfValues() {
  Parameters parameters;
  Gradients gradients(parameters);
  Tape tape(parameters, &gradients);
  const Var x = tape.variable(Matrix::Constant(2, 3, 2)), y = tape.variable(Matrix::Constant(2, 3, 5));
  const Var product = hadamard(x, y), unused = scale(x, 3);
  tape.backwardFrom(product, Matrix::Constant(2, 3, 10));
  QVERIFY(tape.adjoint(x).isConstant(50));
  QVERIFY(tape.adjoint(y).isConstant(20));
  QVERIFY(tape.adjoint(product).isConstant(10));
  QVERIFY(tape.adjoint(unused).isZero(0));
}

void TapeTest::watchesByNameAndNumber() {
  SmallModel model;
  Tape tape(model.parameters);
  model.loss(tape);
  QVERIFY(tape.watched("h", 1).tape == &tape);
  QCOMPARE(tape.watched("h", 1).rows(), SmallModel::kUnits);
  QVERIFY(!tape.watched("h", 2).tape);
  QVERIFY(!tape.watched("c", 1).tape);
  tape.clear();
  QVERIFY(!tape.watched("h", 1).tape);
}

/// A recurrent layer puts its gates where its input stood, unless the input is a parameter or somebody else
/// reads it.
void TapeTest::takesMemoryOnlyWhereNobodyReads() {
  Parameters parameters;
  const ParameterId w = parameters.add("w", 3, 3), x = parameters.add("x", 3, 2);
  parameters.value(w).setConstant(static_cast<Real>(0.1));
  parameters.value(x).setConstant(static_cast<Real>(0.5));
  Tape tape(parameters);
  const Var ofParameter = rnnLayer(tape.parameter(x), tape.parameter(w), tape.zeros(3, 1));
  QVERIFY(parameters.value(x).isConstant(static_cast<Real>(0.5)));
  const Var shared = scale(tape.parameter(x), 1), reader = tanh(shared);
  const Var ofShared = rnnLayer(shared, tape.parameter(w), tape.zeros(3, 1));
  QVERIFY(shared.value().isConstant(static_cast<Real>(0.5)));
  const Var alone = scale(tape.parameter(x), 1);
  const Var ofAlone = rnnLayer(alone, tape.parameter(w), tape.zeros(3, 1));
  QCOMPARE(ofAlone.value().data(), alone.value().data());
  QCOMPARE(ofAlone.value(), ofShared.value());
  QCOMPARE(ofAlone.value(), ofParameter.value());
  QVERIFY(reader.value()(0, 0) > 0);
}

void TapeTest::parametersAreSavedAndLoaded() {
  SmallModel model, other;
  TensorSet set;
  model.parameters.save(set, "model.");
  QCOMPARE(set.tensors.size(), model.parameters.size());
  QCOMPARE(set.tensors.at("model.table").shape, (std::vector<std::uint64_t>{9, 12}));
  other.parameters.value(other.hidden).setZero();
  QVERIFY(other.parameters.load(set, "model."));
  QVERIFY(std::ranges::equal(model.parameters.values(), other.parameters.values()));
  QCOMPARE(model.parameters.count(), std::size_t{12 * 9 + 48 * 12 + 48 * 12 + 48 + 12 + 9 * 12 + 9});
}

void TapeTest::loadingRefusesWhatDoesNotFit() {
  SmallModel model;
  const std::vector<Real> before(model.parameters.values().begin(), model.parameters.values().end());
  TensorSet set;
  model.parameters.save(set);
  TensorSet missing = set;
  missing.tensors.erase("bias");
  QVERIFY(!model.parameters.load(missing));
  TensorSet turned = set;
  std::swap(turned.tensors["table"].shape[0], turned.tensors["table"].shape[1]);
  QVERIFY(!model.parameters.load(turned));
  model.parameters.value(model.gain)(3, 0) = std::numeric_limits<Real>::quiet_NaN();
  QVERIFY(!model.parameters.isFinite());
  TensorSet broken;
  model.parameters.save(broken);
  QVERIFY(!model.parameters.load(broken));
  QVERIFY(model.parameters.load(set));
  QVERIFY(std::ranges::equal(model.parameters.values(), before));
}

void TapeTest::shardsGiveTheSameBits_data() {
  QTest::addColumn<int>("threads");
  QTest::newRow("2 threads") << 2;
  QTest::newRow("8 threads") << 8;
}

/// Twenty steps with dropout: parameters bit for bit those of one thread.
void TapeTest::shardsGiveTheSameBits() {
  QFETCH(int, threads);
  const auto train = [](std::size_t count) {
    SmallModel model;
    Shards shards(model.parameters, shardCount(SmallModel::kBatch, 1));
    ThreadPool pool(count);
    Optimizer optimizer(model.parameters, {});
    for (std::uint64_t step = 0; step < 20; ++step) {
      shards.run(pool, [&](std::size_t shard, Tape& tape) {
        tape.isTraining = true;
        tape.rng = Rng::forStream(3, step * 8 + shard);
        const ShardRange range = shardRange(SmallModel::kBatch, shards.count(), shard);
        tape.backward(model.loss(tape, static_cast<Index>(range.first), static_cast<Index>(range.count)));
      });
      optimizer.step(model.parameters, shards.gradients(), 1e-2, clipScale(normOf(shards.gradients()), 1));
    }
    return std::vector<Real>(model.parameters.values().begin(), model.parameters.values().end());
  };
  QVERIFY(train(static_cast<std::size_t>(threads)) == train(1));
}

void TapeTest::shardsAreTheWholeBatch() {
  SmallModel model;
  ThreadPool pool(1);
  Shards parts(model.parameters, 4), whole(model.parameters, 1);
  parts.run(pool, [&](std::size_t shard, Tape& tape) {
    tape.backward(model.loss(tape, static_cast<Index>(shard), 1));
  });
  whole.run(pool, [&](std::size_t, Tape& tape) { tape.backward(model.loss(tape)); });
  double largest = 0;
  for (std::size_t i = 0; i < whole.gradients().values().size(); ++i) {
    const Real expected = whole.gradients().values()[i];
    QVERIFY(std::abs(parts.gradients().values()[i] - expected) < 1e-6F);
    largest = std::max(largest, std::abs(static_cast<double>(expected)));
  }
  QVERIFY(largest > 1e-3);
}

void TapeTest::shardRanges() {
  QCOMPARE(shardCount(32, 16), std::size_t{2});
  QCOMPARE(shardCount(3, 16), std::size_t{1});
  QCOMPARE(shardCount(1000, 1), std::size_t{8});
  for (std::size_t size = 1; size < 40; ++size) {
    for (std::size_t shards = 1; shards <= size && shards <= 8; ++shards) {
      std::size_t next = 0;
      for (std::size_t s = 0; s < shards; ++s) {
        const ShardRange range = shardRange(size, shards, s);
        QCOMPARE(range.first, next);
        QVERIFY(range.count >= size / shards && range.count <= size / shards + 1);
        next += range.count;
      }
      QCOMPARE(next, size);
    }
  }
}

QTEST_GUILESS_MAIN(TapeTest)
#include "tape_test.moc"
