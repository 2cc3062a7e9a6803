// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/train_report.h"

#include <algorithm>
#include <cmath>

#include "app/cli/analogy_scores.h"
#include "app/cli/console.h"
#include "app/cli/param_flags.h"
#include "app/cli/vectors_output.h"
#include "core/train/run_config_json.h"

namespace lexarium::cli {
namespace {

// "UTF-8", or each encoding once.
std::vector<std::string> encodingsOf(const Corpus& corpus) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < corpus.documentCount(); ++i) {
    const auto& name = corpus.document(i).encoding.name;
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  return names;
}

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const auto& part : parts) text += (text.empty() ? "" : ", ") + part;
  return text;
}

}  // namespace

void EpochLosses::read(const MetricLog& log) {
  points_.clear();
  cursor_ = log.read(cursor_, points_);
  for (const auto& point : points_) {
    const auto epoch = static_cast<std::size_t>(std::max(0.0, std::ceil(point.epoch - 1e-9) - 1));
    if (sums_.size() <= epoch) sums_.resize(epoch + 1);
    const double steps = static_cast<double>(point.step - std::min(lastStep_, point.step));
    lastStep_ = point.step;
    if (point.hasValidation()) validationLoss_ = point.validationLoss;
    if (!std::isfinite(point.loss)) continue;
    sums_[epoch].loss += point.loss * steps;
    sums_[epoch].steps += steps;
  }
}

void EpochLosses::finish() { finished_ = true; }

std::vector<double> EpochLosses::means() const {
  std::vector<double> means;
  for (const auto& sum : sums_) means.push_back(sum.steps > 0 ? sum.loss / sum.steps : std::nan(""));
  return means;
}

std::string speedUnit(const RunConfig& config) {
  const ModelInfo* model = findModel(config.modelId);
  return model && model->kind == ModelInfo::Kind::Sequence ? "tokens/s" : "words/s";
}

std::vector<std::string> EpochLosses::takeFinished(const RunStatus& status, const std::string& unit) {
  const auto means = this->means();
  const std::size_t ended = finished_ || means.empty() ? means.size() : means.size() - 1;
  std::vector<std::string> lines;
  for (; reported_ < ended; ++reported_) {
    std::string line = "epoch " + std::to_string(reported_ + 1);
    if (status.totalEpochs > 0) line += " of " + readableNumber(status.totalEpochs);
    if (!std::isnan(validationLoss_)) line += "  held back " + shortNumber(validationLoss_);
    lines.push_back(line + "  loss " + shortNumber(means[reported_]) + "  " +
                    grouped(static_cast<std::uint64_t>(status.tokensPerSecond)) + ' ' + unit);
  }
  return lines;
}

double fractionDone(const RunStatus& status) {
  if (status.state == RunStatus::State::Preparing) return status.prepareFraction;
  if (status.totalEpochs > 0) return status.epoch / status.totalEpochs;
  return -1;
}

std::string describe(const RunStatus& status, const std::string& unit) {
  if (status.state == RunStatus::State::Preparing) return status.phase.empty() ? "Preparing" : status.phase;
  std::string text = "epoch " + fixedNumber(status.epoch, 1);
  if (status.totalEpochs > 0) text += " of " + readableNumber(status.totalEpochs);
  text += "  loss " + shortNumber(status.loss) + "  " +
          grouped(static_cast<std::uint64_t>(std::max(0.0, status.tokensPerSecond))) + ' ' + unit;
  if (status.secondsLeft >= 0) text += "  " + clockTime(status.secondsLeft) + " left";
  return text;
}

std::string describe(const Corpus& corpus) {
  return corpus.title() + ": " + grouped(corpus.tokens().size()) + " words, " +
         grouped(corpus.vocabulary().size()) + " different, " + grouped(corpus.sentenceCount()) +
         (corpus.sentenceCount() == 1 ? " sentence; " : " sentences; ") + joined(encodingsOf(corpus));
}

std::string describe(const RunConfig& config) {
  const ModelInfo* model = findModel(config.modelId);
  std::string text = "Training " + config.modelId + " with";
  bool first = true;
  for (const auto& spec : model->params) {
    if (!isEnabled(spec, config.params)) continue;
    text += (first ? " " : ", ") + spec.flag().substr(2) + ' ' + readable(config.params.value(spec.key));
    first = false;
  }
  const auto& run = config.execution;
  return text + "; " + std::to_string(run.threads) + (run.threads == 1 ? " thread, " : " threads, ") +
         modeName(run.mode) + ", seed " + std::to_string(run.seed);
}

