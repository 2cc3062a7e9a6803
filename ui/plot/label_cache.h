// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCache>
#include <QColor>
#include <QFont>
#include <QImage>
#include <QString>
#include <functional>
#include <vector>

namespace lexarium {

/// Words on the map as pictures with a halo, rendered once. Qt finds a font that has the glyphs (Chinese).
class LabelCache {
 public:
  enum Style { kNormal, kQuiet, kStrong };
  using TextOf = std::function<QString(std::size_t)>;

  struct Look {
    QFont font;
    QColor text, quiet, halo;
    double pixelRatio = 1;
    bool operator==(const Look&) const = default;
  };

  /// Another look forgets everything.
  void setLook(const Look& look);
  /// Other words behind the indices.
  void clear();

  /// text is asked only for what is not known yet.
  QSizeF size(std::size_t index, const TextOf& text, Style style);
  const QImage& picture(std::size_t index, const TextOf& text, Style style);
  QFont font(Style style) const;
  QColor color(Style style) const { return style == kQuiet ? look_.quiet : look_.text; }
  double lineHeight() const { return lineHeight_; }
  const Look& look() const { return look_; }

  static constexpr int kHalo = 2;  ///< pixels of room around the text

 private:
  Look look_;
  double lineHeight_ = 16;
  std::vector<float> widths_, strongWidths_;  // by index; 0: not known yet
  QCache<quint64, QImage> pictures_{3000};
};

}  // namespace lexarium
