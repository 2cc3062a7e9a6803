// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QProxyStyle>
#include <QStyleOption>
#include <QToolTip>

#include "ui/look/palettes.h"
#include "ui/look/theme.h"

namespace lexarium {
namespace {

QPalette paletteOf(const Theme& t) {
  QPalette p;
  const QColor button = t.dark ? mixed(t.surface, t.text, 0.06) : t.surface;
  p.setColor(QPalette::Window, t.window);
  p.setColor(QPalette::WindowText, t.text);
  p.setColor(QPalette::Base, t.surface);
  p.setColor(QPalette::AlternateBase, mixed(t.surface, t.text, 0.03));
  p.setColor(QPalette::Text, t.text);
  p.setColor(QPalette::Button, button);
  p.setColor(QPalette::ButtonText, t.text);
  p.setColor(QPalette::BrightText, t.error);
  p.setColor(QPalette::Highlight, t.accent);
  p.setColor(QPalette::HighlightedText, t.onAccent);
  p.setColor(QPalette::Link, t.accent);
  p.setColor(QPalette::LinkVisited, t.accent);
  p.setColor(QPalette::PlaceholderText, t.secondary);
  p.setColor(QPalette::ToolTipBase, t.surface);
  p.setColor(QPalette::ToolTipText, t.text);
  p.setColor(QPalette::Light, mixed(t.surface, t.text, 0.08));
  p.setColor(QPalette::Midlight, mixed(t.surface, t.line, 0.5));
  p.setColor(QPalette::Mid, t.line);
  p.setColor(QPalette::Dark, mixed(t.line, t.text, 0.3));
  p.setColor(QPalette::Shadow, t.dark ? QColor("#000000") : mixed(t.line, t.text, 0.6));
  const QColor disabled = mixed(t.text, t.window, 0.55);
  for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
    p.setColor(QPalette::Disabled, role, disabled);
  }
  p.setColor(QPalette::Disabled, QPalette::Highlight, t.line);
  p.setColor(QPalette::Disabled, QPalette::HighlightedText, disabled);
  return p;
}

/// Only what a palette cannot say. $name is a colour of the theme.
const char* const kStyleSheet = R"(
QToolTip { color: $text; background: $surface; border: 1px solid $line; padding: 4px; }
QMainWindow::separator { background: $separator; width: $separatorSize; height: $separatorSize; }
QMainWindow::separator:hover { background: $accent; }
QDockWidget { border: none; }
QToolBar { background: $window; border: none; spacing: 4px; padding: 4px; }
QMenuBar { background: transparent; border: none; }
QMenuBar::item { padding: 4px 8px; border-radius: 4px; background: transparent; }
QMenuBar::item:selected { background: $hover; color: $text; }
QTabBar { qproperty-drawBase: 0; }
QTabBar::tab { color: $secondary; background: transparent; padding: 4px 12px; border: none;
  border-bottom: 2px solid transparent; }
QTabBar::tab:hover { color: $text; background: $hover; }
QTabBar::tab:selected { color: $text; border-bottom: 2px solid $accent; }
QTabBar::tab:focus { background: $hover; }
QPushButton[primary="true"] { color: $onAccent; background: $accent; border: 1px solid $accent;
  border-radius: 4px; padding: 4px 16px; font-weight: 600; }
#card QPushButton[primary="true"] { text-align: left; padding: 6px 12px; }
QPushButton[primary="true"]:hover, QPushButton[primary="true"]:focus { background: $accentHover;
  border: 1px solid $text; }
QPushButton[primary="true"]:pressed { background: $accentPressed; }
QPushButton[primary="true"]:disabled { color: $disabled; background: $hover; border: 1px solid $line; }
QToolButton { border: 1px solid transparent; border-radius: 4px; padding: 3px; }
QToolButton:hover, QToolButton:focus { background: $hover; border: 1px solid $line; }
QToolButton:focus { border: 1px solid $accent; }
QToolButton:pressed, QToolButton:checked { background: $pressed; }
QToolButton::menu-indicator { image: none; }
QTableView, QTreeView, QListView { border: none; selection-background-color: $selection;
  selection-color: #1B1F24; }
#paletteList { selection-background-color: $accent; selection-color: $onAccent; }
QHeaderView::section { background: $surface; color: $secondary; border: none;
  border-bottom: 1px solid $line; padding: 3px 6px; }
QTableView { gridline-color: $grid; }
QProgressBar { border: none; border-radius: 3px; background: $track; min-height: 6px; max-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QLabel[role="secondary"] { color: $secondary; }
QLabel[role="hero"] { font-size: $heroSize; font-weight: 600; }
QLabel[role="title"] { font-size: $titleSize; font-weight: 600; }
QLabel[role="dock"] { font-size: $smallSize; font-weight: 600; color: $secondary; }
#card { background: $surface; border: 1px solid $line; border-radius: 8px; }
QPushButton[choice="true"] { text-align: left; padding: 6px 12px; border: 1px solid $line; border-radius: 4px;
  background: $surface; }
QPushButton[choice="true"]:hover, QPushButton[choice="true"]:focus { border: 1px solid $accent; background: $hover; }
QPushButton[choice="true"]:disabled { color: $disabled; background: transparent; }
#dropHighlight { background: $veil; border: 4px dashed $accent; color: $text; font-size: $heroSize; }
#palette { background: $surface; border: 1px solid $line; border-radius: 8px; }
#transport { border-top: 1px solid $line; }
#dockTitle { background: $window; border: none; }
#viewFrame { background: $surface; border: 1px solid $line; border-radius: 4px; }
)";

/// Fusion without icons on the buttons of dialogs: the words are enough.
class PlainFusion : public QProxyStyle {
 public:
  explicit PlainFusion(const QColor& outline) : QProxyStyle("Fusion"), outline_(outline) {}

  void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                     const QWidget* widget) const override {
    if (!isOutlined(element)) return QProxyStyle::drawPrimitive(element, option, painter, widget);
    if (const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option)) {
      const auto changed = outlined(*button);
      return QProxyStyle::drawPrimitive(element, &changed, painter, widget);
    }
    if (const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option)) {
      const auto changed = outlined(*frame);
      return QProxyStyle::drawPrimitive(element, &changed, painter, widget);
    }
    QProxyStyle::drawPrimitive(element, option, painter, widget);
  }
  void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                          const QWidget* widget) const override {
    if (const auto* box = qstyleoption_cast<const QStyleOptionSpinBox*>(option)) {
      const auto changed = outlined(*box);
      return QProxyStyle::drawComplexControl(control, &changed, painter, widget);
    }
    if (const auto* combo = qstyleoption_cast<const QStyleOptionComboBox*>(option)) {
      const auto changed = outlined(*combo);
      return QProxyStyle::drawComplexControl(control, &changed, painter, widget);
    }
    if (const auto* slider = qstyleoption_cast<const QStyleOptionSlider*>(option);
        slider && control == CC_Slider) {
      const auto changed = outlined(*slider);
      return QProxyStyle::drawComplexControl(control, &changed, painter, widget);
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
  }
  int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                QStyleHintReturn* data) const override {
    if (hint == SH_DialogButtonBox_ButtonsHaveIcons) return 0;
    return QProxyStyle::styleHint(hint, option, widget, data);
  }

 private:
  static bool isOutlined(PrimitiveElement element) {
    return element == PE_FrameLineEdit || element == PE_PanelLineEdit || element == PE_IndicatorCheckBox ||
           element == PE_IndicatorRadioButton || element == PE_PanelButtonCommand;
  }
  /// Fusion draws outlines in the window's colour, darkened by kFusionDarker: on a dark ground nobody sees
  /// them.
  template <class Option>
  Option outlined(const Option& option) const {
    Option changed(option);
    changed.palette = outlined(option.palette, option.state & State_Enabled);
    return changed;
  }
  /// Kept: Fusion keeps its pictures by the palette, and a new palette at each paint would mean new pictures.
  QPalette outlined(const QPalette& palette, bool enabled) const {
    constexpr int kFusionDarker = 140;
    constexpr std::size_t kMostKept = 16;
    for (const Outlined& kept : outlined_) {
      // Equal ones that are not the same stand for many widgets, each of which has its own.
      if (kept.enabled == enabled && kept.group == palette.currentColorGroup() && kept.original == palette)
        return kept.changed;
    }
    if (outlined_.size() >= kMostKept) outlined_.clear();
    const QColor line = enabled ? outline_ : mixed(outline_, palette.color(QPalette::Window), 0.5);
    QPalette changed = palette;
    changed.setColor(QPalette::Window, line.lighter(kFusionDarker));
    outlined_.push_back({palette, changed, palette.currentColorGroup(), enabled});
    return changed;
  }

  struct Outlined {
    QPalette original, changed;
    QPalette::ColorGroup group;
    bool enabled;
  };
  QColor outline_;
  mutable std::vector<Outlined> outlined_;
};

