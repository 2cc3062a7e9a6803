// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/expected.h"
#include "core/text/segment.h"
#include "core/train/run_config.h"

namespace lexarium {

using Json = nlohmann::ordered_json;

/// A value as JSON; and back: true, a whole number, a number or a text.
Json toJson(const ParamValue& value);
Expected<ParamValue> paramFrom(const Json& json, const std::string& key);
/// Values by key.
Json toJson(const std::map<std::string, ParamValue, std::less<>>& values);
Expected<std::map<std::string, ParamValue, std::less<>>> paramsFrom(const Json& json);

/// {"model": "skip-gram", "parameters": {...}, "mode": "reproducible", "threads": 2, "seed": 1}
Json toJson(const RunConfig& config);
/// Other keys beside these may be there. Whether there is such a model and what it says of the values,
/// complete() tells. Errors name the key.
Expected<RunConfig> runConfigFrom(const Json& json);

/// SegmentOptions as toJson(toParamSet(options).values()) writes them; what is missing has its default.
Expected<SegmentOptions> segmentationFrom(const Json& json);

/// Text to JSON. Errors, with the byte: it is none, it is deeper than some levels or has a key twice.
Expected<Json> parseJson(std::string_view text);
/// JSON to text; bytes that are not UTF-8 are replaced.
std::string formatJson(const Json& json);

/// Reads members of an object one after the other; what is wrong with the first one that cannot be read
/// stays, and all after it are left as they are. T is std::string, bool, std::int64_t, std::uint64_t, double,
/// or Json for an object.
class MemberReader {
 public:
  explicit MemberReader(const Json& json) : json_(json) {}

  template <class T>
  MemberReader& read(const std::string& key, T& value);
  template <class T>
  MemberReader& readIfThere(const std::string& key, T& value);
  /// "\"seed\" is missing", "\"seed\" is not a whole number from 0".
  Expected<void> result() const;

 private:
  const Json& json_;
  std::optional<Error> error_;
};

}  // namespace lexarium
