// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/text_tokens.h"

#include <algorithm>

#include "core/text/bpe.h"

namespace lexarium {

Expected<TokenizerPtr> learnTokenizer(const std::vector<std::string>& texts, std::string_view tokens,
                                      std::size_t vocabulary, const TaskContext& context) {
  const std::vector<std::string_view> views(texts.begin(), texts.end());
  if (tokens == tokenizerName(Tokenizer::Kind::Words)) {
    std::string all;
    for (const std::string& text : texts) all += text + '\n';
    const auto corpus = corpusFromTexts("texts", {{"texts", std::move(all)}}, {}, context);
    if (!corpus) return tl::unexpected(corpus.error());
    auto words = makeWordTokenizer(**corpus, 1, vocabulary);
    if (!words) return tl::unexpected(words.error());
    return TokenizerPtr(std::move(*words));
  }
  if (tokens == tokenizerName(Tokenizer::Kind::Subwords))
    return trainBpe(views, vocabulary, vocabulary - vocabulary / 2, context);
  if (tokens == tokenizerName(Tokenizer::Kind::SentencePieces))
    return trainSentencePieces(views, vocabulary, vocabulary - vocabulary / 2, context);
  return makeCharacterTokenizer(views, vocabulary);
}

std::vector<TokenId> readTokens(const Tokenizer& tokenizer, std::string_view utf8) {
  std::vector<TokenId> ids = tokenizer.encode(utf8).ids;
  if (ids.empty()) ids.push_back(tokenizer.unknown() != kNoToken ? tokenizer.unknown() : TokenId{0});
  return ids;
}

std::vector<PlacedToken> readPlaced(const Tokenizer& tokenizer, std::string_view utf8, std::size_t most) {
  const TokenizedText text = tokenizer.encode(utf8);
  if (text.ids.empty()) return {{tokenizer.label(readTokens(tokenizer, utf8).front()), {}}};
  std::vector<PlacedToken> placed;
  for (std::size_t i = 0; i < std::min(most, text.ids.size()); ++i)
    placed.push_back({tokenizer.label(text.ids[i]), text.ranges[i]});
  return placed;
}

std::vector<PlacedToken> placeDecoded(const Tokenizer& tokenizer, std::span<const TokenId> ids) {
  std::vector<PlacedToken> placed;
  std::uint64_t begin = 0;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    // A token may need a space before it, or lose one: only all before it tell where it stands.
    const std::uint64_t end = tokenizer.decode(ids.first(i + 1)).size();
    const std::uint64_t size = std::min<std::uint64_t>(tokenizer.text(ids[i]).size(), end - begin);
    placed.push_back({tokenizer.label(ids[i]), {end - size, end}});
    begin = end;
  }
  return placed;
}

void saveTokens(const Tokenizer& tokenizer, TensorSet& set, const std::string& prefix) {
  for (const auto& [name, bytes] : tokenizer.save())
    set.tensors[prefix + name] = makeTensor<std::uint8_t>(
        std::span(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()), {bytes.size()});
}

Expected<TokenizerPtr> loadTokens(const TensorSet& set, const std::string& prefix) {
  std::map<std::string, std::string> parts;
  for (const auto& [name, tensor] : set.tensors) {
    if (!name.starts_with(prefix)) continue;
    if (tensor.type != TensorType::U8) return makeError("A part of its tokens is no text", name);
    parts[name.substr(prefix.size())].assign(reinterpret_cast<const char*>(tensor.bytes.data()),
                                             tensor.bytes.size());
  }
  return loadTokenizer(parts);
}

std::uint64_t numbersIn(const TensorSet& set) {
  std::uint64_t numbers = 0;
  for (const auto& [name, tensor] : set.tensors) numbers += tensor.bytes.size() / sizeof(Real);
  return numbers;
}

}  // namespace lexarium
