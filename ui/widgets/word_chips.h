// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <memory>
#include <vector>

#include "core/text/corpus.h"

namespace lexarium {

/// The selected words as small buttons in lines; the one that is inspected is pressed.
class WordChips : public QWidget {
  Q_OBJECT

 public:
  explicit WordChips(QWidget* parent = nullptr);

  /// At most kMaximumChips are shown, the newest; then how many more there are.
  void setWords(const std::shared_ptr<const Corpus>& corpus, const std::vector<TokenId>& words);
  static constexpr std::size_t kMaximumChips = 20;

 Q_SIGNALS:
  void clicked(lexarium::TokenId id);
  void hovered(lexarium::TokenId id);

 protected:
  bool eventFilter(QObject* chip, QEvent* event) override;

 private:
  std::vector<TokenId> words_;
  std::shared_ptr<const Corpus> corpus_;
};

}  // namespace lexarium
