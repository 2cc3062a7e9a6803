// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>
#include <filesystem>

#include "core/formats/vector_formats.h"
#include "ui/session/session.h"

namespace lexarium {

class Actions;
class ErrorBar;

/// Files of vectors in the menus: opened by themselves or for the open text, and saved in any format, off the
/// GUI thread.
class VectorsFiles : public QObject {
  Q_OBJECT

 public:
  VectorsFiles(Session& session, Actions& actions, ErrorBar& errors, QWidget* window);

  /// Writes the words that have a vector in the run that is shown; says in the bar what became of it.
  void save(const std::filesystem::path& path, const VectorFormat& format);
  bool isSaving() const { return saving_.isRunning(); }

 private:
  void chooseToOpen(bool forText);
  void chooseToSave();
  void updateActions();
  void tellFound(std::size_t found, std::size_t inFile);

  Session& session_;
  Actions& actions_;
  ErrorBar& errors_;
  QWidget* window_;
  LatestJob saving_;
};

}  // namespace lexarium
