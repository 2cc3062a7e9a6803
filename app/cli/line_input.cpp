// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/line_input.h"

#include <fstream>
#include <iostream>

#include "app/cli/console.h"
#include "app/cli/interrupt.h"
#include "core/base/file.h"

namespace lexarium::cli {
namespace {

std::string textIn(const nlohmann::json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

}  // namespace

AskedLine askedLine(std::string line) {
  AskedLine asked;
  if (line.ends_with('\r')) line.pop_back();
  if (line.starts_with('{')) {
    const auto object = nlohmann::json::parse(line, nullptr, false);
    if (object.is_object() && object.contains("input") && object["input"].is_string()) {
      asked.isJson = true;
      asked.reading = {textIn(object, "input"), textIn(object, "output"), {}};
      const auto story = object.find("story");
      if (story != object.end() && story->is_array())
        for (const auto& sentence : *story)
          if (sentence.is_string()) asked.reading.story.push_back(sentence.get<std::string>());
      return asked;
    }
  }
  asked.reading.input = std::move(line);
  return asked;
}

void LineInput::addTo(CLI::App& command, const std::string& what) {
  command.add_option("TEXT", texts, what + "; without any, the lines of standard input.");
  addFlags(command);
}

void LineInput::addFlags(CLI::App& command) {
  command
      .add_option("--input", file,
                  "A file with one a line, as text or as JSON: {\"input\": \"...\"}; such a line is answered "
                  "by JSON.")
      ->type_name("FILE");
  command.add_flag("--json", json, "Answer all by a JSON object a line, with what the model thought.");
}

ExitCode LineInput::forEach(const std::function<void(const AskedLine&)>& work) const {
  for (const std::string& text : texts) {
    if (interrupted()) return kInterrupted;
    AskedLine asked;
    asked.reading.input = text;
    work(asked);
  }
  if (!texts.empty() && file.empty()) return kSuccess;
  std::ifstream opened;
  const bool fromFile = !file.empty() && file != "-";
  if (fromFile) {
    opened.open(pathFromUtf8(file), std::ios::binary);
    if (!opened) return fail({"The file cannot be opened", file, "Look whether it is there"});
  }
  std::istream& in = fromFile ? opened : std::cin;
  for (std::string line; !interrupted() && std::getline(in, line);) work(askedLine(line));
  return interrupted() ? kInterrupted : kSuccess;
}

void LineInput::answer(const AskedLine& line, const std::string& plain, nlohmann::ordered_json answer) const {
  if (!json && !line.isJson) return print(plain + '\n');
  nlohmann::ordered_json object = {{"input", line.reading.input}};
  object.update(answer);
  // A line an answer, so that other programs can read them one by one.
  print(object.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n');
}

}  // namespace lexarium::cli
