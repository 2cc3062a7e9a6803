// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <cstdint>
#include <memory>
#include <vector>

#include "core/train/snapshot.h"
#include "ui/session/paced_job.h"

namespace lexarium {

/// The newest table of a run and a few of the seconds before, shared and not copied. Plain values: the caller
/// has the clock.
class TableHistory {
 public:
  using Table = std::shared_ptr<const EmbeddingTable>;

  /// How far back the table lies that the newest one is compared with, in seconds.
  static constexpr double kLag = 1;
  /// Numbers of a table above which only one or two older ones are kept.
  static constexpr Eigen::Index kLarge = Eigen::Index{1} << 22;

  /// Of an earlier step than the newest, or of other dimensions: another run, which begins from nothing. Of
  /// the same step: takes its place.
  void add(Table table, double seconds);
  void clear();

  const Table& newest() const { return newest_.table; }
  /// The latest one that was there kLag before the newest; a younger one if there is none; null: there is but
  /// one.
  Table before() const;
  std::size_t kept() const { return older_.size(); }

 private:
  struct Entry {
    Table table;
    double seconds = 0;
  };
  std::vector<Entry> older_;
  Entry newest_;
};

/// Smallest and largest of the bulk of some values, as the ends of a colour scale.
struct ColorRange {
  double low = 0, high = 0;

  bool isEmpty() const { return !(high > low); }
  /// Between the 2nd and the 98th percentile: a few words that leap must not make all others look still.
  static ColorRange of(std::vector<float> values);
  /// A part of the way to `other`, so that a scale that is looked at does not flicker.
  ColorRange towards(const ColorRange& other, double share) const;
  /// 0 at the low end, bins - 1 at the high end.
  std::vector<std::uint8_t> binsOf(const std::vector<float>& values, int bins) const;
};

/// How far the words have turned in the last second or so of training (turnsBetween), measured off the GUI
/// thread while somebody looks.
class MapMovement : public QObject {
  Q_OBJECT

 public:
  explicit MapMovement(FrameClock& clock, QObject* parent = nullptr);

  /// Remembers the table. The first `words` columns are measured.
  void follow(std::shared_ptr<const EmbeddingTable> table, std::size_t words, bool training);
  /// Measures only while shown.
  void setShown(bool shown);
  void reset();

  /// Degrees for each word; empty: there is nothing to compare.
  const std::vector<float>& turns() const { return turns_; }
  const ColorRange& range() const { return range_; }
  /// Steps between the two tables.
  std::uint64_t steps() const { return steps_; }

 Q_SIGNALS:
  void changed();

 private:
  struct Result {
    std::vector<float> turns;
    ColorRange range;
  };
  void measure();

  TableHistory history_;
  QElapsedTimer time_;
  std::size_t words_ = 0;
  bool training_ = false, shown_ = false;
  std::shared_ptr<const EmbeddingTable> measured_, measuredBefore_;
  std::size_t measuredWords_ = 0;
  std::vector<float> turns_;
  ColorRange range_;
  std::uint64_t steps_ = 0;
  PacedJob job_;
};

}  // namespace lexarium
