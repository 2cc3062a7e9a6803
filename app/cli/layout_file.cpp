// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/layout_file.h"

#include <charconv>
#include <nlohmann/json.hpp>

namespace lexarium::cli {
namespace {

std::string number(float value) {
  char buffer[32];
  const auto [end, error] = std::to_chars(buffer, buffer + sizeof buffer, value);
  return error == std::errc{} ? std::string(buffer, end) : "0";
}

std::string csvField(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

std::string tsvField(std::string text) {
  for (char& c : text) {
    if (c == '\t' || c == '\n' || c == '\r') c = ' ';
  }
  return text;
}

std::string table(const LoadedVectors& vectors, const Layout& layout, std::span<const std::int32_t> clusters,
                  LayoutFormat format) {
  const bool csv = format == LayoutFormat::Csv;
  const std::string separator = csv ? "," : "\t";
  std::string text = "word" + separator + "x" + separator + "y";
  text += clusters.empty() ? "\n" : separator + "cluster\n";
  for (Eigen::Index i = 0; i < layout.cols(); ++i) {
    const std::string word = vectors.word(static_cast<TokenId>(i));
    text += csv ? csvField(word) : tsvField(word);
    text += separator + number(layout(0, i)) + separator + number(layout(1, i));
    if (!clusters.empty()) text += separator + std::to_string(clusters[static_cast<std::size_t>(i)]);
    text += '\n';
  }
  return text;
}

std::string json(const LoadedVectors& vectors, const Layout& layout, std::span<const std::int32_t> clusters) {
  auto array = nlohmann::ordered_json::array();
  for (Eigen::Index i = 0; i < layout.cols(); ++i) {
    nlohmann::ordered_json point = {
        {"word", vectors.word(static_cast<TokenId>(i))}, {"x", layout(0, i)}, {"y", layout(1, i)}};
    if (!clusters.empty()) point["cluster"] = clusters[static_cast<std::size_t>(i)];
    array.push_back(std::move(point));
  }
  return array.dump(1, '\t', false, nlohmann::json::error_handler_t::replace) + '\n';
}

}  // namespace

std::string layoutText(const LoadedVectors& vectors, const Layout& layout,
                       std::span<const std::int32_t> clusters, LayoutFormat format) {
  return format == LayoutFormat::Json ? json(vectors, layout, clusters)
                                      : table(vectors, layout, clusters, format);
}

}  // namespace lexarium::cli
