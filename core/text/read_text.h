// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/expected.h"
#include "core/text/corpus.h"
#include "core/text/corpus_builder.h"

namespace lexarium {

/// A file to read, and how it is called: by its name, inside a folder by its path from there.
struct TextFile {
  std::filesystem::path path;
  std::string name;
};

/// Reads a file in blocks and decodes it: everything of Document but its tokens. encoding: ICU's name, or
/// empty to find out. Should a later block show that the file is no UTF-8 after all, it is read again.
/// Errors: what FileReader says, unknown encoding, no text (a picture, an archive, a program), cancelled.
Expected<Document> readDocument(const TextFile& file, const std::string& encoding,
                                const ProgressPart& progress);

/// The same for bytes of UTF-8 in memory; ill-formed sequences are replaced.
Document documentFromMemory(std::string name, std::string utf8);

/// The files to read, folders replaced by the text files below them, in the order of their names. What cannot
/// be listed is said in `notes`.
std::vector<TextFile> findTextFiles(const std::vector<std::filesystem::path>& paths,
                                    std::vector<std::string>& notes);

/// Why these first bytes are no text, or empty: they are of a well-known kind of file, or full of control
/// characters.
std::string reasonNotText(std::string_view head);

}  // namespace lexarium
