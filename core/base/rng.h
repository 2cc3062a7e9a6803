// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <optional>

namespace lexarium {

/// xoshiro256** 1.0 (Blackman & Vigna 2018), seeded by SplitMix64: small, fast, the same on every platform.
/// Distributions are our own because the standard library's differ between implementations.
class Rng {
 public:
  using result_type = std::uint64_t;

  explicit Rng(std::uint64_t seed = 1) {
    for (auto& word : state_) word = splitMix(seed);
  }
  /// An independent stream for shard or step `stream` of the same seed.
  static Rng forStream(std::uint64_t seed, std::uint64_t stream) {
    std::uint64_t mixed = stream;
    return Rng(seed ^ splitMix(mixed));
  }

  /// Where the stream stands; and a generator that goes on from there. None for four zeros, from which no
  /// other number would ever come.
  using State = std::array<std::uint64_t, 4>;
  const State& state() const { return state_; }
  static std::optional<Rng> fromState(const State& state) {
    if (state == State{}) return std::nullopt;
    Rng rng;
    rng.state_ = state;
    return rng;
  }

  static constexpr std::uint64_t min() { return 0; }
  static constexpr std::uint64_t max() { return ~std::uint64_t{0}; }
  std::uint64_t operator()() { return next(); }

  std::uint64_t next() {
    const std::uint64_t result = std::rotl(state_[1] * 5, 7) * 9;
    const std::uint64_t t = state_[1] << 17;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= t;
    state_[3] = std::rotl(state_[3], 45);
    return result;
  }

  /// Uniform in [0, 1), 53 bits.
  double uniform() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }
  /// Uniform in [0, bound), bound > 0 (multiply-shift; Lemire 2019, bias below 2^-32).
  std::uint32_t below(std::uint32_t bound) {
    return static_cast<std::uint32_t>(((next() >> 32) * bound) >> 32);
  }
  /// Standard normal (Box-Muller, one of the pair; no hidden state, so streams stay reproducible).
  double normal();

 private:
  static std::uint64_t splitMix(std::uint64_t& x) {
    x += 0x9E3779B97F4A7C15u;
    std::uint64_t z = x;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
  }

  State state_;
};

}  // namespace lexarium
