// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/corpus_image.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <utility>

#include "core/text/task_data.h"
#include "core/text/utf8.h"

namespace lexarium {

/// Sees what a Corpus keeps to itself.
class CorpusImager {
 public:
  explicit CorpusImager(CorpusImage image) : image_(std::move(image)) {}
  static CorpusImage imageOf(const Corpus& corpus);
  Expected<std::shared_ptr<const Corpus>> build();

 private:
  using Check = Expected<void>;

  Check checkSizes() const;
  Check checkSentences() const;
  Check checkDocuments() const;
  Check buildVocabulary();
  Check buildPlaces();
  Check addPlace(const Document& document, TokenIndex token, std::uint64_t& end);

  CorpusImage image_;
  std::shared_ptr<Corpus> corpus_ = std::make_shared<Corpus>();
  std::size_t wideUsed_ = 0;
};

namespace {

constexpr std::uint8_t kWide = 255;

tl::unexpected<Error> unfit(const std::string& what) {
  return makeError("The stored text does not fit together: " + what, {}, "Read the text again from its file");
}

bool isInsideCharacter(const std::string& text, std::uint64_t byte) {
  return byte < text.size() && (static_cast<unsigned char>(text[byte]) & 0xC0) == 0x80;
}

}  // namespace

CorpusImage CorpusImager::imageOf(const Corpus& corpus) {
  CorpusImage image;
  image.title = corpus.title_;
  image.options = corpus.options_;
  image.notes = corpus.notes_;
  image.documents = corpus.documents_;
  image.words.reserve(corpus.vocabulary_.size());
  for (TokenId id = 0; id < corpus.vocabulary_.size(); ++id) {
    image.words.emplace_back(corpus.vocabulary_.word(id));
  }
  image.task = corpus.task_;
  image.tokens = corpus.tokens_;
  image.sentenceStarts = corpus.sentenceStarts_;
  if (!image.sentenceStarts.empty()) image.sentenceStarts.pop_back();
  image.gaps = corpus.gaps_;
  image.lengths = corpus.lengths_;
  for (const auto& place : corpus.wide_) {
    image.wideBegins.push_back(place.begin);
    image.wideLengths.push_back(place.length);
  }
  return image;
}

Expected<std::shared_ptr<const Corpus>> CorpusImager::build() {
  for (const auto check :
       {&CorpusImager::checkSizes, &CorpusImager::checkSentences, &CorpusImager::checkDocuments}) {
    if (auto checked = (this->*check)(); !checked) return tl::unexpected<Error>(checked.error());
  }
  corpus_->documents_ = std::move(image_.documents);
  corpus_->tokens_ = std::move(image_.tokens);
  corpus_->gaps_ = std::move(image_.gaps);
  corpus_->lengths_ = std::move(image_.lengths);
  if (auto built = buildVocabulary(); !built) return tl::unexpected<Error>(built.error());
  if (auto built = buildPlaces(); !built) return tl::unexpected<Error>(built.error());
  corpus_->title_ = std::move(image_.title);
  corpus_->options_ = image_.options;
  corpus_->notes_ = std::move(image_.notes);
  corpus_->task_ = std::move(image_.task);
  corpus_->sentenceStarts_ = std::move(image_.sentenceStarts);
  corpus_->sentenceStarts_.push_back(corpus_->tokens_.size());
  return std::shared_ptr<const Corpus>(std::move(corpus_));
}

Expected<void> CorpusImager::checkSizes() const {
  if (image_.tokens.empty()) return unfit("it has no words");
  if (image_.gaps.size() != image_.tokens.size() || image_.lengths.size() != image_.tokens.size()) {
    return unfit("words and places are not equally many");
  }
  if (image_.wideBegins.size() != image_.wideLengths.size()) return unfit("places and lengths differ");
  return {};
}

Expected<void> CorpusImager::checkSentences() const {
  const auto& starts = image_.sentenceStarts;
  if (starts.empty() || starts.front() != 0) return unfit("the first sentence is missing");
  if (starts.back() >= image_.tokens.size()) return unfit("a sentence begins after the last word");
  const auto notRising = [](TokenIndex a, TokenIndex b) { return a >= b; };
  if (std::adjacent_find(starts.begin(), starts.end(), notRising) != starts.end()) {
    return unfit("sentences are not in order");
  }
  return {};
}

Expected<void> CorpusImager::checkDocuments() const {
  TokenIndex next = 0;
  for (const Document& document : image_.documents) {
    if (document.tokens.begin != next || document.tokens.end < next)
      return unfit("documents are not in order");
    next = document.tokens.end;
    const bool hasWords = document.tokens.size() > 0;
    if (hasWords && !std::binary_search(image_.sentenceStarts.begin(), image_.sentenceStarts.end(),
                                        document.tokens.begin)) {
      return unfit("a sentence crosses documents");
    }
    if (findInvalidUtf8(document.text) != std::string::npos) return unfit("a text is not UTF-8");
    const auto notRising = [](const Decoder::Checkpoint& a, const Decoder::Checkpoint& b) {
      return a.utf8Offset >= b.utf8Offset || a.sourceOffset > b.sourceOffset;
    };
    const auto& points = document.checkpoints;
    if (std::adjacent_find(points.begin(), points.end(), notRising) != points.end() ||
        (!points.empty() && points.back().utf8Offset > document.text.size())) {
      return unfit("places in the source are not in order");
    }
  }
  if (next != image_.tokens.size()) return unfit("some words are in no document");
  return {};
}

Expected<void> CorpusImager::buildVocabulary() {
  const std::vector<std::string> words = std::move(image_.words);
  std::vector<std::uint64_t> counts(words.size());
  for (const TokenId token : corpus_->tokens_) {
    if (token >= words.size()) return unfit("a word is not in the vocabulary");
    ++counts[token];
  }
  std::vector<Vocabulary::Entry> entries(words.size());
  for (std::size_t i = 0; i < words.size(); ++i) {
    entries[i] = {words[i], counts[i]};
    if (words[i].empty() || counts[i] == 0 || findInvalidUtf8(words[i]) != std::string::npos) {
      return unfit("the vocabulary has words that are none");
    }
    const bool inOrder =
        i == 0 || counts[i - 1] > counts[i] || (counts[i - 1] == counts[i] && words[i - 1] < words[i]);
    if (!inOrder) return unfit("the vocabulary is not in order");
  }
  corpus_->vocabulary_ = Vocabulary::fromCounts(entries);
  for (TokenId id = 0; id < words.size(); ++id) {
    if (corpus_->vocabulary_.find(words[id]) != id) return unfit("the vocabulary has a word twice");
  }
  return {};
}

Expected<void> CorpusImager::buildPlaces() {
  for (const Document& document : corpus_->documents_) {
    std::uint64_t end = 0;
    for (TokenIndex token = document.tokens.begin; token < document.tokens.end; ++token) {
      if (auto added = addPlace(document, token, end); !added) return added;
    }
  }
  if (wideUsed_ != image_.wideBegins.size()) return unfit("there are places without words");
  return {};
}

Expected<void> CorpusImager::addPlace(const Document& document, TokenIndex token, std::uint64_t& end) {
  std::uint64_t begin = end + corpus_->gaps_[token];
  std::uint64_t length = corpus_->lengths_[token];
  if (corpus_->gaps_[token] == kWide) {
    if (wideUsed_ == image_.wideBegins.size()) return unfit("the place of a word is missing");
    begin = image_.wideBegins[wideUsed_];
    length = image_.wideLengths[wideUsed_];
    ++wideUsed_;
    corpus_->wide_.push_back({token, begin, static_cast<std::uint32_t>(length)});
  }
  const std::uint64_t size = document.text.size();
  if (begin < end || begin > size || length == 0 || length > size - begin ||
      isInsideCharacter(document.text, begin) || isInsideCharacter(document.text, begin + length)) {
    return unfit("a word stands where it cannot stand");
  }
  if (token % Corpus::kBlock == 0) corpus_->blockOffsets_.push_back(begin);
  end = begin + length;
  return {};
}

CorpusImage imageOf(const Corpus& corpus) { return CorpusImager::imageOf(corpus); }

Expected<std::shared_ptr<const Corpus>> corpusFromImage(CorpusImage image) {
  return CorpusImager(std::move(image)).build();
}

namespace {

class CorpusHasher {
 public:
  template <class Number>
  void add(Number number) {
    if (used_ + sizeof number > buffer_.size()) flush();
    for (std::size_t i = 0; i < sizeof number; ++i)
      buffer_[used_++] = static_cast<std::byte>(number >> (8 * i));
  }
  void addText(std::string_view text) {
    add(std::uint64_t{text.size()});
    flush();
    hash_.add(text);
  }
  Sha256::Digest finish() {
    flush();
    return hash_.finish();
  }

