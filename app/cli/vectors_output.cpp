// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/vectors_output.h"

#include "app/cli/interrupt.h"
#include "core/base/file.h"

namespace lexarium::cli {

ParamSpec vectorFormatParam() {
  std::vector<ParamSpec::Option> options;
  std::string endings;
  for (const auto& format : vectorFormats()) {
    options.push_back({format.id, format.title});
    if (format.id == "text") continue;
    endings += (endings.empty() ? "" : ", ") + format.id + " for " + format.extensions.front();
  }
  return choiceParam("format", "Format",
                     "How the vectors are written; if not given, the end of the file's name tells (" +
                         endings + ", else text).",
                     "text", options);
}

const VectorFormat& chosenFormat(const ParamFlags& flags, const std::string& path) {
  if (!flags.given().contains("format")) return vectorFormatFor(pathFromUtf8(path));
  return *findVectorFormat(std::get<std::string>(flags.value("format")));
}

std::string writtenFiles(const VectorFormat& format, const std::string& path) {
  std::string names;
  for (const auto& file : format.files(pathFromUtf8(path))) {
    names += (names.empty() ? "" : " and ") + pathToUtf8(file);
  }
  return names;
}

Expected<void> writeVectors(const VectorFormat& format, const std::string& path, const Vocabulary& vocabulary,
                            const Matrix& vectors, ProgressLine& progress) {
  InterruptibleTask task;
  const auto context =
      task.context([&](double fraction, const std::string& phase) { progress.update(fraction, phase); });
  auto written = format.write(pathFromUtf8(path), vocabulary, vectors, context);
  progress.clear();
  return written;
}

}  // namespace lexarium::cli
