// SPDX-License-Identifier: GPL-3.0-or-later
// Counts of n tokens in a row, with the estimate of Witten & Bell 1991 as Chen & Goodman 1999 (section 2.5)
// have it: what a context has not been followed by is left to the context that is shorter by one,
//   p(w | c) = (count(c w) + kinds(c) p(w | c')) / (count(c) + kinds(c))
// where c' is c without its first token, kinds(c) how many different tokens have followed c, and below the
// empty context all tokens are equally likely.
#include "core/models/ngram.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "core/models/learner_state.h"
#include "core/models/neural_model.h"
#include "core/models/sequence_text.h"

namespace lexarium {
namespace {

constexpr std::int64_t kMostOrder = 12;
constexpr std::size_t kStepTokens = 5000;

/// Hash of the last `length` tokens, and the length: two contexts share one once in some 10^19.
std::uint64_t keyOf(std::span<const TokenId> context) {
  std::uint64_t key = 0x9E3779B97F4A7C15u + context.size();
  for (const TokenId id : context) {
    key ^= id + 0x9E3779B97F4A7C15u;
    key *= 0xBF58476D1CE4E5B9u;
    key ^= key >> 29;
  }
  return key;
}

struct Follower {
  TokenId token;
  std::uint32_t count;
};
struct Context {
  std::uint64_t total = 0;
  std::vector<Follower> followers;  // by rising token
};
using Counts = std::unordered_map<std::uint64_t, Context>;

double probability(const Counts& counts, std::span<const TokenId> context, TokenId token, double otherwise) {
  // From the empty context to the longest.
  double p = otherwise;
  for (std::size_t length = 0; length <= context.size(); ++length) {
    const auto found = counts.find(keyOf(context.last(length)));
    if (found == counts.end()) break;  // then no longer one was seen either
    const auto& [total, followers] = found->second;
    const auto at =
        std::lower_bound(followers.begin(), followers.end(), token,
                         [](const Follower& follower, TokenId id) { return follower.token < id; });
    const double count = at != followers.end() && at->token == token ? at->count : 0;
    const auto kinds = static_cast<double>(followers.size());
    p = (count + kinds * p) / (static_cast<double>(total) + kinds);
  }
  return p;
}

class NgramModel;

class NgramSession final : public SequenceSession {
 public:
  explicit NgramSession(std::shared_ptr<const NgramModel> model) : model_(std::move(model)) {}
  std::span<const float> feed(TokenId token) override;
  std::unique_ptr<SequenceSession> clone() const override { return std::make_unique<NgramSession>(*this); }

 private:
  std::shared_ptr<const NgramModel> model_;
  std::vector<TokenId> context_;
  std::vector<float> logits_;
};

class NgramModel final : public SequenceModel {
 public:
  NgramModel(std::shared_ptr<const Tokenizer> tokenizer, double charactersPerToken, std::size_t order,
             std::shared_ptr<const Counts> counts)
      : tokenizer_(std::move(tokenizer)), counts_(std::move(counts)), order_(order) {
    facts_.modelId = kNgram;
    facts_.contextLength = order - 1;
    facts_.charactersPerToken = charactersPerToken;
    for (const auto& [key, context] : *counts_) facts_.parameters += context.followers.size();
  }

  const std::shared_ptr<const Tokenizer>& tokenizer() const override { return tokenizer_; }
  const SequenceFacts& facts() const override { return facts_; }
  std::unique_ptr<SequenceSession> start() const override {
    return std::make_unique<NgramSession>(std::static_pointer_cast<const NgramModel>(shared_from_this()));
  }

  double probabilityOf(std::span<const TokenId> context, TokenId token) const {
    return probability(*counts_, context.last(std::min(context.size(), order_ - 1)), token,
                       1 / static_cast<double>(tokenizer_->size()));
  }

  void probabilities(std::span<const TokenId> context, std::vector<float>& logits) const {
    std::vector<double> p(tokenizer_->size(), 1 / static_cast<double>(tokenizer_->size()));
    context = context.last(std::min(context.size(), order_ - 1));
    for (std::size_t length = 0; length <= context.size(); ++length) {
      const auto found = counts_->find(keyOf(context.last(length)));
      if (found == counts_->end()) break;
      const auto& [total, followers] = found->second;
      const auto kinds = static_cast<double>(followers.size());
      const double whole = static_cast<double>(total) + kinds;
      for (double& one : p) one *= kinds / whole;
      for (const Follower& follower : followers) p[follower.token] += follower.count / whole;
    }
    logits.resize(p.size());
    for (std::size_t i = 0; i < p.size(); ++i) logits[i] = static_cast<float>(std::log(p[i]));
  }

