// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/hood_gradient.h"

#include <QLabel>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/plot/curve_plot.h"
#include "ui/widgets/csv_export.h"
#include "ui/widgets/helpers.h"

namespace lexarium {
namespace {

constexpr double kLeast = 1e-8;         // of the gradient: what is less has vanished
constexpr std::size_t kUsualBack = 12;  // tokens back of which the sentence speaks

}  // namespace

QString HoodGradient::shareText(double share) {
  if (share == 0) return tr("nothing");
  if (share < 1e-5) return tr("less than %1").arg(formatPercent(1e-5));
  return formatPercent(share);
}

HoodGradient::HoodGradient(QWidget* parent) : QWidget(parent), sentence_(new QLabel), plot_(new CurvePlot) {
  sentence_->setObjectName("gradientSentence");
  sentence_->setWordWrap(true);
  sentence_->setTextFormat(Qt::PlainText);
  plot_->setObjectName("gradientPlot");
  plot_->setAccessibleName(tr("What is left of the gradient at earlier tokens"));
  plot_->setLogarithmic(false, true);
  plot_->setMinimumHeight(130);
  plot_->setTooltip([this](const CurvePoint& point) {
    const bool cell = point.curve < 0;
    const auto found = std::find_if(curves_.begin(), curves_.end(), [&](const GradientCurve& curve) {
      return curve.id == std::abs(point.curve);
    });
    if (found == curves_.end()) return QStringList();
    const auto& shares = cell ? found->cell : found->hidden;
    if (point.index >= shares.size()) return QStringList();
    const std::size_t back = shares.size() - 1 - point.index;
    return QStringList{tr("%1 tokens back").arg(back), tr("%1 is left").arg(shareText(shares[back]))};
  });
  connect(plot_, &CurvePlot::clicked, this, [this](const CurvePoint& point) {
    if (!curves_.empty() && std::abs(point.curve) == curves_.front().id) Q_EMIT stepChosen(point.index);
  });
  auto* layout = tightLayout<QVBoxLayout>(this);
  layout->addWidget(sentence_);
  layout->addWidget(plot_, 1);
}

void HoodGradient::setTheme(const Theme& theme) {
  plot_->setTheme(theme);
  // On a projector room is dear, and the sentence says what is drawn.
  plot_->setAxisTitles(theme.projector ? QString() : tr("Token of the text"),
                       theme.projector ? QString() : tr("Gradient left"));
}

void HoodGradient::setFingerprint(const QString& text) { plot_->setFingerprint(text); }

void HoodGradient::addCurve(std::vector<Curve>& shown, int id, const GradientCurve& run, const QString& name,
                            const std::vector<double>& shares, bool thin) {
  CurveSeries& series = series_.emplace_back();
  series.setSmoothing(0);
  // They end at the same place, whatever another run calls a token.
  const std::size_t end = curves_.front().step + 1;
  std::vector<MetricPoint> points;
  for (std::size_t back = std::min(shares.size(), end); back-- > 0;) {
    MetricPoint point;
    point.step = end - back;
    point.loss = shares[back] < kLeast ? 0 : shares[back];
    points.push_back(point);
  }
  series.append(points);
  Curve curve;
  curve.id = id;
  curve.name = name;
  curve.color = run.color;
  curve.series = &series;
  curve.thin = thin;
  curve.dotted = id < 0 && points.size() < 60;
  shown.push_back(std::move(curve));
}

void HoodGradient::setCurves(std::vector<GradientCurve> curves, const QString& token, const QString& next) {
  curves_ = std::move(curves);
  std::vector<Curve> shown;
  std::deque<CurveSeries> before = std::move(series_);  // the plot looks at them until it has the new ones
  series_.clear();
  for (const GradientCurve& run : curves_) {
    const bool thin = &run != &curves_.front();
    addCurve(shown, run.id, run, run.cell.empty() ? run.name : tr("%1: h").arg(run.name), run.hidden, thin);
    if (!run.cell.empty()) addCurve(shown, -run.id, run, tr("%1: c").arg(run.name), run.cell, thin);
  }
  plot_->setCurves(std::move(shown));
  sentence_->setText(describe(token, next));
}

QString HoodGradient::describe(const QString& token, const QString& next) const {
  if (curves_.empty()) return {};
  const GradientCurve& first = curves_.front();
  QString text = first.isGuess ? tr("After “%1” the model guesses “%2”: loss %3. ")
                               : tr("After “%1” comes “%2”: loss %3. ");
  text = text.arg(token, next, formatValue(first.loss));
  if (first.step == 0) return text + tr("This is the first token: there is nothing to go back to.");
  const std::size_t back = std::min(kUsualBack, first.step);
  text += tr("%1 tokens back, %2 of its gradient is left")
              .arg(QString::number(back), shareText(first.hidden[back]));
  if (!first.cell.empty()) text += tr(", in the cell %1").arg(shareText(first.cell[back]));
  for (std::size_t i = 1; i < curves_.size(); ++i) {
    const GradientCurve& other = curves_[i];
    if (back < other.hidden.size())
      text += tr("; %1: %2")
                  .arg(other.name,
                       shareText(std::max(other.hidden[back], other.cell.empty() ? 0.0 : other.cell[back])));
  }
  return text + tr(".");
}

QString HoodGradient::sentence() const { return sentence_->text(); }

std::string HoodGradient::toCsv() const {
  std::string csv = "run,tokens back,hidden,cell\n";
  for (const GradientCurve& run : curves_) {
    for (std::size_t back = 0; back < run.hidden.size(); ++back) {
      csv += csvField(run.name.toStdString()) + ',' + std::to_string(back) + ',' +
             csvNumber(run.hidden[back]) + ',' +
             (run.cell.empty() ? std::string() : csvNumber(run.cell[back])) + '\n';
    }
  }
  return csv;
}

PlotSource HoodGradient::exportSource(std::function<void(const Error&)> failed) const {
  return {tr("gradient"),
          plot_->size(),
          [this](QPaintDevice& device) { plot_->paintOn(device); },
          [this] { return toCsv(); },
          std::move(failed),
          [this] { return sentence(); }};
}

}  // namespace lexarium
