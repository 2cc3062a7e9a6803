// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QColor>
#include <limits>
#include <vector>

namespace lexarium {

/// Language models on the same text beside each other: size, speed, loss on the held back text, and what each
/// says.
class LadderModel : public QAbstractTableModel {
  Q_OBJECT

 public:
  enum Column { kRun, kParameters, kSeconds, kSteps, kSpeed, kLoss, kPerplexity, kBits, kSample, kColumns };

  struct Rung {
    int runId = 0;
    QString name;
    QColor color;
    std::uint64_t parameters = 0;  ///< 0: unknown
    double seconds = 0;
    std::uint64_t steps = 0;
    double tokensPerSecond = 0;
    double loss = std::numeric_limits<double>::quiet_NaN();  ///< lowest on the held back text
    double charactersPerToken = 0;                           ///< 0: unknown
    QString sample;
    bool operator==(const Rung&) const = default;
  };

  explicit LadderModel(QObject* parent = nullptr);

  void setRungs(std::vector<Rung> rungs);
  const std::vector<Rung>& rungs() const { return rungs_; }

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  QString text(const Rung& rung, int column) const;

  std::vector<Rung> rungs_;
};

}  // namespace lexarium
