// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/concordance_model.h"

#include <algorithm>

#include "ui/models/roles.h"
#include "ui/widgets/helpers.h"

namespace lexarium {
namespace {

constexpr std::size_t kPagesKept = 40;
constexpr std::size_t kPagesAtOnce = 4;

TaskContext contextOf(std::stop_token stop) {
  TaskContext context;
  context.stop = std::move(stop);
  return context;
}

}  // namespace

ConcordanceModel::ConcordanceModel(QObject* parent) : QAbstractTableModel(parent) {
  fetchTimer_.setSingleShot(true);
  connect(&fetchTimer_, &QTimer::timeout, this, &ConcordanceModel::fetch);
}

void ConcordanceModel::search(std::shared_ptr<const PositionIndex> index, ConcordanceRequest request) {
  request.first = 0;
  request.limit = kPageLines;
  searching_ = true;
  auto work = [index, request](std::stop_token stop) {
    return concordance(*index, request, contextOf(std::move(stop)));
  };
  searchJob_.run(std::move(work), [this, index, request](Expected<Concordance> found) {
    searching_ = false;
    if (found) {
      fetchJob_.cancel();
      beginResetModel();
      index_ = index;
      request_ = request;
      hits_ = found->hits;
      documents_ = found->documents;
      pages_.clear();
      pages_[0] = std::move(found->lines);
      firstWanted_ = firstFetching_ = 1;
      lastWanted_ = lastFetching_ = 0;
      endResetModel();
    } else if (found.error().kind != Error::Kind::Cancelled) {
      Q_EMIT failed(found.error());
    }
    Q_EMIT searchChanged();
  });
  Q_EMIT searchChanged();
}

void ConcordanceModel::clear() {
  searchJob_.cancel();
  fetchJob_.cancel();
  searching_ = false;
  beginResetModel();
  index_.reset();
  request_ = {};
  hits_ = 0;
  documents_ = 0;
  pages_.clear();
  firstWanted_ = 1;
  lastWanted_ = 0;
  endResetModel();
  Q_EMIT searchChanged();
}

void ConcordanceModel::cancel() {
  if (!searching_) return;
  searchJob_.cancel();
  searching_ = false;
  Q_EMIT searchChanged();
}

const ConcordanceLine* ConcordanceModel::lineAt(int row) const {
  if (row < 0 || row >= rowCount()) return nullptr;
  const auto page = pages_.find(static_cast<std::size_t>(row / kPageLines));
  if (page == pages_.end()) {
    ask(row);
    return nullptr;
  }
  const auto place = static_cast<std::size_t>(row % kPageLines);
  return place < page->second.size() ? &page->second[place] : nullptr;
}

void ConcordanceModel::ask(int row) const {
  const auto page = static_cast<std::size_t>(row / kPageLines);
  if (firstWanted_ > lastWanted_) {
    firstWanted_ = lastWanted_ = page;
  } else {
    firstWanted_ = std::min(firstWanted_, page);
    lastWanted_ = std::max(lastWanted_, page);
    // A jump: only the newest place counts.
    if (lastWanted_ - firstWanted_ >= kPagesAtOnce) firstWanted_ = lastWanted_ = page;
  }
  if (!fetchTimer_.isActive()) fetchTimer_.start(0);
}

void ConcordanceModel::fetch() {
  const std::size_t first = firstWanted_, last = lastWanted_;
  firstWanted_ = 1;
  lastWanted_ = 0;
  if (!index_ || first > last) return;
  const bool underWay = fetchJob_.isRunning() && first >= firstFetching_ && last <= lastFetching_;
  if (underWay) return;
  firstFetching_ = first;
  lastFetching_ = last;
  ConcordanceRequest request = request_;
  request.first = first * kPageLines;
  request.limit = (last - first + 1) * kPageLines;
  auto work = [index = index_, request](std::stop_token stop) {
    return concordance(*index, request, contextOf(std::move(stop)));
  };
  fetchJob_.run(std::move(work), [this, first](Expected<Concordance> found) {
    if (found) {
      adopt(first, std::move(found->lines));
    } else if (found.error().kind != Error::Kind::Cancelled) {
      Q_EMIT failed(found.error());
    }
  });
}

void ConcordanceModel::adopt(std::size_t firstPage, std::vector<ConcordanceLine> lines) {
  const int firstRow = static_cast<int>(firstPage) * kPageLines;
  const int rows = std::min(static_cast<int>(lines.size()), rowCount() - firstRow);
  for (std::size_t begin = 0; begin < lines.size(); begin += kPageLines) {
    const auto from = lines.begin() + static_cast<std::ptrdiff_t>(begin);
    const auto count = std::min<std::size_t>(kPageLines, lines.size() - begin);
    const auto to = from + static_cast<std::ptrdiff_t>(count);
    pages_[firstPage + begin / kPageLines] = {std::make_move_iterator(from), std::make_move_iterator(to)};
  }
  while (pages_.size() > kPagesKept) {
    // The page farthest from here goes.
    const auto front = pages_.begin();
    const auto back = std::prev(pages_.end());
    const bool frontIsFarther =
        firstPage - std::min(front->first, firstPage) > std::max(back->first, firstPage) - firstPage;
    pages_.erase(frontIsFarther ? front : back);
  }
  if (rows > 0) Q_EMIT dataChanged(index(firstRow, 0), index(firstRow + rows - 1, kColumns - 1));
}

int ConcordanceModel::rowCount(const QModelIndex& parent) const {
  if (parent.isValid()) return 0;
  return static_cast<int>(std::min<std::uint64_t>(hits_, kMaximumRows));
}

int ConcordanceModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : kColumns; }

QString ConcordanceModel::text(const ConcordanceLine& line, int column) const {
  switch (column) {
    case kLeft:
      return toQString(line.left).trimmed();
    case kNode:
      return oneLine(toQString(line.middle));
    case kRight:
      return toQString(line.right).trimmed();
    default:
      return toQString(index_->corpus().document(line.document).name);
  }
}

QString ConcordanceModel::tooltip(const ConcordanceLine& line) const {
  const Document& document = index_->corpus().document(line.document);
  const double place = document.text.empty()
                           ? 0
                           : static_cast<double>(line.node.begin) / static_cast<double>(document.text.size());
  return tr("%1\n%2, at %3\nClick to read on in the text")
      .arg(toQString(line.left + line.middle + line.right), toQString(document.name), formatPercent(place));
}

QVariant ConcordanceModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
  if (role == Qt::TextAlignmentRole) {
    const auto side = index.column() == kLeft   ? Qt::AlignRight
                      : index.column() == kNode ? Qt::AlignHCenter
                                                : Qt::AlignLeft;
    return QVariant::fromValue(side | Qt::AlignVCenter);
  }
  if (role != Qt::DisplayRole && role != Qt::ToolTipRole && role != kTokenRole) return {};
  const ConcordanceLine* line = lineAt(index.row());
  if (!line)
    return role == Qt::DisplayRole && index.column() == kNode ? QVariant(QStringLiteral("…")) : QVariant();
  if (role == Qt::DisplayRole) return text(*line, index.column());
  if (role == Qt::ToolTipRole) return tooltip(*line);
  return this->index_->corpus().tokens()[line->token];
}

QVariant ConcordanceModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
  switch (section) {
    case kLeft:
      return tr("Before");
    case kNode:
      return tr("Word");
    case kRight:
      return tr("After");
    default:
      return tr("Document");
  }
}

}  // namespace lexarium
