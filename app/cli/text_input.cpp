// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/text_input.h"

#include <algorithm>

#include "app/cli/interrupt.h"
#include "core/base/file.h"
#include "core/text/decode.h"

namespace lexarium::cli {
namespace {

constexpr std::string_view kSamplePrefix = "sample:";

std::string sampleNames() {
  std::string names;
  for (const auto& sample : samples()) names += (names.empty() ? "" : ", ") + sample.id;
  return names;
}

bool isSample(const std::string& text) { return text.starts_with(kSamplePrefix); }

}  // namespace

void TextRequest::addTo(CLI::App& command, ParamFlags& flags) {
  command
      .add_option("TEXT", texts,
                  "Text files, folders of them, or sample:ID for a built-in text (`lexarium-cli samples` "
                  "lists them).")
      ->required();
  command
      .add_option(
          "--encoding", encoding,
          "Encoding of the files, such as UTF-8, UTF-16LE, windows-1252, GB18030, Big5 or Shift_JIS. Found "
          "out for each file if not given.")
      ->type_name("NAME")
      ->group("Text");
  flags.add(command, segmentParamSpecs(), "Text");
}

Expected<const Sample*> TextRequest::sample() const {
  if (!encoding.empty()) {
    Encoding chosen;
    chosen.name = encoding;
    chosen.source = Encoding::Source::Chosen;
    if (auto decoder = Decoder::create(chosen); !decoder) return tl::unexpected<Error>(decoder.error());
  }
  if (std::none_of(texts.begin(), texts.end(), isSample)) return nullptr;
  if (texts.size() > 1) return makeError("A sample is a text of its own", {}, "Give nothing else beside it");
  const std::string id = texts.front().substr(kSamplePrefix.size());
  const Sample* found = findSample(id);
  if (!found) return makeError("There is no sample \"" + id + "\"", {}, "Choose one of: " + sampleNames());
  return found;
}

Expected<std::shared_ptr<const Corpus>> loadText(const TextRequest& request, const ParamFlags& flags,
                                                 ProgressLine& progress) {
  InterruptibleTask task;
  const TaskContext context =
      task.context([&](double fraction, const std::string& phase) { progress.update(fraction, phase); });
  auto sample = request.sample();
  if (!sample) return tl::unexpected<Error>(sample.error());
  const SegmentOptions usual = *sample ? (*sample)->options : SegmentOptions{};
  ParamSet values = toParamSet(request.segmentation.value_or(usual));
  flags.applyTo(values);
  const SegmentOptions options = segmentOptionsFrom(values);
  Expected<std::shared_ptr<const Corpus>> corpus;
  if (*sample) {
    corpus = options == (*sample)->options
                 ? loadSample(**sample, context)
                 : corpusFromText((*sample)->title, (*sample)->generate(kSampleSeed), options, context);
  } else {
    CorpusRequest files;
    for (const auto& text : request.texts) files.paths.push_back(pathFromUtf8(text));
    files.options = options;
    files.encoding = request.encoding;
    corpus = loadCorpus(files, context);
  }
  progress.clear();
  if (corpus) {
    for (const auto& note : (*corpus)->notes()) progress.note("Note: " + note);
  }
  return corpus;
}

}  // namespace lexarium::cli
