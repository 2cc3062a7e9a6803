// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "core/models/saliency.h"
#include "ui/session/paced_job.h"
#include "ui/views/attention_base.h"

class QComboBox;
class QLabel;

namespace lexarium {

class HeatmapPlot;
class TokenText;
struct HeatmapCell;

/// What counted: how much each token of the input raised or lowered the odds of each output, as colours in
/// the text and as a matrix; and how far attention agrees.
class SaliencyView : public AttentionBase {
  Q_OBJECT

 public:
  explicit SaliencyView(Session& session, QWidget* parent = nullptr);

  QJsonObject saveState() const override;
  void restoreState(const QJsonObject& state) override;
  void fillMenu(QMenu& menu) override;

  /// What was found last; empty before.
  const Saliency& saliency() const { return found_.saliency; }
  /// The output whose reasons are shown in the text.
  std::size_t output() const { return output_; }
  void setOutput(std::size_t output);

 protected:
  void refresh(unsigned dirty) override;
  QString promise() const override;
  QString describe() const override;

 private:
  /// What a question brings.
  struct Found {
    std::uint64_t step = 0;
    SaliencyMethod method = SaliencyMethod::GradientTimesInput;
    Saliency saliency;
    std::vector<double> agreement;  ///< with attention, of each output
    bool attends = false;
  };

  QWidget* makeContent();
  void applyTheme();
  SaliencyQuery query() const;
  void read(bool asked);
  void adopt(Found found);
  void fillOutputs();
  void showAll();
  void showText();
  void showMatrix();
  void showFacts();
  QString outputName(std::size_t output) const;
  QString scoreText(std::size_t input, std::size_t output) const;

  ReadingInput* input_;
  QComboBox *method_, *outputs_;
  QLabel *facts_, *doubt_, *note_;
  TokenText* text_;
  HeatmapPlot* matrix_;
  QWidget* pictures_;
  Reading asked_;  // what was read, or is being read
  Found found_;
  std::size_t output_ = 0;
  bool chosen_ = false;  // by the person; otherwise the likeliest or the last
  PacedJob job_;
};

}  // namespace lexarium
