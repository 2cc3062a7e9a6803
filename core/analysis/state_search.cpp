// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/state_search.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <string_view>

namespace lexarium {
namespace {

constexpr std::size_t kPieceBytes = 6000;  // of the text, read from its beginning: the state starts afresh
constexpr std::size_t kPieceTokens = 2000;
constexpr std::size_t kWarmUp = 20;  // tokens of a piece before its state means something
constexpr std::size_t kApart = 10;   // tokens between two places

/// A piece of a document's text.
struct Piece {
  std::size_t document = 0;
  std::size_t begin = 0, end = 0;  // bytes
};

std::size_t characterStart(std::string_view text, std::size_t at) {
  while (at > 0 && at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) --at;
  return std::min(at, text.size());
}

std::vector<Piece> piecesOf(const Corpus& corpus) {
  std::vector<Piece> pieces;
  for (std::size_t d = 0; d < corpus.documentCount(); ++d) {
    const std::string_view text = corpus.document(d).text;
    for (std::size_t begin = 0; begin < text.size();) {
      const std::size_t end = std::max(characterStart(text, std::min(text.size(), begin + kPieceBytes)),
                                       std::min(text.size(), begin + 1));
      pieces.push_back({d, begin, end});
      begin = end;
    }
  }
  return pieces;
}

using Visit = std::function<Expected<void>(const Piece&, const SequenceTrace&, const Eigen::MatrixXf&)>;

/// Reads all of a piece, at most kPieceTokens at once; how many tokens it had.
Expected<std::size_t> readPiece(const SequenceModel& model, const Corpus& corpus, const StateSearch& search,
                                Piece piece, const Visit& visit) {
  const std::string_view text = corpus.document(piece.document).text;
  std::size_t tokens = 0;
  while (piece.begin < piece.end) {
    const SequenceTrace trace =
        model.trace(text.substr(piece.begin, piece.end - piece.begin), false, kPieceTokens);
    const TraceMatrix* matrix = trace.find(search.source.name, search.source.layer);
    if (!matrix)
      return makeError("The model has no state \"" + search.source.name + "\" in layer " +
                       std::to_string(search.source.layer + 1) + "; choose another one.");
    if (auto seen = visit(piece, trace, matrix->values); !seen) return tl::unexpected(seen.error());
    tokens += trace.ids.size();
    if (trace.ids.size() < kPieceTokens || trace.ranges.back().end == 0) break;
    piece.begin += trace.ranges.back().end;
  }
  return tokens;
}

/// Visits pieces spread evenly over the text until enough tokens have been read.
Expected<void> readText(const SequenceModel& model, const Corpus& corpus, const StateSearch& search,
                        const TaskContext& context, const Visit& visit) {
  const std::vector<Piece> pieces = piecesOf(corpus);
  // Every n-th piece first, then those between: whenever it ends, the whole text has been sampled.
  std::size_t stride = 1;
  while (stride * 2 < pieces.size()) stride *= 2;
  std::size_t tokens = 0;
  for (std::size_t step = stride; step > 0 && tokens < search.mostTokens; step /= 2) {
    for (std::size_t i = 0; i < pieces.size() && tokens < search.mostTokens; i += step) {
      if (step < stride && i % (2 * step) == 0) continue;  // seen
      if (context.stopRequested()) return cancelled();
      if (auto read = readPiece(model, corpus, search, pieces[i], visit); !read)
        return tl::unexpected(read.error());
      else
        tokens += *read;
      context.report(static_cast<double>(tokens) / static_cast<double>(search.mostTokens),
                     "Reading the text");
    }
  }
  return {};
}

ByteRange inDocument(const Piece& piece, const SequenceTrace& trace, std::size_t first, std::size_t last) {
  return {piece.begin + trace.ranges[first].begin, piece.begin + trace.ranges[last].end};
}

/// Keeps the `count` of highest rank.
void keepBest(std::vector<StatePlace>& places, std::size_t count,
              const std::function<double(const StatePlace&)>& rank) {
  std::stable_sort(places.begin(), places.end(),
                   [&](const StatePlace& a, const StatePlace& b) { return rank(a) > rank(b); });
  if (places.size() > count) places.resize(count);
}

Expected<void> noUnit(std::size_t unit, Eigen::Index units) {
  return makeError("There is no unit " + std::to_string(unit + 1) + "; this layer has " +
                   std::to_string(units) + ".");
}

}  // namespace

Expected<std::vector<StatePlace>> strongestPlaces(const SequenceModel& model, const Corpus& corpus,
                                                  const StateSearch& search, std::size_t unit, bool positive,
                                                  const TaskContext& context) {
  const double sign = positive ? 1 : -1;
  const auto rank = [sign](const StatePlace& place) { return sign * place.value; };
  std::vector<StatePlace> best;
  auto done = readText(
      model, corpus, search, context,
      [&](const Piece& piece, const SequenceTrace& trace, const Eigen::MatrixXf& values) -> Expected<void> {
        if (static_cast<Eigen::Index>(unit) >= values.rows()) return noUnit(unit, values.rows());
        const auto row = values.row(static_cast<Eigen::Index>(unit));
        const auto tokens = static_cast<std::size_t>(values.cols());
        const auto strength = [&](std::size_t t) {
          return sign * static_cast<double>(row(static_cast<Eigen::Index>(t)));
        };
        for (std::size_t t = piece.begin == 0 ? 0 : std::min(kWarmUp, tokens); t < tokens; ++t) {
          if (!std::isfinite(strength(t))) continue;
          bool peak = true;
          for (std::size_t other = t - std::min(t, kApart); peak && other < std::min(tokens, t + kApart + 1);
               ++other)
            peak = strength(other) < strength(t) || (strength(other) == strength(t) && other >= t);
          if (peak) best.push_back({piece.document, inDocument(piece, trace, t, t), sign * strength(t)});
        }
        if (best.size() > 20 * search.places) keepBest(best, search.places, rank);
        return {};
      });
  if (!done) return tl::unexpected(done.error());
  keepBest(best, search.places, rank);
  return best;
}

std::vector<std::size_t> unitsOnIn(const Eigen::MatrixXf& values, std::size_t first, std::size_t last,
                                   double threshold) {
  const auto on = [&](Eigen::Index unit, std::size_t token) {
    return std::abs(static_cast<double>(values(unit, static_cast<Eigen::Index>(token)))) >= threshold;
  };
  std::vector<std::size_t> units;
  if (values.cols() == 0 || first > last || last >= static_cast<std::size_t>(values.cols())) return units;
  for (Eigen::Index unit = 0; unit < values.rows(); ++unit) {
    bool within = true;
    for (std::size_t t = first; within && t <= last; ++t) within = on(unit, t);
    const bool before = first > 0 && on(unit, first - 1);
    const bool after = last + 1 < static_cast<std::size_t>(values.cols()) && on(unit, last + 1);
    if (within && !before && !after) units.push_back(static_cast<std::size_t>(unit));
  }
  return units;
}

Expected<std::vector<StatePlace>> similarPlaces(const SequenceModel& model, const Corpus& corpus,
                                                const StateSearch& search,
                                                const std::vector<std::size_t>& units, double threshold,
                                                std::size_t length, const TaskContext& context) {
  std::vector<StatePlace> best;
  if (units.empty()) return best;
  const auto rank = [](const StatePlace& place) { return place.value; };
  auto done = readText(
      model, corpus, search, context,
      [&](const Piece& piece, const SequenceTrace& trace, const Eigen::MatrixXf& values) -> Expected<void> {
        for (const std::size_t unit : units)
          if (static_cast<Eigen::Index>(unit) >= values.rows()) return noUnit(unit, values.rows());
        const auto tokens = static_cast<std::size_t>(values.cols());
        const auto share = [&](std::size_t t) {
          std::size_t on = 0;
          for (const std::size_t unit : units) {
            const float value = values(static_cast<Eigen::Index>(unit), static_cast<Eigen::Index>(t));
            if (std::abs(static_cast<double>(value)) >= threshold) ++on;
          }
          return static_cast<double>(on) / static_cast<double>(units.size());
        };
        std::size_t begin = 0;
        double sum = 0;
        for (std::size_t t = 0; t <= tokens; ++t) {
          const double here = t < tokens ? share(t) : 0;
          if (here >= 0.5) {
            sum += here;
            continue;
          }
          if (t - begin >= std::max<std::size_t>(1, length))
            best.push_back({piece.document, inDocument(piece, trace, begin, t - 1),
                            sum / static_cast<double>(t - begin)});
          begin = t + 1;
          sum = 0;
        }
        if (best.size() > 20 * search.places) keepBest(best, search.places, rank);
        return {};
      });
  if (!done) return tl::unexpected(done.error());
  keepBest(best, search.places, rank);
  return best;
}

}  // namespace lexarium
