// SPDX-License-Identifier: GPL-3.0-or-later
// Lanes as tensors: a row of "lanes.parts", "lanes.random" and "lanes.places" each; the pieces and the noise
// of all lanes one after the other, with their lengths.
#include <algorithm>
#include <numeric>

#include "core/models/word2vec_lane.h"

namespace lexarium {
namespace {

constexpr const char* kParts = "lanes.parts";    // [lanes x 2] first and last token
constexpr const char* kRandom = "lanes.random";  // [lanes x 4] Rng::state()
constexpr const char* kPlaces = "lanes.places";  // [lanes x 4] rounds, place, centre, passedInAll
constexpr const char* kPieceLengths = "lanes.piece_lengths";  // [lanes]
constexpr const char* kPieceWords = "lanes.piece_words";      // [sum of the lengths]
constexpr const char* kPiecePassed = "lanes.piece_passed";    // [sum of the lengths]
constexpr const char* kNoiseLengths = "lanes.noise_lengths";  // [lanes]
constexpr const char* kNoise = "lanes.noise";                 // [sum of the lengths]

constexpr std::uint64_t kMostLanes = 1 << 16;

template <class T>
using Numbers = std::vector<T>;

template <class T>
Tensor tensorOf(const Numbers<T>& numbers, std::vector<std::uint64_t> shape) {
  return makeTensor<T>(std::span<const T>(numbers), std::move(shape));
}

/// Errors of many tensors: the first one stays.
class Reader {
 public:
  explicit Reader(const TensorSet& set) : set_(set) {}

  template <class T>
  Numbers<T> read(const char* name, std::vector<std::uint64_t> shape) {
    Numbers<T> numbers;
    if (error_) return numbers;
    const auto tensor = findTensor(set_, name, tensorTypeOf<T>(), shape);
    if (!tensor) {
      error_ = tensor.error();
      return numbers;
    }
    numbers.resize((*tensor)->bytes.size() / sizeof(T));
    copyFromLittleEndian((*tensor)->bytes, sizeof(T), numbers.data());
    return numbers;
  }
  const std::optional<Error>& error() const { return error_; }

 private:
  const TensorSet& set_;
  std::optional<Error> error_;
};

/// Cuts one long row into the parts of the lanes.
template <class T>
class Pieces {
 public:
  Pieces(const Numbers<T>& all, const Numbers<std::uint64_t>& lengths) : all_(all), lengths_(lengths) {}
  Numbers<T> next() {
    const auto begin = all_.begin() + static_cast<std::ptrdiff_t>(place_);
    place_ += lengths_[lane_];
    return {begin, begin + static_cast<std::ptrdiff_t>(lengths_[lane_++])};
  }

