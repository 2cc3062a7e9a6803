// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/bpe_study.h"

namespace lexarium {

namespace {
constexpr std::size_t kReportMerges = 16;
}

Expected<std::shared_ptr<BpeStudy>> BpeStudy::create(std::shared_ptr<const Corpus> corpus,
                                                     std::size_t vocabulary, const TaskContext& context) {
  const auto texts = textsOf(*corpus);
  auto trainer = BpeTrainer::create(texts, vocabulary - vocabulary / 2, context);
  if (!trainer) return tl::unexpected<Error>(trainer.error());
  std::shared_ptr<BpeStudy> study(new BpeStudy(std::move(*trainer)));
  study->firstTokens_ = study->trainer_.tokens();
  study->vocabulary_ = vocabulary;
  study->characters_ = study->trainer_.textCharacters();
  study->keepMoment();
  return study;
}

void BpeStudy::keepMoment() { moments_.push_back({trainer_.textTokens(), trainer_.candidates(kCandidates)}); }

Expected<void> BpeStudy::learn(std::size_t merges, const TaskContext& context) {
  const std::size_t first = this->merges();
  for (std::size_t done = first; done < merges; ++done) {
    if ((done - first) % kReportMerges == 0) {
      context.report(static_cast<double>(done - first) / static_cast<double>(merges - first),
                     "Learning subwords");
    }
    if (context.stopRequested()) return cancelled();
    const std::lock_guard lock(mutex_);  // a merge at a time: who looks does not wait for the last one
    if (trainer_.merges().size() >= merges || !trainer_.step()) return {};
    keepMoment();
  }
  return {};
}

std::size_t BpeStudy::merges() const {
  const std::lock_guard lock(mutex_);
  return trainer_.merges().size();
}

std::vector<BpeMoment> BpeStudy::moments(std::size_t first) const {
  const std::lock_guard lock(mutex_);
  first = std::min(first, moments_.size());
  return {moments_.begin() + static_cast<std::ptrdiff_t>(first), moments_.end()};
}

TokenizerPtr BpeStudy::tokenizer(std::size_t merges) const {
  const std::lock_guard lock(mutex_);
  return trainer_.tokenizer(merges);
}

std::vector<CutToken> cutExcerpt(const Tokenizer& tokenizer, std::string_view text) {
  std::vector<CutToken> tokens;
  std::size_t piece = 0;
  for (std::size_t at = 0; at < text.size(); ++piece) {
    const std::size_t end = bpePieceEnd(text, at);
    const TokenizedText cut = tokenizer.encode(text.substr(at, end - at));
    for (std::size_t i = 0; i < cut.ids.size(); ++i) {
      tokens.push_back({cut.ids[i], {at + cut.ranges[i].begin, at + cut.ranges[i].end}, piece});
    }
    at = end;
  }
  return tokens;
}

}  // namespace lexarium
