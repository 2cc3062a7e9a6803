// SPDX-License-Identifier: GPL-3.0-or-later
// list_core_texts SOURCE_FOLDER: prints core's texts as a C++ file that lupdate can read.
#include <cstdio>
#include <nlohmann/json.hpp>

#include "tests/support/core_texts.h"

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  for (const std::string& text : lexarium::test::coreTexts(argv[1]))
    std::printf("QT_TRANSLATE_NOOP(\"Core\", %s)\n", nlohmann::json(text).dump().c_str());
  return 0;
}
