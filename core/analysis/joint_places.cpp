// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/joint_places.h"

#include <algorithm>

#include "core/analysis/pieces.h"
#include "core/concordance/context_text.h"

namespace lexarium {

Expected<JointPlaces> jointPlaces(const std::shared_ptr<const Corpus>& corpus, const CooccurrenceRule& rule,
                                  TokenId a, TokenId b, std::size_t limit, const TaskContext& context) {
  auto text = TrainingText::create(corpus, rule.limits);
  if (!text) return tl::unexpected(text.error());
  JointPlaces found;
  std::vector<std::vector<JointPlace>> byDistance(rule.window + 1);
  std::size_t document = corpus->documentCount();
  const bool done = forEachPiece(*text, context, [&](const Piece& piece) {
    for (std::size_t i = 0; i < piece.words.size(); ++i) {
      const TokenId word = piece.words[i];
      if (word != a && word != b) continue;
      const TokenId other = word == a ? b : a;
      for (std::size_t d = 1; d <= rule.window && i + d < piece.words.size(); ++d) {
        if (piece.words[i + d] != other) continue;
        ++found.count;
        found.weight += (a == b ? 2.0 : 1.0) / static_cast<double>(d);
        const std::size_t here = corpus->documentOf(piece.places[i]);
        if (here != document) ++found.documents;  // places come in reading order
        document = here;
        if (byDistance[d].size() < limit)
          byDistance[d].push_back({piece.places[i], piece.places[i + d], static_cast<std::uint32_t>(d)});
      }
    }
  });
  if (!done) return cancelled();
  for (const auto& places : byDistance) {
    const std::size_t room = limit - found.places.size();
    found.places.insert(found.places.end(), places.begin(),
                        places.begin() + static_cast<std::ptrdiff_t>(std::min(room, places.size())));
  }
  return found;
}

JointLine jointLine(const Corpus& corpus, const JointPlace& place, std::size_t contextTokens) {
  JointLine line;
  line.place = place;
  line.document = corpus.documentOf(place.first);
  const Document& document = corpus.document(line.document);
  const TokenIndex begin =
      place.first - std::min<TokenIndex>(contextTokens, place.first - document.tokens.begin);
  const TokenIndex end = std::min<TokenIndex>(place.second + contextTokens + 1, document.tokens.end);
  const ByteRange first = corpus.textRange(place.first), second = corpus.textRange(place.second);
  const auto cut = [&](std::uint64_t from, std::uint64_t to, ContextSide side, std::size_t tokens) {
    const std::string_view text(document.text);
    return contextText(text.substr(from, to - from), side, contextByteLimit(tokens));
  };
  line.left = cut(corpus.textRange(begin).begin, first.begin, ContextSide::Left, contextTokens);
  line.first = cut(first.begin, first.end, ContextSide::Node, 1);
  line.between = cut(first.end, second.begin, ContextSide::Node, place.second - place.first);
  line.second = cut(second.begin, second.end, ContextSide::Node, 1);
  line.right = cut(second.end, corpus.textRange(end - 1).end, ContextSide::Right, contextTokens);
  return line;
}

}  // namespace lexarium
