// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "core/models/neural_model.h"
#include "core/models/ngram.h"
#include "core/models/sequence_model.h"

namespace lexarium {
namespace {

/// Where there is nothing to go on from: the token that begins a text, a line end, or simply the first.
TokenId firstToken(const Tokenizer& tokenizer) {
  if (tokenizer.beginning() != kNoToken) return tokenizer.beginning();
  const TokenizedText lineEnd = tokenizer.encode("\n");
  if (!lineEnd.ids.empty() && lineEnd.ids.front() != tokenizer.unknown()) return lineEnd.ids.front();
  for (TokenId id = 0; id < tokenizer.size(); ++id) {
    if (tokenizer.text(id) == "\n") return id;
  }
  return 0;
}

/// The token that comes next, and the probability that the model itself gives it.
SampledToken nextToken(std::span<const float> logits, const SamplingSettings& settings, Rng& rng) {
  std::vector<float> plain = softmaxOf(logits);
  const bool isPlain = !settings.greedy && settings.temperature == 1;
  const TokenId token = isPlain ? sampleFrom(plain, settings, rng) : sampleToken(logits, settings, rng);
  return {token, plain[token], false};
}

}  // namespace

const TraceMatrix* SequenceTrace::find(std::string_view name, std::size_t layer, std::size_t head) const {
  const auto found = std::find_if(matrices.begin(), matrices.end(), [&](const TraceMatrix& matrix) {
    return matrix.name == name && matrix.layer == layer && matrix.head == head;
  });
  return found == matrices.end() ? nullptr : &*found;
}

TextSample speak(const SequenceModel& model, const SampleRequest& request, const StopToken& stop) {
  const Tokenizer& tokenizer = *model.tokenizer();
  TextSample sample;
  sample.request = request;
  std::vector<TokenId> ids = tokenizer.encode(request.prompt).ids;
  const bool isWhole = !ids.empty();
  // Something must be read before anything can be said; of a text that only begins it is not shown.
  if (!isWhole || tokenizer.beginning() != kNoToken) ids.insert(ids.begin(), firstToken(tokenizer));
  const bool hidesFirst = !isWhole || tokenizer.beginning() != kNoToken;
  const auto session = model.start();
  Rng rng(request.sampling.seed);
  std::span<const float> logits;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (stop.stop_requested()) return sample;
    const float probability = i == 0 ? 1.0F : softmaxOf(logits)[ids[i]];
    if (i > 0 || !hidesFirst) sample.tokens.push_back({ids[i], probability, true});
    logits = session->feed(ids[i]);
  }
  std::vector<TokenId> shown(ids.begin() + (hidesFirst ? 1 : 0), ids.end());
  sample.promptBytes = tokenizer.decode(shown).size();
  for (std::size_t i = 0; i < request.tokens && !stop.stop_requested(); ++i) {
    const SampledToken next = nextToken(logits, request.sampling, rng);
    if (next.id == tokenizer.beginning()) break;  // another text would begin
    sample.tokens.push_back(next);
    shown.push_back(next.id);
    if (i + 1 < request.tokens) logits = session->feed(next.id);
  }
  sample.text = tokenizer.decode(shown);
  sample.promptBytes = std::min(sample.promptBytes, sample.text.size());
  return sample;
}

double meanLoss(const SequenceModel& model, std::span<const TokenId> ids, std::uint64_t* tokens) {
  const std::uint64_t predicted = ids.empty() ? 0 : ids.size() - 1;
  if (tokens) *tokens = predicted;
  return predicted == 0 ? 0 : model.lossSum(ids) / static_cast<double>(predicted);
}

Expected<std::shared_ptr<const SequenceModel>> loadSequenceModel(const TensorSet& saved) {
  const auto kind = saved.metadata.find(kSequenceModelKey);
  if (kind == saved.metadata.end()) {
    return makeError("This is no language model", {}, "Choose the file of a run of such a model");
  }
  return kind->second == kNgram ? loadNgram(saved) : loadNeuralModel(saved);
}

}  // namespace lexarium
