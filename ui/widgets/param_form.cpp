// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/param_form.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QFileInfo>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>
#include <QWheelEvent>
#include <algorithm>

#include "ui/look/theme.h"
#include "ui/widgets/helpers.h"
#include "ui/widgets/number_box.h"

namespace lexarium {
namespace {

/// The value as the form shows it.
QString shownValue(const ParamSpec& spec, const ParamValue& value) {
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? ParamForm::tr("on") : ParamForm::tr("off");
  for (const auto& option : spec.options) {
    if (std::get<std::string>(value) == option.value) return coreText(option.label);
  }
  if (spec.type == ParamSpec::Type::Text) return ParamForm::tr("empty");
  const auto kind = spec.type == ParamSpec::Type::Integer ? NumberBox::Kind::Whole : NumberBox::Kind::Real;
  const double number = kind == NumberBox::Kind::Whole ? static_cast<double>(std::get<std::int64_t>(value))
                                                       : std::get<double>(value);
  return NumberBox(kind, NumberBox::Steps::Linear).textFromValue(number);
}

/// A wheel that passes over a closed combo scrolls the form; it does not choose.
class Combo : public QComboBox {
 public:
  using QComboBox::QComboBox;

 protected:
  void wheelEvent(QWheelEvent* event) override {
    hasFocus() ? QComboBox::wheelEvent(event) : event->ignore();
  }
};

}  // namespace

ParamForm::ParamForm(QWidget* parent)
    : QWidget(parent),
      notice_(new QLabel),
      form_(new QFormLayout),
      advanced_(new QToolButton),
      reset_(new QPushButton(tr("Reset to preset"))) {
  notice_->setObjectName("paramNotice");
  notice_->setWordWrap(true);
  notice_->setProperty("role", "secondary");
  notice_->hide();

  form_->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  form_->setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  form_->setHorizontalSpacing(2 * Theme::kSpace);
  form_->setVerticalSpacing(Theme::kSpace);

  advanced_->setObjectName("advancedButton");
  advanced_->setText(tr("Advanced"));
  advanced_->setToolTip(tr("Shows settings that are rarely changed"));
  advanced_->setCheckable(true);
  advanced_->setAutoRaise(true);
  advanced_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  connect(advanced_, &QToolButton::toggled, this, &ParamForm::updateFields);

  reset_->setObjectName("resetButton");
  reset_->setToolTip(tr("Goes back to the values that fit this text"));
  reset_->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
  connect(reset_, &QPushButton::clicked, this, &ParamForm::resetToPreset);

  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(2 * Theme::kSpace);
  layout->addWidget(notice_);
  layout->addLayout(form_);
  layout->addWidget(reset_);
}

void ParamForm::setSpecs(std::span<const ParamSpec> specs, const ParamSet& preset) {
  clearFields();
  preset_ = values_ = preset;
  for (const auto& spec : specs) {
    if (!spec.advanced) addField(makeField(spec));
  }
  form_->addRow(advanced_);
  for (const auto& spec : specs) {
    if (spec.advanced) addField(makeField(spec));
  }
  setValues(preset);
  updateWrapping();
}

void ParamForm::clearFields() {
  form_->removeWidget(advanced_);  // kept; removeRow would delete it
  advanced_->setParent(this);
  while (form_->rowCount() > 0) form_->removeRow(0);
  fields_.clear();
}

void ParamForm::addField(Field field) {
  const QString name = coreText(field.spec.label);
  field.editor->setObjectName("param_" + toQString(field.spec.key));
  field.editor->setAccessibleName(name);
  if (qobject_cast<QCheckBox*>(field.editor)) {
    form_->addRow(field.editor);
  } else {
    field.label = new QLabel(name);
    field.label->setBuddy(field.editor);
    form_->addRow(field.label, field.editor);
  }
  fields_.push_back(std::move(field));
}

ParamForm::Field ParamForm::makeField(const ParamSpec& spec) {
  switch (spec.type) {
    case ParamSpec::Type::Boolean:
      return makeCheckBox(spec);
    case ParamSpec::Type::Choice:
      return makeChoice(spec);
    case ParamSpec::Type::Text:
      return makeText(spec);
    case ParamSpec::Type::Integer:
    case ParamSpec::Type::Number:
      break;
  }
  return makeNumber(spec);
}

ParamForm::Field ParamForm::makeCheckBox(const ParamSpec& spec) {
  auto* box = new QCheckBox(coreText(spec.label));
  connect(box, &QCheckBox::toggled, this, [this, key = spec.key](bool on) { edit(key, on); });
  return {spec, nullptr, box, [box](const ParamValue& value) { box->setChecked(std::get<bool>(value)); }};
}

ParamForm::Field ParamForm::makeChoice(const ParamSpec& spec) {
  auto* combo = new Combo;
  combo->setFocusPolicy(Qt::StrongFocus);
  combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  combo->setMinimumContentsLength(8);
  for (const auto& option : spec.options) combo->addItem(coreText(option.label), toQString(option.value));
  connect(combo, &QComboBox::currentIndexChanged, this, [this, combo, key = spec.key](int index) {
    if (index >= 0) edit(key, combo->itemData(index).toString().toStdString());
  });
  return {spec, nullptr, combo, [combo](const ParamValue& value) {
            combo->setCurrentIndex(combo->findData(toQString(std::get<std::string>(value))));
          }};
}

ParamForm::Field ParamForm::makeNumber(const ParamSpec& spec) {
  const bool whole = spec.type == ParamSpec::Type::Integer;
  auto* box = new NumberBox(
      whole ? NumberBox::Kind::Whole : NumberBox::Kind::Real,
      spec.scale == ParamSpec::Scale::Logarithmic ? NumberBox::Steps::Logarithmic : NumberBox::Steps::Linear);
  box->setLimits(spec.minimum, spec.maximum);
  if (!spec.unit.empty()) box->setSuffix(u' ' + coreText(spec.unit));
  connect(box, &QDoubleSpinBox::valueChanged, this, [this, whole, key = spec.key](double value) {
    whole ? edit(key, static_cast<std::int64_t>(value)) : edit(key, value);
  });
  return {
      spec, nullptr, box, [box, whole](const ParamValue& value) {
        box->setValue(whole ? static_cast<double>(std::get<std::int64_t>(value)) : std::get<double>(value));
      }};
}

ParamForm::Field ParamForm::makeText(const ParamSpec& spec) {
  auto* combo = new Combo;
  combo->setFocusPolicy(Qt::StrongFocus);
  combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  combo->setMinimumContentsLength(8);
  const auto show = [combo](const ParamValue& value) {
    const QString text = toQString(std::get<std::string>(value));
    if (combo->findData(text) < 0) combo->addItem(QFileInfo(text).fileName(), text);
    combo->setCurrentIndex(combo->findData(text));
  };
  connect(combo, &QComboBox::activated, this, [this, combo, show, key = spec.key](int index) {
    const std::string value = combo->itemData(index).toString().toStdString();
    if (value != kAsk) return edit(key, value);
    show(values_.value(key));
    Q_EMIT asked(key);
  });
  return {spec, nullptr, combo, show};
}

void ParamForm::setTextChoices(const std::string& key,
                               const std::vector<std::pair<std::string, QString>>& choices) {
  for (const Field& field : fields_) {
    if (field.spec.key != key) continue;
    auto* combo = qobject_cast<QComboBox*>(field.editor);
    const QSignalBlocker quiet(combo);
    combo->clear();
    for (const auto& [value, label] : choices) combo->addItem(label, toQString(value));
    if (values_.contains(key)) field.show(values_.value(key));
  }
}

void ParamForm::setValues(const ParamSet& values) {
  values_ = values;
  for (auto& field : fields_) {
    const QSignalBlocker quiet(field.editor);
    if (values_.contains(field.spec.key)) field.show(values_.value(field.spec.key));
  }
  updateFields();
}

void ParamForm::setPreset(const ParamSet& preset) {
  preset_ = preset;
  updateFields();
}

void ParamForm::resetToPreset() {
  if (!isChanged()) return;
  setValues(preset_);
  Q_EMIT changed(values_);
}

void ParamForm::edit(const std::string& key, ParamValue value) {
  if (values_.contains(key) && values_.value(key) == value) return;
  values_.set(key, std::move(value));
  updateFields();
  Q_EMIT changed(values_);
}

void ParamForm::setRunning(bool running) {
  if (running_ == running) return;
  running_ = running;
  updateFields();
}

void ParamForm::setReadOnly(const QString& reason) {
  if (readOnlyReason_ == reason) return;
  readOnlyReason_ = reason;
  updateFields();
}

bool ParamForm::isAdvancedShown() const { return advanced_->isChecked(); }
void ParamForm::setAdvancedShown(bool shown) { advanced_->setChecked(shown); }
void ParamForm::setResetVisible(bool visible) { reset_->setVisible(visible); }

void ParamForm::setNoticeVisible(bool visible) {
  noticeVisible_ = visible;
  updateFields();
}

QSize ParamForm::minimumSizeHint() const {
  int width = 0;
  for (const auto& field : fields_) {
    if (!field.editor->isHidden()) width = std::max(width, field.editor->minimumSizeHint().width());
  }
  if (!reset_->isHidden()) width = std::max(width, reset_->minimumSizeHint().width());
  return {width, QWidget::minimumSizeHint().height()};
}

/// Labels beside the fields where there is room for both, above them where there is not.
void ParamForm::updateWrapping() {
  int labels = 0, fields = 0;
  for (const auto& field : fields_) {
    if (!field.label) continue;
    labels = std::max(labels, field.label->sizeHint().width());
    fields = std::max(fields, field.editor->minimumSizeHint().width());
  }
  const bool fits = labels + fields + form_->horizontalSpacing() <= width();
  form_->setRowWrapPolicy(fits ? QFormLayout::DontWrapRows : QFormLayout::WrapAllRows);
}

void ParamForm::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  updateWrapping();
}

