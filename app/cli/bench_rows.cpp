// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/bench_rows.h"

#include <nlohmann/json.hpp>

#include "app/cli/console.h"
#include "app/cli/unicode.h"

namespace lexarium::cli {
namespace {

std::string amount(double value) {
  return value >= 1000 ? grouped(static_cast<std::uint64_t>(value)) : shortNumber(value);
}

std::string line(const BenchRow& row) {
  std::string text = padded(row.name, 40) + padded(std::to_string(row.threads), 9) +
                     padded(amount(row.value) + ' ' + row.unit, 22);
  if (!row.peer.empty()) {
    text += padded(row.peer + ' ' + amount(row.peerValue), 24) + fixedNumber(row.ratio(), 2) + " x";
  }
  return text.substr(0, text.find_last_not_of(' ') + 1) + '\n';
}

nlohmann::ordered_json jsonOf(const BenchRow& row) {
  nlohmann::ordered_json json = {
      {"name", row.name}, {"value", row.value}, {"unit", row.unit}, {"threads", row.threads}};
  json["peer"] = nullptr;
  json["peer_value"] = nullptr;
  json["ratio"] = nullptr;
  if (!row.peer.empty()) {
    json["peer"] = row.peer;
    json["peer_value"] = row.peerValue;
    json["ratio"] = row.ratio();
  }
  return json;
}

}  // namespace

ExitCode runBenchmark(const Benchmark& benchmark, bool json) {
  ProgressLine progress(false);
  if (!json) print(padded("what", 40) + padded("threads", 9) + padded("Lexarium", 22) + "peer\n");
  auto rows = benchmark([&](const std::string& text) { progress.update(-1, text); },
                        [&](const BenchRow& row) {
                          progress.clear();
                          if (json) return;
                          print(line(row));
                          finishOutput();
                        });
  progress.clear();
  if (!rows) return fail(rows.error());
  if (json) {
    auto array = nlohmann::ordered_json::array();
    for (const auto& row : *rows) array.push_back(jsonOf(row));
    printJson(array);
  }
  return kSuccess;
}

}  // namespace lexarium::cli
