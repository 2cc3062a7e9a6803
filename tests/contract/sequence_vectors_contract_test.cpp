// SPDX-License-Identifier: GPL-3.0-or-later
// What every network of the registry must hold when its input layer begins with word vectors, of a file or of
// a run: it has them, frozen ones stay, a run goes on without the file, and what does not fit is said.
#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>

#include "core/base/file.h"
#include "core/train/recipe.h"
#include "core/train/start_vectors.h"
#include "core/train/trainer.h"
#include "tests/support/model_variants.h"
#include "tests/support/toy_corpus.h"

using namespace lexarium;
using Mode = Execution::Mode;

namespace {

constexpr Eigen::Index kSize = 12, kWords = 30;
constexpr Execution kExecution{.mode = Mode::Reproducible, .seed = 7};

std::shared_ptr<const Corpus> corpus() {
  static const auto text = circleCorpus(40, 1500, 3);
  return text;
}

/// Of words [0, kWords) but one.
Matrix someVectors() {
  Rng rng(5);
  Matrix vectors(kSize, kWords);
  for (Eigen::Index i = 0; i < vectors.size(); ++i)
    vectors.data()[i] = static_cast<Real>(rng.uniform() * 6 - 3);
  vectors.col(4).setConstant(std::numeric_limits<Real>::quiet_NaN());
  return vectors;
}

/// Is every column of `table` that of `vectors`, times one factor?
bool isScaled(const Matrix& table, const Matrix& vectors, Real* factor = nullptr) {
  const Real scale = table(0, 0) / vectors(0, 0);
  if (factor) *factor = scale;
  for (Eigen::Index i = 0; i < vectors.cols(); ++i) {
    if (!vectors.col(i).allFinite()) continue;
    if (!table.col(i).isApprox(scale * vectors.col(i), Real(1e-5))) return false;
  }
  return true;
}

double spread(const Matrix& numbers) {
  return std::sqrt(numbers.cast<double>().squaredNorm() / static_cast<double>(numbers.size()));
}

}  // namespace

class SequenceVectorsContractTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase();
  void beginsWithVectors_data() { everyNetwork(); }
  void beginsWithVectors();
  void frozenVectorsStay_data() { everyNetwork(); }
  void frozenVectorsStay();
  void goesOnWithoutTheFile_data() { everyNetwork(); }
  void goesOnWithoutTheFile();
  void forksAndStartsThroughTheTrainer_data() { everyNetwork(); }
  void forksAndStartsThroughTheTrainer();
  void saysWhatDoesNotFit_data() { everyNetwork(); }
  void saysWhatDoesNotFit();
  void countsNeedNoVectors();
  void recipesNameThem();

 private:
  static void everyNetwork() {
    QTest::addColumn<QString>("model");
    QTest::addColumn<bool>("tied");
    for (const ModelInfo& model : models()) {
      if (!findSpec(model.params, kVectorsKey) || model.learnsExamples()) continue;
      for (const bool tied : {false, true})
        QTest::newRow((model.id + (tied ? " tied" : "")).c_str()) << QString::fromStdString(model.id) << tied;
    }
  }
  static const ModelInfo& model() {
    return *findModel(static_cast<QString*>(QTest::qData("model", QMetaType::QString))->toStdString());
  }
  static ParamSet params(bool frozen = false) {
    const bool tied = *static_cast<bool*>(QTest::qData("tied", QMetaType::Bool));
    return with(ParamSet::defaultsOf(model().params), {{"tokens", std::string("words")},
                                                       {"vocabulary", std::int64_t{36}},
                                                       {"dimensions", std::int64_t{kSize}},
                                                       {"units", std::int64_t{kSize}},
                                                       {"layers", std::int64_t{2}},
                                                       {"heads", std::int64_t{3}},
                                                       {"window", std::int64_t{3}},
                                                       {"context", std::int64_t{11}},
                                                       {"batch", std::int64_t{20}},
                                                       {"epochs", std::int64_t{4}},
                                                       {"weight_decay", 0.01},
                                                       {"tied", tied},
                                                       {kVectorsKey, std::string("run:Some run")},
                                                       {kFreezeVectorsKey, frozen}});
  }
  static std::unique_ptr<Learner> prepared(const ParamSet& params, const Matrix* vectors,
                                           bool expectsState = false) {
    auto learner = model().create(corpus(), params, kExecution);
    if (vectors) learner->setVectors(std::make_shared<const Matrix>(*vectors));
    if (expectsState) learner->expectState();
    if (const auto done = learner->prepare({}); !done) qFatal("%s", done.error().message().c_str());
    return learner;
  }
  static Error errorOf(const ParamSet& params, const Matrix* vectors = nullptr) {
    auto learner = model().create(corpus(), params, kExecution);
    if (vectors) learner->setVectors(std::make_shared<const Matrix>(*vectors));
    const auto done = learner->prepare({});
    return done ? Error{} : done.error();
  }

  QTemporaryDir folder_;
  std::string path_, fingerprint_;
};