bool ParamForm::event(QEvent* event) {
  const bool done = QWidget::event(event);
  if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
    updateFields();  // bold marks are made of the form's font
    updateWrapping();
  }
  return done;
}

QString ParamForm::whyDisabled(const ParamSpec& spec) const {
  if (!readOnlyReason_.isEmpty()) return readOnlyReason_;
  if (running_ && !spec.live) return tr("A change needs a restart: stop this run first.");
  if (lexarium::isEnabled(spec, values_)) return {};
  const auto equals = spec.enabledBy.find('=');
  for (const auto& field : fields_) {
    if (field.spec.key != spec.enabledBy.substr(0, equals)) continue;
    const auto value = parseParam(field.spec, spec.enabledBy.substr(equals + 1));
    if (!value) break;
    return tr("In use only while \"%1\" is \"%2\".")
        .arg(coreText(field.spec.label), shownValue(field.spec, *value));
  }
  return tr("Not in use with the other settings.");
}

void ParamForm::updateField(Field& field) {
  const ParamSpec& spec = field.spec;
  const QString why = whyDisabled(spec);
  const bool marked = values_.contains(spec.key) && preset_.contains(spec.key) &&
                      values_.value(spec.key) != preset_.value(spec.key);
  QString tip = coreText(spec.help);
  if (spec.live) tip += u'\n' + tr("Acts at once, also while it trains.");
  if (marked) tip += u'\n' + tr("Changed; the preset is %1.").arg(shownValue(spec, preset_.value(spec.key)));
  if (!why.isEmpty()) tip += u'\n' + why;

  field.editor->setEnabled(why.isEmpty());
  field.editor->setToolTip(tip);
  field.editor->setAccessibleDescription(tip);
  QWidget* title = field.label ? static_cast<QWidget*>(field.label) : field.editor;
  QFont font = this->font();
  font.setBold(marked);
  title->setFont(font);
  title->setToolTip(tip);
  if (field.label) field.label->setText(coreText(spec.label) + (marked ? QStringLiteral(" •") : QString()));
  form_->setRowVisible(field.editor, !spec.advanced || advanced_->isChecked());
}

void ParamForm::updateFields() {
  bool anyAdvanced = false;
  bool anyLive = false;
  for (auto& field : fields_) {
    updateField(field);
    anyAdvanced |= field.spec.advanced;
    anyLive |= field.spec.live;
  }
  if (form_->indexOf(advanced_) >= 0) form_->setRowVisible(advanced_, anyAdvanced);
  advanced_->setArrowType(advanced_->isChecked() ? Qt::DownArrow : Qt::RightArrow);
  reset_->setEnabled(isChanged() && !running_ && readOnlyReason_.isEmpty());

  QString notice = readOnlyReason_;
  if (notice.isEmpty() && running_) {
    notice =
        anyLive ? tr("While a run is active, live values act at once; the others need a restart: stop first.")
                : tr("A change needs a restart: stop this run first.");
  }
  notice_->setText(notice);
  notice_->setVisible(noticeVisible_ && !notice.isEmpty());
}

}  // namespace lexarium
