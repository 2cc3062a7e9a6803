// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QStringList>

#include "core/tasks/import.h"
#include "core/tasks/splits.h"
#include "ui/session/latest_job.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QPlainTextEdit;
class QPushButton;
class QTableWidget;

namespace lexarium {

class Session;

/// Before files with examples are opened: what they are taken for, which column is what, the first rows, and
/// what is left out and why. Whatever is changed is read again, off the GUI thread.
class ImportDialog : public QDialog {
  Q_OBJECT

 public:
  ImportDialog(Session& session, const QStringList& paths, QWidget* parent = nullptr);

 private:
  struct Preview {
    std::shared_ptr<const TaskData> task;
    ImportReport report;
    Splits splits;
  };

  QWidget* choices();
  void read();
  void show(Expected<Preview> preview);
  void showRows(const Preview& preview);
  void showCounts(const Preview& preview);
  void fillColumns(const ImportReport& report);
  ImportOptions options() const;
  void openExamples();
  void openAsText();

  Session& session_;
  QStringList paths_;
  LatestJob job_;
  std::shared_ptr<const TaskData> task_;
  bool filling_ = false;
  QComboBox* kind_;
  QComboBox* encoding_;
  QComboBox* input_;
  QComboBox* output_;
  QLabel* inputLabel_;
  QLabel* outputLabel_;
  QCheckBox* header_;
  QTableWidget* rows_;
  QLabel* counts_;
  QPlainTextEdit* skipped_;
  QPushButton* open_;
};

}  // namespace lexarium
