// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/record_values.h"

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "core/formats/tensor.h"
#include "core/train/run_config_json.h"

namespace lexarium {
namespace {

constexpr std::array kModes = {Execution::Mode::Reproducible, Execution::Mode::Fastest};

}  // namespace

std::string paramsToJson(const ParamSet& params) {
  return toJson(params.values()).dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::optional<ParamSet> paramsFromJson(const std::string& text) {
  const auto json = parseJson(text);
  if (!json || !json->is_object()) return std::nullopt;
  const auto values = paramsFrom(*json);
  if (!values) return std::nullopt;
  ParamSet params;
  for (const auto& [key, value] : *values) params.set(key, value);
  return params;
}

Value toValue(const Sha256::Digest& value) {
  const auto bytes = std::as_bytes(std::span(value));
  return Bytes(bytes.begin(), bytes.end());
}

Value toValue(const std::vector<TokenId>& value) {
  Bytes bytes(value.size() * sizeof(TokenId));
  copyToLittleEndian(value.data(), sizeof(TokenId), bytes);
  return bytes;
}

Value toValue(const ParamSet& value) { return paramsToJson(value); }
Value toValue(Execution::Mode value) { return std::string(modeName(value)); }
Value toValue(RunStatus::State value) { return std::string(stateName(value)); }

bool fromValue(const Value& from, bool& to) {
  std::int64_t number = 0;
  if (!takeValue(from, number) || number < 0 || number > 1) return false;
  to = number == 1;
  return true;
}

bool fromValue(const Value& from, double& to) {
  to = std::numeric_limits<double>::quiet_NaN();
  return std::holds_alternative<std::monostate>(from) || takeValue(from, to);
}

bool fromValue(const Value& from, Sha256::Digest& to) {
  const auto* bytes = std::get_if<Bytes>(&from);
  if (!bytes || bytes->size() != to.size()) return false;
  std::memcpy(to.data(), bytes->data(), to.size());
  return true;
}

bool fromValue(const Value& from, std::vector<TokenId>& to) {
  const auto* bytes = std::get_if<Bytes>(&from);
  if (!bytes || bytes->size() % sizeof(TokenId) != 0) return false;
  to.resize(bytes->size() / sizeof(TokenId));
  copyFromLittleEndian(*bytes, sizeof(TokenId), to.data());
  return true;
}

bool fromValue(const Value& from, ParamSet& to) {
  const auto* text = std::get_if<std::string>(&from);
  auto params = text ? paramsFromJson(*text) : std::nullopt;
  if (!params) return false;
  to = std::move(*params);
  return true;
}

bool fromValue(const Value& from, Execution::Mode& to) {
  for (const auto mode : kModes) {
    if (from != toValue(mode)) continue;
    to = mode;
    return true;
  }
  return false;
}

bool fromValue(const Value& from, RunStatus::State& to) {
  for (int i = 0; i <= static_cast<int>(RunStatus::State::Failed); ++i) {
    if (from != toValue(static_cast<RunStatus::State>(i))) continue;
    to = static_cast<RunStatus::State>(i);
    return true;
  }
  return false;
}

}  // namespace lexarium