/// The vectors as a file, some words in capitals, and one that the text does not have.
void SequenceVectorsContractTest::initTestCase() {
  path_ = folder_.filePath("vectors.txt").toStdString();
  const Matrix vectors = someVectors();
  std::ofstream file(pathFromUtf8(path_));
  file.precision(9);
  file << kWords << ' ' << kSize << "\nelsewhere";
  for (Eigen::Index i = 0; i < kSize; ++i) file << " 1";
  for (Eigen::Index i = 0; i < kWords; ++i) {
    if (i == 4) continue;
    file << '\n' << corpus()->vocabulary().word(static_cast<TokenId>(i));
    for (Eigen::Index row = 0; row < kSize; ++row) file << ' ' << vectors(row, i);
  }
  file << '\n';
  file.close();
  const auto found = fileFingerprint(pathFromUtf8(path_));
  QVERIFY(found.has_value());
  fingerprint_ = *found;
}

void SequenceVectorsContractTest::beginsWithVectors() {
  const Matrix vectors = someVectors();
  const Matrix drawn = vectorsOf(*prepared(with(params(), {{kVectorsKey, std::string()}}), nullptr));
  QVERIFY(!isScaled(drawn, vectors));
  const Matrix begun = vectorsOf(*prepared(params(), &vectors));
  QVERIFY(isScaled(begun, vectors));
  QVERIFY(std::abs(spread(begun) / spread(drawn) - 1) < 0.2);  // as large as what was drawn there
  // Words without a vector keep what was drawn.
  QVERIFY(sameBits(begun.col(4), drawn.col(4)));
  QVERIFY(sameBits(begun.rightCols(begun.cols() - kWords), drawn.rightCols(begun.cols() - kWords)));
  // The same from the file.
  const auto read = with(params(), {{kVectorsKey, path_}, {kVectorsFingerprintKey, fingerprint_}});
  const Matrix fromFile = vectorsOf(*prepared(read, nullptr));
  QVERIFY(isScaled(fromFile, vectors));
  // More vectors than the model has words.
  Matrix more = Matrix::Ones(kSize, 40);
  QVERIFY(isScaled(vectorsOf(*prepared(params(), &more)), more.leftCols(36)));
}

void SequenceVectorsContractTest::frozenVectorsStay() {
  const Matrix vectors = someVectors();
  for (const bool frozen : {false, true}) {
    const auto learner = prepared(params(frozen), &vectors);
    const Matrix before = vectorsOf(*learner);
    double first = 0, last = 0;
    for (int step = 0; step < 20; ++step) {
      const StepReport report = learner->step();
      (step == 0 ? first : last) = report.lossSum / static_cast<double>(report.examples);
      QVERIFY(report.gradientNorm > 0);
    }
    QCOMPARE(sameBits(vectorsOf(*learner), before), frozen);
    QVERIFY(last < first);
  }
}

void SequenceVectorsContractTest::goesOnWithoutTheFile() {
  const Matrix vectors = someVectors();
  for (const bool frozen : {false, true}) {
    const auto whole = prepared(params(frozen), &vectors);
    for (int i = 0; i < 5; ++i) whole->step();
    const TensorSet state = whole->saveState();
    const auto second =
        prepared(with(params(frozen), {{kVectorsKey, std::string("not/here.txt")}}), nullptr, true);
    QVERIFY(second->restoreState(state).has_value());
    for (int i = 0; i < 5; ++i) QCOMPARE(second->step().lossSum, whole->step().lossSum);
    QVERIFY(second->saveState() == whole->saveState());
    QCOMPARE(isScaled(vectorsOf(*second), vectors), frozen);
  }
}

