// SPDX-License-Identifier: GPL-3.0-or-later
#include <unordered_map>

#include "core/text/tokenizers.h"
#include "core/text/utf8.h"

namespace lexarium {
namespace {

constexpr const char* kUnknown = "<unk>";
constexpr const char* kSentenceEnd = "\n";

/// From here on scripts are written without spaces between words (CJK radicals, kana, ideographs ...).
constexpr char32_t kWithoutSpaces = 0x2E80;

bool needsSpace(std::string_view left, std::string_view right) {
  if (left.empty() || right.empty() || left.back() == '\n' || right.front() == '\n') return false;
  const char32_t last = utf8UnitAt(left, codePointBefore(left, left.size())).codePoint;
  return last < kWithoutSpaces || utf8UnitAt(right, 0).codePoint < kWithoutSpaces;
}

class Words final : public WordTokenizer {
 public:
  Words(std::vector<std::string> words, const SegmentOptions& options)
      : texts_(std::move(words)), words_(texts_.size()), options_(options) {
    for (std::size_t i = 0; i < words_; ++i) ids_.emplace(texts_[i], static_cast<TokenId>(i));
    texts_.emplace_back(kUnknown);
    texts_.emplace_back(kSentenceEnd);
  }

  Kind kind() const override { return Kind::Words; }
  std::size_t size() const override { return texts_.size(); }
  std::size_t words() const override { return words_; }
  std::string_view text(TokenId id) const override { return texts_[id]; }
  TokenId unknown() const override { return static_cast<TokenId>(words_); }
  TokenId sentenceEnd() const override { return static_cast<TokenId>(words_ + 1); }

  TokenizedText encode(std::string_view utf8) const override {
    TokenizedText result;
    const auto corpus = corpusFromText("text", std::string(utf8), options_);
    if (!corpus) return result;  // no word in it
    const Corpus& text = **corpus;
    std::size_t sentence = 0;
    for (TokenIndex i = 0; i < text.tokens().size(); ++i) {
      const ByteRange range = text.textRange(i);
      if (sentence + 1 < text.sentenceCount() && text.sentenceStarts()[sentence + 1] == i) {
        ++sentence;
        result.ids.push_back(sentenceEnd());
        result.ranges.push_back({result.ranges.back().end, range.begin});
      }
      const auto found = ids_.find(std::string(text.vocabulary().word(text.tokens()[i])));
      result.ids.push_back(found == ids_.end() ? unknown() : found->second);
      result.ranges.push_back(range);
    }
    return result;
  }

  std::string decode(std::span<const TokenId> ids) const override {
    std::string text;
    for (const TokenId id : ids) {
      if (needsSpace(text, texts_[id])) text += ' ';
      text += texts_[id];
    }
    return text;
  }

  SavedTokenizer save() const override {
    SavedTokenizer saved{{"kind", tokenizerName(kind())},
                         {"words", joinParts(std::span(texts_).first(words_))}};
    const ParamSet options = toParamSet(options_);
    for (const auto& [key, value] : options.values()) saved["segmentation." + key] = formatParam(value);
    return saved;
  }

 private:
  std::vector<std::string> texts_;
  std::size_t words_;
  SegmentOptions options_;
  std::unordered_map<std::string, TokenId> ids_;
};

}  // namespace

Expected<std::shared_ptr<const WordTokenizer>> makeWordTokenizer(const Corpus& corpus,
                                                                 std::uint64_t minimumCount,
                                                                 std::size_t mostWords) {
  const std::size_t kept = corpus.vocabulary().keptWords(minimumCount, mostWords);
  if (kept == 0) {
    return makeError("No word occurs at least " + std::to_string(minimumCount) + " times", corpus.title(),
                     "Lower the minimum count");
  }
  std::vector<std::string> words;
  words.reserve(kept);
  for (std::size_t i = 0; i < kept; ++i)
    words.emplace_back(corpus.vocabulary().word(static_cast<TokenId>(i)));
  return std::make_shared<const Words>(std::move(words), corpus.options());
}

Expected<TokenizerPtr> loadWordTokenizer(const SavedTokenizer& saved) {
  const auto joined = partOf(saved, "words");
  if (!joined) return tl::unexpected<Error>(joined.error());
  ParamSet options = toParamSet(SegmentOptions{});
  for (const ParamSpec& spec : segmentParamSpecs()) {
    const auto text = partOf(saved, "segmentation." + spec.key);
    if (!text) return tl::unexpected<Error>(text.error());
    auto value = parseParam(spec, *text);
    if (!value) return tl::unexpected<Error>(value.error());
    options.set(spec.key, std::move(*value));
  }
  std::vector<std::string> words = splitParts(*joined);
  if (words.empty()) return makeError("It has no words", "words");
  return std::make_shared<const Words>(std::move(words), segmentOptionsFrom(options));
}

}  // namespace lexarium
