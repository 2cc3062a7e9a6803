// SPDX-License-Identifier: GPL-3.0-or-later
// Fields as in sentencepiece_model.proto; how they are written: protobuf.dev/programming-guides/encoding.
#include "core/text/sentencepiece_model.h"

#include <bit>
#include <cmath>
#include <optional>
#include <unordered_set>

#include "core/text/decode.h"

namespace lexarium {
namespace {

enum Wire : unsigned { kVarint = 0, kFixed64 = 1, kBytes = 2, kFixed32 = 5 };

// ModelProto, its SentencePiece, TrainerSpec and NormalizerSpec.
constexpr unsigned kPieces = 1, kTrainer = 2, kNormalizer = 3;
constexpr unsigned kText = 1, kScore = 2, kType = 3;
constexpr unsigned kModelType = 3, kUnigram = 1;
constexpr unsigned kName = 1, kDummyPrefix = 3, kRemoveSpaces = 4;
constexpr std::uint64_t kNormal = 1, kUnknownType = 2;

constexpr std::size_t kMostPieces = std::size_t{1} << 20;
constexpr std::size_t kLongestPiece = 1024;
constexpr float kLargestScore = 1e6F;

struct Field {
  unsigned number = 0;
  Wire wire = kVarint;
  std::uint64_t value = 0;
  std::string_view bytes;
};

/// Fields of a message one after the other.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : left_(bytes) {}

  bool atEnd() const { return left_.empty(); }
  /// None: the bytes are no message.
  std::optional<Field> next() {
    const auto tag = varint();
    if (!tag || *tag >> 3 == 0 || *tag >> 3 > 0x1FFFFFFF) return std::nullopt;
    Field field{static_cast<unsigned>(*tag >> 3), static_cast<Wire>(*tag & 7), 0, {}};
    if (field.wire == kVarint) {
      const auto value = varint();
      if (!value) return std::nullopt;
      field.value = *value;
      return field;
    }
    std::uint64_t size = field.wire == kFixed32 ? 4 : 8;
    if (field.wire == kBytes) {
      const auto length = varint();
      if (!length) return std::nullopt;
      size = *length;
    } else if (field.wire != kFixed32 && field.wire != kFixed64) {
      return std::nullopt;
    }
    if (size > left_.size()) return std::nullopt;
    field.bytes = left_.substr(0, size);
    left_.remove_prefix(size);
    return field;
  }

 private:
  std::optional<std::uint64_t> varint() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64 && !left_.empty(); shift += 7) {
      const auto byte = static_cast<unsigned char>(left_.front());
      left_.remove_prefix(1);
      value |= std::uint64_t{byte & 0x7Fu} << shift;
      if (byte < 0x80) return value;
    }
    return std::nullopt;
  }

  std::string_view left_;
};

struct TypedPiece {
  SentencePiece piece;
  std::uint64_t type = kNormal;
};

std::optional<TypedPiece> readPiece(std::string_view bytes) {
  TypedPiece read;
  Reader reader(bytes);
  while (!reader.atEnd()) {
    const auto field = reader.next();
    if (!field) return std::nullopt;
    if (field->number == kText && field->wire == kBytes) read.piece.text = field->bytes;
    if (field->number == kType && field->wire == kVarint) read.type = field->value;
    if (field->number != kScore || field->wire != kFixed32) continue;
    std::uint32_t bits = 0;
    for (unsigned i = 0; i < 4; ++i) {
      bits |= std::uint32_t{static_cast<unsigned char>(field->bytes[i])} << (8 * i);
    }
    read.piece.score = std::bit_cast<float>(bits);
  }
  const std::string& text = read.piece.text;
  const bool good = !text.empty() && text.size() <= kLongestPiece && text.find('\0') == std::string::npos &&
                    findInvalidUtf8(text) == std::string_view::npos &&
                    std::abs(read.piece.score) <= kLargestScore;  // not so for NaN
  return good ? std::optional(std::move(read)) : std::nullopt;
}

void putVarint(std::string& bytes, std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) bytes += static_cast<char>((value & 0x7F) | 0x80);
  bytes += static_cast<char>(value);
}

void putNumber(std::string& bytes, unsigned field, std::uint64_t value) {
  putVarint(bytes, field << 3 | kVarint);
  putVarint(bytes, value);
}

void putBytes(std::string& bytes, unsigned field, std::string_view value) {
  putVarint(bytes, field << 3 | kBytes);
  putVarint(bytes, value.size());
  bytes += value;
}

void putFloat(std::string& bytes, unsigned field, float value) {
  putVarint(bytes, field << 3 | kFixed32);
  for (unsigned i = 0; i < 4; ++i) bytes += static_cast<char>(std::bit_cast<std::uint32_t>(value) >> (8 * i));
}

}  // namespace

Expected<std::vector<SentencePiece>> readSentencePieces(std::string_view model) {
  const auto refused = [] { return makeError("Its pieces are no model of sentencepiece", "model"); };
  std::vector<SentencePiece> pieces;
  std::unordered_set<std::string> seen;
  Reader reader(model);
  while (!reader.atEnd()) {
    const auto field = reader.next();
    if (!field) return refused();
    if (field->number != kPieces || field->wire != kBytes) continue;
    auto read = readPiece(field->bytes);
    if (!read || pieces.size() == kMostPieces || !seen.insert(read->piece.text).second) return refused();
    if (read->type != (pieces.empty() ? kUnknownType : kNormal)) return refused();
    pieces.push_back(std::move(read->piece));
  }
  if (pieces.size() < 2) return refused();
  return pieces;
}

std::string writeSentencePieces(const std::vector<SentencePiece>& pieces) {
  std::string model;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    std::string message;
    putBytes(message, kText, pieces[i].text);
    putFloat(message, kScore, pieces[i].score);
    putNumber(message, kType, i == 0 ? kUnknownType : kNormal);
    putBytes(model, kPieces, message);
  }
  std::string trainer, normalizer;
  putNumber(trainer, kModelType, kUnigram);
  putBytes(normalizer, kName, "identity");
  putNumber(normalizer, kDummyPrefix, 0);
  putNumber(normalizer, kRemoveSpaces, 0);
  putBytes(model, kTrainer, trainer);
  putBytes(model, kNormalizer, normalizer);
  return model;
}

}  // namespace lexarium
