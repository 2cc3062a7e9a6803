// SPDX-License-Identifier: GPL-3.0-or-later
// Unigram language models of pieces (Kudo 2018, arXiv:1804.10959), learned by the library sentencepiece.
#include <sentencepiece_trainer.h>

#include <algorithm>
#include <chrono>
#include <future>
#include <list>
#include <mutex>
#include <unordered_set>

#include "core/text/sentencepiece_tokenizer.h"
#include "core/text/utf8.h"
#include "core/text/word_table.h"

namespace lexarium {
namespace {

constexpr std::size_t kReportBytes = std::size_t{1} << 22;
/// Different units that are learned from, the most frequent first. Its time grows with them: some seconds.
constexpr std::uint64_t kMostCharacters = 400'000;
constexpr std::uint64_t kLargestCount = 1'000'000'000;
constexpr std::chrono::milliseconds kLook{10};

struct Unit {
  std::string text;
  std::uint64_t count = 0;
};

/// What the library learns from, and what it makes of it. Shared with its thread, which may be left behind.
struct PieceJob final : sentencepiece::SentenceIterator {
  std::vector<std::string> lines;  // "unit TAB how often"
  std::size_t at = 0;
  std::size_t vocabulary = 0;
  StopToken stop;
  bool learned = false;
  std::string model;

  bool done() const override { return at >= lines.size() || stop.stop_requested(); }
  void Next() override { ++at; }
  const std::string& value() const override { return lines[at]; }
  sentencepiece::util::Status status() const override {
    if (!stop.stop_requested()) return {};
    return {sentencepiece::util::StatusCode::kCancelled, "cancelled"};
  }

  void run() {
    const std::unordered_map<std::string, std::string> options{
        {"model_type", "unigram"},
        {"vocab_size", std::to_string(vocabulary)},
        {"hard_vocab_limit", "false"},  // small texts have fewer pieces
        {"input_format", "tsv"},
        {"character_coverage", "1"},
        {"normalization_rule_name", "identity"},
        {"add_dummy_prefix", "false"},
        {"remove_extra_whitespaces", "false"},
        {"unk_id", "0"},
        {"bos_id", "-1"},
        {"eos_id", "-1"},
        {"pad_id", "-1"},
        {"num_threads", "1"},  // the same sums everywhere
        {"minloglevel", "3"}};
    learned = sentencepiece::SentencePieceTrainer::Train(options, this, &model).ok();
  }
};

/// The library cannot be stopped while it learns: who gives up leaves its thread to end by itself. The
/// program waits for those that are left when it ends.
class LeftBehind {
 public:
  static void add(std::future<void> job) {
    static LeftBehind left;
    const std::lock_guard lock(left.mutex_);
    left.jobs_.remove_if([](const std::future<void>& other) {
      return other.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
    });
    left.jobs_.push_back(std::move(job));
  }

 private:
  std::mutex mutex_;
  std::list<std::future<void>> jobs_;
};

struct UnitCounts {
  WordTable table;
  std::vector<std::uint64_t> counts;
};

Expected<UnitCounts> countUnits(std::span<const std::string_view> texts, const TaskContext& context) {
  UnitCounts units;
  for (const std::string_view text : texts) {
    std::size_t reported = 0;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = pieceUnitEnd(text, at);
      const std::uint32_t number = units.table.numberOf(text.substr(at, end - at));
      if (number == units.counts.size()) units.counts.push_back(0);
      ++units.counts[number];
      at = end;
      if (at - reported < kReportBytes) continue;
      reported = at;
      context.report(static_cast<double>(at) / static_cast<double>(text.size()), "Counting pieces of text");
      if (context.stopRequested()) return cancelled();
    }
  }
  if (context.stopRequested()) return cancelled();
  return units;
}

std::vector<std::string> linesOf(const UnitCounts& units, const std::vector<char32_t>& characters) {
  const std::unordered_set<char32_t> known(characters.begin(), characters.end());
  std::vector<std::uint32_t> order(units.counts.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return units.counts[a] > units.counts[b]; });
  std::vector<std::string> lines;
  std::uint64_t taken = 0;
  for (const std::uint32_t number : order) {
    if (taken >= kMostCharacters) break;
    const std::string count = '\t' + std::to_string(std::min(units.counts[number], kLargestCount));
    std::string part;  // characters without a token part what stands around them
    const auto flush = [&] {
      if (!part.empty()) lines.push_back(std::move(part) + count);
      part.clear();
    };
    const std::string_view unit = units.table.word(number);
    for (std::size_t at = 0; at < unit.size();) {
      const Utf8Unit character = utf8UnitAt(unit, at);
      if (isForeignToPieces(character.codePoint) || !known.contains(character.codePoint)) {
        flush();
      } else {
        appendUtf8(character.codePoint, part);
        ++taken;
      }
      at += character.length;
    }
    flush();
  }
  return lines;
}

}  // namespace

Expected<TokenizerPtr> trainSentencePieces(std::span<const std::string_view> texts, std::size_t vocabulary,
                                           std::size_t mostCharacters, const TaskContext& context) {
  const auto units = countUnits(texts, context);
  if (!units) return tl::unexpected<Error>(units.error());
  CharacterCounter counter;
  for (std::uint32_t i = 0; i < units->counts.size(); ++i)
    counter.add(units->table.word(i), units->counts[i]);
  const CharacterCounts counts = counter.most(mostCharacters);
  std::vector<char32_t> foreign;
  for (const char32_t character : counts.characters) {
    if (isForeignToPieces(character)) foreign.push_back(character);
  }
  auto job = std::make_shared<PieceJob>();
  job->lines = linesOf(*units, counts.characters);
  if (job->lines.empty()) {
    return makeError("There is no character in the text that pieces can be made of", {},
                     "Choose a text with words in it, or a larger vocabulary");
  }
  job->vocabulary = vocabulary - std::min(foreign.size(), vocabulary - 1);
  job->stop = context.stop;
  context.report(-1, "Learning pieces");
  auto running = std::async(std::launch::async, [job] { job->run(); });
  while (running.wait_for(kLook) != std::future_status::ready) {
    if (!context.stopRequested()) continue;
    LeftBehind::add(std::move(running));
    return cancelled();
  }
  running.get();
  if (context.stopRequested()) return cancelled();
  const auto refused = [] {
    return makeError("sentencepiece could not learn pieces from the text", {},
                     "Choose a longer text, or a larger vocabulary");
  };
  if (!job->learned) return refused();
  const auto pieces = readSentencePieces(job->model);
  if (!pieces) return refused();
  return makeSentencePieceTokenizer(*pieces, std::move(foreign));
}

}  // namespace lexarium
