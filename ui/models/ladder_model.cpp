// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/ladder_model.h"

#include <QLocale>
#include <cmath>

#include "ui/models/loss_values.h"
#include "ui/widgets/helpers.h"

namespace lexarium {
namespace {

const QString kNothing = QStringLiteral("–");

QString decimals(double value, int digits) {
  return std::isfinite(value) ? QLocale().toString(value, 'f', digits) : kNothing;
}

}  // namespace

LadderModel::LadderModel(QObject* parent) : QAbstractTableModel(parent) {}

void LadderModel::setRungs(std::vector<Rung> rungs) {
  const auto sameRun = [](const Rung& a, const Rung& b) { return a.runId == b.runId; };
  if (std::equal(rungs.begin(), rungs.end(), rungs_.begin(), rungs_.end(), sameRun)) {
    rungs_ = std::move(rungs);
    if (!rungs_.empty())
      Q_EMIT dataChanged(index(0, 0), index(static_cast<int>(rungs_.size()) - 1, kColumns - 1));
    return;
  }
  beginResetModel();
  rungs_ = std::move(rungs);
  endResetModel();
}

int LadderModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(rungs_.size());
}

int LadderModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(kColumns);
}

QString LadderModel::text(const Rung& rung, int column) const {
  switch (column) {
    case kRun:
      return rung.name;
    case kParameters:
      return rung.parameters > 0 ? formatCount(rung.parameters) : kNothing;
    case kSeconds:
      return decimals(rung.seconds, 1);
    case kSteps:
      return formatCount(rung.steps);
    case kSpeed:
      return rung.tokensPerSecond > 0 ? formatCount(static_cast<std::uint64_t>(rung.tokensPerSecond))
                                      : kNothing;
    case kLoss:
      return decimals(rung.loss, 3);
    case kPerplexity:
      return decimals(ofLoss(LossKind::Perplexity, rung.loss, 1), 2);
    case kBits:
      return rung.charactersPerToken > 0
                 ? decimals(ofLoss(LossKind::BitsPerCharacter, rung.loss, rung.charactersPerToken), 3)
                 : kNothing;
    default:
      return rung.sample;
  }
}

QVariant LadderModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  const Rung& rung = rungs_[static_cast<std::size_t>(index.row())];
  const bool number = index.column() != kRun && index.column() != kSample;
  if (role == Qt::TextAlignmentRole) return int((number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
  if (role == Qt::DecorationRole && index.column() == kRun) return rung.color;
  if (role == Qt::ToolTipRole && index.column() == kSample) return rung.sample;
  return role == Qt::DisplayRole ? QVariant(text(rung, index.column())) : QVariant();
}

QVariant LadderModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal) return {};
  const bool number = section != kRun && section != kSample;
  if (role == Qt::TextAlignmentRole) return int((number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
  if (role != Qt::DisplayRole) return {};
  const QString titles[] = {tr("Run"),        tr("Parameters"),     tr("Seconds"),
                            tr("Steps"),      tr("Tokens/s"),       tr("Held-back loss"),
                            tr("Perplexity"), tr("Bits/character"), tr("It says")};
  return titles[section];
}

}  // namespace lexarium
