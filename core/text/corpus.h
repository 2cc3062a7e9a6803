// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/expected.h"
#include "core/base/matrix.h"
#include "core/base/progress.h"
#include "core/text/decode.h"
#include "core/text/segment.h"
#include "core/text/vocabulary.h"

namespace lexarium {

/// [begin, end) in bytes.
struct ByteRange {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
  bool operator==(const ByteRange&) const = default;
};

/// [begin, end) in tokens of the corpus.
struct TokenRange {
  TokenIndex begin = 0;
  TokenIndex end = 0;
  TokenIndex size() const { return end - begin; }
  bool operator==(const TokenRange&) const = default;
};

struct TaskData;

/// One source text of a corpus.
struct Document {
  std::string name;            ///< file name (in a folder: the path from there), or the sample's title
  std::filesystem::path path;  ///< empty for a sample
  Encoding encoding;
  std::string text;  ///< the whole text, decoded to UTF-8, otherwise as in the source
  TokenRange tokens;
  std::uint64_t sourceBytes = 0;
  std::uint64_t replacedSequences = 0;  ///< ill-formed bytes shown as U+FFFD
  std::uint64_t replacedNuls = 0;
  std::uint64_t droppedLongTokens = 0;  ///< pieces over kMaximumTokenBytes without a break
  bool lineEndsSentence = false;        ///< how SegmentOptions::lineEnds turned out
  std::vector<Decoder::Checkpoint> checkpoints;
};

/// A piece without a break longer than this is no word: it is left out and counted.
inline constexpr std::size_t kMaximumTokenBytes = 1024;

/// Token ids of all documents with their place in the text. Immutable; shared as shared_ptr<const Corpus>.
/// About 6 bytes a token beside the text.
class Corpus {
 public:
  const std::string& title() const { return title_; }
  const SegmentOptions& options() const { return options_; }
  const Vocabulary& vocabulary() const { return vocabulary_; }
  std::span<const TokenId> tokens() const { return tokens_; }
  /// False for words that came without a text (vectors from a file): then there are no tokens and no
  /// documents, and the counts of the vocabulary only keep its order.
  bool hasText() const { return !tokens_.empty(); }
  std::size_t documentCount() const { return documents_.size(); }
  const Document& document(std::size_t index) const { return documents_[index]; }

  /// Index of each sentence's first token, rising, with tokens().size() as the last element; a sentence never
  /// crosses a document.
  std::span<const TokenIndex> sentenceStarts() const { return sentenceStarts_; }
  std::size_t sentenceCount() const { return sentenceStarts_.empty() ? 0 : sentenceStarts_.size() - 1; }
  TokenRange sentence(std::size_t index) const {
    return {sentenceStarts_[index], sentenceStarts_[index + 1]};
  }
  std::size_t sentenceOf(TokenIndex token) const;
  std::size_t documentOf(TokenIndex token) const;

  /// The token's bytes in document(documentOf(token)).text. O(64).
  ByteRange textRange(TokenIndex token) const;
  /// The ranges of `tokens` (all in one document), appended to `ranges`; faster than one by one.
  void textRanges(TokenRange tokens, std::vector<ByteRange>& ranges) const;
  /// The token's bytes in the source file, before decoding; for a text from memory those in document.text,
  /// after a byte order mark. May read a part of the file again. Errors: it is gone or has changed.
  Expected<ByteRange> sourceRange(TokenIndex token) const;
  /// The token that covers this byte of the document's text, or the nearest before it; none before the first.
  std::optional<TokenIndex> tokenAt(std::size_t document, std::uint64_t byte) const;

  /// The examples of which the text was made, if it was made of examples; else null.
  const std::shared_ptr<const TaskData>& task() const { return task_; }

  /// Sentences worth knowing about the text as a whole: what was replaced, left out, or doubtful; for the
  /// person.
  const std::vector<std::string>& notes() const { return notes_; }
  std::uint64_t textBytes() const;
  /// Memory held, in bytes (text included).
  std::size_t memoryBytes() const;

 private:
  friend class CorpusBuilder;
  friend class CorpusImager;
  std::string title_;
  SegmentOptions options_;
  Vocabulary vocabulary_;
  std::vector<TokenId> tokens_;
  std::vector<TokenIndex> sentenceStarts_;
  std::vector<Document> documents_;
  std::vector<std::string> notes_;
  std::shared_ptr<const TaskData> task_;
  // Place of tokens: gap to the previous token's end and length, a byte each; 255 means look into wide_. An
  // absolute offset stands at every kBlock-th token and at each document's first.
  static constexpr std::size_t kBlock = 64;
  struct WidePlace {
    TokenIndex token;
    std::uint64_t begin;
    std::uint32_t length;
  };
  std::vector<std::uint8_t> gaps_;
  std::vector<std::uint8_t> lengths_;
  std::vector<std::uint64_t> blockOffsets_;
  std::vector<WidePlace> wide_;
};

/// What to read and how.
struct CorpusRequest {
  std::vector<std::filesystem::path>
      paths;  ///< files and folders (searched for *.txt, *.text, *.md below them)
  SegmentOptions options;
  std::string encoding;  ///< ICU name to use for all files; empty: find out for each
  std::string title;     ///< empty: made from the file names
};

/// Reads, decodes, segments and counts. Streams: holds the text, the tokens and one block. Errors: nothing
/// readable, no words at all ("The file is empty"), not a regular file, out of memory, cancelled. A folder in
/// which some files fail is read without them and notes() says which.
Expected<std::shared_ptr<const Corpus>> loadCorpus(const CorpusRequest& request,
                                                   const TaskContext& context = {});

/// The same for a text in memory (samples, tests, text pasted).
Expected<std::shared_ptr<const Corpus>> corpusFromText(std::string title, std::string utf8,
                                                       const SegmentOptions& options,
                                                       const TaskContext& context = {});
/// Words without a text, in the order of the vocabulary: hasText() is false.
std::shared_ptr<const Corpus> corpusOfWords(std::string title, Vocabulary vocabulary);
/// One document a text.
struct NamedText {
  std::string name;
  std::string utf8;
};
Expected<std::shared_ptr<const Corpus>> corpusFromTexts(std::string title, std::vector<NamedText> texts,
                                                        const SegmentOptions& options,
                                                        const TaskContext& context = {},
                                                        std::shared_ptr<const TaskData> task = nullptr);

}  // namespace lexarium
