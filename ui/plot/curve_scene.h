// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QString>
#include <optional>
#include <vector>

#include "ui/plot/curve_series.h"

namespace lexarium {

/// A curve as the plot shows it. The series and flags belong to the view and outlive the plot's use of them.
struct Curve {
  int id = 0;
  QString name;
  QColor color;
  const CurveSeries* series = nullptr;
  const std::vector<MetricFlag>* flags = nullptr;  ///< may be null
  bool dotted = false;         ///< few values that count one by one: each is a dot on the line
  int parent = 0;              ///< the curve that it left; 0: none
  std::uint64_t forkStep = 0;  ///< and where
  bool thin = false;           ///< of another run, for comparison
};

/// What a plot of curves shows: plain values.
struct CurveScene {
  std::vector<Curve> curves;
  CurveX xKind = CurveX::Step;
  AxisMap x, y;
  int cursorCurve = 0;           ///< the curve at which the cursor stands; 0: none
  std::uint64_t cursorStep = 0;  ///< and where
};

/// Of a curve that left another one: its last point before it did, or its first one; none if it has no
/// points.
std::optional<std::size_t> forkPoint(const Curve& curve);

/// Where a curve's flag stands on the horizontal axis.
double flagPosition(const CurveSeries& series, const MetricFlag& flag, CurveX kind);

}  // namespace lexarium
