// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace lexarium::test {

/// How often a test damages a file at random. LEXARIUM_DAMAGE_ROUNDS=10000: more of it, by hand.
inline int rounds(int usually) {
  bool given = false;
  const int wanted = qEnvironmentVariableIntValue("LEXARIUM_DAMAGE_ROUNDS", &given);
  return given ? wanted : usually;
}

}  // namespace lexarium::test
