// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/tokenizers.h"

namespace lexarium {

std::vector<std::string_view> textsOf(const Corpus& corpus) {
  std::vector<std::string_view> texts;
  for (std::size_t i = 0; i < corpus.documentCount(); ++i) texts.push_back(corpus.document(i).text);
  return texts;
}

namespace {

std::vector<TokenId> encodeWords(const WordTokenizer& tokenizer, const Corpus& corpus) {
  std::vector<TokenId> ids;
  ids.reserve(corpus.tokens().size() + corpus.sentenceCount());
  for (std::size_t s = 0; s < corpus.sentenceCount(); ++s) {
    if (s > 0) ids.push_back(tokenizer.sentenceEnd());
    const TokenRange sentence = corpus.sentence(s);
    for (TokenIndex i = sentence.begin; i < sentence.end; ++i) {
      const TokenId word = corpus.tokens()[i];
      ids.push_back(word < tokenizer.words() ? word : tokenizer.unknown());
    }
  }
  return ids;
}

/// Where a slice that is long enough at `from` can end: at a line end or before the space of a word, which no
/// token crosses.
std::size_t sliceEnd(std::string_view text, std::size_t from) {
  for (std::size_t at = from; at < text.size(); ++at) {
    const bool inSpace = text[at - 1] == ' ' || text[at - 1] == '\n' || text[at - 1] == '\r';
    if (text[at] == '\n' || (text[at] == ' ' && !inSpace)) return at;
  }
  return text.size();
}

}  // namespace

Expected<std::vector<TokenId>> encodeCorpus(const Tokenizer& tokenizer, const Corpus& corpus,
                                            const TaskContext& context) {
  if (const auto* words = dynamic_cast<const WordTokenizer*>(&tokenizer)) return encodeWords(*words, corpus);
  return encodeTexts(tokenizer, textsOf(corpus), context);
}

Expected<std::vector<TokenId>> encodeTexts(const Tokenizer& tokenizer,
                                           std::span<const std::string_view> texts,
                                           const TaskContext& context) {
  // In slices, so that a long text can be stopped.
  constexpr std::size_t kSlice = std::size_t{1} << 20;
  const auto memory = tokenizer.remember();
  std::vector<TokenId> ids;
  double whole = 0, done = 0;
  for (const std::string_view text : texts) whole += static_cast<double>(text.size());
  for (const std::string_view text : texts) {
    for (std::size_t at = 0; at < text.size();) {
      if (context.stopRequested()) return cancelled();
      context.report(whole > 0 ? done / whole : -1, "Reading the text as tokens");
      const std::size_t end = sliceEnd(text, at + kSlice);
      tokenizer.appendIds(text.substr(at, end - at), memory.get(), ids);
      done += static_cast<double>(end - at);
      at = end;
    }
  }
  return ids;
}

std::string joinParts(std::span<const std::string> parts) {
  std::string joined;
  for (const std::string& part : parts) (joined += part) += '\0';
  return joined;
}

std::vector<std::string> splitParts(std::string_view joined) {
  std::vector<std::string> parts;
  for (std::size_t at = 0; at < joined.size();) {
    const std::size_t end = std::min(joined.find('\0', at), joined.size());
    parts.emplace_back(joined.substr(at, end - at));
    at = end + 1;
  }
  return parts;
}

Expected<std::string> partOf(const SavedTokenizer& saved, const std::string& name) {
  const auto found = saved.find(name);
  if (found == saved.end()) return makeError("A part of its tokens is missing", name);
  return found->second;
}

}  // namespace lexarium
