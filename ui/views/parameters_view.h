// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>

#include "ui/session/latest_job.h"
#include "ui/views/view.h"

class QComboBox;
class QLabel;
class QStackedLayout;

namespace lexarium {

class EmptyState;
class ParamForm;

/// What the next run will do: model, its parameters, how it uses the machine. While a run is active its own
/// parameters stand here, and only the live ones can be changed.
class ParametersView : public View {
  Q_OBJECT

 public:
  explicit ParametersView(Session& session, QWidget* parent = nullptr);

  /// The next run begins with the vectors of this file, once they are read.
  void useVectorsFile(const QString& path);

  QJsonObject saveState() const override;
  void restoreState(const QJsonObject& state) override;
  QString textSummary() const override;

 protected:
  void refresh(unsigned dirty) override;

 private:
  QWidget* makeContent();
  void fillModels();
  void showConfig();
  void showModel(const ModelInfo& model);
  void applyTheme();
  void chooseModel(int row);
  void takeExecution(const ParamSet& values);
  void takeParams(const ParamSet& values);
  /// Where the input vectors of a language model come from.
  void showVectorChoices();
  void takeVectors(const ParamSet& before, RunConfig& config);
  void chooseVectorsFile();
  /// The active run's configuration, or the next one's.
  RunConfig shownConfig() const;

  std::shared_ptr<const Corpus> corpus_;
  const ModelInfo* model_ = nullptr;        // whose fields the form shows
  const ModelInfo* formOf_ = nullptr;       // whose fields stand in the form
  std::map<std::string, ParamSet> edited_;  // by model, of this corpus: kept when one looks at another model
  bool showing_ = false;
  QStackedLayout* stack_;
  EmptyState* empty_;
  QComboBox* models_;
  QLabel* fork_;
  QLabel* summary_;
  QLabel* citation_;
  ParamForm* form_;
  QLabel* vectorsNote_;
  LatestJob readingVectors_;
  QLabel* machineTitle_;
  ParamForm* machine_;
  QLabel* modeHelp_;
};

}  // namespace lexarium
