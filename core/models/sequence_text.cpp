// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/sequence_text.h"

#include "core/base/sha256.h"
#include "core/text/bpe.h"
#include "core/text/tokenizers.h"

namespace lexarium {
namespace {

constexpr std::size_t kLeastTokens = 2;
// A token held back says nothing, a hundred say little.
constexpr std::size_t kLeastHeldBack = 8;

Expected<TokenizerPtr> makeTokenizer(const Corpus& corpus, const ParamSet& params,
                                     const TaskContext& context) {
  const auto most = static_cast<std::size_t>(params.getInt("vocabulary"));
  const auto texts = textsOf(corpus);
  const std::string& kind = params.getChoice("tokens");
  if (kind == tokenizerName(Tokenizer::Kind::Words)) {
    auto words = makeWordTokenizer(corpus, 1, most);
    if (!words) return tl::unexpected<Error>(words.error());
    return TokenizerPtr(std::move(*words));
  }
  if (kind == tokenizerName(Tokenizer::Kind::Subwords)) {
    // Half of the tokens at most are single characters: the others are to be learned.
    return trainBpe(texts, most, most - most / 2, context);
  }
  if (kind == tokenizerName(Tokenizer::Kind::SentencePieces)) {
    return trainSentencePieces(texts, most, most - most / 2, context);
  }
  return makeCharacterTokenizer(texts, most);
}

std::uint64_t charactersOf(const Corpus& corpus) {
  std::uint64_t characters = 0;
  for (const std::string_view text : textsOf(corpus)) {
    for (const char byte : text) characters += (static_cast<unsigned char>(byte) & 0xC0) != 0x80 ? 1 : 0;
  }
  return characters;
}

}  // namespace

void addTextParams(std::vector<ParamSpec>& specs) {
  specs.push_back(
      choiceParam("tokens", "Tokens",
                  "What the text is cut into: single characters, words, or parts of words that are "
                  "learned from the text: by joining frequent pairs (subwords) or as the likeliest pieces "
                  "(SentencePiece).",
                  tokenizerName(Tokenizer::Kind::Characters),
                  {{tokenizerName(Tokenizer::Kind::Characters), "Characters"},
                   {tokenizerName(Tokenizer::Kind::Words), "Words"},
                   {tokenizerName(Tokenizer::Kind::Subwords), "Subwords"},
                   {tokenizerName(Tokenizer::Kind::SentencePieces), "SentencePiece"}}));
  specs.push_back(integerParam(
      "vocabulary", "Vocabulary", "tokens",
      "How many different tokens there are at most; rarer characters or words share one.", 2000, 2, 100'000));
  specs.push_back(numberParam(
      "held_back", "Held back", "",
      "Which share of the text, at its end, is not learned but measures what was learned.", 0.1, 0, 0.9));
  specs.back().advanced = true;
}

Expected<SequenceText> SequenceText::create(const Corpus& corpus, const ParamSet& params,
                                            const TaskContext& context) {
  context.report(-1, "Cutting the text into tokens");
  if (context.stopRequested()) return cancelled();
  const auto tooShort = [&] {
    return makeError("There are fewer than two tokens in the text", corpus.title(), "Choose a longer text");
  };
  if (!corpus.hasText()) return tooShort();
  auto tokenizer = makeTokenizer(corpus, params, context);
  if (!tokenizer) return tl::unexpected<Error>(tokenizer.error());
  context.report(0, "Reading the text as tokens");
  if (context.stopRequested()) return cancelled();
  auto ids = encodeCorpus(**tokenizer, corpus, context);
  if (!ids) return tl::unexpected<Error>(ids.error());
  SequenceText text;
  text.tokenizer = std::move(*tokenizer);
  text.ids = std::move(*ids);
  if (text.ids.size() < kLeastTokens) return tooShort();
  text.charactersPerToken = static_cast<double>(charactersOf(corpus)) / static_cast<double>(text.ids.size());
  const auto heldBack =
      static_cast<std::size_t>(params.getNumber("held_back") * static_cast<double>(text.ids.size()));
  text.trained =
      heldBack < kLeastHeldBack ? text.ids.size() : std::max(text.ids.size() - heldBack, kLeastTokens);
  if (const auto* words = dynamic_cast<const WordTokenizer*>(text.tokenizer.get()))
    text.words = words->words();
  return text;
}

std::string tokensFingerprint(const Tokenizer& tokenizer) {
  Sha256 hash;
  for (const auto& [name, bytes] : tokenizer.save()) {
    hash.add(name);
    hash.add(std::string_view("\0", 1));
    hash.add(std::to_string(bytes.size()));
    hash.add(std::string_view("\0", 1));
    hash.add(bytes);
  }
  return toHex(hash.finish());
}

}  // namespace lexarium
