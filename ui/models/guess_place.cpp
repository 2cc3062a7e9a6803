// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/guess_place.h"

#include <algorithm>
#include <string_view>

#include "core/analysis/held_back.h"

namespace lexarium {
namespace {

constexpr std::size_t kBytesBefore = 1500, kBytesAfter = 300;
constexpr int kAttempts = 50;
constexpr std::size_t kTokensSaid = 60;

bool isContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

std::size_t characterStart(std::string_view text, std::size_t at) {
  while (at > 0 && at < text.size() && isContinuation(text[at])) --at;
  return std::min(at, text.size());
}

std::string trimmed(const std::string& text) {
  const auto begin = text.find_first_not_of(" \t\r\n");
  return begin == std::string::npos ? text : text.substr(begin, text.find_last_not_of(" \t\r\n") + 1 - begin);
}

/// ids[index], index > 0.
GuessPlace placeAt(std::span<const TokenId> ids, std::size_t index, const SequenceModel& model,
                   std::size_t mostContext) {
  GuessPlace found;
  const std::size_t first = index - std::min(index, mostContext);
  found.context.assign(ids.begin() + static_cast<std::ptrdiff_t>(first),
                       ids.begin() + static_cast<std::ptrdiff_t>(index));
  found.answer = ids[index];
  const auto session = model.start();
  std::span<const float> logits;
  for (const TokenId token : found.context) logits = session->feed(token);
  found.logits.assign(logits.begin(), logits.end());
  return found;
}

/// In the second half of it, so that there is something to go by.
std::optional<GuessPlace> placeInWhatItSays(const SequenceModel& model, Rng& rng, std::size_t mostContext,
                                            const StopToken& stop) {
  SampleRequest request;
  request.tokens = kTokensSaid;
  request.sampling.temperature = 0.8;
  request.sampling.seed = rng.next();
  const TextSample said = speak(model, request, stop);
  if (stop.stop_requested() || said.tokens.size() < 2) return std::nullopt;
  std::vector<TokenId> ids;
  for (const SampledToken& token : said.tokens) ids.push_back(token.id);
  const std::size_t half = std::max<std::size_t>(ids.size() / 2, 1);
  const std::size_t index = half + rng.below(static_cast<std::uint32_t>(ids.size() - half));
  return placeAt(ids, index, model, mostContext);
}

}  // namespace

std::optional<GuessPlace> drawGuessPlace(const Corpus& corpus, const SequenceModel& model, Rng& rng,
                                         std::size_t mostContext, const StopToken& stop) {
  if (!corpus.hasText()) return placeInWhatItSays(model, rng, mostContext, stop);
  const std::uint64_t bytes = corpus.textBytes();
  for (int attempt = 0; attempt < kAttempts && bytes > 1; ++attempt) {
    const std::uint64_t from = heldBackFrom(corpus);
    auto place = from + static_cast<std::uint64_t>(rng.uniform() * static_cast<double>(bytes - from));
    std::size_t document = 0;
    while (place >= corpus.document(document).text.size()) place -= corpus.document(document++).text.size();
    const std::string_view text = corpus.document(document).text;
    const auto at = static_cast<std::size_t>(place);
    const std::size_t begin = characterStart(text, at - std::min(at, kBytesBefore));
    const std::size_t end = characterStart(text, std::min(text.size(), at + kBytesAfter));
    const TokenizedText read = model.tokenizer()->encode(text.substr(begin, end - begin));
    const auto next = std::find_if(read.ranges.begin(), read.ranges.end(),
                                   [&](const ByteRange& range) { return range.begin + begin >= at; });
    const auto index = static_cast<std::size_t>(next - read.ranges.begin());
    // The last token of the piece may have been cut; an unknown one cannot be guessed.
    if (index == 0 || index + 1 >= read.ids.size() || read.ids[index] == model.tokenizer()->unknown())
      continue;
    return placeAt(read.ids, index, model, mostContext);
  }
  return std::nullopt;
}

bool isRightGuess(const Tokenizer& tokenizer, TokenId answer, const std::string& guess) {
  const std::string wanted(tokenizer.text(answer));
  if (guess == wanted) return true;
  const std::string said = trimmed(guess);
  if (!said.empty() && said == trimmed(wanted)) return true;
  const TokenizedText read = tokenizer.encode(guess);
  return read.ids.size() == 1 && read.ids.front() == answer;
}

}  // namespace lexarium