 private:
  const Numbers<T>& all_;
  const Numbers<std::uint64_t>& lengths_;
  std::size_t lane_ = 0;
  std::uint64_t place_ = 0;
};

/// Lengths beyond what can be are cut, so that the sum has a meaning; no tensor has it then.
std::uint64_t sumOf(const Numbers<std::uint64_t>& lengths) {
  constexpr std::uint64_t kMost = std::uint64_t{1} << 40;
  std::uint64_t sum = 0;
  for (const auto length : lengths) sum += std::min(length, kMost);
  return sum;
}

/// One lane after the other through the whole text, and each within its part.
bool liesIn(std::span<const Lane::State> lanes, const TrainingText& text) {
  TokenIndex end = 0;
  for (const Lane::State& lane : lanes) {
    if (lane.part.begin != end || lane.part.end < end) return false;
    if (lane.reader.place < lane.part.begin || lane.reader.place > lane.part.end) return false;
    if (lane.centre > lane.reader.words.size()) return false;
    end = lane.part.end;
  }
  return end == text.tokens().size();
}

}  // namespace

void saveLanes(std::span<const Lane> lanes, TensorSet& state) {
  Numbers<std::uint64_t> parts, random, places, pieceLengths, noiseLengths;
  Numbers<std::uint32_t> words, passed, noise;
  for (const Lane& each : lanes) {
    const Lane::State lane = each.state();
    const auto& reader = lane.reader;
    parts.insert(parts.end(), {lane.part.begin, lane.part.end});
    random.insert(random.end(), lane.rng.state().begin(), lane.rng.state().end());
    places.insert(places.end(), {reader.rounds, reader.place, lane.centre, reader.passedInAll});
    pieceLengths.push_back(reader.words.size());
    words.insert(words.end(), reader.words.begin(), reader.words.end());
    passed.insert(passed.end(), reader.passed.begin(), reader.passed.end());
    noiseLengths.push_back(lane.noise.size());
    noise.insert(noise.end(), lane.noise.begin(), lane.noise.end());
  }
  auto& tensors = state.tensors;
  tensors[kParts] = tensorOf(parts, {lanes.size(), 2});
  tensors[kRandom] = tensorOf(random, {lanes.size(), 4});
  tensors[kPlaces] = tensorOf(places, {lanes.size(), 4});
  tensors[kPieceLengths] = tensorOf(pieceLengths, {lanes.size()});
  tensors[kPieceWords] = tensorOf(words, {words.size()});
  tensors[kPiecePassed] = tensorOf(passed, {passed.size()});
  tensors[kNoiseLengths] = tensorOf(noiseLengths, {lanes.size()});
  tensors[kNoise] = tensorOf(noise, {noise.size()});
}

Expected<std::vector<Lane::State>> lanesIn(const TensorSet& state, const TrainingText& text) {
  const auto parts = state.tensors.find(kParts);
  if (parts == state.tensors.end()) return makeError("A part of the saved state is missing", kParts);
  const std::uint64_t count = parts->second.shape.empty() ? 0 : parts->second.shape[0];
  if (count == 0 || count > kMostLanes) return makeError("It has no places in the text", kParts);

  Reader reader(state);
  const auto bounds = reader.read<std::uint64_t>(kParts, {count, 2});
  const auto random = reader.read<std::uint64_t>(kRandom, {count, 4});
  const auto places = reader.read<std::uint64_t>(kPlaces, {count, 4});
  const auto pieceLengths = reader.read<std::uint64_t>(kPieceLengths, {count});
  const auto pieceWords = reader.read<std::uint32_t>(kPieceWords, {sumOf(pieceLengths)});
  const auto piecePassed = reader.read<std::uint32_t>(kPiecePassed, {sumOf(pieceLengths)});
  const auto noiseLengths = reader.read<std::uint64_t>(kNoiseLengths, {count});
  const auto noise = reader.read<std::uint32_t>(kNoise, {sumOf(noiseLengths)});
  if (reader.error()) return tl::unexpected<Error>(*reader.error());
  if (!std::all_of(noise.begin(), noise.end(), [&](TokenId id) { return text.keeps(id); })) {
    return makeError("A word is none of this text's", kNoise);
  }

  std::vector<Lane::State> lanes;
  Pieces wordsOf(pieceWords, pieceLengths), passedOf(piecePassed, pieceLengths), noiseOf(noise, noiseLengths);
  for (std::size_t i = 0; i < count; ++i) {
    const auto rng = Rng::fromState({random[4 * i], random[4 * i + 1], random[4 * i + 2], random[4 * i + 3]});
    if (!rng) return makeError("The random numbers have no state", kRandom);
    const std::uint64_t* place = places.data() + 4 * i;
    lanes.push_back({{bounds[2 * i], bounds[2 * i + 1]},
                     *rng,
                     {place[0], place[1], wordsOf.next(), passedOf.next(), place[3]},
                     place[2],
                     noiseOf.next()});
  }
  if (!liesIn(lanes, text)) return makeError("A place is none of this text's", kPlaces);
  return lanes;
}

double roundsOf(std::span<const Lane::State> lanes) {
  double done = 0, tokens = 0;
  for (const Lane::State& lane : lanes) {
    const auto& reader = lane.reader;
    const auto size = static_cast<double>(lane.part.size());
    // What was read of the piece but not learned yet is still to come.
    const std::uint64_t passed = lane.centre > 0 ? reader.passed[lane.centre - 1] : 0;
    done += static_cast<double>(reader.rounds) * size + static_cast<double>(reader.place - lane.part.begin) -
            static_cast<double>(reader.passedInAll - std::min(passed, reader.passedInAll));
    tokens += size;
  }
  return std::max(0.0, done / tokens);
}

}  // namespace lexarium