  SequenceTrace trace(std::string_view utf8, bool withProbabilities, std::size_t mostTokens) const override {
    SequenceTrace trace;
    trace.text = utf8;
    TokenizedText tokens = tokenizer_->encode(utf8);
    tokens.ids.resize(std::min(tokens.ids.size(), mostTokens));
    tokens.ranges.resize(tokens.ids.size());
    trace.ids = std::move(tokens.ids);
    trace.ranges = std::move(tokens.ranges);
    const std::span<const TokenId> ids = trace.ids;
    if (withProbabilities) {
      trace.probabilities.resize(static_cast<Eigen::Index>(tokenizer_->size()),
                                 static_cast<Eigen::Index>(ids.size()));
    }
    std::vector<float> logits;
    for (std::size_t i = 0; i < ids.size(); ++i) {
      trace.labels.push_back(tokenizer_->label(ids[i]));
      trace.surprise.push_back(i == 0 ? std::numeric_limits<float>::quiet_NaN()
                                      : static_cast<float>(-std::log(probabilityOf(ids.first(i), ids[i]))));
      if (!withProbabilities) continue;
      probabilities(ids.first(i + 1), logits);
      for (std::size_t k = 0; k < logits.size(); ++k) {
        trace.probabilities(static_cast<Eigen::Index>(k), static_cast<Eigen::Index>(i)) = std::exp(logits[k]);
      }
    }
    return trace;
  }

  double lossSum(std::span<const TokenId> ids, const StopToken& stop) const override {
    double sum = 0;
    for (std::size_t i = 1; i < ids.size(); ++i) {
      if (i % 1024 == 0 && stop.stop_requested()) return std::numeric_limits<double>::quiet_NaN();
      sum -= std::log(probabilityOf(ids.first(i), ids[i]));
    }
    return sum;
  }

  TensorSet save() const override;
  std::size_t memoryBytes() const override {
    return static_cast<std::size_t>(facts_.parameters) * sizeof(Follower) +
           counts_->size() * sizeof(Counts::value_type);
  }
  const std::shared_ptr<const Counts>& counts() const { return counts_; }
  std::size_t order() const { return order_; }

