// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/base/expected.h"
#include "core/base/progress.h"
#include "core/text/corpus.h"
#include "core/text/segmenter.h"
#include "core/text/word_table.h"

namespace lexarium {

/// Part of a longer task: its own progress of 0 to 1 is shown as begin to end.
struct ProgressPart {
  const TaskContext& context;
  double begin = 0;
  double end = 1;

  void report(double fraction, const std::string& phase) const {
    context.report(begin + (end - begin) * fraction, phase);
  }
  ProgressPart part(double from, double to) const {
    return {context, begin + (end - begin) * from, begin + (end - begin) * to};
  }
};

/// Takes decoded documents one after the other and makes a Corpus of them.
class CorpusBuilder {
 public:
  static Expected<CorpusBuilder> create(std::string title, const SegmentOptions& options);

  /// corpusOfWords()
  static std::shared_ptr<const Corpus> ofWords(std::string title, Vocabulary vocabulary);

  /// Segments document.text (valid UTF-8) and keeps the document. Errors: cancelled.
  Expected<void> add(Document document, const ProgressPart& progress);
  const Document& lastDocument() const { return corpus_->documents_.back(); }
  void setTask(std::shared_ptr<const TaskData> task) { corpus_->task_ = std::move(task); }
  void note(std::string sentence) { corpus_->notes_.push_back(std::move(sentence)); }
  /// Sorts the vocabulary and gives the corpus away. Errors: no words at all, cancelled.
  Expected<std::shared_ptr<const Corpus>> finish(const TaskContext& context);

 private:
  CorpusBuilder() = default;
  void reserveFor(double doneOfText);
  void append(const SegmentedToken& token, std::uint64_t& previousEnd);
  Error nothingFound() const;

  std::shared_ptr<Corpus> corpus_;
  std::unique_ptr<WordTable> words_;
  std::unique_ptr<Segmenter> segmenter_;
  std::vector<std::uint64_t> counts_;  // by number in words_
};

}  // namespace lexarium
