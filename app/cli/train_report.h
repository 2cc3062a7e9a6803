// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <limits>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/analysis/neighbours.h"
#include "core/formats/vector_formats.h"
#include "core/train/trainer.h"

namespace lexarium::cli {

/// The mean loss of each epoch, gathered from the log.
class EpochLosses {
 public:
  /// Takes in what is new in the log.
  void read(const MetricLog& log);
  /// No more will come: the last epoch, though perhaps not whole, counts too.
  void finish();
  /// One line for each epoch that has ended since the last call.
  std::vector<std::string> takeFinished(const RunStatus& status, const std::string& unit);
  /// The newest loss on the text held back; NaN if there is none.
  double validationLoss() const { return validationLoss_; }
  /// Means over the steps of each epoch.
  std::vector<double> means() const;

 private:
  struct Sum {
    double loss = 0;
    double steps = 0;
  };
  std::vector<MetricPoint> points_;
  std::size_t cursor_ = 0;
  std::uint64_t lastStep_ = 0;
  std::vector<Sum> sums_;
  std::size_t reported_ = 0;
  bool finished_ = false;
  double validationLoss_ = std::numeric_limits<double>::quiet_NaN();
};

/// What passes by while a model trains: "words/s", of language models "tokens/s".
std::string speedUnit(const RunConfig& config);

/// 0 to 1, or negative if unknown.
double fractionDone(const RunStatus& status);
/// "epoch 2.3 of 5  loss 2.31  312,000 words/s  0:12 left", or what is being prepared.
std::string describe(const RunStatus& status, const std::string& unit = "words/s");
/// "Small world: 300,123 words, 1,234 different, 15,000 sentences; UTF-8"
std::string describe(const Corpus& corpus);
/// "Training skip-gram: dimensions 50, window 5 ...; 2 threads, fastest, seed 1"
std::string describe(const RunConfig& config);

/// What is said of a run at its end, for people and as JSON.
class TrainReport {
 public:
  TrainReport(const Trainer& trainer, const RunStatus& status);
  void setOutput(const std::string& path, const VectorFormat& format, const EmbeddingTable& table);
  /// A language model, written as a checkpoint.
  void setModelOutput(const std::string& path);
  void setCheckpoint(const std::string& path);
  void setFingerprint(const std::string& fingerprint);
  void setAnalogies(const AnalogyScore& total);

  const nlohmann::ordered_json& json() const { return json_; }
  std::string text() const { return text_; }

 private:
  void describeVectors(const Trainer& trainer, const RunStatus& status, const Snapshot* snapshot);
  void describeModel(const RunStatus& status, const SequenceModel& model, double validationLoss);

  nlohmann::ordered_json json_;
  std::string text_;
};

}  // namespace lexarium::cli
