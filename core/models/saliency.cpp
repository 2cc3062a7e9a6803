// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/models/saliency.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>

#include "core/models/saliency_pass.h"

namespace lexarium {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr Index kMostCopies = 16;
constexpr Index kMostLogits = Index{1} << 22;  // numbers that a pass may have
constexpr std::size_t kFirstSteps = 8;

using Asked = std::vector<std::size_t>;  // some of the outputs, a copy each

/// d F / d logits.
Vector seedOf(const Eigen::Ref<const Vector>& logits, Index target) {
  Vector others = logits;
  others(target) = -std::numeric_limits<Real>::infinity();
  Vector seed = Vector::Zero(logits.size());
  if (logits.size() > 1) {
    const Real most = others.maxCoeff();
    seed = (others.array() - most).exp();
    seed /= -seed.sum();
  }
  seed(target) = 1;
  return seed;
}

/// What the passes of one query share.
class Asking {
 public:
  Asking(const SaliencyPass& pass, const SaliencyQuery& query, const StopToken& stop)
      : pass_(pass), query_(query), tape_(pass.parameters()) {
    tape_.stop = stop;
    result_.input = pass.input;
    result_.output = pass.output;
    result_.outputText = pass.outputText;
    const auto inputs = static_cast<Index>(pass.input.size()),
               outputs = static_cast<Index>(pass.output.size());
    result_.scores = Eigen::MatrixXd::Constant(inputs, outputs, kNone);
    result_.logOdds.assign(pass.output.size(), kNone);
    if (query.method == SaliencyMethod::IntegratedGradients) result_.reference = result_.logOdds;
  }

  Saliency run() {
    Asked asked = query_.outputs;
    if (asked.empty()) {
      asked.resize(pass_.outputs.size());
      std::iota(asked.begin(), asked.end(), std::size_t{0});
    }
    std::erase_if(asked, [&](std::size_t o) { return o >= pass_.outputs.size(); });
    if (asked.empty()) return {};
    if (query_.method == SaliencyMethod::Occlusion) {
      occlude(asked);
      return std::move(result_);
    }
    const std::size_t most = copiesAtOnce(asked);
    for (std::size_t first = 0; first < asked.size(); first += most) {
      const auto begin = asked.begin() + static_cast<std::ptrdiff_t>(first);
      const Asked some(begin, begin + static_cast<std::ptrdiff_t>(std::min(most, asked.size() - first)));
      if (query_.method == SaliencyMethod::GradientTimesInput)
        keep(some, gradients(some, 1));
      else
        integrate(some);
    }
    return std::move(result_);
  }

 private:
  std::size_t copiesAtOnce(const Asked& asked) {
    if (!pass_.canCopy()) return 1;
    begin(1, false);
    const Index numbers = std::max<Index>(1, pass_.logits(tape_, 1).value().size());
    return static_cast<std::size_t>(
        std::clamp<Index>(kMostLogits / numbers, 1, std::min(kMostCopies, static_cast<Index>(asked.size()))));
  }

  void begin(double scale, bool backward) {
    tape_.clear();
    probe_ = {};
    probe_.scale = static_cast<Real>(scale);
    probe_.backward = backward;
    tape_.setProbe(&probe_);
  }

  /// x . dF/dx at scale x, [inputs x asked]. F of each is left in odds_.
  Eigen::MatrixXd gradients(const Asked& asked, double scale) {
    const auto copies = static_cast<Index>(asked.size());
    begin(scale, true);
    const Var logits = pass_.logits(tape_, copies);
    Matrix seed = Matrix::Zero(logits.rows(), logits.cols());
    odds_ = oddsOf(asked, logits);
    for (Index c = 0; c < copies; ++c) {
      const auto& output = pass_.outputs[asked[static_cast<std::size_t>(c)]];
      const Index column = output.column * copies + c;
      seed.col(column) = seedOf(logits.value().col(column), output.target);
    }
    tape_.backwardFrom(logits, seed);
    Eigen::MatrixXd sums = Eigen::MatrixXd::Zero(result_.scores.rows(), copies);
    for (const Var& entered : probe_.inputs) {
      const MatrixMap adjoint = tape_.adjoint(entered), value = entered.value();
      for (Index i = 0; i < value.cols(); ++i) {
        const auto product = adjoint.col(i).cast<double>().dot(value.col(i).cast<double>());
        sums(static_cast<Index>(pass_.inputOf(i / copies)), i % copies) += product / scale;
      }
    }
    return sums;
  }

  std::vector<double> oddsOf(const Asked& asked, Var logits) const {
    std::vector<double> odds;
    const auto copies = static_cast<Index>(asked.size());
    for (Index c = 0; c < copies; ++c) {
      const auto& output = pass_.outputs[asked[static_cast<std::size_t>(c)]];
      odds.push_back(logOddsOf(logits.value().col(output.column * copies + c), output.target));
    }
    return odds;
  }

  std::vector<double> oddsAt(const Asked& asked, double scale) {
    begin(scale, false);
    return oddsOf(asked, pass_.logits(tape_, static_cast<Index>(asked.size())));
  }

