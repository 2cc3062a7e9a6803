// SPDX-License-Identifier: GPL-3.0-or-later
// The JSON of a safetensors header, read as a stream of events: a parser that builds the whole tree would
// drop keys that stand there twice.
#include <nlohmann/json.hpp>
#include <set>

#include "core/formats/safetensors_header.h"
#include "core/formats/vectors_row.h"

namespace lexarium {
namespace {

using Json = nlohmann::json;

constexpr std::string_view kMetadata = "__metadata__";
constexpr std::size_t kMostIndices = 64;  // numpy's and PyTorch's limit

/// Handler of nlohmann's sax_parse(); a function that returns false ends the parsing.
class HeaderHandler {
 public:
  using number_integer_t = Json::number_integer_t;
  using number_unsigned_t = Json::number_unsigned_t;
  using number_float_t = Json::number_float_t;
  using string_t = Json::string_t;
  using binary_t = Json::binary_t;

  bool null() { return place_ == Place::Top && inMetadata() ? true : unexpected("null"); }
  bool boolean(bool) { return unexpected("true or false"); }
  bool number_integer(number_integer_t) { return unexpected("a negative number"); }
  bool number_float(number_float_t, const string_t&) { return unexpected("a number with a fraction"); }
  bool binary(binary_t&) { return unexpected("bytes"); }
  bool number_unsigned(number_unsigned_t value);
  bool string(string_t& text);
  bool start_object(std::size_t);
  bool key(string_t& name);
  bool end_object();
  bool start_array(std::size_t);
  bool end_array();
  bool parse_error(std::size_t byte, const std::string&, const Json::exception&) {
    return fail("It is not well-formed JSON at byte " + std::to_string(byte));
  }

  SafetensorsHeader takeHeader() { return std::move(header_); }
  const std::string& problem() const { return problem_; }

 private:
  enum class Place { Nowhere, Top, Metadata, Tensor, Shape, Offsets };

  bool inMetadata() const { return name_ == kMetadata; }
  bool fail(std::string problem) {
    problem_ = std::move(problem);
    return false;
  }
  bool unexpected(const std::string& what) {
    std::string where = name_.empty() ? std::string() : " in " + inQuotes(name_);
    if (!field_.empty()) where += ", " + inQuotes(field_);
    return fail("There is " + what + where + " where it cannot be");
  }

  SafetensorsHeader header_;
  Place place_ = Place::Nowhere;
  std::string name_;   // key at the top: of the tensor that is read
  std::string field_;  // key inside it
  std::set<std::string> names_;
  std::set<std::string> fields_;
  std::vector<std::uint64_t> offsets_;
  std::string problem_;
};

bool HeaderHandler::number_unsigned(number_unsigned_t value) {
  if (place_ == Place::Shape) {
    auto& shape = header_.tensors.back().shape;
    shape.push_back(value);
    return shape.size() <= kMostIndices || fail("The shape of " + inQuotes(name_) + " has too many numbers");
  }
  if (place_ == Place::Offsets) {
    offsets_.push_back(value);
    return offsets_.size() <= 2 || fail("There are more than two offsets of " + inQuotes(name_));
  }
  return unexpected("a number");
}

bool HeaderHandler::string(string_t& text) {
  if (place_ == Place::Metadata) {
    header_.metadata[field_] = std::move(text);
    return true;
  }
  if (place_ != Place::Tensor || field_ != "dtype") return unexpected("a text");
  const auto type = tensorTypeNamed(text);
  if (!type) return fail("The type " + inQuotes(text) + " of " + inQuotes(name_) + " is not known");
  header_.tensors.back().type = *type;
  return true;
}

bool HeaderHandler::start_object(std::size_t) {
  if (place_ == Place::Nowhere) {
    place_ = Place::Top;
    return true;
  }
  if (place_ != Place::Top) return unexpected("an object");
  fields_.clear();
  if (inMetadata()) {
    place_ = Place::Metadata;
    return true;
  }
  place_ = Place::Tensor;
  header_.tensors.push_back({name_, {}, {}, 0, 0});
  return true;
}

bool HeaderHandler::key(string_t& name) {
  auto& seen = place_ == Place::Top ? names_ : fields_;
  if (!seen.insert(name).second) return fail("The key " + inQuotes(name) + " stands there twice");
  (place_ == Place::Top ? name_ : field_) = std::move(name);
  return true;
}

bool HeaderHandler::end_object() {
  field_.clear();
  if (place_ == Place::Top) return true;
  const bool complete =
      place_ == Place::Metadata || fields_.size() == 3;  // others are refused where they stand
  place_ = Place::Top;
  return complete || fail("Type, shape or offsets of " + inQuotes(name_) + " are missing");
}

bool HeaderHandler::start_array(std::size_t) {
  if (place_ != Place::Tensor) return unexpected("a list");
  if (field_ == "shape") {
    place_ = Place::Shape;
  } else if (field_ == "data_offsets") {
    place_ = Place::Offsets;
    offsets_.clear();
  } else {
    return unexpected("a list");
  }
  return true;
}

bool HeaderHandler::end_array() {
  if (place_ == Place::Offsets) {
    if (offsets_.size() != 2) return fail("There are not two offsets of " + inQuotes(name_));
    header_.tensors.back().begin = offsets_[0];
    header_.tensors.back().end = offsets_[1];
  }
  place_ = Place::Tensor;
  return true;
}

}  // namespace

Expected<SafetensorsHeader> parseSafetensorsJson(std::string_view json, const std::string& name) {
  HeaderHandler handler;
  if (!Json::sax_parse(json.begin(), json.end(), &handler)) {
    return makeError("The header cannot be understood. " + handler.problem(), name,
                     "The file is damaged or no safetensors file");
  }
  return handler.takeHeader();
}

}  // namespace lexarium