 private:
  void flush() {
    hash_.add(std::span<const std::byte>(buffer_).first(used_));
    used_ = 0;
  }

  Sha256 hash_;
  std::array<std::byte, 4096> buffer_{};
  std::size_t used_ = 0;
};

void addWords(CorpusHasher& hash, const Corpus& corpus) {
  hash.add(std::uint64_t{corpus.vocabulary().size()});
  for (TokenId id = 0; id < corpus.vocabulary().size(); ++id) hash.addText(corpus.vocabulary().word(id));
  for (const TokenIndex start : corpus.sentenceStarts()) hash.add(start);
  for (const TokenId token : corpus.tokens()) hash.add(token);
}

void addTask(CorpusHasher& hash, const TaskData* task) {
  if (!task) return;
  hash.add(static_cast<std::uint64_t>(task->kind));
  for (const std::string& label : task->labels) hash.addText(label);
  for (const TaskExample& example : task->examples) {
    hash.addText(example.input);
    hash.addText(example.output);
    for (const std::string& sentence : example.story) hash.addText(sentence);
  }
}

}  // namespace

Sha256::Digest corpusHash(const Corpus& corpus) {
  CorpusHasher hash;
  const ParamSet recipe = toParamSet(corpus.options());
  for (const auto& [key, value] : recipe.values()) {
    hash.addText(key);
    hash.addText(formatParam(value));
  }
  hash.add(std::uint64_t{corpus.documentCount()});
  for (std::size_t i = 0; i < corpus.documentCount(); ++i) {
    hash.addText(corpus.document(i).name);
    hash.addText(corpus.document(i).text);
    hash.add(corpus.document(i).tokens.size());
  }
  addWords(hash, corpus);
  addTask(hash, corpus.task().get());
  return hash.finish();
}

std::string wordsHash(const Corpus& corpus) {
  CorpusHasher hash;
  hash.add(std::uint64_t{corpus.documentCount()});
  for (std::size_t i = 0; i < corpus.documentCount(); ++i) hash.add(corpus.document(i).tokens.size());
  addWords(hash, corpus);
  addTask(hash, corpus.task().get());
  return toHex(hash.finish());
}

}  // namespace lexarium
