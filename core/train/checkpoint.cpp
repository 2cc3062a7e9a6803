// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/checkpoint.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "core/train/run_config_json.h"

namespace lexarium {
namespace {

constexpr const char* kKey = "lexarium.checkpoint";
constexpr std::uint64_t kVersion = 1;

Json toJson(const LossWatch::State& watch) {
  Json json;
  json["reports"] = watch.reports;
  json["in_a_row"] = watch.inARow;
  json["lowest"] = watch.lowest;
  return json;
}

Expected<LossWatch> lossWatchFrom(const Json& json) {
  LossWatch::State state;
  const auto read = MemberReader(json)
                        .read("reports", state.reports)
                        .read("in_a_row", state.inARow)
                        .read("lowest", state.lowest)
                        .result();
  if (!read) return tl::unexpected<Error>(read.error());
  const auto watch = LossWatch::fromState(state);
  if (!watch) return makeError("\"loss_watch\" has no meaning");
  return *watch;
}

Expected<void> checkVersion(const Json& json) {
  std::uint64_t version = 0;
  if (auto read = MemberReader(json).read("version", version).result(); !read) return read;
  if (version <= kVersion) return {};
  return makeError("It was written by a newer version of Lexarium", {}, "Install that version");
}

Expected<Checkpoint> fromJson(const Json& json) {
  if (auto known = checkVersion(json); !known) return tl::unexpected<Error>(known.error());
  Checkpoint checkpoint;
  Json run, live, lossWatch;
  const auto read = MemberReader(json)
                        .read("run", run)
                        .read("step", checkpoint.step)
                        .read("epoch", checkpoint.epoch)
                        .read("seconds", checkpoint.seconds)
                        .read("loss", checkpoint.loss)
                        .read("learning_rate", checkpoint.learningRate)
                        .read("live", live)
                        .read("loss_watch", lossWatch)
                        .result();
  if (!read) return tl::unexpected<Error>(read.error());
  for (const double amount : {checkpoint.epoch, checkpoint.seconds, checkpoint.learningRate}) {
    if (!(amount >= 0)) return makeError("A number that cannot be negative is");
  }
  auto config = runConfigFrom(run);
  if (!config) return tl::unexpected<Error>(config.error());
  const auto values = paramsFrom(live);
  if (!values) return tl::unexpected<Error>(values.error());
  const auto watch = lossWatchFrom(lossWatch);
  if (!watch) return tl::unexpected<Error>(watch.error());
  checkpoint.config = std::move(*config);
  checkpoint.live = *values;
  checkpoint.lossWatch = *watch;
  return checkpoint;
}

}  // namespace

TensorSet toTensors(Checkpoint checkpoint) {
  Json json;
  json["version"] = kVersion;
  json["program"] = LEXARIUM_VERSION;
  json["run"] = toJson(checkpoint.config);
  json["step"] = checkpoint.step;
  json["epoch"] = checkpoint.epoch;
  json["seconds"] = checkpoint.seconds;
  json["loss"] = checkpoint.loss;
  json["learning_rate"] = checkpoint.learningRate;
  json["live"] = toJson(checkpoint.live);
  json["loss_watch"] = toJson(checkpoint.lossWatch.state());
  TensorSet tensors = std::move(checkpoint.learner);
  tensors.metadata[kKey] = formatJson(json);
  return tensors;
}

Expected<Checkpoint> checkpointFrom(TensorSet tensors) {
  const auto found = tensors.metadata.find(kKey);
  if (found == tensors.metadata.end()) {
    return makeError("This is no checkpoint of a run", {}, "Choose a file that training has written");
  }
  const auto damaged = [](const Error& error) {
    return makeError("The checkpoint cannot be read: " + error.what, error.where,
                     error.advice.empty() ? "Go on from another checkpoint" : error.advice);
  };
  const auto json = parseJson(found->second);
  if (!json) return damaged(json.error());
  auto checkpoint = fromJson(*json);
  if (!checkpoint) return damaged(checkpoint.error());
  tensors.metadata.erase(found);
  checkpoint->learner = std::move(tensors);
  return checkpoint;
}

}  // namespace lexarium
