// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <string>

#include "ui/look/theme.h"

class QComboBox;
class QLabel;
class QMenu;
class QSlider;
class QToolButton;

namespace lexarium {

class MapSearch;
class Session;

/// What the colour of a point on the map says.
enum class MapColor { Frequency, Cluster, Movement, Plain };

/// The bar above the map: search, method, number of words, colour. Where it is narrow, the controls of least
/// importance make room; the menu has them all.
class MapControls : public QWidget {
  Q_OBJECT

 public:
  explicit MapControls(Session& session, QWidget* parent = nullptr);

  static constexpr std::size_t kMostWords = 50000;
  static constexpr std::size_t kUsualWords = 2000;
  static constexpr double kUsualPerplexity = 30;

  MapSearch& search() { return *search_; }
  QToolButton& isolate() { return *isolate_; }
  QToolButton& fit() { return *fit_; }
  QToolButton& trails() { return *trails_; }

  std::size_t wordsWanted() const;
  void setWordsWanted(std::size_t count);
  /// The id of a projection: "pca".
  std::string method() const;
  /// An unknown id is PCA.
  void setMethod(const std::string& id);
  double perplexity() const;
  void setPerplexity(double perplexity);
  MapColor color() const;
  void setColor(MapColor color);
  /// For saved state: "cluster".
  QString colorName() const;
  void setColorName(const QString& name);

  /// What the pause button does next; it is there only for methods that iterate.
  void showIteration(bool paused, bool converged, const Theme& theme);
  /// Shows what fits into this width.
  void arrange(const Theme& theme, int width);
  /// Narrower than what is shown: the window may always become smaller, and then something is hidden.
  QSize minimumSizeHint() const override;
  void fillMethodMenu(QMenu& menu);
  void fillColorMenu(QMenu& menu);

 Q_SIGNALS:
  void wordsChanged();
  void methodChanged();
  void perplexityChanged();
  void pauseClicked();
  void colorChanged();

 private:
  void makeMethod();
  void makePerplexity();
  void makeWords();
  void makeColors();
  void makeButtons();
  void fillFromCombo(QMenu& menu, QComboBox& combo);

  MapSearch* search_ = nullptr;
  QComboBox *method_ = nullptr, *colors_ = nullptr;
  QToolButton *pause_ = nullptr, *isolate_ = nullptr, *fit_ = nullptr, *trails_ = nullptr;
  QSlider *perplexity_ = nullptr, *words_ = nullptr;
  QLabel *perplexityValue_ = nullptr, *wordsValue_ = nullptr;
};

}  // namespace lexarium
