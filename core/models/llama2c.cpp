// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/llama2c.h"

#include <cstring>

#include "core/base/file.h"
#include "core/formats/tensor.h"
#include "core/models/neural_model.h"
#include "core/text/piece_tokenizer.h"

namespace lexarium {
namespace {

constexpr std::uint64_t kMostBytes = std::uint64_t{1} << 34;
constexpr std::size_t kHeaderNumbers = 7, kHeaderBytes = kHeaderNumbers * sizeof(std::int32_t);
constexpr double kCharactersPerToken = 4;  // not known of a model from a file; about that of English

/// Takes matrices from the file in order. A matrix [out x in] lies there row by row, which is ours
/// transposed.
class Matrices {
 public:
  Matrices(std::span<const std::byte> bytes, Parameters& parameters)
      : left_(bytes), parameters_(parameters) {}

  void skip(std::size_t numbers) { take(numbers); }
  /// Rows [first, first + count) of a parameter.
  void read(const std::string& name, Index first, Index count) {
    MatrixMap matrix = parameters_.value(*parameters_.find(name));
    const auto numbers = take(static_cast<std::size_t>(count * matrix.cols()));
    if (!whole_) return;
    for (Index r = 0; r < count; ++r) {
      for (Index c = 0; c < matrix.cols(); ++c) {
        matrix(first + r, c) = numbers[static_cast<std::size_t>(r * matrix.cols() + c)];
      }
    }
  }
  void read(const std::string& name) { read(name, 0, parameters_.value(*parameters_.find(name)).rows()); }
  /// A table of tokens: a row a token there, a column a token here.
  void readTable(const std::string& name) {
    MatrixMap table = parameters_.value(*parameters_.find(name));
    const auto numbers = take(static_cast<std::size_t>(table.size()));
    if (!whole_) return;
    for (Index i = 0; i < table.size(); ++i) table.data()[i] = numbers[static_cast<std::size_t>(i)];
  }
  bool isWhole() const { return whole_; }

 private:
  std::vector<float> take(std::size_t count) {
    whole_ = whole_ && left_.size() / sizeof(float) >= count;
    if (!whole_) return {};
    std::vector<float> numbers(count);
    copyFromLittleEndian(left_.first(count * sizeof(float)), sizeof(float), numbers.data());
    left_ = left_.subspan(count * sizeof(float));
    return numbers;
  }

  std::span<const std::byte> left_;
  Parameters& parameters_;
  bool whole_ = true;
};

/// Layer after layer of each kind of matrix.
void readAll(Matrices& file, const NetShape& shape, bool sharesOutput) {
  const auto block = [](Index i) { return "block" + std::to_string(i) + '.'; };
  const auto ofAll = [&](const auto& read) {
    for (Index i = 0; i < shape.layers; ++i) read(block(i));
  };
  const Index keys = shape.units / shape.heads * shape.keyHeads;
  file.readTable("embedding");
  ofAll([&](const std::string& name) { file.read(name + "attention.norm.gain"); });
  ofAll([&](const std::string& name) { file.read(name + "attention.in.weight", 0, shape.units); });
  ofAll([&](const std::string& name) { file.read(name + "attention.in.weight", shape.units, keys); });
  ofAll([&](const std::string& name) { file.read(name + "attention.in.weight", shape.units + keys, keys); });
  ofAll([&](const std::string& name) { file.read(name + "attention.out.weight"); });
  ofAll([&](const std::string& name) { file.read(name + "inner.norm.gain"); });
  ofAll([&](const std::string& name) { file.read(name + "inner.gate.weight"); });
  ofAll([&](const std::string& name) { file.read(name + "inner.down.weight"); });
  ofAll([&](const std::string& name) { file.read(name + "inner.up.weight"); });
  file.read("norm.gain");
  if (sharesOutput) return;
  // Angles of the positions, which are computed here.
  file.skip(static_cast<std::size_t>(shape.context * (shape.units / shape.heads)));
  file.read("output.weight");
}

/// Seven whole numbers; a negative vocabulary says that the output layer is not the table.
Expected<NetShape> shapeIn(std::span<const std::byte> bytes) {
  std::int32_t header[kHeaderNumbers];
  if (bytes.size() < sizeof header) return makeError("The file ends early");
  for (std::size_t i = 0; i < kHeaderNumbers; ++i) {
    copyFromLittleEndian(bytes.subspan(i * sizeof header[0], sizeof header[0]), sizeof header[0], &header[i]);
  }
  const auto [units, inner, layers, heads, keyHeads, vocabulary, context] = header;
  NetShape wanted;
  wanted.kind = "transformer";
  wanted.vocabulary = vocabulary > 0 ? Index{vocabulary} : -Index{vocabulary};
  wanted.dimensions = wanted.units = units;
  wanted.feedForward = inner;
  wanted.layers = layers;
  wanted.heads = heads;
  wanted.keyHeads = keyHeads;
  wanted.context = context;
  wanted.positions = NetShape::Positions::Rotary;
  wanted.gated = wanted.rms = true;
  wanted.tied = vocabulary > 0;
  return netShapeFrom(toJson(wanted));
}

}  // namespace

std::size_t vocabularyOfLlama2c(std::span<const std::byte> head) {
  const auto shape = shapeIn(head);
  return shape ? static_cast<std::size_t>(shape->vocabulary) : 0;
}

Expected<std::shared_ptr<const SequenceModel>> readLlama2c(const std::filesystem::path& checkpoint,
                                                           const std::filesystem::path& tokenizerPath) {
  const std::string where = pathToUtf8(checkpoint.filename());
  const auto tokenizerBytes = readFile(tokenizerPath, kMostBytes);
  if (!tokenizerBytes) return tl::unexpected<Error>(tokenizerBytes.error());
  auto tokenizer =
      readPieceTokenizer(std::as_bytes(std::span(tokenizerBytes->data(), tokenizerBytes->size())));
  if (!tokenizer) return tl::unexpected<Error>(tokenizer.error());
  const auto content = readFile(checkpoint, kMostBytes);
  if (!content) return tl::unexpected<Error>(content.error());
  const auto bytes = std::as_bytes(std::span(content->data(), content->size()));
  const auto isNone = [&] {
    return makeError("This is no checkpoint of llama2.c that belongs to this tokenizer", where,
                     "Choose a model and the tokenizer that it was trained with");
  };
  const auto shape = shapeIn(bytes);
  if (!shape || static_cast<std::size_t>(shape->vocabulary) != (*tokenizer)->size()) return isNone();
  const auto net = makeSequenceNet(*shape);
  if (net->countNumbers() > bytes.size() / sizeof(float) + static_cast<std::uint64_t>(shape->vocabulary)) {
    return makeError("The file ends early", where, "Choose a whole file");
  }
  Parameters parameters;
  net->declare(parameters);
  Matrices file(bytes.subspan(kHeaderBytes), parameters);
  readAll(file, *shape, shape->tied);
  if (!file.isWhole()) return makeError("The file ends early", where, "Choose a whole file");
  if (!parameters.isFinite()) return makeError("A number in it is not finite", where, "Choose another file");
  return std::make_shared<const NeuralModel>(net, std::move(*tokenizer), kCharactersPerToken, parameters);
}

}  // namespace lexarium
