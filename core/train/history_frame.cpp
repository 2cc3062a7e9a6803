// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/history_frame.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

#include "core/formats/tensor.h"

namespace lexarium {
namespace {

using Eigen::Index;

constexpr Real kLargestCode = 127;

/// The largest number without its sign; not finite if one of them is not.
Real largestOf(const Real* values, Index count) {
  // In lanes: comparisons of one after the other do not vectorise. x * 0 is 0 for finite numbers only.
  constexpr Index kLanes = 16;
  Real largest[kLanes] = {}, zeros[kLanes] = {};
  Index i = 0;
  for (; i + kLanes <= count; i += kLanes) {
    for (Index k = 0; k < kLanes; ++k) {
      const Real x = values[i + k] < 0 ? -values[i + k] : values[i + k];
      largest[k] = x > largest[k] ? x : largest[k];
      zeros[k] += x * Real{0};
    }
  }
  Real most = 0, zero = 0;
  for (Index k = 0; k < kLanes; ++k) {
    most = std::max(most, largest[k]);
    zero += zeros[k];
  }
  for (; i < count; ++i) {
    most = std::max(most, std::abs(values[i]));
    zero += values[i] * Real{0};
  }
  return most + zero;
}

void encodeColumn(const Real* values, Index count, Real factor, std::int8_t* codes) {
  for (Index i = 0; i < count; ++i) {
    const Real x = values[i] * factor;
    codes[i] = static_cast<std::int8_t>(static_cast<int>(x + (x < 0 ? Real{-0.5F} : Real{0.5F})));
  }
}

constexpr char kMagic[4] = {'L', 'X', 'H', 'F'};
constexpr std::uint32_t kPlainVersion = 1;
constexpr std::uint32_t kVersion = 2;  // with a SequenceMoment as safetensors behind the codes

/// Before the scales (float) and the codes (signed bytes), word after word; little-endian.
struct Header {
  std::uint32_t version = kPlainVersion;
  std::uint32_t words = 0;
  std::uint32_t dimensions = 0;
  std::uint64_t step = 0;
  double epoch = 0;
  double seconds = 0;
};
constexpr std::size_t kHeaderBytes = sizeof kMagic + 3 * sizeof(std::uint32_t) + 3 * sizeof(std::uint64_t);

template <class Stream>
void passHeader(Stream& stream, Header& header) {
  stream.pass(header.version);
  stream.pass(header.words);
  stream.pass(header.dimensions);
  stream.pass(header.step);
  stream.pass(header.epoch);
  stream.pass(header.seconds);
}

struct Writer {
  std::span<std::byte> left;
  template <class T>
  void pass(const T& value) {
    copyToLittleEndian(&value, sizeof(T), left.first(sizeof(T)));
    left = left.subspan(sizeof(T));
  }
};

struct Reader {
  std::span<const std::byte> left;
  template <class T>
  void pass(T& value) {
    copyFromLittleEndian(left.first(sizeof(T)), sizeof(T), &value);
    left = left.subspan(sizeof(T));
  }
};

tl::unexpected<Error> damaged(const char* what) {
  return makeError(std::string("This moment of the run cannot be shown: ") + what, {},
                   "Choose another moment");
}

}  // namespace

bool HistoryFrame::encode(const Matrix& vectors) {
  codes.resize(vectors.rows(), vectors.cols());
  scales.resize(vectors.cols());
  for (Index i = 0; i < vectors.cols(); ++i) {
    const Real* values = vectors.col(i).data();
    const Real largest = largestOf(values, vectors.rows());
    if (!std::isfinite(largest)) return false;
    // Smaller numbers than that have no inverse; they are zero on any picture.
    const bool isZero = !(largest > std::numeric_limits<float>::min() * 1000);
    scales(i) = isZero ? 0.0F : static_cast<float>(largest / kLargestCode);
    encodeColumn(values, vectors.rows(), isZero ? Real{0} : kLargestCode / largest, codes.col(i).data());
  }
  return true;
}

void HistoryFrame::decode(EmbeddingTable& table) const {
  table.step = step;
  table.vectors.resize(codes.rows(), codes.cols());
  for (Index i = 0; i < codes.cols(); ++i) {
    const std::int8_t* from = codes.col(i).data();
    Real* to = table.vectors.col(i).data();
    const auto scale = static_cast<Real>(scales(i));
    for (Index k = 0; k < codes.rows(); ++k) to[k] = scale * static_cast<Real>(from[k]);
  }
}

std::shared_ptr<const Snapshot> snapshotOf(const HistoryFrame& frame) {
  auto table = std::make_shared<EmbeddingTable>();
  frame.decode(*table);
  return std::make_shared<const Snapshot>(
      Snapshot{frame.step, frame.epoch, table, table, nullptr, frame.sequence.model, frame.sequence.samples});
}

std::vector<std::byte> toBytes(const HistoryFrame& frame) {
  const auto scaleBytes = static_cast<std::size_t>(frame.scales.size()) * sizeof(float);
  const auto codeBytes = static_cast<std::size_t>(frame.codes.size());
  std::vector<std::byte> sequence;
  if (frame.sequence.model || !frame.sequence.samples.empty()) {
    if (auto packed = toBytes(frame.sequence)) sequence = std::move(*packed);
  }
  std::vector<std::byte> bytes(kHeaderBytes + scaleBytes + codeBytes);
  std::memcpy(bytes.data(), kMagic, sizeof kMagic);
  Writer writer{std::span(bytes).subspan(sizeof kMagic)};
  Header header{sequence.empty() ? kPlainVersion : kVersion,
                static_cast<std::uint32_t>(frame.words()),
                static_cast<std::uint32_t>(frame.dimensions()),
                frame.step,
                frame.epoch,
                frame.seconds};
  passHeader(writer, header);
  copyToLittleEndian(frame.scales.data(), sizeof(float), writer.left.first(scaleBytes));
  copyToLittleEndian(frame.codes.data(), 1, writer.left.subspan(scaleBytes));
  bytes.insert(bytes.end(), sequence.begin(), sequence.end());
  return bytes;
}

Expected<std::shared_ptr<const HistoryFrame>> historyFrameFrom(std::span<const std::byte> bytes) {
  if (bytes.size() < kHeaderBytes || std::memcmp(bytes.data(), kMagic, sizeof kMagic) != 0) {
    return damaged("it is something else");
  }
  Reader reader{bytes.subspan(sizeof kMagic)};
  Header header;
  passHeader(reader, header);
  if (header.version != kPlainVersion && header.version != kVersion)
    return damaged("it was written by a newer version of Lexarium");
  // No product of two 32-bit numbers is too large for 64.
  const std::uint64_t codeBytes = std::uint64_t{header.words} * header.dimensions;
  const std::uint64_t scaleBytes = std::uint64_t{header.words} * sizeof(float);
  const bool fits = scaleBytes <= reader.left.size() && codeBytes <= reader.left.size() - scaleBytes;
  if (!fits || (header.version == kPlainVersion && codeBytes != reader.left.size() - scaleBytes)) {
    return damaged("it is not whole");
  }
  if (!(header.epoch >= 0 && header.seconds >= 0 && std::isfinite(header.epoch + header.seconds))) {
    return damaged("its time has no meaning");
  }
  auto frame = std::make_shared<HistoryFrame>();
  frame->step = header.step;
  frame->epoch = header.epoch;
  frame->seconds = header.seconds;
  frame->scales.resize(static_cast<Index>(header.words));
  frame->codes.resize(static_cast<Index>(header.dimensions), static_cast<Index>(header.words));
  copyFromLittleEndian(reader.left.first(scaleBytes), sizeof(float), frame->scales.data());
  copyFromLittleEndian(reader.left.subspan(scaleBytes, codeBytes), 1, frame->codes.data());
  constexpr float kLargestScale = std::numeric_limits<float>::max() / static_cast<float>(kLargestCode);
  const auto scales = frame->scales.array();
  const bool scalesAreGood = (scales >= 0 && scales <= kLargestScale).all();  // false for NaN too
  const auto codes = std::span(frame->codes.data(), static_cast<std::size_t>(frame->codes.size()));
  if (!scalesAreGood || std::find(codes.begin(), codes.end(), std::int8_t{-128}) != codes.end()) {
    return damaged("a number in it has no meaning");
  }
  if (header.version == kVersion) {
    auto sequence = sequenceMomentFrom(reader.left.subspan(scaleBytes + codeBytes));
    if (!sequence) return damaged("the language model in it is damaged");
    frame->sequence = std::move(*sequence);
  }
  return frame;
}

}  // namespace lexarium