 private:
  std::shared_ptr<const Tokenizer> tokenizer_;
  std::shared_ptr<const Counts> counts_;
  std::size_t order_;
  SequenceFacts facts_;
};

std::span<const float> NgramSession::feed(TokenId token) {
  context_.push_back(token);
  if (context_.size() > static_cast<std::size_t>(kMostOrder)) context_.erase(context_.begin());
  model_->probabilities(context_, logits_);
  return logits_;
}

TensorSet NgramModel::save() const {
  std::vector<std::uint64_t> keys;
  for (const auto& [key, context] : *counts_) keys.push_back(key);
  std::sort(keys.begin(), keys.end());
  std::vector<std::uint64_t> ends;
  std::vector<std::uint32_t> tokens, counts;
  for (const std::uint64_t key : keys) {
    for (const Follower& follower : counts_->at(key).followers) {
      tokens.push_back(follower.token);
      counts.push_back(follower.count);
    }
    ends.push_back(tokens.size());
  }
  TensorSet set;
  set.metadata[kSequenceModelKey] = kNgram;
  saveTokenizer(*tokenizer_, facts_.charactersPerToken, set);
  set.tensors["order"] = tensorOfNumber(std::uint64_t{order_});
  set.tensors["contexts"] = makeTensor<std::uint64_t>(std::span<const std::uint64_t>(keys), {keys.size()});
  set.tensors["ends"] = makeTensor<std::uint64_t>(std::span<const std::uint64_t>(ends), {ends.size()});
  set.tensors["followers"] =
      makeTensor<std::uint32_t>(std::span<const std::uint32_t>(tokens), {tokens.size()});
  set.tensors["counts"] = makeTensor<std::uint32_t>(std::span<const std::uint32_t>(counts), {counts.size()});
  return set;
}

template <class T>
Expected<std::vector<T>> listIn(const TensorSet& set, const char* name) {
  const auto found = set.tensors.find(name);
  if (found == set.tensors.end()) return makeError("It is missing", name);
  std::vector<T> values(found->second.bytes.size() / sizeof(T));
  const std::uint64_t shape[] = {values.size()};
  if (auto read = readTensor<T>(set, name, shape, std::span<T>(values)); !read)
    return tl::unexpected<Error>(read.error());
  return values;
}

Expected<std::shared_ptr<Counts>> countsIn(const TensorSet& set, std::size_t vocabulary) {
  const auto keys = listIn<std::uint64_t>(set, "contexts"), ends = listIn<std::uint64_t>(set, "ends");
  const auto tokens = listIn<std::uint32_t>(set, "followers"), numbers = listIn<std::uint32_t>(set, "counts");
  for (const auto* list : {&keys, &ends}) {
    if (!*list) return tl::unexpected<Error>(list->error());
  }
  for (const auto* list : {&tokens, &numbers}) {
    if (!*list) return tl::unexpected<Error>(list->error());
  }
  const bool fits = keys->size() == ends->size() && tokens->size() == numbers->size() &&
                    (ends->empty() ? tokens->empty() : ends->back() == tokens->size());
  if (!fits) return makeError("Its counts are not whole", "counts");
  auto counts = std::make_shared<Counts>();
  std::size_t at = 0;
  for (std::size_t i = 0; i < keys->size(); ++i) {
    if ((*ends)[i] <= at || (*ends)[i] > tokens->size() || (i > 0 && (*keys)[i] <= (*keys)[i - 1])) {
      return makeError("Its contexts have no meaning", "ends");
    }
    Context& context = (*counts)[(*keys)[i]];
    for (; at < (*ends)[i]; ++at) {
      const Follower follower{(*tokens)[at], (*numbers)[at]};
      const bool rises = context.followers.empty() || context.followers.back().token < follower.token;
      if (follower.token >= vocabulary || follower.count == 0 || !rises) {
        return makeError("A count has no meaning", "counts");
      }
      context.followers.push_back(follower);
      context.total += follower.count;
    }
  }
  return counts;
}

class NgramLearner final : public Learner {
 public:
  NgramLearner(std::shared_ptr<const Corpus> corpus, const ParamSet& params)
      : corpus_(std::move(corpus)), params_(params) {}

  Expected<void> prepare(const TaskContext& context) override {
    stop_ = context.stop;
    auto text = SequenceText::create(*corpus_, params_, context);
    if (!text) return tl::unexpected<Error>(text.error());
    text_ = std::move(*text);
    context.report(-1, "Beginning to count");
    return context.stopRequested() ? Expected<void>(cancelled()) : Expected<void>();
  }

  /// The loss is that of each token before it is counted.
  StepReport step() override {
    StepReport report;
    if (isShared_) counts_ = std::make_shared<Counts>(*counts_);
    isShared_ = false;
    const std::span<const TokenId> ids = text_.training();
    const std::size_t end = std::min(done_ + stepTokens(), ids.size());
    report.examples = report.tokens = end - done_;
    const double even = 1 / static_cast<double>(text_.tokenizer->size());
    for (; done_ < end; ++done_) {
      const auto context = ids.subspan(done_ - std::min(done_, order() - 1), std::min(done_, order() - 1));
      report.lossSum -= std::log(probability(*counts_, context, ids[done_], even));
      for (std::size_t length = 0; length <= context.size(); ++length)
        count(context.last(length), ids[done_]);
    }
    report.step = ++steps_;
    report.epoch = static_cast<double>(done_) / static_cast<double>(ids.size());
    report.finished = done_ == ids.size();
    if (report.finished && report.tokens > 0 && !text_.validation().empty()) {
      const auto held = text_.validation();
      report.validationLoss = ngramNow()->lossSum(held, stop_) / static_cast<double>(held.size() - 1);
    }
    return report;
  }

  std::size_t words() const override { return 0; }
  std::size_t dimensions() const override { return 1; }
  void copyEmbeddings(std::size_t, Matrix& out) const override { out.resize(1, 0); }
  /// Hands out the counts themselves; the next step goes on with a copy.
  std::shared_ptr<const TrainedModel> copyModel() const override { return ngramNow(); }
  std::shared_ptr<const NgramModel> ngramNow() const {
    isShared_ = true;
    return std::make_shared<const NgramModel>(text_.tokenizer, text_.charactersPerToken, order(), counts_);
  }
  std::uint64_t totalSteps() const override { return (text_.trained + stepTokens() - 1) / stepTokens(); }
  Expected<void> setLive(std::string_view key, const ParamValue&) override {
    return makeError("This parameter cannot change while training runs", std::string(key),
                     "Start a new run for it");
  }
  bool isFinite() const override { return true; }

