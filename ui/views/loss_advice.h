// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <cstdint>
#include <utility>

class QLabel;
class QPushButton;

namespace lexarium {

struct Run;
class Session;

/// A sentence under the loss curve of the run that is shown when something is to be done about it, with
/// buttons that do it: it learns by heart (stop, go back, more dropout), or it has diverged (go on from the
/// last good state with a lower rate). Hidden while all is well.
class LossAdvice : public QWidget {
  Q_OBJECT

 public:
  explicit LossAdvice(Session& session, QWidget* parent = nullptr);

  /// `measured`: losses on held back text so far; the log is gone through only when there are more.
  void update(const Run* run, std::size_t measured);

 private:
  void judge(const Run& run, std::size_t measured);
  void showOverfitting(const Run& run);
  void showDivergence(const Run& run);
  double dropout() const;
  double moreDropout() const;
  double calmer(const Run& run) const;

  Session& session_;
  QLabel* text_;
  QPushButton *stop_, *goBack_, *dropOut_, *goOn_;
  std::uint64_t bestStep_ = 0;                // where the text held back was known best; 0: not overfitting
  std::pair<int, std::size_t> judged_{0, 0};  // run, and how many measurements of it are known
  std::size_t droppedAt_ = 0;                 // so many there were when dropout was raised last
};

}  // namespace lexarium
