// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/param_form.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

#include "ui/widgets/number_box.h"

using namespace lexarium;

namespace {

std::vector<ParamSpec> someSpecs() {
  std::vector<ParamSpec> specs{
      integerParam("window", "Window", "words", "Words each side.", 5, 1, 50),
      numberParam("learning_rate", "Learning rate", "", "Size of a step.", 0.025, 1e-6, 1,
                  ParamSpec::Scale::Logarithmic),
      choiceParam("objective", "Objective", "What is learned.", "negative-sampling",
                  {{"negative-sampling", "Negative sampling"}, {"softmax", "Hierarchical softmax"}}),
      integerParam("negatives", "Negatives", "", "Words drawn.", 5, 1, 100),
      booleanParam("dynamic", "Dynamic window", "Nearer words count more.", true),
      numberParam("power", "Power", "", "Of the unigram distribution.", 0.75, 0, 1)};
  specs[1].live = true;
  specs[3].enabledBy = "objective=negative-sampling";
  specs[5].advanced = true;
  return specs;
}

}  // namespace

class ParamFormTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() {
    QLocale::setDefault(QLocale::c());
    form_ = std::make_unique<ParamForm>();
    specs_ = someSpecs();
    form_->setSpecs(specs_, ParamSet::defaultsOf(specs_));
    form_->show();
  }
  void cleanup() { form_.reset(); }

  void buildsAFieldForEverySpec() {
    QCOMPARE(box("window")->value(), 5.0);
    QCOMPARE(box("window")->text(), QString("5 words"));
    QCOMPARE(box("learning_rate")->text(), QString("0.025"));
    QCOMPARE(editor<QComboBox>("objective")->currentText(), QString("Negative sampling"));
    QVERIFY(editor<QCheckBox>("dynamic")->isChecked());
    for (const auto& spec : specs_) {
      auto* widget = editor<QWidget>(spec.key);
      QCOMPARE(widget->accessibleName(), QString::fromStdString(spec.label));
      QVERIFY(widget->toolTip().startsWith(QString::fromStdString(spec.help)));
    }
    int buddies = 0;
    for (const auto* label : form_->findChildren<QLabel*>()) buddies += label->buddy() != nullptr;
    QCOMPARE(buddies, 5);  // the check box is its own label
  }

  void anEditIsOneSignal() {
    QSignalSpy spy(form_.get(), &ParamForm::changed);
    box("window")->setFocus();
    box("window")->selectAll();
    QTest::keyClicks(box("window"), "12");
    QCOMPARE(spy.count(), 0);  // not at each key
    QTest::keyClick(box("window"), Qt::Key_Return);
    QCOMPARE(spy.count(), 1);
    QCOMPARE(form_->values().getInt("window"), 12);
    QTest::keyClick(editor<QCheckBox>("dynamic"), Qt::Key_Space);
    QCOMPARE(spy.count(), 2);
    QCOMPARE(form_->values().getBool("dynamic"), false);
    editor<QComboBox>("objective")->setCurrentIndex(1);
    QCOMPARE(spy.count(), 3);
    QCOMPARE(form_->values().getChoice("objective"), std::string("softmax"));
    QVERIFY(validate(specs_, form_->values()));
  }

  void settingValuesEmitsNothing() {
    QSignalSpy spy(form_.get(), &ParamForm::changed);
    ParamSet values = form_->values();
    values.set("window", std::int64_t{9});
    values.set("objective", std::string("softmax"));
    form_->setValues(values);
    QCOMPARE(spy.count(), 0);
    QCOMPARE(box("window")->value(), 9.0);
    QVERIFY(form_->isChanged());
  }

  void logarithmicSteps() {
    NumberBox* rate = box("learning_rate");
    const std::vector<double> up{0.05, 0.1, 0.2, 0.5, 1, 1};
    for (const double expected : up) {
      rate->stepBy(1);
      QVERIFY(std::abs(rate->value() - expected) < 1e-12);
    }
    rate->setValue(1e-6);
    rate->stepBy(-1);
    QVERIFY(std::abs(rate->value() - 1e-6) < 1e-15);
    QCOMPARE(rate->text(), QString("0.000001"));
    QVERIFY(std::abs(nextOneTwoFive(0.03, -1) - 0.02) < 1e-12);
    QVERIFY(std::abs(nextOneTwoFive(0.01, -1) - 0.005) < 1e-12);
    box("power")->stepBy(1);
    QVERIFY(std::abs(box("power")->value() - 0.8) < 1e-12);
    box("window")->stepBy(1);
    QCOMPARE(box("window")->value(), 6.0);
  }

  void numbersOutOfRangeAreBroughtBack() {
    box("window")->setFocus();
    box("window")->selectAll();
    QTest::keyClicks(box("window"), "700");
    QTest::keyClick(box("window"), Qt::Key_Return);
    QCOMPARE(form_->values().getInt("window"), 50);
    box("window")->selectAll();
    QTest::keyClicks(box("window"), "2x.5");
    QTest::keyClick(box("window"), Qt::Key_Return);
    QVERIFY(validate(specs_, form_->values()));
  }

  void localesDecimalPointAndThePlainOne() {
    QLocale::setDefault(QLocale(QLocale::German));
    NumberBox number(NumberBox::Kind::Real, NumberBox::Steps::Linear);
    number.setLimits(0, 1);
    number.setValue(0.025);
    QCOMPARE(number.text(), QString("0,025"));
    QCOMPARE(number.valueFromText("0.03"), 0.03);
    QCOMPARE(number.valueFromText("0,04"), 0.04);
    QLocale::setDefault(QLocale::c());
  }

  void enabledByIsHonoured() {
    QVERIFY(box("negatives")->isEnabled());
    editor<QComboBox>("objective")->setCurrentIndex(1);
    QVERIFY(!box("negatives")->isEnabled());
    QVERIFY(
        box("negatives")->toolTip().contains("In use only while \"Objective\" is \"Negative sampling\"."));
  }

  void duringARunOnlyLiveValues() {
    QVERIFY(!form_->findChild<QLabel*>("paramNotice")->isVisible());
    form_->setRunning(true);
    QVERIFY(!box("window")->isEnabled());
    QVERIFY(box("learning_rate")->isEnabled());
    QVERIFY(form_->findChild<QLabel*>("paramNotice")->text().contains("need a restart"));
    QVERIFY(box("window")->toolTip().contains("needs a restart"));
    form_->setRunning(false);
    QVERIFY(box("window")->isEnabled());
    form_->setReadOnly("This run is over.");
    QVERIFY(!box("learning_rate")->isEnabled());
    QCOMPARE(form_->findChild<QLabel*>("paramNotice")->text(), QString("This run is over."));
  }

  void changedValuesAreMarkedAndReset() {
    auto* reset = form_->findChild<QPushButton*>("resetButton");
    QVERIFY(!reset->isEnabled());
    box("window")->setValue(7);
    QVERIFY(box("window")->toolTip().contains("the preset is 5"));
    QVERIFY(reset->isEnabled());
    QSignalSpy spy(form_.get(), &ParamForm::changed);
    QTest::mouseClick(reset, Qt::LeftButton);
    QCOMPARE(spy.count(), 1);
    QCOMPARE(form_->values().getInt("window"), 5);
    QVERIFY(!form_->isChanged());
  }

  void advancedIsFolded() {
    QVERIFY(!box("power")->isVisible());
    QTest::mouseClick(form_->findChild<QToolButton*>("advancedButton"), Qt::LeftButton);
    QVERIFY(box("power")->isVisible());
    // Built anew with other specs, without advanced ones: no fold.
    form_->setSpecs(std::span(specs_).first(2), ParamSet::defaultsOf(std::span(specs_).first(2)));
    QVERIFY(!form_->findChild<QToolButton*>("advancedButton")->isVisible());
    QVERIFY(!form_->findChild<QWidget*>("param_power"));
    form_->setSpecs(specs_, ParamSet::defaultsOf(specs_));
    QVERIFY(form_->findChild<QToolButton*>("advancedButton")->isVisible());
    QVERIFY(box("power")->isVisible());
  }

 private:
  template <class T>
  T* editor(const std::string& key) const {
    return form_->findChild<T*>(QString::fromStdString("param_" + key));
  }
  NumberBox* box(const std::string& key) const { return editor<NumberBox>(key); }

  std::unique_ptr<ParamForm> form_;
  std::vector<ParamSpec> specs_;
};

QTEST_MAIN(ParamFormTest)
#include "param_form_test.moc"
