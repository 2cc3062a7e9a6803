// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/held_back.h"

#include <algorithm>
#include <limits>

namespace lexarium {
namespace {

constexpr std::uint64_t kHeldBack = 10;     // a tenth
constexpr std::size_t kBytesPerToken = 16;  // of the longest tokens, on average

bool isContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

}  // namespace

std::uint64_t heldBackFrom(const Corpus& corpus) {
  const std::uint64_t bytes = corpus.textBytes();
  return bytes - std::min(bytes, std::max<std::uint64_t>(1, bytes / kHeldBack));
}

double heldBackLoss(const SequenceModel& model, const Corpus& corpus, std::size_t mostTokens,
                    const StopToken& stop) {
  std::uint64_t skipped = heldBackFrom(corpus);
  std::vector<TokenId> ids;
  for (std::size_t d = 0; d < corpus.documentCount() && ids.size() < mostTokens; ++d) {
    const std::string_view text = corpus.document(d).text;
    if (skipped >= text.size()) {
      skipped -= text.size();
      continue;
    }
    auto begin = static_cast<std::size_t>(skipped);
    skipped = 0;
    while (begin < text.size() && isContinuation(text[begin])) ++begin;
    std::size_t end = std::min(text.size(), begin + mostTokens * kBytesPerToken);
    while (end < text.size() && end > begin && isContinuation(text[end])) --end;
    const std::vector<TokenId> read = model.tokenizer()->encode(text.substr(begin, end - begin)).ids;
    ids.insert(ids.end(), read.begin(), read.end());
  }
  ids.resize(std::min(ids.size(), mostTokens));
  if (ids.size() < 2) return std::numeric_limits<double>::quiet_NaN();
  return model.lossSum(ids, stop) / static_cast<double>(ids.size() - 1);
}

}  // namespace lexarium
