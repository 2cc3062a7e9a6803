// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/run_report.h"

#include <algorithm>
#include <cstdio>

#include "core/analysis/neighbours.h"
#include "core/models/learner.h"
#include "core/tasks/splits.h"

namespace lexarium {
namespace {

constexpr std::size_t kExamples = 8, kWords = 12, kNeighbours = 8, kSkipped = 20;

// A word of a report; the list below is what translators see.
constexpr const char* kPhrases[] = {
    "Summary",
    "Model",
    "In short",
    "Paper",
    "Formula",
    "Text",
    "%1 words, %2 different",
    "Numbers learned",
    "Fingerprint",
    "Whoever repeats the run in the mode \"reproducible\" gets the same fingerprint.",
    "Settings",
    "Seed",
    "Mode",
    "Threads",
    "Training",
    "State",
    "Steps",
    "Epochs",
    "Time",
    "%1 s",
    "Loss",
    "Loss on text held back",
    "Perplexity",
    "Bits per character",
    "Accuracy",
    "while learning",
    "on text held back",
    "Curves",
    "Pictures",
    "Samples",
    "Nearest words",
    "What the model says, with temperature 0.8.",
    "What the model makes of examples that were kept for the test.",
    "The words with the most similar vectors (cosine).",
    "(from the beginning)",
    "yes",
    "no",
    "Made with Lexarium %1. The file needs nothing else: it can be kept, sent and printed.",
    "preparing",
    "running",
    "paused",
    "finished",
    "stopped",
    "diverged",
    "failed",
    "reproducible",
    "fastest",
};

std::string filled(std::string pattern, const std::string& first, const std::string& second = {}) {
  for (const auto& [mark, value] : {std::pair("%1", first), {"%2", second}})
    if (const auto at = pattern.find(mark); at != std::string::npos) pattern.replace(at, 2, value);
  return pattern;
}

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.4g", value);
  return text;
}

std::string whole(std::uint64_t value) {
  std::string digits = std::to_string(value);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, "\u202F");
  return digits;
}

std::string readable(const ParamSpec& spec, const ParamValue& value, const Translate& translate) {
  if (const bool* yes = std::get_if<bool>(&value)) return translate(*yes ? "yes" : "no");
  const std::string text = formatParam(value);
  for (const auto& option : spec.options)
    if (option.value == text) return translate(option.label);
  return spec.unit.empty() ? text : text + ' ' + translate(spec.unit);
}

ReportSection summary(const ModelCard& card, const ModelInfo* info, const Translate& translate) {
  ReportSection section{.title = translate("Summary")};
  const auto row = [&](const char* name, const std::string& value) {
    if (!value.empty()) section.rows.emplace_back(translate(name), value);
  };
  row("Model", info ? translate(info->title) : card.run.modelId);
  if (info) row("In short", translate(info->summary));
  row("Formula", formulaOf(card.run.modelId));
  if (info) row("Paper", info->citation);
  row("Text", card.text);
  if (card.textTokens > 0)
    section.rows.emplace_back(
        "", filled(translate("%1 words, %2 different"), whole(card.textTokens), whole(card.textWords)));
  if (card.numbers > 0) row("Numbers learned", whole(card.numbers));
  row("Fingerprint", card.fingerprint);
  if (!card.fingerprint.empty() && card.run.execution.mode == Execution::Mode::Reproducible)
    section.note =
        translate("Whoever repeats the run in the mode \"reproducible\" gets the same fingerprint.");
  return section;
}

ReportSection settings(const ModelCard& card, const ModelInfo* info, const Translate& translate) {
  ReportSection section{.title = translate("Settings")};
  if (!info) return section;
  for (const ParamSpec& spec : info->params) {
    if (!card.run.params.contains(spec.key) || !isEnabled(spec, card.run.params)) continue;
    section.rows.emplace_back(translate(spec.label),
                              readable(spec, card.run.params.value(spec.key), translate));
  }
  const Execution& run = card.run.execution;
  section.rows.emplace_back(translate("Mode"), translate(modeName(run.mode)));
  section.rows.emplace_back(translate("Threads"), std::to_string(run.threads));
  section.rows.emplace_back(translate("Seed"), std::to_string(run.seed));
  return section;
}

ReportSection training(const ModelCard& card, const Translate& translate) {
  ReportSection section{.title = translate("Training")};
  if (card.state.empty()) return section;
  const auto row = [&](const char* name, const std::string& value) {
    section.rows.emplace_back(translate(name), value);
  };
  row("State", translate(card.state));
  if (card.steps > 0) row("Steps", whole(card.steps));
  if (card.epochs > 0) row("Epochs", number(card.epochs));
  if (card.seconds > 0) row("Time", filled(translate("%1 s"), number(card.seconds)));
  static constexpr std::pair<const char*, const char*> kNames[] = {
      {"loss", "Loss"},
      {"validation_loss", "Loss on text held back"},
      {"perplexity", "Perplexity"},
      {"bits_per_character", "Bits per character"},
      {"accuracy", "Accuracy"}};
  for (const auto& [key, value] : card.metrics) {
    const auto known = std::find_if(std::begin(kNames), std::end(kNames),
                                    [&](const auto& name) { return key == name.first; });
    section.rows.emplace_back(known == std::end(kNames) ? key : translate(known->second), number(value));
  }
  return section;
}

