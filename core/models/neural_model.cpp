// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/neural_model.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/models/learner_state.h"

namespace lexarium {
namespace {

constexpr const char* kShapeKey = "lexarium.network";
constexpr const char* kCharactersPerToken = "characters_per_token";
constexpr const char* kPrefix = "net.";
constexpr const char* kTokensPrefix = "tokens.";

/// Reads by the tape, one token after the other.
class TapeSession final : public SequenceSession {
 public:
  TapeSession(std::shared_ptr<const SequenceNet> net, std::shared_ptr<const Parameters> parameters)
      : TapeSession(net, parameters, std::make_shared<const PackedParameters>(*parameters)) {}
  TapeSession(std::shared_ptr<const SequenceNet> net, std::shared_ptr<const Parameters> parameters,
              std::shared_ptr<const PackedParameters> packed)
      : net_(std::move(net)),
        parameters_(std::move(parameters)),
        packed_(std::move(packed)),
        tape_(*parameters_, packed_),
        state_(net_->zeroState(1)) {}

  std::span<const float> feed(TokenId token) override {
    tape_.clear();
    if (!net_->carriesState()) {
      window_.push_back(token);
      const auto most = static_cast<std::size_t>(net_->shape().context);
      if (window_.size() > most) window_.erase(window_.begin());
      return take(net_->forward(tape_, window_, 1, state_));
    }
    return take(net_->forward(tape_, std::span(&token, 1), 1, state_));
  }

  std::unique_ptr<SequenceSession> clone() const override {
    auto copy = std::make_unique<TapeSession>(net_, parameters_, packed_);
    copy->state_ = state_;
    copy->window_ = window_;
    return copy;
  }

 private:
  std::span<const float> take(Var logits) {
    const auto last = logits.value().rightCols(1);
    logits_.resize(static_cast<std::size_t>(last.rows()));
    for (Index i = 0; i < last.rows(); ++i)
      logits_[static_cast<std::size_t>(i)] = static_cast<float>(last(i, 0));
    return logits_;
  }

