// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/corpus_text.h"

#include <QCoreApplication>
#include <QStringList>
#include <algorithm>

#include "ui/widgets/helpers.h"

namespace lexarium {
namespace {

/// Folders can hold many thousands of files; the first ones tell enough.
constexpr std::size_t kDocumentsLookedAt = 1000;

struct CorpusText {
  Q_DECLARE_TR_FUNCTIONS(CorpusText)
};

}  // namespace

QString encodingText(const Encoding& encoding) {
  const QString name = toQString(encoding.name);
  switch (encoding.source) {
    case Encoding::Source::ByteOrderMark:
      return CorpusText::tr("%1, by its mark").arg(name);
    case Encoding::Source::Detected:
      return CorpusText::tr("%1, detected %2 %").arg(name).arg(encoding.confidence);
    case Encoding::Source::Chosen:
      return CorpusText::tr("%1, chosen").arg(name);
    case Encoding::Source::Utf8:
      break;
  }
  return name;
}

QString encodingsText(const Corpus& corpus) {
  QStringList names;
  for (std::size_t i = 0; i < std::min(corpus.documentCount(), kDocumentsLookedAt); ++i) {
    const QString name = toQString(corpus.document(i).encoding.name);
    if (!names.contains(name)) names << name;
  }
  return corpus.documentCount() == 1 ? encodingText(corpus.document(0).encoding)
                                     : names.join(QStringLiteral(", "));
}

QString sizeText(const Corpus& corpus) {
  if (!corpus.hasText())
    return CorpusText::tr("%1 words, without a text").arg(formatCount(corpus.vocabulary().size()));
  return CorpusText::tr("%1 words, %2 of them different, in %3 sentences")
      .arg(formatCount(corpus.tokens().size()), formatCount(corpus.vocabulary().size()),
           formatCount(corpus.sentenceCount()));
}

QString countText(const Corpus& corpus, TokenId id) {
  return corpus.hasText() ? formatCount(corpus.vocabulary().count(id)) : QStringLiteral("–");
}

std::string csvCount(const Corpus& corpus, TokenId id) {
  return corpus.hasText() ? std::to_string(corpus.vocabulary().count(id)) : std::string();
}

QString occurrenceText(const Corpus& corpus, TokenId id) {
  return corpus.hasText() ? CorpusText::tr("Occurs %1 times").arg(countText(corpus, id))
                          : CorpusText::tr("From a file: how often it occurs is not known");
}

QString withoutText() {
  return CorpusText::tr(
      "These vectors came from a file, without a text. Open a text first, then "
      "\"Vectors for this text\" in the file menu, to see here what it says.");
}

QString wordText(const Corpus& corpus, TokenId id) {
  return id < corpus.vocabulary().size() ? oneLine(toQString(corpus.vocabulary().word(id))) : QString();
}

KeptWords keptWords(const RunConfig& config, const Vocabulary& vocabulary) {
  KeptWords kept;
  if (config.params.contains("min_count")) {
    kept.minimumCount =
        static_cast<std::uint64_t>(std::max<std::int64_t>(0, config.params.getInt("min_count")));
  }
  if (config.params.contains("max_vocabulary")) {
    kept.maximumWords =
        static_cast<std::size_t>(std::max<std::int64_t>(0, config.params.getInt("max_vocabulary")));
  }
  kept.words = vocabulary.keptWords(kept.minimumCount, kept.maximumWords);
  return kept;
}

KeptWords keptWords(const RunController& runs, const Vocabulary& vocabulary) {
  return keptWords(runs.current() ? runs.current()->trainer->config() : runs.nextConfig(), vocabulary);
}

QString stateText(RunStatus::State state) {
  switch (state) {
    case RunStatus::State::Preparing:
      return CorpusText::tr("preparing");
    case RunStatus::State::Running:
      return CorpusText::tr("running");
    case RunStatus::State::Paused:
      return CorpusText::tr("paused");
    case RunStatus::State::Finished:
      return CorpusText::tr("finished");
    case RunStatus::State::Stopped:
      return CorpusText::tr("stopped");
    case RunStatus::State::Diverged:
      return CorpusText::tr("diverged");
    case RunStatus::State::Failed:
      break;
  }
  return CorpusText::tr("failed");
}

}  // namespace lexarium