void SequenceVectorsContractTest::forksAndStartsThroughTheTrainer() {
  RunConfig config{model().id, params(true), kExecution};
  const auto vectors = startVectorsOfFile(pathFromUtf8(path_), *corpus());
  QVERIFY(vectors.has_value());
  QCOMPARE(vectors->wordsFound, std::size_t{kWords - 1});
  QCOMPARE(vectors->wordsInFile, std::size_t{kWords});
  config.params =
      with(config.params, {{"dimensions", std::int64_t{5}}, {"tokens", std::string("characters")}});
  useVectors(config, *vectors);
  QCOMPARE(config.params.getInt(sizeKey(config.params)), std::int64_t{kSize});
  auto trainer = Trainer::create(corpus(), config);
  QVERIFY(trainer.has_value());
  QVERIFY(!(*trainer)->config().vectors);  // not kept beyond the beginning
  (*trainer)->keepCheckpoints(true);
  (*trainer)->startPaused();
  (*trainer)->stepOnce();
  QVERIFY((*trainer)->waitFor([](const RunStatus& status) { return status.step == 1; }, 60));
  (*trainer)->stop();
  QVERIFY((*trainer)->wait(60));
  QVERIFY(isScaled((*trainer)->snapshot()->all->vectors, *vectors->table));
  const auto checkpoint = (*trainer)->takeCheckpoint();
  QVERIFY(checkpoint);
  // A fork whose vectors may move now; the file is not needed.
  RunConfig branch = checkpoint->config;
  branch.params.set(kFreezeVectorsKey, false);
  branch.params.set(kVectorsKey, std::string("not/here.txt"));
  auto fork = Trainer::resumed(corpus(), checkpoint, {}, branch);
  QVERIFY(fork.has_value());
  (*fork)->start();
  QVERIFY((*fork)->wait(60));
  QCOMPARE((*fork)->status().state, RunStatus::State::Finished);
  QVERIFY(!isScaled((*fork)->snapshot()->all->vectors, *vectors->table));
  // Vectors of a run are named by it.
  const StartVectors ofRun = startVectorsOfRun("Two", (*fork)->snapshot()->all);
  QCOMPARE(ofRun.named, std::string("run:Two"));
  QCOMPARE(ofRun.fingerprint.size(), std::size_t{8});
  QVERIFY(sameBits(*ofRun.table, (*fork)->snapshot()->all->vectors));
}

void SequenceVectorsContractTest::saysWhatDoesNotFit() {
  const auto says = [](const Error& error, const char* part) {
    const std::string message = error.message();
    return !error.what.empty() && !error.advice.empty() && message.find('\n') == std::string::npos &&
           message.find(part) != std::string::npos;
  };
  const Matrix vectors = someVectors(), shorter = vectors.topRows(5);
  QVERIFY(errorOf(params(), &vectors).what.empty());
  QVERIFY(says(errorOf(params(), &shorter), "5 numbers each"));
  QVERIFY(says(errorOf(params()), "Some run"));
  QVERIFY(says(errorOf(with(params(), {{"tokens", std::string("characters")}}), &vectors), "words"));
  QVERIFY(says(errorOf(with(params(), {{kVectorsKey, std::string("not/here.txt")}})), "here.txt"));
  const auto other =
      with(params(), {{kVectorsKey, path_}, {kVectorsFingerprintKey, std::string("00000000")}});
  QVERIFY(says(errorOf(other), fingerprint_.c_str()));
  const std::string broken = folder_.filePath("broken.txt").toStdString();
  std::ofstream(pathFromUtf8(broken)) << "2 3\nw1 1 2\n";
  QVERIFY(says(errorOf(with(params(), {{kVectorsKey, broken}})), "broken.txt"));
}

void SequenceVectorsContractTest::countsNeedNoVectors() {
  const ModelInfo& ngram = *findModel("ngram");
  RunConfig config{ngram.id, ParamSet::defaultsOf(ngram.params), kExecution};
  const ParamSet before = config.params;
  useVectors(config, {"x", "y", std::make_shared<const Matrix>(someVectors()), 1, 1});
  QVERIFY(config.params == before && !config.vectors);
}

void SequenceVectorsContractTest::recipesNameThem() {
  const ModelInfo& lstm = *findModel("lstm");
  Recipe recipe;
  recipe.run = {lstm.id,
                with(ParamSet::defaultsOf(lstm.params), {{kVectorsKey, std::string("elsewhere/vectors.txt")},
                                                         {kVectorsFingerprintKey, fingerprint_}}),
                kExecution};
  const auto file = pathFromUtf8(folder_.filePath("recipe.json").toStdString());
  QVERIFY(writeFileAtomically(file, recipeToJson(recipe)).has_value());
  const auto beside = readRecipeFile(file);  // where vectors.txt lies
  QVERIFY(beside.has_value());
  QCOMPARE(pathFromUtf8(vectorsNamed(beside->run.params)), pathFromUtf8(path_));
  recipe.run.params.set(kVectorsKey, std::string("run:Skip-gram 1"));
  QVERIFY(writeFileAtomically(file, recipeToJson(recipe)).has_value());
  QCOMPARE(vectorsNamed(readRecipeFile(file)->run.params), std::string("run:Skip-gram 1"));
}

QTEST_GUILESS_MAIN(SequenceVectorsContractTest)
#include "sequence_vectors_contract_test.moc"
