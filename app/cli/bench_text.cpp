// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/bench_text.h"

#include "app/cli/interrupt.h"
#include "core/base/file.h"
#include "core/text/samples.h"

namespace lexarium::cli {
namespace fs = std::filesystem;
namespace {

constexpr std::uint64_t kMegabyte = 1'000'000;

// The first bytes of the file as a file of its own, cut at white space so that no word is halved.
Expected<fs::path> firstMegabytes(const fs::path& path, std::uint64_t megabytes, const fs::path& folder) {
  auto reader = FileReader::open(path);
  if (!reader) return tl::unexpected<Error>(reader.error());
  const std::uint64_t limit = megabytes * kMegabyte;
  if (megabytes == 0 || reader->size() <= limit) return path;
  std::string text(static_cast<std::size_t>(limit), '\0');
  auto count = reader->read(text);
  if (!count) return tl::unexpected<Error>(count.error());
  text.resize(*count);
  if (const auto space = text.find_last_of(" \n"); space != std::string::npos) text.resize(space + 1);
  const fs::path part = folder / "part.txt";
  if (auto written = writeFileAtomically(part, text); !written) return tl::unexpected<Error>(written.error());
  return part;
}

Expected<std::shared_ptr<const Corpus>> repeatedSample(std::uint64_t megabytes) {
  const Sample& sample = samples().front();
  const std::uint64_t wanted = std::max<std::uint64_t>(megabytes, 1) * kMegabyte;
  std::string text;
  for (std::uint64_t seed = kSampleSeed; text.size() < wanted; ++seed) text += sample.generate(seed) + '\n';
  InterruptibleTask task;
  return corpusFromText(sample.title, std::move(text), sample.options, task.context());
}

}  // namespace

Expected<std::shared_ptr<const Corpus>> loadBenchText(const std::string& file, std::uint64_t megabytes,
                                                      const fs::path& folder) {
  if (file.empty()) return repeatedSample(megabytes);
  auto path = firstMegabytes(pathFromUtf8(file), megabytes, folder);
  if (!path) return tl::unexpected<Error>(path.error());
  CorpusRequest files;
  files.paths = {*path};
  InterruptibleTask task;
  return loadCorpus(files, task.context());
}

Expected<fs::path> writeTokens(const Corpus& corpus, const fs::path& folder) {
  const fs::path path = folder / "tokens.txt";
  auto file = AtomicFile::create(path);
  if (!file) return tl::unexpected<Error>(file.error());
  std::string out;
  for (std::size_t sentence = 0; sentence < corpus.sentenceCount(); ++sentence) {
    const TokenRange range = corpus.sentence(sentence);
    for (TokenIndex token = range.begin; token < range.end; ++token) {
      out += corpus.vocabulary().word(corpus.tokens()[token]);
      out += token + 1 < range.end ? ' ' : '\n';
    }
    if (out.size() < (std::size_t{1} << 20)) continue;
    if (auto written = file->write(out); !written) return tl::unexpected<Error>(written.error());
    out.clear();
  }
  if (auto written = file->write(out); !written) return tl::unexpected<Error>(written.error());
  if (auto done = file->commit(); !done) return tl::unexpected<Error>(done.error());
  return path;
}

}  // namespace lexarium::cli
