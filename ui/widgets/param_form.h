// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <functional>
#include <span>
#include <vector>

#include "core/base/param_spec.h"

class QFormLayout;
class QLabel;
class QPushButton;
class QToolButton;

namespace lexarium {

/// A form made from ParamSpecs: for each one field with its unit, its help as tooltip, its buddy label.
/// Values that differ from the preset are marked; rarely used ones are folded away; those that are not in use
/// (enabledBy) are disabled. A text is chosen from what setTextChoices() offers. The editor of the parameter
/// "window" has the object name "param_window".
class ParamForm : public QWidget {
  Q_OBJECT

 public:
  explicit ParamForm(QWidget* parent = nullptr);

  /// Builds the fields anew and shows the preset. Emits nothing.
  void setSpecs(std::span<const ParamSpec> specs, const ParamSet& preset);
  /// Shows these values (every key of the specs). Emits nothing.
  void setValues(const ParamSet& values);
  const ParamSet& values() const { return values_; }
  /// What "Reset to preset" goes back to and what marks are measured by. Emits nothing.
  void setPreset(const ParamSet& preset);
  const ParamSet& preset() const { return preset_; }
  bool isChanged() const { return values_ != preset_; }

  /// What a text parameter can be set to: values and how they are shown. The value kAsk stands for one that
  /// has to be asked for: asked() is emitted then, and the value stays. What a text is set to is always
  /// shown.
  void setTextChoices(const std::string& key, const std::vector<std::pair<std::string, QString>>& choices);
  static constexpr const char* kAsk = "\x01";

  /// While a run is active only live parameters can be edited, and a sentence says why.
  void setRunning(bool running);
  /// Nothing can be edited (an old run is shown); the sentence says why. Empty: can be edited again.
  void setReadOnly(const QString& reason);

  bool isAdvancedShown() const;
  void setAdvancedShown(bool shown);

  /// The reset button can be hidden (a dialog has its own).
  void setResetVisible(bool visible);
  /// The sentence on what a run forbids can be hidden (it stands elsewhere already).
  void setNoticeVisible(bool visible);

  /// As narrow as the widest field: labels then stand above the fields.
  QSize minimumSizeHint() const override;

 public Q_SLOTS:
  void resetToPreset();

 Q_SIGNALS:
  void changed(const lexarium::ParamSet& values);  ///< by the person: once an edit
  void asked(const std::string& key);

 protected:
  void resizeEvent(QResizeEvent* event) override;
  bool event(QEvent* event) override;

 private:
  struct Field {
    ParamSpec spec;
    QLabel* label = nullptr;  ///< null for a check box, which is its own label
    QWidget* editor = nullptr;
    std::function<void(const ParamValue&)> show;
  };

  Field makeField(const ParamSpec& spec);
  Field makeCheckBox(const ParamSpec& spec);
  Field makeChoice(const ParamSpec& spec);
  Field makeNumber(const ParamSpec& spec);
  Field makeText(const ParamSpec& spec);
  void addField(Field field);
  void clearFields();
  void edit(const std::string& key, ParamValue value);
  void updateFields();
  void updateField(Field& field);
  void updateWrapping();
  QString whyDisabled(const ParamSpec& spec) const;

  std::vector<Field> fields_;
  ParamSet values_;
  ParamSet preset_;
  bool running_ = false;
  QString readOnlyReason_;
  bool noticeVisible_ = true;
  QLabel* notice_;
  QFormLayout* form_;
  QToolButton* advanced_;
  QPushButton* reset_;
};

}  // namespace lexarium