QString styleSheetOf(const Theme& t) {
  QString sheet = QString::fromLatin1(kStyleSheet);
  // Longer names first: $accentHover before $accent.
  const std::vector<std::pair<const char*, QColor>> colors{{"$accentPressed", mixed(t.accent, t.text, 0.3)},
                                                           {"$accentHover", mixed(t.accent, t.text, 0.15)},
                                                           {"$accent", t.accent},
                                                           {"$onAccent", t.onAccent},
                                                           {"$disabled", mixed(t.text, t.window, 0.55)},
                                                           {"$secondary", t.secondary},
                                                           {"$selection", t.selection},
                                                           {"$surface", t.surface},
                                                           {"$pressed", mixed(t.window, t.text, 0.16)},
                                                           {"$window", t.window},
                                                           {"$hover", mixed(t.window, t.text, 0.08)},
                                                           {"$track", mixed(t.window, t.text, 0.12)},
                                                           {"$text", t.text},
                                                           {"$line", t.line},
                                                           {"$grid", t.grid}};
  // Black beside black needs a line between.
  const bool flat = t.window == t.surface;
  sheet.replace("$separatorSize", flat ? "2px" : "4px");
  sheet.replace("$separator", (flat ? mixed(t.window, t.line, 0.45) : t.window).name());
  sheet.replace(
      "$veil",
      QStringLiteral("rgba(%1, %2, %3, 85%)").arg(t.window.red()).arg(t.window.green()).arg(t.window.blue()));
  const std::vector<std::pair<const char*, QFont>> sizes{
      {"$heroSize", t.hero}, {"$titleSize", t.title}, {"$smallSize", t.small}};
  for (const auto& [name, font] : sizes) {
    sheet.replace(QLatin1String(name), QStringLiteral("%1pt").arg(font.pointSizeF()));
  }
  for (const auto& [name, color] : colors) sheet.replace(QLatin1String(name), color.name());
  return sheet;
}

}  // namespace

void applyTheme(const Theme& theme) {
  QApplication::setStyle(new PlainFusion(theme.outline));
  const QPalette palette = paletteOf(theme);
  QApplication::setPalette(palette);
  QApplication::setFont(theme.body);
  QToolTip::setPalette(palette);
  QToolTip::setFont(theme.body);
  qApp->setStyleSheet(styleSheetOf(theme));
}

}  // namespace lexarium
