// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/corpus_tensors.h"

#include <nlohmann/json.hpp>

#include "core/base/file.h"
#include "core/project/record_values.h"
#include "core/tasks/task_lines.h"
#include "core/train/run_config_json.h"

namespace lexarium {
namespace {

constexpr const char* kTask = "task";  // only of a text that was made of examples

tl::unexpected<Error> damaged(const std::string& part) {
  return makeError("A part of the stored text is missing or damaged", part,
                   "Read the text again from its file");
}

std::string dump(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);  // file names may be anything
}

Json toJson(const Document& document) {
  return {{"name", document.name},
          {"path", pathToUtf8(document.path)},
          {"encoding", document.encoding.name},
          {"encoding_source", static_cast<std::uint64_t>(document.encoding.source)},
          {"encoding_confidence", static_cast<std::uint64_t>(document.encoding.confidence)},
          {"bom_bytes", document.encoding.bomBytes},
          {"text_bytes", document.text.size()},
          {"tokens", document.tokens.size()},
          {"source_bytes", document.sourceBytes},
          {"replaced_sequences", document.replacedSequences},
          {"replaced_nuls", document.replacedNuls},
          {"dropped_long_tokens", document.droppedLongTokens},
          {"line_ends_sentence", document.lineEndsSentence},
          {"checkpoints", document.checkpoints.size()}};
}

struct StoredDocument {
  Document document;
  std::uint64_t textBytes = 0;
  std::uint64_t checkpoints = 0;
};

std::optional<StoredDocument> documentFrom(const Json& json) {
  StoredDocument stored;
  Document& document = stored.document;
  std::string path;
  std::uint64_t source = 0, confidence = 0, bomBytes = 0;
  const auto read = MemberReader(json)
                        .read("name", document.name)
                        .read("path", path)
                        .read("encoding", document.encoding.name)
                        .read("encoding_source", source)
                        .read("encoding_confidence", confidence)
                        .read("bom_bytes", bomBytes)
                        .read("text_bytes", stored.textBytes)
                        .read("tokens", document.tokens.end)  // how many, for now
                        .read("source_bytes", document.sourceBytes)
                        .read("replaced_sequences", document.replacedSequences)
                        .read("replaced_nuls", document.replacedNuls)
                        .read("dropped_long_tokens", document.droppedLongTokens)
                        .read("line_ends_sentence", document.lineEndsSentence)
                        .read("checkpoints", stored.checkpoints)
                        .result();
  constexpr auto kLastSource = static_cast<std::uint64_t>(Encoding::Source::Chosen);
  if (!read || source > kLastSource || confidence > 100 || bomBytes > 4) return std::nullopt;
  document.path = pathFromUtf8(path);
  document.encoding.source = static_cast<Encoding::Source>(source);
  document.encoding.confidence = static_cast<int>(confidence);
  document.encoding.bomBytes = static_cast<std::size_t>(bomBytes);
  return stored;
}

template <class T>
Tensor listTensor(const std::vector<T>& list) {
  return makeTensor<T>(list, {list.size()});
}

Tensor textTensor(std::string_view text) {
  return makeTensor<std::uint8_t>({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()},
                                  {text.size()});
}

/// Takes tensors out of a set, one after the other; a missing one makes all of it bad.
class Lists {
 public:
  explicit Lists(TensorSet& set) : set_(set) {}
  const std::string& missing() const { return missing_; }

  template <class List>
  void take(const std::string& name, List& list) {
    using T = typename List::value_type;
    const auto found = set_.tensors.find(name);
    constexpr TensorType type = sizeof(T) == 1 ? TensorType::U8 : tensorTypeOf<T>();
    if (found == set_.tensors.end() || found->second.type != type || !found->second.isWhole()) {
      missing_ = name;
      return;
    }
    list.resize(found->second.bytes.size() / sizeof(T));
    copyFromLittleEndian(found->second.bytes, sizeof(T), list.data());
    set_.tensors.erase(found);
  }

 private:
  TensorSet& set_;
  std::string missing_;
};

/// Parts of a list of known sizes, which must add up to all of it.
template <class List>
class Cutter {
 public:
  explicit Cutter(const List& list) : list_(list) {}
  std::optional<std::size_t> next(std::uint64_t size) {
    if (size > list_.size() - at_) return std::nullopt;
    return std::exchange(at_, at_ + static_cast<std::size_t>(size));
  }
  bool atEnd() const { return at_ == list_.size(); }