  TensorSet saveState() const override {
    TensorSet state = copyModel()->save();
    state.tensors["steps"] = tensorOfNumber(steps_);
    state.tensors["done"] = tensorOfNumber(std::uint64_t{done_});
    return state;
  }

  Expected<void> restoreState(const TensorSet& state) override {
    const auto restored = readState(state);
    return restored ? restored : stateDoesNotFit(restored.error());
  }

 private:
  std::size_t order() const { return static_cast<std::size_t>(params_.getInt("order")); }
  /// So that a hundred steps can be watched on a small text.
  std::size_t stepTokens() const { return std::clamp<std::size_t>(text_.trained / 100, 1, kStepTokens); }

  void count(std::span<const TokenId> context, TokenId token) {
    Context& entry = (*counts_)[keyOf(context)];
    ++entry.total;
    const auto at =
        std::lower_bound(entry.followers.begin(), entry.followers.end(), token,
                         [](const Follower& follower, TokenId id) { return follower.token < id; });
    if (at != entry.followers.end() && at->token == token) {
      ++at->count;
    } else {
      entry.followers.insert(at, {token, 1});
    }
  }

  Expected<void> readState(const TensorSet& state) {
    const auto model = loadSequenceModel(state);
    if (!model) return tl::unexpected<Error>(model.error());
    if (tokensFingerprint(*(*model)->tokenizer()) != tokensFingerprint(*text_.tokenizer)) {
      return makeError("It has counted other tokens than this text's");
    }
    const auto* ngram = dynamic_cast<const NgramModel*>(model->get());
    if (!ngram || ngram->order() != order())
      return makeError("It is another kind of model, or counts more or fewer tokens");
    const auto steps = numberIn<std::uint64_t>(state, "steps"), done = numberIn<std::uint64_t>(state, "done");
    if (!steps) return tl::unexpected<Error>(steps.error());
    if (!done) return tl::unexpected<Error>(done.error());
    if (*done > text_.trained) return makeError("A place is behind the end of the text", "done");
    counts_ = std::make_shared<Counts>(*ngram->counts());
    isShared_ = false;
    steps_ = *steps;
    done_ = static_cast<std::size_t>(*done);
    return {};
  }

  std::shared_ptr<const Corpus> corpus_;
  ParamSet params_;
  StopToken stop_;
  SequenceText text_;
  std::shared_ptr<Counts> counts_ = std::make_shared<Counts>();
  mutable bool isShared_ = false;
  std::size_t done_ = 0;
  std::uint64_t steps_ = 0;
};

}  // namespace

ModelInfo ngramModel() {
  ModelInfo info;
  info.id = kNgram;
  info.title = "N-grams";
  info.summary = "Counts which token has followed the last few; the yardstick for all that learns.";
  info.citation = "Witten & Bell 1991, doi:10.1109/18.87000; Chen & Goodman 1999, doi:10.1006/csla.1999.0128";
  info.lossLabel = "Loss (mean per token)";
  info.kind = ModelInfo::Kind::Sequence;
  addTextParams(info.params);
  info.params.push_back(integerParam("order", "Order", "tokens",
                                     "How many tokens in a row are counted: 2 for pairs.", 5, 1, kMostOrder));
  info.create = [](std::shared_ptr<const Corpus> corpus, const ParamSet& params,
                   const Execution&) -> std::unique_ptr<Learner> {
    return std::make_unique<NgramLearner>(std::move(corpus), params);
  };
  return info;
}

Expected<std::shared_ptr<const SequenceModel>> loadNgram(const TensorSet& saved) {
  const auto tokens = tokensIn(saved);
  if (!tokens) return tl::unexpected<Error>(tokens.error());
  const auto order = numberIn<std::uint64_t>(saved, "order");
  if (!order) return tl::unexpected<Error>(order.error());
  if (*order < 1 || *order > static_cast<std::uint64_t>(kMostOrder))
    return makeError("Its order has no meaning", "order");
  auto counts = countsIn(saved, tokens->tokenizer->size());
  if (!counts) return tl::unexpected<Error>(counts.error());
  return std::make_shared<const NgramModel>(tokens->tokenizer, tokens->charactersPerToken,
                                            static_cast<std::size_t>(*order), *counts);
}

}  // namespace lexarium
