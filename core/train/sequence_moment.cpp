// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/sequence_moment.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "core/formats/safetensors.h"
#include "core/train/run_config_json.h"

namespace lexarium {
namespace {

constexpr const char* kSamples = "lexarium.samples";  // JSON, in the metadata

Json toJson(const TextSample& sample) {
  Json json;
  json["step"] = sample.step;
  json["prompt"] = sample.request.prompt;
  json["length"] = std::uint64_t{sample.request.tokens};
  json["temperature"] = sample.request.sampling.temperature;
  json["top_k"] = std::uint64_t{sample.request.sampling.topK};
  json["top_p"] = sample.request.sampling.topP;
  json["greedy"] = sample.request.sampling.greedy;
  json["seed"] = sample.request.sampling.seed;
  json["text"] = sample.text;
  json["prompt_bytes"] = std::uint64_t{sample.promptBytes};
  Json tokens = Json::array();
  for (const SampledToken& token : sample.tokens) {
    tokens.push_back({token.id, static_cast<double>(token.probability), token.isPrompt});
  }
  json["tokens"] = std::move(tokens);
  return json;
}

Expected<std::vector<SampledToken>> tokensFrom(const Json& json) {
  const auto wrong = [] { return makeError("A token of a sample has no meaning"); };
  if (!json.is_array()) return wrong();
  std::vector<SampledToken> tokens;
  for (const Json& one : json) {
    const bool fine = one.is_array() && one.size() == 3 && one[0].is_number_unsigned() &&
                      one[0].get<std::uint64_t>() < kNoToken && one[1].is_number() && one[2].is_boolean();
    if (!fine) return wrong();
    const auto probability = one[1].get<double>();
    if (!(probability >= 0 && probability <= 1)) return wrong();
    tokens.push_back({one[0].get<TokenId>(), static_cast<float>(probability), one[2].get<bool>()});
  }
  return tokens;
}

Expected<TextSample> sampleFrom(const Json& json) {
  TextSample sample;
  std::uint64_t length = 0, topK = 0, promptBytes = 0;
  auto& sampling = sample.request.sampling;
  const auto read = MemberReader(json)
                        .read("step", sample.step)
                        .read("prompt", sample.request.prompt)
                        .read("length", length)
                        .read("temperature", sampling.temperature)
                        .read("top_k", topK)
                        .read("top_p", sampling.topP)
                        .read("greedy", sampling.greedy)
                        .read("seed", sampling.seed)
                        .read("text", sample.text)
                        .read("prompt_bytes", promptBytes)
                        .result();
  if (!read) return tl::unexpected<Error>(read.error());
  if (promptBytes > sample.text.size() || !(sampling.temperature > 0)) {
    return makeError("A sample has no meaning");
  }
  const auto tokens = json.find("tokens");
  auto all = tokensFrom(tokens == json.end() ? Json() : *tokens);
  if (!all) return tl::unexpected<Error>(all.error());
  sample.request.tokens = static_cast<std::size_t>(length);
  sampling.topK = static_cast<std::size_t>(topK);
  sample.promptBytes = static_cast<std::size_t>(promptBytes);
  sample.tokens = std::move(*all);
  return sample;
}

}  // namespace

Expected<std::vector<std::byte>> toBytes(const SequenceMoment& moment) {
  TensorSet set;
  if (moment.model) set = moment.model->save();
  Json samples = Json::array();
  for (const auto& sample : moment.samples) samples.push_back(toJson(*sample));
  set.metadata[kSamples] = formatJson(samples);
  return safetensorsBytes(set);
}

Expected<SequenceMoment> sequenceMomentFrom(std::span<const std::byte> bytes) {
  const auto set = readSafetensors(bytes, "moment");
  if (!set) return tl::unexpected<Error>(set.error());
  SequenceMoment moment;
  const auto text = set->metadata.find(kSamples);
  if (text == set->metadata.end()) return makeError("Its samples are missing");
  const auto samples = parseJson(text->second);
  if (!samples) return tl::unexpected<Error>(samples.error());
  if (!samples->is_array()) return makeError("Its samples have no meaning");
  for (const Json& one : *samples) {
    auto sample = sampleFrom(one);
    if (!sample) return tl::unexpected<Error>(sample.error());
    moment.samples.push_back(std::make_shared<const TextSample>(std::move(*sample)));
  }
  if (set->tensors.empty()) return moment;
  auto model = loadTrainedModel(*set);
  if (!model) return tl::unexpected<Error>(model.error());
  moment.model = std::move(*model);
  return moment;
}

}  // namespace lexarium
