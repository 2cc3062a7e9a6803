// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>
#include <functional>
#include <span>
#include <string>

#include "core/base/file.h"
#include "core/base/progress.h"
#include "ui/session/latest_job.h"

class QLabel;
class QProgressBar;
class QPushButton;

namespace lexarium {

/// RFC 4180: quoted where it holds a comma, a quote or a line end. Text that a spreadsheet would run as a
/// formula is left as it is: the file is data, and a word that begins with "=" must come back as it was.
std::string csvField(std::string_view text);

/// Writes rows of a CSV file (UTF-8, CRLF as RFC 4180 has it).
class CsvWriter {
 public:
  explicit CsvWriter(AtomicFile& file) : file_(file) {}
  Expected<void> row(std::span<const std::string> fields);
  Expected<void> flush();

 private:
  AtomicFile& file_;
  std::string buffer_;
};

/// Writes all rows, reports progress and stops when asked (then returns cancelled()). Runs on another thread,
/// so it owns what it uses.
using CsvRows = std::function<Expected<void>(CsvWriter& writer, const TaskContext& context)>;

/// Writes one file or folder, whole or not at all; runs on another thread, so it owns what it uses.
using ExportJob = std::function<Expected<void>(const TaskContext& context)>;

/// Exports a table (or what another job writes) off the GUI thread: the file is whole or as it was before. A
/// slim bar with progress and Cancel that shows itself when that takes a while; put it at the foot of a view.
class CsvExport : public QWidget {
  Q_OBJECT

 public:
  explicit CsvExport(QWidget* parent = nullptr);

  /// Asks where to; suggestedName without folder: "vocabulary.csv".
  void askAndSave(const QString& suggestedName, CsvRows rows);
  void saveTo(const QString& path, CsvRows rows);
  void run(const QString& path, ExportJob job);
  bool isRunning() const { return job_.isRunning(); }

 public Q_SLOTS:
  void cancel();

 Q_SIGNALS:
  void finished(const QString& path);
  void failed(const lexarium::Error& error);

 private:
  struct Progress;
  void showProgress();

  QLabel* label_;
  QProgressBar* bar_;
  QTimer timer_;
  int ticks_ = 0;
  std::shared_ptr<Progress> progress_;
  LatestJob job_;
};

}  // namespace lexarium
