// SPDX-License-Identifier: GPL-3.0-or-later
// core/project/kept_layout and what an opened project brings beside its runs.
#include "core/project/kept_layout.h"

#include <QTemporaryDir>
#include <QTest>
#include <limits>

#include "core/base/file.h"
#include "core/project/opened_project.h"
#include "tests/support/some_project.h"

using namespace lexarium;
using namespace lexarium::test;

namespace {

KeptLayout someLayout() {
  KeptLayout layout;
  layout.step = 70;
  layout.method = "tsne";
  layout.params.set("perplexity", 12.5);
  layout.iteration = 431;
  layout.converged = true;
  layout.places = Layout::Random(2, 9);
  return layout;
}

}  // namespace

class KeptLayoutTest : public QObject {
  Q_OBJECT

 private:
  std::unique_ptr<QTemporaryDir> folder_;
  std::optional<Project> project_;
  RecordId run_ = 0;

 private Q_SLOTS:
  void init() {
    folder_ = std::make_unique<QTemporaryDir>();
    auto project = Project::create(pathFromUtf8(folder_->filePath("p.lexarium").toStdString()));
    QVERIFY(project.has_value());
    project_.emplace(std::move(*project));
    fillProject(*project_);
    run_ = project_->runs()->front().id;
  }
  void cleanup() { project_.reset(); }

  void theNewestIsThereAgain() {
    KeptLayout first = someLayout();
    first.step = 5;
    QVERIFY(keepLayout(*project_, run_, first).has_value());
    const KeptLayout layout = someLayout();
    QVERIFY(keepLayout(*project_, run_, layout).has_value());
    QCOMPARE(project_->layouts(run_)->size(), std::size_t{1});
    const auto read = readKeptLayout(*project_, run_);
    QVERIFY(read.has_value() && read->has_value());
    QVERIFY((*read)->places == layout.places && (*read)->params == layout.params);
    QVERIFY((*read)->step == 70 && (*read)->method == "tsne" && (*read)->iteration == 431);
    QVERIFY((*read)->converged);
    // With the run, when the project is opened.
    const auto path = project_->path();
    project_.reset();
    auto opened = readOpened(std::move(*Project::open(path)), 0);
    QVERIFY(opened.has_value());
    QVERIFY(opened->runs.front().layout && opened->runs.front().layout->places == layout.places);
  }

  void whatIsNoLayoutIsRefused() {
    const auto readAfter = [&](std::uint64_t words, Layout places) {
      const auto before = project_->layouts(run_);
      for (const auto& record : *before) (void)project_->removeLayout(record.id);
      TensorSet set;
      set.tensors["places"] = makeTensor<float>({places.data(), static_cast<std::size_t>(places.size())},
                                                {static_cast<std::uint64_t>(places.cols()), 2});
      LayoutRecord record;
      record.run = run_;
      record.words = words;
      if (!project_->addLayout(record, set)) qFatal("not added");
      return readKeptLayout(*project_, run_);
    };
    QVERIFY(readAfter(4, Layout::Zero(2, 4)).has_value());
    QVERIFY(!readAfter(5, Layout::Zero(2, 4)).has_value());
    QVERIFY(!readAfter(std::uint64_t{1} << 62, Layout::Zero(2, 4)).has_value());
    Layout bad = Layout::Zero(2, 4);
    bad(1, 2) = std::numeric_limits<float>::quiet_NaN();
    QVERIFY(!readAfter(4, bad).has_value());
  }

  void anOpenedProjectBringsWhatWasKept() {
    QVERIFY(project_->setState(kWindow, "{}").has_value());
    const auto corpora = *project_->corpora();
    SelectionRecord selection;
    selection.corpus = corpora.back().id;
    selection.name = "with words that the text does not have";
    selection.words = {0, 1, 1'000'000'000};
    QVERIFY(project_->addSelection(selection).has_value());
    const auto path = project_->path();
    project_.reset();
    auto opened = readOpened(std::move(*Project::open(path)), 0);
    QVERIFY(opened.has_value());
    QCOMPARE(opened->window, std::string("{}"));
    QCOMPARE(opened->bookmarks.size(), std::size_t{1});
    QCOMPARE(opened->notes.size(), std::size_t{1});
    QCOMPARE(opened->selections.size(), std::size_t{2});
    QCOMPARE(opened->selections.back().words, (std::vector<TokenId>{0, 1}));
  }
};

QTEST_GUILESS_MAIN(KeptLayoutTest)
#include "kept_layout_test.moc"
