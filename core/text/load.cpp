// SPDX-License-Identifier: GPL-3.0-or-later
#include <new>
#include <stdexcept>
#include <system_error>

#include "core/base/file.h"
#include "core/text/corpus.h"
#include "core/text/corpus_builder.h"
#include "core/text/read_text.h"

namespace lexarium {
namespace fs = std::filesystem;
namespace {

using Result = Expected<std::shared_ptr<const Corpus>>;

constexpr std::size_t kMostNotes = 40;

Error outOfMemory(const std::string& where) {
  return {"There is not enough memory for this text", where,
          "Choose a smaller part of it, or close other programs"};
}

template <class Work>
Result guardMemory(const std::string& where, const Work& work) {
  try {
    return work();
  } catch (const std::bad_alloc&) {
    return tl::unexpected<Error>(outOfMemory(where));
  } catch (const std::length_error&) {
    return tl::unexpected<Error>(outOfMemory(where));
  }
}

std::string titleOf(const CorpusRequest& request) {
  if (!request.title.empty()) return request.title;
  fs::path first = request.paths.front();
  if (!first.has_filename()) first = first.parent_path();  // "folder/"
  std::error_code ignored;
  std::string title = pathToUtf8(fs::is_directory(first, ignored) ? first.filename() : first.stem());
  if (request.paths.size() > 1) title += " and " + std::to_string(request.paths.size() - 1) + " more";
  return title;
}

std::string plural(std::uint64_t count, const std::string& one, const std::string& many) {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

// What a person should know about a document beyond its words.
std::vector<std::string> odditiesOf(const Document& document) {
  std::vector<std::string> notes;
  const auto note = [&](const std::string& sentence) { notes.push_back(document.name + ": " + sentence); };
  if (document.sourceBytes == 0) note("the file is empty.");
  if (document.encoding.source == Encoding::Source::Detected && document.encoding.confidence < 50) {
    note("the encoding is uncertain; it was read as " + document.encoding.name +
         ". Choose another one if the text looks wrong.");
  }
  if (document.replacedSequences > 0) {
    note(plural(document.replacedSequences, "broken sequence is", "broken sequences are") +
         " shown as U+FFFD (" + document.encoding.name + ").");
  }
  if (document.replacedNuls > 0) {
    note(plural(document.replacedNuls, "NUL character is", "NUL characters are") + " shown as U+FFFD.");
  }
  if (document.droppedLongTokens > 0) {
    note(plural(document.droppedLongTokens, "piece", "pieces") + " of more than " +
         std::to_string(kMaximumTokenBytes) + " bytes without a break " +
         (document.droppedLongTokens == 1 ? "was" : "were") + " left out.");
  }
  return notes;
}

class Notes {
 public:
  explicit Notes(std::vector<std::string> first) : notes_(std::move(first)) {}
  void add(std::string sentence) { notes_.push_back(std::move(sentence)); }
  void addOddities(const Document& document) {
    for (std::string& note : odditiesOf(document)) add(std::move(note));
  }
  void giveTo(CorpusBuilder& builder) {
    const std::size_t shown = notes_.size() > kMostNotes ? kMostNotes - 1 : notes_.size();
    for (std::size_t i = 0; i < shown; ++i) builder.note(std::move(notes_[i]));
    if (shown < notes_.size())
      builder.note("There are " + std::to_string(notes_.size() - shown) + " more notes like these.");
  }

 private:
  std::vector<std::string> notes_;
};

std::uint64_t sizeOf(const fs::path& path) {
  std::error_code error;
  const std::uint64_t size = fs::file_size(path, error);
  return error ? 0 : size;
}

Result load(const CorpusRequest& request, const TaskContext& context) {
  if (request.paths.empty()) return makeError("No file was given", {}, "Choose a text file or a folder");
  if (!request.encoding.empty()) {
    if (auto decoder = Decoder::create({request.encoding}); !decoder)
      return tl::unexpected<Error>(decoder.error());
  }
  std::vector<std::string> listing;
  const std::vector<TextFile> files = findTextFiles(request.paths, listing);
  if (files.empty()) {
    return makeError("There is no text file in this folder", pathToUtf8(request.paths.front()),
                     "Text files end in .txt, .text or .md");
  }
  auto builder = CorpusBuilder::create(titleOf(request), request.options);
  if (!builder) return tl::unexpected<Error>(builder.error());

  double total = 1;
  for (const TextFile& file : files) total += static_cast<double>(sizeOf(file.path));
  double done = 0;
  Notes notes(std::move(listing));
  std::optional<Error> firstFailure;
  std::size_t read = 0;
  for (const TextFile& file : files) {
    const double end = done + static_cast<double>(sizeOf(file.path));
    const ProgressPart progress{context, done / total, std::min(end / total, 1.0)};
    done = end;
    if (context.stopRequested()) return cancelled();
    auto document = readDocument(file, request.encoding, progress.part(0, 0.15));
    if (!document) {
      if (document.error().kind == Error::Kind::Cancelled) return tl::unexpected<Error>(document.error());
      if (!firstFailure) firstFailure = document.error();
      notes.add(document.error().message());
      continue;
    }
    ++read;
    auto added = builder->add(std::move(*document), progress.part(0.15, 1));
    if (!added) return tl::unexpected<Error>(added.error());
    notes.addOddities(builder->lastDocument());
  }
  if (read == 0) return tl::unexpected<Error>(*firstFailure);
  notes.giveTo(*builder);
  return builder->finish(context);
}

Result fromTexts(std::string title, std::vector<NamedText> texts, const SegmentOptions& options,
                 const TaskContext& context, std::shared_ptr<const TaskData> task) {
  auto builder = CorpusBuilder::create(std::move(title), options);
  if (!builder) return tl::unexpected<Error>(builder.error());
  Notes notes({});
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const auto count = static_cast<double>(texts.size());
    const ProgressPart progress{context, static_cast<double>(i) / count, static_cast<double>(i + 1) / count};
    auto added =
        builder->add(documentFromMemory(std::move(texts[i].name), std::move(texts[i].utf8)), progress);
    if (!added) return tl::unexpected<Error>(added.error());
    notes.addOddities(builder->lastDocument());
  }
  notes.giveTo(*builder);
  builder->setTask(std::move(task));
  return builder->finish(context);
}

}  // namespace

Expected<std::shared_ptr<const Corpus>> loadCorpus(const CorpusRequest& request, const TaskContext& context) {
  const std::string where = request.paths.empty() ? std::string() : pathToUtf8(request.paths.front());
  return guardMemory(where, [&] { return load(request, context); });
}

Expected<std::shared_ptr<const Corpus>> corpusFromTexts(std::string title, std::vector<NamedText> texts,
                                                        const SegmentOptions& options,
                                                        const TaskContext& context,
                                                        std::shared_ptr<const TaskData> task) {
  return guardMemory(title,
                     [&] { return fromTexts(title, std::move(texts), options, context, std::move(task)); });
}

Expected<std::shared_ptr<const Corpus>> corpusFromText(std::string title, std::string utf8,
                                                       const SegmentOptions& options,
                                                       const TaskContext& context) {
  std::vector<NamedText> texts;
  texts.push_back({title, std::move(utf8)});
  return corpusFromTexts(std::move(title), std::move(texts), options, context);
}

}  // namespace lexarium
