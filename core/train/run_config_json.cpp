// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/run_config_json.h"

#include <array>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

namespace lexarium {
namespace {

constexpr int kDeepest = 8;
constexpr std::uint64_t kMostThreads = 1024;

template <class T>
constexpr const char* kindOf() {
  if constexpr (std::is_same_v<T, std::string>) return "a text";
  if constexpr (std::is_same_v<T, bool>) return "true or false";
  if constexpr (std::is_same_v<T, Json>) return "an object";
  if constexpr (std::is_same_v<T, std::uint64_t>) return "a whole number from 0";
  if constexpr (std::is_same_v<T, std::int64_t>) return "a whole number";
  return "a number";
}

template <class T>
bool isA(const Json& json) {
  if constexpr (std::is_same_v<T, std::string>) return json.is_string();
  if constexpr (std::is_same_v<T, bool>) return json.is_boolean();
  if constexpr (std::is_same_v<T, Json>) return json.is_object();
  if constexpr (std::is_same_v<T, std::uint64_t>) return json.is_number_unsigned();
  if constexpr (std::is_same_v<T, std::int64_t>) {
    // Above that it would come out negative.
    return json.is_number_integer() && (!json.is_number_unsigned() || json.get<std::uint64_t>() <= INT64_MAX);
  }
  return json.is_number();
}

Expected<Execution::Mode> modeFrom(const std::string& name) {
  for (const auto mode : {Execution::Mode::Reproducible, Execution::Mode::Fastest}) {
    if (name == modeName(mode)) return mode;
  }
  return makeError("\"" + name + "\" is no mode of training", "\"mode\"", "Give reproducible or fastest");
}

/// Looks for what the parser itself lets pass. What is too deep is not kept, and its end is not told.
class Watch {
 public:
  bool operator()(int depth, Json::parse_event_t event, const Json& value) {
    if (depth > kDeepest) {
      tooDeep_ = true;
      return false;
    }
    const auto level = static_cast<std::size_t>(depth);
    if (event == Json::parse_event_t::object_start) keys_[level].clear();
    if (event == Json::parse_event_t::key) {
      const auto& key = value.get_ref<const std::string&>();
      if (!keys_[level - 1].insert(key).second) twice_ = key;
    }
    return true;
  }
  Expected<void> verdict() const {
    if (tooDeep_) return makeError("It is nested too deeply");
    if (twice_) return makeError("The key \"" + *twice_ + "\" stands twice in one object");
    return {};
  }

