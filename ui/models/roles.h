// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Qt>

namespace lexarium {

/// What the models tell beside Qt's own roles.
enum ModelRole : int {
  kTokenRole = Qt::UserRole,  ///< TokenId of the row's word, as unsigned int
  kBarRole,                   ///< double in [0, 1]: length of the bar behind the text
  kIdRole,                    ///< int: run id, document number
  kSortRole,                  ///< what a column is sorted by: numbers as numbers
  kPartsRole,                 ///< QStringList: a line with two words: left, word, between, word, right
};

}  // namespace lexarium
