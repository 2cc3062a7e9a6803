// SPDX-License-Identifier: GPL-3.0-or-later
// Going through the text, token by token.
#include <QKeyEvent>
#include <algorithm>

#include "ui/views/hood_view.h"
#include "ui/widgets/token_text.h"

namespace lexarium {

void HoodView::move(Move move) {
  if (!trace_ || trace_->ids.empty()) return;
  const std::size_t last = trace_->ids.size() - 1, step = choice_.step;
  switch (move) {
    case Move::First:
      return setStep(0);
    case Move::Back:
      return setStep(step - std::min<std::size_t>(step, 1));
    case Move::Forward:
      return setStep(std::min(step + 1, last));
    case Move::Last:
      return setStep(last);
  }
}

void HoodView::setStep(std::size_t step) {
  if (!trace_ || step >= trace_->ids.size()) return;
  if (step != choice_.step) shares_.clear();
  choice_.step = step;
  hasStep_ = true;
  read(true);
}

bool HoodView::moveByKey(int key) {
  static const std::pair<int, Move> kKeys[] = {{Qt::Key_Home, Move::First},
                                               {Qt::Key_Left, Move::Back},
                                               {Qt::Key_Right, Move::Forward},
                                               {Qt::Key_End, Move::Last}};
  for (const auto& [known, way] : kKeys) {
    if (key != known) continue;
    move(way);
    return true;
  }
  return false;
}

void HoodView::keyPressEvent(QKeyEvent* event) {
  if (event->modifiers() != Qt::NoModifier || !moveByKey(event->key())) LanguageView::keyPressEvent(event);
}

bool HoodView::eventFilter(QObject* watched, QEvent* event) {
  if (watched == text_ && event->type() == QEvent::KeyPress) {
    const auto* key = static_cast<QKeyEvent*>(event);
    if (key->modifiers() == Qt::NoModifier && moveByKey(key->key())) return true;
  }
  return LanguageView::eventFilter(watched, event);
}

}  // namespace lexarium