 private:
  std::array<std::set<std::string>, kDeepest + 1> keys_;  // of the open object at each depth
  bool tooDeep_ = false;
  std::optional<std::string> twice_;
};

}  // namespace

template <class T>
MemberReader& MemberReader::readIfThere(const std::string& key, T& value) {
  const bool isThere = json_.is_object() && json_.contains(key);
  return isThere ? read(key, value) : *this;
}

template <class T>
MemberReader& MemberReader::read(const std::string& key, T& value) {
  if (error_) return *this;
  const auto found = json_.is_object() ? json_.find(key) : json_.end();
  if (found == json_.end()) {
    error_ = makeError("\"" + key + "\" is missing").value();
  } else if (!isA<T>(*found)) {
    error_ = makeError("\"" + key + "\" is not " + kindOf<T>()).value();
  } else {
    value = found->template get<T>();
  }
  return *this;
}

Expected<void> MemberReader::result() const {
  if (error_) return tl::unexpected<Error>(*error_);
  return {};
}

template MemberReader& MemberReader::read(const std::string&, std::string&);
template MemberReader& MemberReader::readIfThere(const std::string&, std::string&);
template MemberReader& MemberReader::read(const std::string&, bool&);
template MemberReader& MemberReader::readIfThere(const std::string&, bool&);
template MemberReader& MemberReader::read(const std::string&, std::int64_t&);
template MemberReader& MemberReader::readIfThere(const std::string&, std::int64_t&);
template MemberReader& MemberReader::read(const std::string&, std::uint64_t&);
template MemberReader& MemberReader::readIfThere(const std::string&, std::uint64_t&);
template MemberReader& MemberReader::read(const std::string&, double&);
template MemberReader& MemberReader::readIfThere(const std::string&, double&);
template MemberReader& MemberReader::read(const std::string&, Json&);
template MemberReader& MemberReader::readIfThere(const std::string&, Json&);

Json toJson(const ParamValue& value) {
  return std::visit([](const auto& held) { return Json(held); }, value);
}

Expected<ParamValue> paramFrom(const Json& json, const std::string& key) {
  if (json.is_boolean()) return ParamValue(json.get<bool>());
  if (json.is_string()) return ParamValue(json.get<std::string>());
  if (isA<std::int64_t>(json)) return ParamValue(json.get<std::int64_t>());
  if (json.is_number()) return ParamValue(json.get<double>());
  return makeError("\"" + key + "\" is neither a number nor a text nor true or false");
}

Json toJson(const std::map<std::string, ParamValue, std::less<>>& values) {
  Json json = Json::object();
  for (const auto& [key, value] : values) json[key] = toJson(value);
  return json;
}

Expected<std::map<std::string, ParamValue, std::less<>>> paramsFrom(const Json& json) {
  if (!json.is_object()) return makeError("Parameters are no object");
  std::map<std::string, ParamValue, std::less<>> values;
  for (const auto& [key, member] : json.items()) {
    auto value = paramFrom(member, key);
    if (!value) return tl::unexpected<Error>(value.error());
    values[key] = std::move(*value);
  }
  return values;
}

Json toJson(const RunConfig& config) {
  Json json;
  json["model"] = config.modelId;
  json["parameters"] = toJson(config.params.values());
  json["mode"] = modeName(config.execution.mode);
  json["threads"] = config.execution.threads;
  json["seed"] = config.execution.seed;
  return json;
}

Expected<RunConfig> runConfigFrom(const Json& json) {
  RunConfig config;
  std::string mode;
  Json params;
  std::uint64_t threads = 0;
  const auto read = MemberReader(json)
                        .read("model", config.modelId)
                        .read("parameters", params)
                        .read("mode", mode)
                        .read("threads", threads)
                        .read("seed", config.execution.seed)
                        .result();
  if (!read) return tl::unexpected<Error>(read.error());
  const auto values = paramsFrom(params);
  if (!values) return tl::unexpected<Error>(values.error());
  const auto chosen = modeFrom(mode);
  if (!chosen) return tl::unexpected<Error>(chosen.error());
  if (threads == 0 || threads > kMostThreads) {
    return makeError("\"threads\" is not from 1 to " + std::to_string(kMostThreads));
  }
  for (const auto& [key, value] : *values) config.params.set(key, value);
  config.execution.mode = *chosen;
  config.execution.threads = threads;
  return config;
}

Expected<SegmentOptions> segmentationFrom(const Json& json) {
  const auto values = paramsFrom(json);
  if (!values) return tl::unexpected<Error>(values.error());
  ParamSet set = toParamSet(SegmentOptions{});
  for (const auto& [key, value] : *values) set.set(key, value);
  if (auto valid = validate(segmentParamSpecs(), set); !valid) return tl::unexpected<Error>(valid.error());
  return segmentOptionsFrom(set);
}

Expected<Json> parseJson(std::string_view text) {
  Watch watch;
  try {
    Json json = Json::parse(text, std::ref(watch));
    if (auto fine = watch.verdict(); !fine) return tl::unexpected<Error>(fine.error());
    return json;
  } catch (const Json::parse_error& error) {
    return makeError("It is not JSON (byte " + std::to_string(error.byte) + ")");
  } catch (const Json::exception&) {
    return makeError("It has a number that is too large");
  }
}

std::string formatJson(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace lexarium