TrainReport::TrainReport(const Trainer& trainer, const RunStatus& status) {
  const Corpus& corpus = *trainer.corpus();
  const RunConfig& config = trainer.config();
  EpochLosses losses;
  losses.read(trainer.metrics());

  json_["state"] = stateName(status.state);
  json_["message"] = status.message;
  json_["model"] = config.modelId;
  json_["text"] = {{"title", corpus.title()},
                   {"documents", corpus.documentCount()},
                   {"encodings", encodingsOf(corpus)},
                   {"tokens", corpus.tokens().size()},
                   {"words", corpus.vocabulary().size()},
                   {"sentences", corpus.sentenceCount()},
                   {"notes", corpus.notes()}};
  json_["parameters"] = lexarium::toJson(config.params.values());
  json_["segmentation"] = lexarium::toJson(toParamSet(corpus.options()).values());
  json_["threads"] = config.execution.threads;
  json_["mode"] = modeName(config.execution.mode);
  json_["seed"] = config.execution.seed;
  json_["steps"] = status.step;
  json_["epochs"] = status.epoch;
  json_["loss_by_epoch"] = losses.means();
  json_["seconds"] = status.seconds;
  json_["output"] = nullptr;
  json_["checkpoint"] = nullptr;
  json_["fingerprint"] = nullptr;

  const auto snapshot = trainer.snapshot();
  if (const auto model = snapshot ? snapshot->languageModel() : nullptr) {
    describeModel(status, *model, losses.validationLoss());
  } else {
    describeVectors(trainer, status, snapshot.get());
  }
}

void TrainReport::describeVectors(const Trainer& trainer, const RunStatus& status, const Snapshot* snapshot) {
  const std::size_t words =
      snapshot && snapshot->all ? static_cast<std::size_t>(snapshot->all->vectors.cols()) : 0;
  const double passed =
      status.epoch * static_cast<double>(trainer.corpus()->vocabulary().countOfFirst(words));
  const double speed = status.seconds > 0 ? passed / status.seconds : 0;
  json_["vocabulary"] = words;
  json_["words_per_second"] = speed;
  text_ = "Trained " + grouped(words) + " words in " + fixedNumber(status.seconds, 1) + " s (" +
          grouped(static_cast<std::uint64_t>(speed)) + " words/s), loss " + shortNumber(status.loss) + ".\n";
}

void TrainReport::describeModel(const RunStatus& status, const SequenceModel& model, double validationLoss) {
  const SequenceFacts& facts = model.facts();
  json_["vocabulary"] = model.tokenizer()->size();
  json_["tokens_per_second"] = status.tokensPerSecond;
  json_["numbers"] = facts.parameters;
  json_["characters_per_token"] = facts.charactersPerToken;
  json_["loss"] = status.loss;
  text_ = "Trained " + grouped(facts.parameters) + " numbers in " + fixedNumber(status.seconds, 1) +
          " s, loss " + shortNumber(status.loss) + ".\n";
  if (std::isnan(validationLoss)) return;
  const double bits = validationLoss / std::log(2.0) / facts.charactersPerToken;
  json_["validation_loss"] = validationLoss;
  json_["perplexity"] = std::exp(validationLoss);
  json_["bits_per_character"] = bits;
  text_ += "On the text held back: loss " + shortNumber(validationLoss) + ", perplexity " +
           shortNumber(std::exp(validationLoss)) + ", " + fixedNumber(bits, 3) + " bits per character.\n";
}

void TrainReport::setOutput(const std::string& path, const VectorFormat& format,
                            const EmbeddingTable& table) {
  json_["output"] = path;
  json_["format"] = format.id;
  json_["dimensions"] = table.vectors.rows();
  text_ += "Wrote " + writtenFiles(format, path) + " (" +
           grouped(static_cast<std::uint64_t>(table.vectors.cols())) + " words x " +
           std::to_string(table.vectors.rows()) + " dimensions, " + format.title + ").\n";
}

void TrainReport::setModelOutput(const std::string& path) {
  json_["output"] = path;
  text_ += "Wrote " + path + " (`lexarium-cli generate` and `evaluate` read it).\n";
}

void TrainReport::setCheckpoint(const std::string& path) { json_["checkpoint"] = path; }

void TrainReport::setFingerprint(const std::string& fingerprint) {
  json_["fingerprint"] = fingerprint;
  text_ += "Fingerprint " + fingerprint + ".\n";
}

void TrainReport::setAnalogies(const AnalogyScore& total) {
  json_["analogies"] = toJson(total);
  text_ += "Analogies of the sample: " + grouped(total.correct) + " of " + grouped(total.asked) + " right (" +
           fixedNumber(100 * total.accuracy(), 1) + " %).\n";
}

}  // namespace lexarium::cli
