// SPDX-License-Identifier: GPL-3.0-or-later
#include <chrono>
#include <cmath>
#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/interrupt.h"
#include "app/cli/line_input.h"
#include "app/cli/param_flags.h"
#include "app/cli/sequence_input.h"

namespace lexarium::cli {
namespace {

struct GenerateOptions {
  std::string file;
  std::string tokenizer;
  std::string prompt;
  ParamFlags flags;
  LineInput input;
};

std::vector<ParamSpec> samplingParams() {
  return {
      integerParam("tokens", "Length", "tokens", "How many tokens are said.", 200, 1, 10'000'000),
      numberParam("temperature", "Temperature", "", "Below 1 bolder, above 1 more even.", 1, 0.01, 100),
      integerParam("top_k", "Top k", "tokens", "Only so many of the likeliest are drawn from; 0: all.", 0, 0,
                   1'000'000),
      numberParam("top_p", "Top p", "", "Only the likeliest that together have this probability.", 1, 0, 1),
      booleanParam("greedy", "Greedy", "Always the likeliest token.", false),
      integerParam("seed", "Seed", "", "Where the random numbers begin.", 1, 0, INT64_MAX / 1024),
  };
}

SampleRequest requestOf(const GenerateOptions& options) {
  const auto whole = [&](const char* key) {
    return static_cast<std::size_t>(std::get<std::int64_t>(options.flags.value(key)));
  };
  SampleRequest request;
  request.prompt = options.prompt;
  request.tokens = whole("tokens");
  request.sampling.temperature = std::get<double>(options.flags.value("temperature"));
  request.sampling.topK = whole("top_k");
  request.sampling.topP = std::get<double>(options.flags.value("top_p"));
  request.sampling.greedy = std::get<bool>(options.flags.value("greedy"));
  request.sampling.seed = whole("seed");
  return request;
}

nlohmann::ordered_json toJson(const TextSample& sample, const Tokenizer& tokenizer, double seconds) {
  nlohmann::ordered_json tokens = nlohmann::ordered_json::array();
  std::size_t said = 0;
  for (const SampledToken& token : sample.tokens) {
    said += token.isPrompt ? 0 : 1;
    tokens.push_back({{"id", token.id},
                      {"token", tokenizer.label(token.id)},
                      {"probability", token.probability},
                      {"prompt", token.isPrompt}});
  }
  return {{"text", sample.text},
          {"prompt_bytes", sample.promptBytes},
          {"tokens_per_second", seconds > 0 ? static_cast<double>(said) / seconds : 0},
          {"tokens", std::move(tokens)}};
}

/// A prompt a line.
ExitCode generateAll(const GenerateOptions& options, const SequenceModel& model, const StopToken& stop) {
  return options.input.forEach([&](const AskedLine& line) {
    SampleRequest request = requestOf(options);
    request.prompt = line.reading.input;
    const TextSample sample = speak(model, request, stop);
    double logProbability = 0;  // of all that was said
    for (const SampledToken& token : sample.tokens)
      if (!token.isPrompt)
        logProbability += std::log(std::max(1e-30, static_cast<double>(token.probability)));
    options.input.answer(line, sample.text,
                         {{"output", sample.text.substr(sample.promptBytes)},
                          {"probability", std::exp(logProbability)},
                          {"text", sample.text}});
  });
}

ExitCode generate(const GenerateOptions& options) {
  const auto model = loadLanguageModel(options.file, options.tokenizer);
  if (!model) return fail(model.error());
  InterruptibleTask task;
  if (!options.input.file.empty()) return generateAll(options, **model, task.context().stop);
  const auto begin = std::chrono::steady_clock::now();
  const TextSample sample = speak(**model, requestOf(options), task.context().stop);
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  if (options.input.json) {
    printJson(toJson(sample, *(*model)->tokenizer(), seconds));
  } else {
    print(sample.text + '\n');
  }
  return interrupted() ? kInterrupted : kSuccess;
}

}  // namespace

void addGenerateCommand(CLI::App& app, Action& action) {
  auto options = std::make_shared<GenerateOptions>();
  CLI::App* command = app.add_subcommand("generate", "Let a language model go on with a text.");
  command->allow_extras();
  command
      ->add_option(
          "MODEL", options->file,
          "What `train` has written, a checkpoint of llama2.c, or a safetensors file with GPT-2's names.")
      ->required();
  command->add_option("--prompt", options->prompt, "The text to go on from.")->type_name("TEXT");
  command
      ->add_option("--tokenizer", options->tokenizer,
                   "The tokenizer.bin that belongs to a checkpoint of llama2.c, or the folder with the "
                   "tokens of a model like GPT-2.")
      ->type_name("PATH");
  options->flags.add(*command, samplingParams(), "Options");
  command
      ->add_option("--input", options->input.file,
                   "A file with a prompt a line, as text or as JSON: {\"input\": \"...\"}; - is standard "
                   "input.")
      ->type_name("FILE");
  command->add_flag("--json", options->input.json,
                    "Print one JSON object with the probability of each token; of --input one a line.");
  command->footer(
      "Example:\n  lexarium-cli train plays.txt --model lstm --output plays.safetensors\n"
      "  lexarium-cli generate plays.safetensors --prompt \"ROMEO:\" --temperature 0.8");
  command->callback([options, command, &action] {
    action = [options, command]() -> ExitCode {
      if (const auto unknown = unknownOption(*command); !unknown.empty()) return usageError(unknown);
      if (auto parsed = options->flags.parse(); !parsed) return usageError(parsed.error().message());
      return generate(*options);
    };
  });
}

}  // namespace lexarium::cli
