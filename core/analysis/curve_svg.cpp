// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/curve_svg.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <vector>

#include "core/analysis/report_html.h"

namespace lexarium {
namespace {

constexpr double kWidth = 720, kHeight = 320, kLeft = 64, kRight = 16, kTop = 28, kBottom = 44;
constexpr std::size_t kMostPoints = 800;
constexpr std::size_t kMostMarks = 100;
constexpr double kSmoothing = 0.6;

struct Place {
  double x = 0, y = 0;
};

struct Frame {
  double firstX = 0, lastX = 1, low = 0, high = 1;

  double x(double step) const {
    return kLeft + (kWidth - kLeft - kRight) * (step - firstX) / (lastX - firstX);
  }
  double y(double value) const {
    return kHeight - kBottom - (kHeight - kTop - kBottom) * (value - low) / (high - low);
  }
};

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.4g", value);
  return text;
}

std::string place(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f", value);
  return text;
}

/// 1, 2 or 5 times a power of ten, so that there are about five of them.
double tickStep(double range) {
  const double rough = range / 5, power = std::pow(10, std::floor(std::log10(rough)));
  for (const double factor : {1.0, 2.0, 5.0})
    if (rough <= factor * power) return factor * power;
  return 10 * power;
}

/// Of long runs every so manieth: the mean of those between.
std::vector<Place> thinned(const std::vector<Place>& all) {
  const std::size_t each = 1 + all.size() / kMostPoints;
  std::vector<Place> few;
  for (std::size_t i = 0; i < all.size(); i += each) {
    const std::size_t end = std::min(all.size(), i + each);
    Place mean;
    for (std::size_t j = i; j < end; ++j) {
      mean.x += all[j].x / static_cast<double>(end - i);
      mean.y += all[j].y / static_cast<double>(end - i);
    }
    few.push_back(mean);
  }
  return few;
}

/// Exponential moving average without the pull of its beginning.
std::vector<Place> smoothed(std::vector<Place> places) {
  double sum = 0, weight = 0;
  for (Place& each : places) {
    sum = kSmoothing * sum + (1 - kSmoothing) * each.y;
    weight = kSmoothing * weight + (1 - kSmoothing);
    each.y = sum / weight;
  }
  return places;
}

std::string line(const std::vector<Place>& places, const Frame& frame, const char* style) {
  std::string points;
  for (const Place& each : places) points += place(frame.x(each.x)) + ',' + place(frame.y(each.y)) + ' ';
  return std::string("<polyline fill=\"none\" ") + style + " points=\"" + points + "\"/>\n";
}

std::string label(double x, double y, const char* anchor, const std::string& text) {
  return "<text x=\"" + place(x) + "\" y=\"" + place(y) + "\" text-anchor=\"" + anchor + "\">" +
         htmlText(text) + "</text>\n";
}

std::string rule(double x1, double y1, double x2, double y2) {
  return "<line stroke=\"#d0d7de\" x1=\"" + place(x1) + "\" y1=\"" + place(y1) + "\" x2=\"" + place(x2) +
         "\" y2=\"" + place(y2) + "\"/>\n";
}

std::string axes(const Frame& frame, const CurveWords& words) {
  std::string svg;
  const double stepY = tickStep(frame.high - frame.low), stepX = tickStep(frame.lastX - frame.firstX);
  for (double v = std::ceil(frame.low / stepY) * stepY; v <= frame.high; v += stepY)
    svg += rule(kLeft, frame.y(v), kWidth - kRight, frame.y(v)) +
           label(kLeft - 8, frame.y(v) + 4, "end", number(std::abs(v) < stepY / 1000 ? 0 : v));
  for (double v = std::ceil(frame.firstX / stepX) * stepX; v <= frame.lastX; v += stepX)
    svg += label(frame.x(v), kHeight - kBottom + 18, "middle", number(v));
  return svg + rule(kLeft, kTop, kLeft, kHeight - kBottom) +
         label(kLeft + (kWidth - kLeft - kRight) / 2, kHeight - 8, "middle", words.steps) +
         label(8, 16, "start", words.loss);
}

}  // namespace

std::string lossCurveSvg(std::span<const MetricPoint> points, const CurveWords& words,
                         const std::string& fingerprint) {
  std::vector<Place> training, validation;
  for (const MetricPoint& point : points) {
    const auto step = static_cast<double>(point.step);
    if (std::isfinite(point.loss)) training.push_back({step, point.loss});
    if (point.hasValidation() && std::isfinite(point.validationLoss))
      validation.push_back({step, point.validationLoss});
  }
  if (training.size() < 2 || training.front().x == training.back().x) return {};
  training = thinned(training);
  validation = thinned(validation);
  Frame frame{training.front().x, training.back().x, training[0].y, training[0].y};
  for (const auto* all : {&training, &validation}) {
    for (const Place& each : *all) {
      frame.firstX = std::min(frame.firstX, each.x);
      frame.lastX = std::max(frame.lastX, each.x);
      frame.low = std::min(frame.low, each.y);
      frame.high = std::max(frame.high, each.y);
    }
  }
  if (!(frame.high - frame.low > 1e-9)) frame.high = frame.low + 1;
  std::string svg =
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 720 320\" width=\"720\" height=\"320\" "
      "font-family=\"sans-serif\" font-size=\"12\" fill=\"#57606a\">\n"
      "<rect width=\"720\" height=\"320\" fill=\"#ffffff\"/>\n" +
      axes(frame, words) + line(training, frame, "stroke=\"#0072b2\" stroke-opacity=\"0.3\"") +
      line(smoothed(training), frame, "stroke=\"#0072b2\" stroke-width=\"2\"");
  svg += "<g fill=\"#0072b2\">" + label(kWidth - kRight, 16, "end", words.training) + "</g>\n";
  if (!validation.empty()) {
    svg += line(validation, frame, "stroke=\"#d55e00\" stroke-width=\"2\" stroke-dasharray=\"6 3\"");
    // One value alone is no line.
    if (validation.size() <= kMostMarks)
      for (const Place& each : validation)
        svg += "<circle fill=\"#d55e00\" r=\"3\" cx=\"" + place(frame.x(each.x)) + "\" cy=\"" +
               place(frame.y(each.y)) + "\"/>\n";
    svg += "<g fill=\"#d55e00\">" + label(kWidth - kRight - 120, 16, "end", words.validation) + "</g>\n";
  }
  if (!fingerprint.empty()) svg += label(kWidth - kRight, kHeight - 8, "end", fingerprint);
  return svg + "</svg>\n";
}

}  // namespace lexarium
