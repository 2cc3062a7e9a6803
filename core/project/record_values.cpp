// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/record_values.h"

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "core/formats/tensor.h"

namespace lexarium {
namespace {

constexpr std::array kModes = {Execution::Mode::Reproducible, Execution::Mode::Fastest};

const char* modeName(Execution::Mode mode) {
  return mode == Execution::Mode::Reproducible ? "reproducible" : "fastest";
}

std::optional<ParamValue> paramFromJson(const nlohmann::json& json) {
  if (json.is_boolean()) return json.get<bool>();
  if (json.is_string()) return json.get<std::string>();
  if (json.is_number_float()) return json.get<double>();
  if (!json.is_number_integer()) return std::nullopt;
  if (json.is_number_unsigned() &&
      json.get<std::uint64_t>() > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
    return std::nullopt;
  }
  return json.get<std::int64_t>();
}

}  // namespace

std::string paramsToJson(const ParamSet& params) {
  nlohmann::json json = nlohmann::json::object();
  for (const auto& [key, value] : params.values()) {
    std::visit([&](const auto& plain) { json[key] = plain; }, value);
  }
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::optional<ParamSet> paramsFromJson(const std::string& text) {
  const auto json = nlohmann::json::parse(text, nullptr, false);
  if (!json.is_object()) return std::nullopt;
  ParamSet params;
  for (const auto& [key, value] : json.items()) {
    auto param = paramFromJson(value);
    if (!param) return std::nullopt;
    params.set(key, std::move(*param));
  }
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