std::vector<std::pair<std::string, std::string>> neighbourSamples(const EmbeddingTable& table,
                                                                  const Corpus& corpus,
                                                                  const StopToken& stop) {
  std::vector<std::pair<std::string, std::string>> samples;
  const Vector norms = inverseNorms(table.vectors);
  const auto count = static_cast<std::size_t>(table.vectors.cols());
  // The very first are articles and the like, of which neighbours say little.
  const std::size_t first = count > kSkipped + kWords ? kSkipped : 0;
  for (std::size_t i = first; i < count && samples.size() < kWords && !stop.stop_requested(); ++i) {
    const auto id = static_cast<TokenId>(i);
    if (!hasVector(table, id)) continue;
    std::string near;
    for (const Neighbour& neighbour : neighboursOf(table, norms, id, kNeighbours)) {
      char score[16];
      std::snprintf(score, sizeof score, " %.2f", neighbour.score);
      near += (near.empty() ? "" : ", ") + std::string(corpus.vocabulary().word(neighbour.id)) + score;
    }
    samples.emplace_back(std::string(corpus.vocabulary().word(id)), near);
  }
  return samples;
}

std::vector<std::pair<std::string, std::string>> exampleSamples(const TrainedModel& model,
                                                                const TaskData& task, const StopToken& stop) {
  std::vector<std::pair<std::string, std::string>> samples;
  for (const std::uint32_t i : splitExamples(task, {}).test) {
    if (samples.size() == kExamples || stop.stop_requested()) break;
    const TaskExample& example = task.examples[i];
    std::string asked;
    for (const std::string& sentence : example.story) asked += sentence + '\n';
    samples.emplace_back(asked + example.input, model.look({example.input, {}, example.story}).outputText);
  }
  return samples;
}

}  // namespace

std::span<const char* const> reportPhrases() { return kPhrases; }

std::vector<std::pair<std::string, std::string>> samplesOf(const Snapshot& snapshot, const Corpus* corpus,
                                                           const Translate& translate,
                                                           const StopToken& stop) {
  std::vector<std::pair<std::string, std::string>> samples;
  const auto language = snapshot.languageModel();
  if (!language) {
    if (snapshot.trained && corpus && corpus->task())
      return exampleSamples(*snapshot.trained, *corpus->task(), stop);
    if (!snapshot.trained && snapshot.all && corpus) samples = neighbourSamples(*snapshot.all, *corpus, stop);
    return samples;
  }
  for (const auto& sample : snapshot.samples)
    if (sample->text.size() > sample->promptBytes)
      samples.emplace_back(
          sample->request.prompt.empty() ? translate("(from the beginning)") : sample->request.prompt,
          sample->text);
  for (std::uint64_t seed = 1; samples.size() < 2 && !stop.stop_requested(); ++seed) {
    SampleRequest request;
    request.tokens = 200;
    request.sampling.temperature = 0.8;
    request.sampling.seed = seed;
    samples.emplace_back(translate("(from the beginning)"), speak(*language, request, stop).text);
  }
  return samples;
}

Report runReport(const ModelCard& card, const ReportParts& parts, const Translate& translate) {
  const ModelInfo* info = findModel(card.run.modelId);
  Report report{.language = parts.language, .title = card.title, .subtitle = card.text};
  report.sections.push_back(summary(card, info, translate));
  report.sections.push_back(settings(card, info, translate));
  report.sections.push_back(training(card, translate));
  report.sections.push_back({.title = translate("Curves"), .figures = parts.curves});
  report.sections.push_back({.title = translate("Pictures"), .figures = parts.pictures});
  const bool isWords = info && info->kind == ModelInfo::Kind::Embedding;
  ReportSection samples{.title = translate(isWords ? "Nearest words" : "Samples")};
  const bool isLanguage = info && info->kind == ModelInfo::Kind::Sequence;
  samples.note = translate(isWords      ? "The words with the most similar vectors (cosine)."
                           : isLanguage ? "What the model says, with temperature 0.8."
                                        : "What the model makes of examples that were kept for the test.");
  (isLanguage ? samples.texts : samples.rows) = parts.samples;
  report.sections.push_back(std::move(samples));
  std::erase_if(report.sections, [](const ReportSection& section) {
    return section.rows.empty() && section.figures.empty() && section.texts.empty();
  });
  report.foot = filled(
      translate("Made with Lexarium %1. The file needs nothing else: it can be kept, sent and printed."),
      LEXARIUM_VERSION);
  return report;
}

}  // namespace lexarium
