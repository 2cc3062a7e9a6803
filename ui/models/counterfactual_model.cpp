// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/counterfactual_model.h"

#include <algorithm>
#include <cmath>

#include "core/analysis/attention_measures.h"
#include "ui/models/roles.h"
#include "ui/widgets/choice_bars.h"
#include "ui/widgets/helpers.h"

namespace lexarium {
namespace {

constexpr double kNothing = 5e-5;  // less is shown as no change

std::optional<double> probabilityAt(const AttentionTrace& trace, std::size_t token) {
  if (token >= trace.probabilities.size() || std::isnan(trace.probabilities[token])) return std::nullopt;
  return static_cast<double>(trace.probabilities[token]);
}

QString percent(const std::optional<double>& share) {
  return share ? formatPercent(*share) : QStringLiteral("–");
}

}  // namespace

std::vector<std::string> labelsWithProbabilities(const AttentionTrace& trace) {
  std::vector<std::string> labels;
  for (const PlacedToken& token : trace.output.empty() ? trace.input : trace.output)
    labels.push_back(token.label);
  return labels;
}

CounterfactualModel::CounterfactualModel(QObject* parent) : QAbstractTableModel(parent) {}

void CounterfactualModel::setTraces(const AttentionTrace& before, const AttentionTrace& after) {
  beginResetModel();
  rows_.clear();
  const auto old = labelsWithProbabilities(before), now = labelsWithProbabilities(after);
  const auto places = sameTokens(now, old);
  std::size_t next = 0;  // of the old ones
  const auto addOld = [&](std::size_t end) {
    for (; next < end; ++next)
      rows_.push_back({visibleToken(toQString(old[next])), probabilityAt(before, next), std::nullopt});
  };
  for (std::size_t i = 0; i < now.size(); ++i) {
    std::optional<double> was;
    if (places[i]) {
      addOld(*places[i]);
      was = probabilityAt(before, next++);
    }
    rows_.push_back({visibleToken(toQString(now[i])), was, probabilityAt(after, i)});
  }
  addOld(old.size());
  endResetModel();
}

void CounterfactualModel::clear() {
  beginResetModel();
  rows_.clear();
  endResetModel();
}

int CounterfactualModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

int CounterfactualModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(kColumns);
}

QVariant CounterfactualModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= rowCount()) return {};
  const Row& row = rows_[static_cast<std::size_t>(index.row())];
  if (role == Qt::TextAlignmentRole && index.column() != kToken)
    return QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter));
  const auto& share = index.column() == kBefore ? row.before : row.after;
  if (role == kBarRole && (index.column() == kBefore || index.column() == kAfter) && share) return *share;
  if (role != Qt::DisplayRole) return {};
  switch (index.column()) {
    case kToken:
      return row.token;
    case kBefore:
    case kAfter:
      return percent(share);
    case kChange:
      break;
  }
  if (!row.before || !row.after) return row.after ? tr("new") : row.before ? tr("gone") : QString();
  const double change = *row.after - *row.before;
  if (std::abs(change) < kNothing) return QStringLiteral("=");
  return (change < 0 ? QStringLiteral("−") : QStringLiteral("+")) + formatPercent(std::abs(change));
}

QVariant CounterfactualModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
  switch (section) {
    case kToken:
      return tr("Token");
    case kBefore:
      return tr("Pinned");
    case kAfter:
      return tr("Edited");
    case kChange:
      return tr("Change");
    default:
      return {};
  }
}

}  // namespace lexarium
