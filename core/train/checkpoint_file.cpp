// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/checkpoint_file.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "core/base/file.h"
#include "core/formats/safetensors.h"
#include "core/train/run_config_json.h"

namespace lexarium {
namespace {

constexpr const char* kSegmentation = "lexarium.segmentation";  // JSON, in the metadata
constexpr const char* kFlags = "lexarium.flags";                // JSON, in the metadata
// [points x 12] step, epoch, seconds, loss, rate, tokens/s, validation loss, gradient norm, and the four
// scores of a task; before there were tasks [points x 8], before there were sequence models [points x 6].
constexpr const char* kPoints = "log.points";
constexpr std::size_t kColumns = 12;
constexpr std::size_t kFewerColumns[] = {6, 8};

Tensor tensorOfPoints(const std::vector<MetricPoint>& points) {
  std::vector<double> numbers;
  numbers.reserve(points.size() * kColumns);
  for (const MetricPoint& point : points) {
    numbers.insert(numbers.end(),
                   {static_cast<double>(point.step), point.epoch, point.seconds, point.loss,
                    point.learningRate, point.tokensPerSecond, point.validationLoss, point.gradientNorm,
                    point.scores.accuracy, point.scores.exact, point.scores.bleu, point.scores.macroF1});
  }
  return makeTensor<double>(std::span<const double>(numbers), {points.size(), kColumns});
}

Expected<std::vector<MetricPoint>> pointsIn(const TensorSet& set) {
  const auto found = set.tensors.find(kPoints);
  if (found == set.tensors.end()) return std::vector<MetricPoint>();
  const std::uint64_t count = found->second.shape.empty() ? 0 : found->second.shape[0];
  std::size_t columns = kColumns;
  for (const std::size_t fewer : kFewerColumns)
    if (found->second.shape.size() == 2 && found->second.shape[1] == fewer) columns = fewer;
  const std::uint64_t shape[] = {count, columns};
  const auto tensor = findTensor(set, kPoints, TensorType::F64, shape);
  if (!tensor) return tl::unexpected<Error>(tensor.error());
  std::vector<MetricPoint> points;
  for (std::uint64_t i = 0; i < count; ++i) {
    double row[kColumns];
    std::fill(std::begin(row), std::end(row), std::numeric_limits<double>::quiet_NaN());
    const std::size_t rowBytes = columns * sizeof(double);
    copyFromLittleEndian(std::span((*tensor)->bytes).subspan(i * rowBytes, rowBytes), sizeof(double), row);
    constexpr double kLargestStep = 0x1.0p53;
    if (!(row[0] >= 0 && row[0] <= kLargestStep)) return makeError("A step has no meaning", kPoints);
    points.push_back({static_cast<std::uint64_t>(row[0]), row[1], row[2], row[3], row[4], row[5], row[6],
                      row[7], TaskMetrics{row[8], row[9], row[10], row[11]}});
  }
  return points;
}

std::string toText(const std::vector<MetricFlag>& flags) {
  Json array = Json::array();
  for (const MetricFlag& flag : flags) array.push_back({{"step", flag.step}, {"text", flag.text}});
  return formatJson(array);
}

Expected<std::vector<MetricFlag>> flagsIn(const TensorSet& set) {
  std::vector<MetricFlag> flags;
  const auto text = set.metadata.find(kFlags);
  if (text == set.metadata.end()) return flags;
  const auto json = parseJson(text->second);
  if (!json) return tl::unexpected<Error>(json.error());
  for (const Json& one : *json) {
    MetricFlag flag;
    const auto read = MemberReader(one).read("step", flag.step).read("text", flag.text).result();
    if (!read) return tl::unexpected<Error>(read.error());
    flags.push_back(std::move(flag));
  }
  return flags;
}

Expected<std::optional<SegmentOptions>> segmentationIn(const TensorSet& set) {
  const auto text = set.metadata.find(kSegmentation);
  if (text == set.metadata.end()) return std::nullopt;
  const auto json = parseJson(text->second);
  if (!json) return tl::unexpected<Error>(json.error());
  const auto options = segmentationFrom(*json);
  if (!options) return tl::unexpected<Error>(options.error());
  return *options;
}

Expected<CheckpointFile> fileFrom(TensorSet set) {
  CheckpointFile file;
  auto points = pointsIn(set);
  if (!points) return tl::unexpected<Error>(points.error());
  auto flags = flagsIn(set);
  if (!flags) return tl::unexpected<Error>(flags.error());
  const auto segmentation = segmentationIn(set);
  if (!segmentation) return tl::unexpected<Error>(segmentation.error());
  set.tensors.erase(kPoints);
  set.metadata.erase(kFlags);
  set.metadata.erase(kSegmentation);
  auto checkpoint = checkpointFrom(std::move(set));
  if (!checkpoint) return tl::unexpected<Error>(checkpoint.error());
  if (auto whole = complete(checkpoint->config); !whole) return tl::unexpected<Error>(whole.error());
  file.checkpoint = std::move(*checkpoint);
  file.before = {std::move(*points), std::move(*flags)};
  file.segmentation = *segmentation;
  return file;
}

}  // namespace

Expected<void> writeCheckpointFile(const std::filesystem::path& path, CheckpointFile file) {
  TensorSet set = toTensors(std::move(file.checkpoint));
  set.tensors[kPoints] = tensorOfPoints(file.before.points);
  set.metadata[kFlags] = toText(file.before.flags);
  if (file.segmentation) {
    set.metadata[kSegmentation] = formatJson(toJson(toParamSet(*file.segmentation).values()));
  }
  return writeSafetensors(set, path);
}

Expected<CheckpointFile> readCheckpointFile(const std::filesystem::path& path) {
  auto set = readSafetensors(path);
  if (!set) return tl::unexpected<Error>(set.error());
  auto file = fileFrom(std::move(*set));
  if (file) return file;
  Error error = file.error();
  error.where = pathToUtf8(path.filename()) + (error.where.empty() ? "" : ", " + error.where);
  return tl::unexpected<Error>(error);
}

}  // namespace lexarium
