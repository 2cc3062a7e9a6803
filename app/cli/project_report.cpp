// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/project_report.h"

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>

#include "app/cli/console.h"
#include "app/cli/param_flags.h"
#include "app/cli/project_input.h"
#include "app/cli/text_table.h"
#include "core/base/file.h"
#include "core/base/memory.h"
#include "core/project/opened_project.h"
#include "core/train/run_config_json.h"
#include "core/train/run_parameters.h"

namespace lexarium::cli {
namespace {

/// A run with the counts of what belongs to it.
struct CountedRun {
  RunRecord record;
  std::size_t moments = 0;
  std::size_t checkpoints = 0;
  std::size_t layouts = 0;
};

struct ProjectParts {
  std::uint64_t bytes = 0;
  std::uint64_t freeBytes = 0;
  std::int64_t format = 0;
  std::vector<CorpusRecord> texts;
  RecordId shownText = 0;
  std::vector<CountedRun> runs;
  std::size_t selections = 0;
  std::size_t bookmarks = 0;
  std::size_t notes = 0;
};

/// Puts what was found into `value`; false, with the first error in `error`, if nothing was.
template <class T, class U>
bool take(Expected<T> found, U& value, std::optional<Error>& error) {
  if (!found) {
    if (!error) error = found.error();
    return false;
  }
  if constexpr (requires { found->size(); } && std::is_integral_v<U>) {
    value = found->size();
  } else {
    value = std::move(*found);
  }
  return true;
}

Expected<std::vector<CountedRun>> countedRuns(const Project& project) {
  std::vector<CountedRun> counted;
  const auto runs = project.runs();
  if (!runs) return tl::unexpected<Error>(runs.error());
  std::optional<Error> error;
  for (const RunRecord& record : *runs) {
    CountedRun& run = counted.emplace_back(CountedRun{record});
    take(project.frames(record.id), run.moments, error);
    take(checkpointsOf(project, record.id), run.checkpoints, error);
    take(project.layouts(record.id), run.layouts, error);
  }
  if (error) return tl::unexpected<Error>(*error);
  return counted;
}

Expected<ProjectParts> partsOf(const Project& project) {
  ProjectParts parts;
  std::optional<Error> error;
  take(project.bytes(), parts.bytes, error);
  take(project.freeBytes(), parts.freeBytes, error);
  take(project.format(), parts.format, error);
  take(project.corpora(), parts.texts, error);
  take(countedRuns(project), parts.runs, error);
  take(project.selections(), parts.selections, error);
  take(project.bookmarks(), parts.bookmarks, error);
  take(project.notes(), parts.notes, error);
  if (error) return tl::unexpected<Error>(*error);
  if (const auto shown = shownCorpus(project)) parts.shownText = shown->id;
  return parts;
}

/// "2026-11-26T09:30:00Z"
std::string isoTime(std::int64_t millisecondsSince1970) {
  using namespace std::chrono;
  const sys_seconds time = floor<seconds>(sys_time<milliseconds>(milliseconds(millisecondsSince1970)));
  const auto day = floor<days>(time);
  const year_month_day date(day);
  const hh_mm_ss clock(time - day);
  const auto two = [](auto value) { return (value < 10 ? "0" : "") + std::to_string(value); };
  return std::to_string(static_cast<int>(date.year())) + '-' + two(static_cast<unsigned>(date.month())) +
         '-' + two(static_cast<unsigned>(date.day())) + 'T' + two(clock.hours().count()) + ':' +
         two(clock.minutes().count()) + ':' + two(clock.seconds().count()) + 'Z';
}

nlohmann::ordered_json orNull(const std::string& text) {
  return text.empty() ? nlohmann::ordered_json(nullptr) : nlohmann::ordered_json(text);
}

nlohmann::ordered_json toJson(const CorpusRecord& text, bool shown) {
  return {{"title", text.title},
          {"documents", text.documents},
          {"tokens", text.tokens},
          {"words", text.words},
          {"bytes", text.textBytes},
          {"segmentation", lexarium::toJson(text.recipe.values())},
          {"icu", text.icuVersion},
          {"origin", orNull(text.origin)},
          {"sha256", toHex(text.hash)},
          {"created", isoTime(text.created)},
          {"shown", shown}};
}

template <class Records>
std::string nameOf(const Records& records, RecordId id) {
  for (const auto& entry : records) {
    if constexpr (requires { entry.title; }) {
      if (entry.id == id) return entry.title;
    } else if (entry.record.id == id) {
      return entry.record.name;
    }
  }
  return {};
}

nlohmann::ordered_json toJson(const CountedRun& run, const ProjectParts& parts) {
  const RunRecord& record = run.record;
  nlohmann::ordered_json json = {{"name", record.name},
                                 {"text", orNull(nameOf(parts.texts, record.corpus))},
                                 {"state", stateName(record.state)},
                                 {"message", record.message},
                                 {"steps", record.step},
                                 {"total_steps", record.totalSteps},
                                 {"epochs", record.epoch},
                                 {"seconds", record.seconds},
                                 {"loss", record.loss},
                                 {"moments", run.moments},
                                 {"checkpoints", run.checkpoints},
                                 {"layouts", run.layouts},
                                 {"fingerprint", orNull(record.fingerprint)},
                                 {"notes", record.notes},
                                 {"created", isoTime(record.created)},
                                 {"parent", orNull(nameOf(parts.runs, record.parent))},
                                 {"parent_step", record.parentStep}};
  json.update(lexarium::toJson(record.config));
  return json;
}

nlohmann::ordered_json runsJson(const ProjectParts& parts) {
  auto json = nlohmann::ordered_json::array();
  for (const CountedRun& run : parts.runs) json.push_back(toJson(run, parts));
  return json;
}

std::string counted(std::uint64_t number, const char* what) {
  return grouped(number) + ' ' + what + (number == 1 ? "" : "s");
}

std::string lossOf(const RunRecord& run) { return run.step > 0 ? shortNumber(run.loss) : "-"; }

std::string textsTable(const ProjectParts& parts) {
  TextTable table({{"Text"}, {"Words", true}, {"Different", true}, {"Documents", true}, {"Size", true}});
  for (const CorpusRecord& text : parts.texts) {
    const bool shown = text.id == parts.shownText && parts.texts.size() > 1;
    table.add({text.title + (shown ? " (shown last)" : ""), grouped(text.tokens), grouped(text.words),
               grouped(text.documents), formatBytes(text.textBytes)});
  }
  return table.text();
}

std::string runsTable(const ProjectParts& parts) {
  TextTable table({{"Run"},
                   {"Model"},
                   {"State"},
                   {"Epoch", true},
                   {"Loss", true},
                   {"Moments", true},
                   {"Checkpoints", true},
                   {"Fingerprint"}});
  for (const CountedRun& run : parts.runs) {
    const RunRecord& record = run.record;
    table.add({record.name, record.config.modelId, stateName(record.state), fixedNumber(record.epoch, 2),
               lossOf(record), grouped(run.moments), grouped(run.checkpoints),
               record.fingerprint.empty() ? "-" : record.fingerprint});
  }
  return table.text();
}

std::string shown(const RunConfig& run, const std::string& key) {
  if (key == kSeedKey) return std::to_string(run.execution.seed);
  const auto value = valueOf(run, key);
  return value ? readable(*value) : "-";
}

/// As people write keys: "batch-size", "seed".
std::string heading(const RunParameter& parameter) {
  std::string text = parameter.key;
  std::erase_if(text, [](char c) { return c == '(' || c == ')'; });
  std::replace(text.begin(), text.end(), '_', '-');
  return text;
}

bool isNumber(const RunConfig& run, const std::string& key) {
  const auto value = valueOf(run, key);
  return value && (std::holds_alternative<double>(*value) || std::holds_alternative<std::int64_t>(*value));
}

}  // namespace

Expected<std::string> projectText(const Project& project) {
  const auto parts = partsOf(project);
  if (!parts) return tl::unexpected<Error>(parts.error());
  std::string text = pathToUtf8(project.path().filename()) + ": " + formatBytes(parts->bytes) + ", format " +
                     std::to_string(parts->format);
  if (parts->freeBytes > parts->bytes / 10) text += ", of which " + formatBytes(parts->freeBytes) + " unused";
  text += ".\n";
  if (!parts->texts.empty()) text += '\n' + textsTable(*parts);
  if (!parts->runs.empty()) text += '\n' + runsTable(*parts);
  return text + '\n' + counted(parts->selections, "selection") + ", " +
         counted(parts->bookmarks, "bookmark") + ", " + counted(parts->notes, "note") + ".\n";
}

Expected<nlohmann::ordered_json> projectJson(const Project& project) {
  const auto parts = partsOf(project);
  if (!parts) return tl::unexpected<Error>(parts.error());
  nlohmann::ordered_json json = {{"file", pathToUtf8(project.path())},
                                 {"format", parts->format},
                                 {"bytes", parts->bytes},
                                 {"unused_bytes", parts->freeBytes},
                                 {"damaged", project.isDamaged()},
                                 {"warnings", project.warnings()},
                                 {"texts", nlohmann::ordered_json::array()}};
  for (const CorpusRecord& text : parts->texts)
    json["texts"].push_back(toJson(text, text.id == parts->shownText));
  json["runs"] = runsJson(*parts);
  json["selections"] = parts->selections;
  json["bookmarks"] = parts->bookmarks;
  json["notes"] = parts->notes;
  return json;
}

Expected<std::string> runsText(const Project& project) {
  const auto parts = partsOf(project);
  if (!parts) return tl::unexpected<Error>(parts.error());
  if (parts->runs.empty()) return std::string("There is no run in this project.\n");
  std::vector<const RunConfig*> configs;
  for (const CountedRun& run : parts->runs) configs.push_back(&run.record.config);
  const RunParameters parameters = runParameters(configs);
  std::vector<TextTable::Column> columns = {{"Run"},        {"Model"},       {"State"},
                                            {"Loss", true}, {"Epoch", true}, {"Seconds", true}};
  const auto same = parameters.all.begin() + static_cast<std::ptrdiff_t>(parameters.differing);
  for (auto it = parameters.all.begin(); it != same; ++it) {
    columns.push_back({heading(*it), std::any_of(configs.begin(), configs.end(), [&](const RunConfig* run) {
                         return isNumber(*run, it->key);
                       })});
  }
  TextTable table(columns);
  for (const CountedRun& run : parts->runs) {
    const RunRecord& record = run.record;
    std::vector<std::string> row = {
        record.name,    record.config.modelId,        stateName(record.state),
        lossOf(record), fixedNumber(record.epoch, 2), fixedNumber(record.seconds, 1)};
    for (auto it = parameters.all.begin(); it != same; ++it) row.push_back(shown(record.config, it->key));
    table.add(std::move(row));
  }
  std::string alike;
  for (auto it = same; it != parameters.all.end(); ++it)
    if (valueOf(*configs.front(), it->key))
      alike += (alike.empty() ? "" : ", ") + heading(*it) + ' ' + shown(*configs.front(), it->key);
  return table.text() + (alike.empty() ? "" : '\n' + wrapped("The same for all: " + alike + '.', 78) + '\n');
}

Expected<nlohmann::ordered_json> runsJson(const Project& project) {
  const auto parts = partsOf(project);
  if (!parts) return tl::unexpected<Error>(parts.error());
  return runsJson(*parts);
}

}  // namespace lexarium::cli
