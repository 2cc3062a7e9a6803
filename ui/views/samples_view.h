// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>

#include "ui/session/latest_job.h"
#include "ui/views/language_base.h"

class QLabel;
class QPlainTextEdit;
class QSplitter;

namespace lexarium {

class LinkedTable;
class NumberBox;
class SampleHistoryModel;
class SamplingPanel;
class TokenText;

/// What a language model says after a prompt, again and again while it learns: each token on the colour of
/// its surprise, and below what it said earlier.
class SamplesView : public LanguageView {
  Q_OBJECT

 public:
  explicit SamplesView(Session& session, QWidget* parent = nullptr);

  Probe needs() const override;
  QJsonObject saveState() const override;
  void restoreState(const QJsonObject& state) override;
  void fillMenu(QMenu& menu) override;

  /// What is shown; null if nothing is.
  const std::shared_ptr<const TextSample>& sample() const { return sample_; }

 protected:
  void refresh(unsigned dirty) override;
  int frameIntervalMs() const override { return kSpeakMs; }
  QString promise() const override;
  QString describe() const override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  static constexpr int kSpeakMs = 1000;

  QWidget* makeContent();
  SampleRequest request() const;
  void ask();
  void showSample(std::shared_ptr<const TextSample> sample);
  void colorTokens();
  void showHistory();
  QString tooltipOf(int token) const;
  void fitPrompt();

  QPlainTextEdit* prompt_;
  SamplingPanel* sampling_;
  NumberBox* length_;
  TokenText* text_;
  QLabel* status_;
  LinkedTable* table_;
  SampleHistoryModel* history_;
  QSplitter* splitter_;
  std::shared_ptr<const TextSample> sample_;
  std::shared_ptr<const SequenceModel> speaker_;  // of sample_, for the texts of its tokens
  std::uint64_t historyVersion_ = 0;
  const void* historyOf_ = nullptr;
  QTimer promptTimer_;  // the prompt has rested so long
  LatestJob job_;
};

}  // namespace lexarium
