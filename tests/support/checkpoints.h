// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>
#include <algorithm>
#include <memory>

#include "core/formats/safetensors.h"
#include "core/train/checkpoint.h"
#include "tests/support/model_variants.h"

namespace lexarium {

inline RunConfig configFor(const ModelInfo& model) {
  RunConfig config;
  config.modelId = model.id;
  config.params = with(forToys(ParamSet::defaultsOf(model.params), 3), {{"subsample", 1e-2}});
  config.execution = {.mode = Execution::Mode::Reproducible, .threads = 2, .seed = 5};
  return config;
}

/// All but the time that it took.
inline bool sameLosses(const MetricHistory& a, const MetricHistory& b) {
  return std::equal(a.points.begin(), a.points.end(), b.points.begin(), b.points.end(),
                    [](const MetricPoint& x, const MetricPoint& y) {
                      return x.step == y.step && x.epoch == y.epoch && x.loss == y.loss &&
                             x.learningRate == y.learningRate;
                    });
}

/// To a file and back.
inline std::shared_ptr<const Checkpoint> throughBytes(const Checkpoint& checkpoint) {
  const auto bytes = safetensorsBytes(toTensors(checkpoint));
  if (!bytes) qFatal("%s", bytes.error().message().c_str());
  auto tensors = readSafetensors(*bytes, "checkpoint");
  if (!tensors) qFatal("%s", tensors.error().message().c_str());
  auto read = checkpointFrom(std::move(*tensors));
  if (!read) qFatal("%s", read.error().message().c_str());
  return std::make_shared<const Checkpoint>(std::move(*read));
}

inline Checkpoint someCheckpoint() {
  Checkpoint checkpoint;
  checkpoint.config = configFor(*findModel("skip-gram"));
  checkpoint.step = 12'345'678'901;
  checkpoint.epoch = 1.0 / 3;
  checkpoint.seconds = 17.25;
  checkpoint.loss = 2.7182818284590452;
  checkpoint.learningRate = 0.1;
  checkpoint.live["learning_rate"] = 0.1 + 0.2;
  for (const double loss : {3.0, 2.5, 100.0}) checkpoint.lossWatch.add(loss);
  const std::uint64_t steps = 3;
  checkpoint.learner.tensors["steps"] = makeTensor<std::uint64_t>({&steps, 1}, {});
  checkpoint.learner.metadata["words"] = "abc";
  return checkpoint;
}

}  // namespace lexarium
