// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QWidget>

#include "core/models/sampling.h"

class QCheckBox;

namespace lexarium {

class FlowBar;
class NumberBox;

/// How a language model chooses its next token: temperature, top-k, top-p, seed, or always the likeliest.
class SamplingPanel : public QWidget {
  Q_OBJECT

 public:
  explicit SamplingPanel(QWidget* parent = nullptr);

  /// One more control beside them.
  void addControl(QWidget* control);
  SamplingSettings settings() const;
  void setSettings(const SamplingSettings& settings);  ///< emits nothing
  QJsonObject saveState() const;
  void restoreState(const QJsonObject& state);

 Q_SIGNALS:
  void changed();

 private:
  void enableForGreedy();

  FlowBar* bar_;
  NumberBox *temperature_, *topK_, *topP_, *seed_;
  QCheckBox* greedy_;
};

}  // namespace lexarium
