// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/core_texts.h"

#include <fstream>
#include <iterator>
#include <regex>
#include <vector>

#include "core/analysis/run_report.h"
#include "core/models/learner.h"
#include "core/projection/projection.h"
#include "core/tasks/task_samples.h"
#include "core/text/samples.h"

namespace lexarium::test {
namespace {

void addParams(const std::vector<ParamSpec>& specs, std::set<std::string>& texts) {
  for (const ParamSpec& spec : specs) {
    texts.insert({spec.label, spec.help});
    // What a text names stands on the command line only.
    if (spec.type != ParamSpec::Type::Text) texts.insert(spec.unit);
    for (const auto& option : spec.options) texts.insert(option.label);
  }
}

/// context.report(0.5, "Counting words")
void addPhases(const std::filesystem::path& file, std::set<std::string>& texts) {
  static const std::regex call(R"re(report\([^;"]*"([^"]+)")re");
  std::ifstream in(file);
  const std::string source{std::istreambuf_iterator<char>(in), {}};
  // Those that end in a space go on with a file name.
  for (std::sregex_iterator it(source.begin(), source.end(), call), end; it != end; ++it)
    if ((*it)[1].str().back() != ' ') texts.insert((*it)[1].str());
}

}  // namespace

std::set<std::string> coreTexts(const std::filesystem::path& sourceFolder) {
  std::set<std::string> texts;
  for (const ModelInfo& model : models()) {
    texts.insert({model.title, model.summary, model.lossLabel});
    addParams(model.params, texts);
  }
  for (const ProjectionInfo& projection : projections()) {
    texts.insert({projection.title, projection.summary, projection.objective});
    addParams(projection.params, texts);
  }
  for (const TaskSample& sample : taskSamples())
    texts.insert({sample.title, sample.description, sample.goal});
  for (const char* phrase : reportPhrases()) texts.insert(phrase);
  for (const Sample& sample : samples()) texts.insert({sample.title, sample.description});
  for (const auto& entry : std::filesystem::recursive_directory_iterator(sourceFolder / "core")) {
    if (entry.path().extension() == ".cpp") addPhases(entry.path(), texts);
  }
  texts.erase("");
  return texts;
}

}  // namespace lexarium::test