  std::shared_ptr<const SequenceNet> net_;
  std::shared_ptr<const Parameters> parameters_;
  std::shared_ptr<const PackedParameters> packed_;
  Tape tape_;
  NetState state_;
  std::vector<TokenId> window_;
  std::vector<float> logits_;
};

SequenceFacts factsOf(const SequenceNet& net, double charactersPerToken, const Parameters& parameters) {
  const NetShape& shape = net.shape();
  SequenceFacts facts;
  facts.modelId = shape.kind;
  facts.layers = static_cast<std::size_t>(shape.layers);
  facts.units = static_cast<std::size_t>(shape.units);
  const bool attends = shape.kind == "transformer";
  facts.heads = attends ? static_cast<std::size_t>(shape.heads) : 0;
  facts.contextLength = static_cast<std::size_t>(shape.context);
  facts.parameters = parameters.count();
  facts.charactersPerToken = charactersPerToken;
  return facts;
}

}  // namespace

NeuralModel::NeuralModel(std::shared_ptr<const SequenceNet> net, std::shared_ptr<const Tokenizer> tokenizer,
                         double charactersPerToken, const Parameters& parameters)
    : net_(std::move(net)), tokenizer_(std::move(tokenizer)) {
  auto copy = std::make_shared<Parameters>();
  net_->declare(*copy);
  std::copy(parameters.values().begin(), parameters.values().end(), copy->values().begin());
  facts_ = factsOf(*net_, charactersPerToken, *copy);
  parameters_ = std::move(copy);
}

std::unique_ptr<SequenceSession> NeuralModel::start() const {
  if (auto quick = net_->start(parameters_)) return quick;
  return std::make_unique<TapeSession>(net_, parameters_);
}

SequenceTrace NeuralModel::trace(std::string_view utf8, bool withProbabilities,
                                 std::size_t mostTokens) const {
  SequenceTrace trace;
  trace.text = utf8;
  TokenizedText tokens = tokenizer_->encode(utf8);
  if (!net_->carriesState()) mostTokens = std::min(mostTokens, facts_.contextLength);
  tokens.ids.resize(std::min(tokens.ids.size(), mostTokens));
  tokens.ranges.resize(tokens.ids.size());
  trace.ids = std::move(tokens.ids);
  trace.ranges = std::move(tokens.ranges);
  for (const TokenId id : trace.ids) trace.labels.push_back(tokenizer_->label(id));
  if (trace.ids.empty()) return trace;
  Tape tape(*parameters_);
  NetState state = net_->zeroState(1);
  const Var logits = net_->forward(tape, trace.ids, 1, state);
  trace.matrices = net_->traceOf(tape);
  const Var probabilities = softmax(logits);
  trace.surprise.push_back(std::numeric_limits<float>::quiet_NaN());
  for (std::size_t t = 1; t < trace.ids.size(); ++t) {
    const Real p = probabilities.value()(static_cast<Index>(trace.ids[t]), static_cast<Index>(t) - 1);
    trace.surprise.push_back(-std::log(std::max(static_cast<float>(p), std::numeric_limits<float>::min())));
  }
  if (withProbabilities) trace.probabilities = probabilities.value().cast<float>();
  return trace;
}

/// In windows: of a network that carries its state one after the other; of another each with the half before
/// it as context.
double NeuralModel::lossSum(std::span<const TokenId> ids, const StopToken& stop) const {
  constexpr std::size_t kWindow = 256;
  const bool carries = net_->carriesState();
  const std::size_t window = carries ? kWindow : std::max<std::size_t>(facts_.contextLength, 1);
  Tape tape(*parameters_);
  NetState state = net_->zeroState(1);
  double sum = 0;
  std::size_t done = 0;  // tokens predicted; ids[done + 1] is next
  while (done + 1 < ids.size()) {
    if (stop.stop_requested()) return std::numeric_limits<double>::quiet_NaN();
    const std::size_t begin = carries || done == 0 ? done : done - std::min(done, window / 2);
    const std::size_t length = std::min(window, ids.size() - 1 - begin);
    std::vector<std::uint32_t> targets(ids.begin() + static_cast<std::ptrdiff_t>(begin) + 1,
                                       ids.begin() + static_cast<std::ptrdiff_t>(begin + length) + 1);
    std::fill_n(targets.begin(), done - begin, kIgnore);
    tape.clear();
    const Var logits = net_->forward(tape, ids.subspan(begin, length), 1, state);
    sum += lossSumOf(softmaxCrossEntropy(logits, targets));
    done = begin + length;
  }
  return sum;
}

void saveTokenizer(const Tokenizer& tokenizer, double charactersPerToken, TensorSet& set) {
  for (const auto& [name, bytes] : tokenizer.save()) {
    set.tensors[kTokensPrefix + name] = makeTensor<std::uint8_t>(
        std::span(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()), {bytes.size()});
  }
  set.tensors[kCharactersPerToken] = tensorOfNumber(charactersPerToken);
}

Expected<SavedTokens> tokensIn(const TensorSet& set) {
  std::map<std::string, std::string> saved;
  const std::string prefix = kTokensPrefix;
  for (const auto& [name, tensor] : set.tensors) {
    if (!name.starts_with(prefix)) continue;
    if (tensor.type != TensorType::U8) return makeError("A part of its tokens is no text", name);
    saved[name.substr(prefix.size())].assign(reinterpret_cast<const char*>(tensor.bytes.data()),
                                             tensor.bytes.size());
  }
  auto tokenizer = loadTokenizer(saved);
  if (!tokenizer) return tl::unexpected<Error>(tokenizer.error());
  const auto characters = numberIn<double>(set, kCharactersPerToken);
  if (!characters) return tl::unexpected<Error>(characters.error());
  if (!(*characters > 0 && *characters < 1e6))
    return makeError("A length of tokens has no meaning", kCharactersPerToken);
  return SavedTokens{std::move(*tokenizer), *characters};
}

TensorSet NeuralModel::save() const {
  TensorSet set;
  set.metadata[kSequenceModelKey] = net_->shape().kind;
  set.metadata[kShapeKey] = toJson(net_->shape());
  saveTokenizer(*tokenizer_, facts_.charactersPerToken, set);
  parameters_->save(set, kPrefix);
  return set;
}

Expected<std::shared_ptr<const SequenceModel>> loadNeuralModel(const TensorSet& saved) {
  const auto found = saved.metadata.find(kShapeKey);
  if (found == saved.metadata.end()) return makeError("The description of the network is missing");
  const auto shape = netShapeFrom(found->second);
  if (!shape) return tl::unexpected<Error>(shape.error());
  const auto tokens = tokensIn(saved);
  if (!tokens) return tl::unexpected<Error>(tokens.error());
  if (static_cast<Index>(tokens->tokenizer->size()) != shape->vocabulary) {
    return makeError("The network has more or fewer tokens than are described");
  }
  // Sizes are checked against the tensors before memory of such a size is taken.
  std::uint64_t numbers = 0;
  for (const auto& [name, tensor] : saved.tensors) numbers += tensor.bytes.size() / sizeof(Real);
  const auto least =
      static_cast<std::uint64_t>(shape->vocabulary) * static_cast<std::uint64_t>(shape->dimensions) +
      static_cast<std::uint64_t>(shape->layers) * static_cast<std::uint64_t>(shape->units) *
          static_cast<std::uint64_t>(shape->kind == "mlp" ? 1 : shape->units);
  if (least > numbers) return makeError("The network is larger than what is saved of it");
  const auto net = makeSequenceNet(*shape);
  if (!net) return makeError("There is no network of the kind \"" + shape->kind + "\"");
  Parameters parameters;
  net->declare(parameters);
  if (auto loaded = parameters.load(saved, kPrefix); !loaded) return tl::unexpected<Error>(loaded.error());
  return std::make_shared<const NeuralModel>(net, tokens->tokenizer, tokens->charactersPerToken, parameters);
}

}  // namespace lexarium
