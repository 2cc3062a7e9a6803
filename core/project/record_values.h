// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <vector>

#include "core/base/matrix.h"
#include "core/base/param_spec.h"
#include "core/base/sha256.h"
#include "core/models/learner.h"
#include "core/project/database.h"
#include "core/train/trainer.h"

namespace lexarium {

/// The id of a row of another table, 0 for none: kept as NULL, so that foreign keys hold.
template <class Id>
struct Reference {
  Id& id;
};
template <class Id>
Reference(Id&) -> Reference<Id>;

// A member of a record as it is kept; and back, where false means that it cannot be of this type.

inline Value toValue(std::int64_t value) { return value; }
inline Value toValue(bool value) { return std::int64_t{value}; }
/// The same 64 bits.
template <std::unsigned_integral T>
requires(!std::same_as<T, bool>) Value toValue(T value) {
  return static_cast<std::int64_t>(std::uint64_t{value});
}
inline Value toValue(double value) { return value; }
inline Value toValue(const std::string& value) { return value; }
inline Value toValue(const Bytes& value) { return value; }
Value toValue(const Sha256::Digest& value);
Value toValue(const std::vector<TokenId>& value);
/// JSON, {"learning_rate": 0.025, "window": 5 ...}: whole numbers have no point, others do.
Value toValue(const ParamSet& value);
Value toValue(Execution::Mode value);
Value toValue(RunStatus::State value);
template <class Id>
Value toValue(const Reference<Id>& reference) {
  return reference.id == 0 ? Value() : Value(reference.id);
}

template <class T>
bool takeValue(const Value& from, T& to) {
  const auto* found = std::get_if<T>(&from);
  if (found) to = *found;
  return found != nullptr;
}

inline bool fromValue(const Value& from, std::int64_t& to) { return takeValue(from, to); }
bool fromValue(const Value& from, bool& to);
template <std::unsigned_integral T>
requires(!std::same_as<T, bool>) bool fromValue(const Value& from, T& to) {
  std::int64_t number = 0;
  if (!takeValue(from, number)) return false;
  to = static_cast<T>(static_cast<std::uint64_t>(number));
  return true;
}
bool fromValue(const Value& from, double& to);  ///< NULL is NaN
inline bool fromValue(const Value& from, std::string& to) { return takeValue(from, to); }
inline bool fromValue(const Value& from, Bytes& to) { return takeValue(from, to); }
bool fromValue(const Value& from, Sha256::Digest& to);
bool fromValue(const Value& from, std::vector<TokenId>& to);
bool fromValue(const Value& from, ParamSet& to);
bool fromValue(const Value& from, Execution::Mode& to);
bool fromValue(const Value& from, RunStatus::State& to);
template <class Id>
bool fromValue(const Value& from, const Reference<Id>& to) {
  to.id = 0;
  return std::holds_alternative<std::monostate>(from) || takeValue(from, to.id);
}

/// ParamSet as JSON text, and back: nullopt if it is not an object of truth values, numbers and texts.
std::string paramsToJson(const ParamSet& params);
std::optional<ParamSet> paramsFromJson(const std::string& json);

}  // namespace lexarium
