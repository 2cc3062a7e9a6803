// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tasks/task_lines.h"

#include <nlohmann/json.hpp>

namespace lexarium {
namespace {

using Json = nlohmann::json;

void append(const Json& json, std::string& lines) {
  lines += json.dump(-1, ' ', false, Json::error_handler_t::replace);
  lines += '\n';
}

tl::unexpected<Error> wrongLine(std::size_t number) {
  return makeError("A stored example has no meaning", "line " + std::to_string(number),
                   "Read the examples again from their file");
}

bool takeText(const Json& json, const char* key, std::string& value) {
  const auto found = json.find(key);
  if (found == json.end() || !found->is_string()) return false;
  value = found->get<std::string>();
  return true;
}

bool takeTexts(const Json& json, const char* key, std::vector<std::string>& values) {
  const auto found = json.find(key);
  if (found == json.end()) return true;
  if (!found->is_array()) return false;
  for (const Json& one : *found) {
    if (!one.is_string()) return false;
    values.push_back(one.get<std::string>());
  }
  return true;
}

bool takeHead(const Json& json, TaskData& task) {
  std::string kind;
  if (!json.is_object() || !takeText(json, "kind", kind) || !takeText(json, "title", task.title))
    return false;
  for (const TaskKind one : {TaskKind::Pairs, TaskKind::Labels, TaskKind::Stories}) {
    if (kind != taskKindName(one)) continue;
    task.kind = one;
    return takeTexts(json, "labels", task.labels);
  }
  return false;
}

bool takeExample(const Json& json, const TaskData& task, TaskExample& example) {
  if (!json.is_object() || !takeText(json, "input", example.input) ||
      !takeText(json, "output", example.output) || !takeTexts(json, "story", example.story))
    return false;
  if (task.kind == TaskKind::Labels) {
    const auto label = json.find("label");
    if (label == json.end() || !label->is_number_unsigned() ||
        label->get<std::uint64_t>() >= task.labels.size())
      return false;
    example.label = label->get<std::uint32_t>();
  }
  const auto support = json.find("support");
  if (support == json.end()) return true;
  if (!support->is_array()) return false;
  for (const Json& one : *support) {
    if (!one.is_number_unsigned() || one.get<std::uint64_t>() >= example.story.size()) return false;
    example.support.push_back(one.get<std::uint32_t>());
  }
  return true;
}

}  // namespace

std::string taskToLines(const TaskData& task) {
  std::string lines;
  Json head{{"kind", taskKindName(task.kind)}, {"title", task.title}};
  if (!task.labels.empty()) head["labels"] = task.labels;
  append(head, lines);
  for (const TaskExample& example : task.examples) {
    Json json{{"input", example.input}, {"output", example.output}};
    if (task.kind == TaskKind::Labels) json["label"] = example.label;
    if (!example.story.empty()) json["story"] = example.story;
    if (!example.support.empty()) json["support"] = example.support;
    append(json, lines);
  }
  return lines;
}

Expected<TaskData> taskFromLines(std::string_view lines) {
  TaskData task;
  for (std::size_t at = 0, number = 1; at < lines.size(); ++number) {
    const std::size_t end = std::min(lines.find('\n', at), lines.size());
    const Json json = Json::parse(lines.substr(at, end - at), nullptr, false);
    at = end + 1;
    if (number == 1) {
      if (!takeHead(json, task)) return wrongLine(number);
      continue;
    }
    TaskExample example;
    if (!takeExample(json, task, example)) return wrongLine(number);
    task.examples.push_back(std::move(example));
  }
  if (task.examples.empty()) return wrongLine(1);
  return task;
}

}  // namespace lexarium
