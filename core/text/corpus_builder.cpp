// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/corpus_builder.h"

#include <utility>

namespace lexarium {

namespace {

// Grows to what the whole text will need by its first part, so that nothing is copied again and again, and
// memory never held twice.
template <class T>
void reserveFor(std::vector<T>& values, std::size_t begin, double done) {
  if (values.capacity() - values.size() > values.size() / 64 + (1 << 15)) return;
  const double expected = static_cast<double>(values.size() - begin) / done * 1.03;
  const std::size_t forDocument = begin + static_cast<std::size_t>(expected) + (1 << 16);
  values.reserve(std::max(forDocument, values.size() + values.size() / 4));
}

}  // namespace

Expected<CorpusBuilder> CorpusBuilder::create(std::string title, const SegmentOptions& options) {
  CorpusBuilder builder;
  builder.corpus_ = std::make_shared<Corpus>();
  builder.corpus_->title_ = std::move(title);
  builder.corpus_->options_ = options;
  builder.words_ = std::make_unique<WordTable>();
  auto segmenter = Segmenter::create(options, *builder.words_);
  if (!segmenter) return tl::unexpected<Error>(segmenter.error());
  builder.segmenter_ = std::make_unique<Segmenter>(std::move(*segmenter));
  return builder;
}

Expected<void> CorpusBuilder::add(Document document, const ProgressPart& progress) {
  Corpus& corpus = *corpus_;
  const std::string phase = "Cutting " + document.name;
  corpus.documents_.push_back(std::move(document));
  Document& added = corpus.documents_.back();
  added.tokens = {corpus.tokens_.size(), corpus.tokens_.size()};

  segmenter_->start(added.text);
  std::vector<SegmentedToken> tokens;
  std::uint64_t previousEnd = 0;
  for (std::size_t pieces = 0; segmenter_->next(tokens); ++pieces) {
    const double done = static_cast<double>(segmenter_->position()) / static_cast<double>(added.text.size());
    for (const SegmentedToken& token : tokens) append(token, previousEnd);
    reserveFor(done);
    if (progress.context.stopRequested()) return cancelled();
    if (pieces % 64 == 0) progress.report(done, phase);
  }
  added.tokens.end = corpus.tokens_.size();
  added.droppedLongTokens = segmenter_->droppedLongTokens();
  added.lineEndsSentence = segmenter_->rules().lineEndsSentence;
  return {};
}

void CorpusBuilder::reserveFor(double doneOfText) {
  Corpus& corpus = *corpus_;
  const std::size_t begin = corpus.documents_.back().tokens.begin;
  lexarium::reserveFor(corpus.tokens_, begin, doneOfText);
  lexarium::reserveFor(corpus.gaps_, begin, doneOfText);
  lexarium::reserveFor(corpus.lengths_, begin, doneOfText);
}

void CorpusBuilder::append(const SegmentedToken& token, std::uint64_t& previousEnd) {
  Corpus& corpus = *corpus_;
  const TokenIndex index = corpus.tokens_.size();
  if (index % Corpus::kBlock == 0) corpus.blockOffsets_.push_back(token.begin);
  if (token.beginsSentence) corpus.sentenceStarts_.push_back(index);
  const std::uint64_t gap = token.begin - previousEnd;
  if (gap < 255 && token.length <= 255) {
    corpus.gaps_.push_back(static_cast<std::uint8_t>(gap));
    corpus.lengths_.push_back(static_cast<std::uint8_t>(token.length));
  } else {
    corpus.gaps_.push_back(255);
    corpus.lengths_.push_back(255);
    corpus.wide_.push_back({index, token.begin, token.length});
  }
  corpus.tokens_.push_back(token.word);
  previousEnd = token.begin + token.length;
  if (token.word >= counts_.size()) counts_.resize(token.word + std::size_t{1});
  ++counts_[token.word];
}

Error CorpusBuilder::nothingFound() const {
  const std::string where =
      corpus_->documents_.size() == 1 ? corpus_->documents_.front().name : corpus_->title_;
  if (corpus_->textBytes() == 0) return {"The file is empty", where, "Choose a file with text in it"};
  std::uint64_t dropped = 0;
  for (const Document& document : corpus_->documents_) dropped += document.droppedLongTokens;
  if (dropped > 0) {
    return {"There are no words in this text, only pieces of more than " +
                std::to_string(kMaximumTokenBytes) + " bytes without a break",
            where, "Choose another text, or cut it into characters"};
  }
  return {"There are no words in this text", where,
          "Choose another text or encoding, or keep numbers and punctuation as words"};
}

Expected<std::shared_ptr<const Corpus>> CorpusBuilder::finish(const TaskContext& context) {
  Corpus& corpus = *corpus_;
  if (corpus.tokens_.empty()) return tl::unexpected<Error>(nothingFound());
  context.report(1, "Sorting the words");
  segmenter_.reset();
  words_->dropSlots();
  std::vector<TokenId> rankOf;
  {
    std::vector<Vocabulary::Entry> entries(words_->size());
    for (std::uint32_t i = 0; i < entries.size(); ++i) entries[i] = {words_->word(i), counts_[i]};
    corpus.vocabulary_ = Vocabulary::fromCounts(entries, &rankOf);
  }
  words_.reset();
  constexpr std::size_t kBetweenLooks = 1 << 22;
  for (std::size_t at = 0; at < corpus.tokens_.size(); at += kBetweenLooks) {
    if (context.stopRequested()) return cancelled();
    const std::size_t end = std::min(corpus.tokens_.size(), at + kBetweenLooks);
    for (std::size_t i = at; i < end; ++i) corpus.tokens_[i] = rankOf[corpus.tokens_[i]];
  }
  corpus.sentenceStarts_.push_back(corpus.tokens_.size());
  return std::shared_ptr<const Corpus>(std::move(corpus_));
}

std::shared_ptr<const Corpus> CorpusBuilder::ofWords(std::string title, Vocabulary vocabulary) {
  auto corpus = std::make_shared<Corpus>();
  corpus->title_ = std::move(title);
  corpus->vocabulary_ = std::move(vocabulary);
  return corpus;
}

std::shared_ptr<const Corpus> corpusOfWords(std::string title, Vocabulary vocabulary) {
  return CorpusBuilder::ofWords(std::move(title), std::move(vocabulary));
}

}  // namespace lexarium
