// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QSize>
#include <cstdint>

class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QSpinBox;

namespace lexarium {

/// What a film shows and where it goes.
struct FilmOptions {
  std::uint64_t first = 0, last = 0;  ///< steps
  QSize size{960, 540};
  int perSecond = 15;
  double seconds = 10;
  bool animated = true;  ///< one animated PNG; otherwise a folder of numbered ones
  QString path;
};

/// Asks for them, beside a window that goes on; the answer comes as a signal.
class FilmDialog : public QDialog {
  Q_OBJECT

 public:
  struct Steps {
    std::uint64_t first = 0, last = 0;
  };
  /// One a parent: it is brought to the front where it is open already.
  static FilmDialog* open(const Steps& steps, QWidget* parent);

  /// As they stand, without a path.
  FilmOptions options() const;

  static constexpr int kSmallest = 160, kLargest = 3840;  ///< pixels a side

 Q_SIGNALS:
  void chosen(const lexarium::FilmOptions& options);

 private:
  FilmDialog(const Steps& steps, QWidget* parent);
  void choosePath();
  void updateSummary();

  QSpinBox *first_, *last_, *width_, *height_, *perSecond_;
  QDoubleSpinBox* seconds_;
  QComboBox* format_;
  QLabel* summary_;
};

}  // namespace lexarium