  void integrate(const Asked& asked) {
    const std::vector<double> whole = oddsAt(asked, 1), zero = oddsAt(asked, 0);
    for (std::size_t steps = kFirstSteps;; steps *= 2) {
      const Quadrature rule = gaussLegendre(steps);
      Eigen::MatrixXd sums = Eigen::MatrixXd::Zero(result_.scores.rows(), static_cast<Index>(asked.size()));
      for (std::size_t s = 0; s < steps; ++s) sums += rule.weights[s] * gradients(asked, rule.points[s]);
      double gap = 0;
      bool complete = true;
      for (std::size_t c = 0; c < asked.size(); ++c) {
        const double change = whole[c] - zero[c];
        const double missing = std::abs(sums.col(static_cast<Index>(c)).sum() - change);
        gap = std::max(gap, missing);
        complete = complete && missing <= query_.tolerance * std::max(1.0, std::abs(change));
      }
      if (!complete && steps * 2 <= query_.mostSteps) continue;
      odds_ = whole;
      keep(asked, sums);
      for (std::size_t c = 0; c < asked.size(); ++c) result_.reference[asked[c]] = zero[c];
      result_.gap = std::max(result_.gap, gap);
      result_.steps = std::max(result_.steps, steps);
      return;
    }
  }

  void occlude(const Asked& asked) {
    begin(1, false);
    const Matrix whole = pass_.logits(tape_, 1).value();
    std::vector<std::size_t> last;  // inputs that some output sees
    for (const std::size_t o : asked) {
      const auto& output = pass_.outputs[o];
      result_.logOdds[o] = logOddsOf(whole.col(output.column), output.target);
      last.push_back(output.of);
    }
    for (std::size_t i = 0; i < *std::max_element(last.begin(), last.end()); ++i) {
      tape_.throwIfStopped();
      const Matrix rest = pass_.without(i, query_.occludedBy, tape_.stop);
      for (const std::size_t o : asked) {
        const auto& output = pass_.outputs[o];
        if (i < output.of)
          result_.scores(static_cast<Index>(i), static_cast<Index>(o)) =
              result_.logOdds[o] - logOddsOf(rest.col(output.column), output.target);
      }
    }
  }

  void keep(const Asked& asked, const Eigen::MatrixXd& sums) {
    for (std::size_t c = 0; c < asked.size(); ++c) {
      const auto seen = static_cast<Index>(pass_.outputs[asked[c]].of);
      result_.scores.col(static_cast<Index>(asked[c])).head(seen) =
          sums.col(static_cast<Index>(c)).head(seen);
      result_.logOdds[asked[c]] = odds_[c];
    }
  }

  const SaliencyPass& pass_;
  const SaliencyQuery& query_;
  InputProbe probe_;
  Tape tape_;
  Saliency result_;
  std::vector<double> odds_;
};

}  // namespace

double logOddsOf(const Eigen::Ref<const Vector>& logits, Index target) {
  double most = -std::numeric_limits<double>::infinity(), sum = 0;
  for (Index j = 0; j < logits.size(); ++j)
    if (j != target) most = std::max(most, static_cast<double>(logits(j)));
  for (Index j = 0; j < logits.size(); ++j)
    if (j != target) sum += std::exp(static_cast<double>(logits(j)) - most);
  const double others = logits.size() > 1 ? most + std::log(sum) : 0;
  return static_cast<double>(logits(target)) - others;
}

/// Roots of the Legendre polynomial by Newton's method (Abramowitz & Stegun 1964, 25.4.29).
Quadrature gaussLegendre(std::size_t count) {
  Quadrature rule{std::vector<double>(count), std::vector<double>(count)};
  const auto n = static_cast<double>(count);
  for (std::size_t i = 0; i < count; ++i) {
    double x = std::cos(std::numbers::pi * (static_cast<double>(i) + 0.75) / (n + 0.5)), slope = 1;
    for (int round = 0; round < 100; ++round) {
      double before = 1, here = x;  // P_0, P_1
      for (std::size_t k = 2; k <= count; ++k) {
        const auto order = static_cast<double>(k);
        const double next = ((2 * order - 1) * x * here - (order - 1) * before) / order;
        before = here;
        here = next;
      }
      slope = n * (x * here - before) / (x * x - 1);
      const double step = here / slope;
      x -= step;
      if (std::abs(step) < 1e-15) break;
    }
    rule.points[count - 1 - i] = (1 + x) / 2;
    rule.weights[count - 1 - i] = 1 / ((1 - x * x) * slope * slope);
  }
  return rule;
}

Saliency saliencyOf(const SaliencyPass& pass, const SaliencyQuery& query, const StopToken& stop) {
  if (pass.input.empty() || pass.outputs.empty()) return {};
  assert(pass.outputs.size() == pass.output.size());
  try {
    return Asking(pass, query, stop).run();
  } catch (const PassStopped&) {
    return {};
  }
}

std::vector<TokenId> occluded(std::vector<TokenId> ids, std::size_t which, OccludedBy by, TokenId unknown,
                              std::vector<Index>& silent) {
  if (by == OccludedBy::Nothing && ids.size() > 1)
    ids.erase(ids.begin() + static_cast<std::ptrdiff_t>(which));
  else if (by == OccludedBy::Unknown && unknown != kNoToken && ids[which] != unknown)
    ids[which] = unknown;
  else
    silent.push_back(static_cast<Index>(which));
  return ids;
}

std::vector<PlacedToken> placedTokens(const Tokenizer& tokenizer, std::string_view utf8,
                                      const std::vector<TokenId>& ids) {
  const TokenizedText read = tokenizer.encode(utf8);
  std::vector<PlacedToken> tokens;
  for (std::size_t i = 0; i < ids.size(); ++i)
    tokens.push_back({tokenizer.label(ids[i]), i < read.ranges.size() ? read.ranges[i] : ByteRange{}});
  return tokens;
}

}  // namespace lexarium