 private:
  const List& list_;
  std::size_t at_ = 0;
};

Expected<void> takeDocuments(const Json& json, const std::string& text,
                             const std::vector<std::uint64_t>& checkpoints, CorpusImage& image) {
  Cutter texts(text);
  Cutter points(checkpoints);
  TokenIndex tokens = 0;
  for (const Json& one : json) {
    auto stored = documentFrom(one);
    const auto at = stored ? texts.next(stored->textBytes) : std::nullopt;
    const bool fits = stored && stored->checkpoints <= checkpoints.size() &&
                      stored->document.tokens.end <= image.tokens.size();
    const auto point = fits ? points.next(2 * stored->checkpoints) : std::nullopt;
    if (!at || !point) return damaged("documents");
    Document& document = stored->document;
    document.text = text.substr(*at, static_cast<std::size_t>(stored->textBytes));
    document.tokens = {tokens, tokens + document.tokens.end};
    tokens = document.tokens.end;
    for (std::size_t i = *point; i < *point + 2 * stored->checkpoints; i += 2) {
      document.checkpoints.push_back({checkpoints[i], checkpoints[i + 1]});
    }
    image.documents.push_back(std::move(document));
  }
  return texts.atEnd() && points.atEnd() ? Expected<void>() : damaged("documents");
}

Expected<void> takeWords(const std::string& text, const std::vector<std::uint32_t>& lengths,
                         CorpusImage& image) {
  Cutter cutter(text);
  for (const auto length : lengths) {
    const auto at = cutter.next(length);
    if (!at) return damaged("words");
    image.words.push_back(text.substr(*at, length));
  }
  return cutter.atEnd() ? Expected<void>() : damaged("words");
}

Expected<void> takeMetadata(const TensorSet& set, CorpusImage& image, Json& documents) {
  const auto text = [&](const char* key) {
    const auto found = set.metadata.find(key);
    return found == set.metadata.end() ? std::string() : found->second;
  };
  image.title = text("title");
  const auto recipe = paramsFromJson(text("recipe"));
  if (!recipe || !validate(segmentParamSpecs(), *recipe)) return damaged("recipe");
  image.options = segmentOptionsFrom(*recipe);
  const auto notes = parseJson(text("notes"));
  if (!notes || !notes->is_array()) return damaged("notes");
  for (const Json& note : *notes) {
    if (!note.is_string()) return damaged("notes");
    image.notes.push_back(note.get<std::string>());
  }
  auto list = parseJson(text("documents"));
  if (!list || !list->is_array()) return damaged("documents");
  documents = std::move(*list);
  return {};
}

}  // namespace

TensorSet toTensors(const Corpus& corpus) {
  CorpusImage image = imageOf(corpus);
  TensorSet set;
  std::string text, words;
  std::vector<std::uint32_t> wordLengths;
  std::vector<std::uint64_t> checkpoints;
  Json documents = Json::array();
  for (Document& document : image.documents) {
    documents.push_back(toJson(document));
    text += document.text;
    document.text = {};
    for (const auto& point : document.checkpoints) {
      checkpoints.push_back(point.utf8Offset);
      checkpoints.push_back(point.sourceOffset);
    }
  }
  for (const std::string& word : image.words) {
    words += word;
    wordLengths.push_back(static_cast<std::uint32_t>(word.size()));
  }
  set.tensors["text"] = textTensor(text);
  set.tensors["words"] = textTensor(words);
  set.tensors["word_lengths"] = listTensor(wordLengths);
  set.tensors["tokens"] = listTensor(image.tokens);
  set.tensors["sentence_starts"] = listTensor(image.sentenceStarts);
  set.tensors["gaps"] = listTensor(image.gaps);
  set.tensors["lengths"] = listTensor(image.lengths);
  set.tensors["wide_begins"] = listTensor(image.wideBegins);
  set.tensors["wide_lengths"] = listTensor(image.wideLengths);
  set.tensors["checkpoints"] = listTensor(checkpoints);
  if (image.task) set.tensors[kTask] = textTensor(taskToLines(*image.task));
  set.metadata = {{"title", image.title},
                  {"recipe", paramsToJson(toParamSet(image.options))},
                  {"notes", dump(image.notes)},
                  {"documents", dump(documents)}};
  return set;
}

Expected<CorpusImage> imageFromTensors(TensorSet&& set) {
  CorpusImage image;
  Json documents;
  if (auto taken = takeMetadata(set, image, documents); !taken) return tl::unexpected<Error>(taken.error());
  Lists lists(set);
  std::string text, words;
  std::vector<std::uint32_t> wordLengths;
  std::vector<std::uint64_t> checkpoints;
  lists.take("text", text);
  lists.take("words", words);
  lists.take("word_lengths", wordLengths);
  lists.take("tokens", image.tokens);
  lists.take("sentence_starts", image.sentenceStarts);
  lists.take("gaps", image.gaps);
  lists.take("lengths", image.lengths);
  lists.take("wide_begins", image.wideBegins);
  lists.take("wide_lengths", image.wideLengths);
  lists.take("checkpoints", checkpoints);
  if (!lists.missing().empty()) return damaged(lists.missing());
  if (set.tensors.contains(kTask)) {
    std::string lines;
    lists.take(kTask, lines);
    if (!lists.missing().empty()) return damaged(lists.missing());
    auto task = taskFromLines(lines);
    if (!task) return tl::unexpected<Error>(task.error());
    image.task = std::make_shared<const TaskData>(std::move(*task));
  }
  if (auto taken = takeDocuments(documents, text, checkpoints, image); !taken) {
    return tl::unexpected<Error>(taken.error());
  }
  if (auto taken = takeWords(words, wordLengths, image); !taken) return tl::unexpected<Error>(taken.error());
  return image;
}

}  // namespace lexarium
