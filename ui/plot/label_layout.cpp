// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/label_layout.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

namespace lexarium {

namespace {

constexpr int kSlots = 4;
constexpr double kCell = 2;  // pixels

/// Which pixels are taken, as bits; rectangles are rounded outwards, so what is free here is free indeed.
class Occupancy {
 public:
  explicit Occupancy(const QSizeF& size)
      : columns_(static_cast<int>(std::ceil(size.width() / kCell))),
        rows_(static_cast<int>(std::ceil(size.height() / kCell))),
        words_((columns_ + 63) / 64),
        bits_(static_cast<std::size_t>(std::max(0, words_ * rows_)), 0) {}

  bool isFree(const QRectF& rect) const {
    bool free = true;
    visit(rect, [&](std::size_t word, std::uint64_t mask) { free = free && (bits_[word] & mask) == 0; });
    return free;
  }
  void take(const QRectF& rect) {
    visit(rect, [&](std::size_t word, std::uint64_t mask) { bits_[word] |= mask; });
  }

 private:
  template <class Visit>
  void visit(const QRectF& rect, Visit visitWord) const {
    const int left = std::max(0, static_cast<int>(std::floor(rect.left() / kCell)));
    const int right = std::min(columns_, static_cast<int>(std::ceil(rect.right() / kCell)));
    const int top = std::max(0, static_cast<int>(std::floor(rect.top() / kCell)));
    const int bottom = std::min(rows_, static_cast<int>(std::ceil(rect.bottom() / kCell)));
    if (left >= right) return;
    for (int word = left / 64; word <= (right - 1) / 64; ++word) {
      std::uint64_t mask = ~std::uint64_t{0};
      if (word == left / 64) mask &= ~std::uint64_t{0} << (left % 64);
      if (word == (right - 1) / 64) mask &= ~std::uint64_t{0} >> (63 - (right - 1) % 64);
      for (int row = top; row < bottom; ++row) visitWord(static_cast<std::size_t>(row * words_ + word), mask);
    }
  }

  int columns_, rows_, words_;
  std::vector<std::uint64_t> bits_;
};

QRectF rectAt(const QPointF& anchor, const QSizeF& size, double gap, int slot) {
  const double w = size.width(), h = size.height();
  switch (slot) {
    case 0:
      return {anchor.x() + gap, anchor.y() - h / 2, w, h};
    case 1:
      return {anchor.x() - gap - w, anchor.y() - h / 2, w, h};
    case 2:
      return {anchor.x() - w / 2, anchor.y() - gap - h, w, h};
    default:
      return {anchor.x() - w / 2, anchor.y() + gap, w, h};
  }
}

struct Candidate {
  std::size_t index;
  int slot;  // of the frame before, or -1
  bool pinned;
};

struct Ranked {
  Candidate candidate;
  std::size_t rank;  // in the order of importance
};

/// What is shown, by rising rank.
std::vector<Ranked> rankedShown(const LabelRequest& request, bool ordered) {
  std::vector<std::uint32_t> rankOf(ordered && !request.shown.empty() ? request.order.size() : 0);
  for (std::size_t rank = 0; rank < rankOf.size(); ++rank)
    rankOf[request.order[rank]] = static_cast<std::uint32_t>(rank);
  std::vector<Ranked> shown;
  for (const LabelPlacement& label : request.shown) {
    if (label.index >= request.anchors.size()) continue;
    shown.push_back({{label.index, label.slot, false}, ordered ? rankOf[label.index] : label.index});
  }
  std::sort(shown.begin(), shown.end(), [](const Ranked& a, const Ranked& b) { return a.rank < b.rank; });
  return shown;
}

/// Calls visit(candidate) until that returns false. Pinned words first; then by rank, where the rank of a
/// word that is shown counts half.
template <class Visit>
void visitCandidates(const LabelRequest& request, Visit visit) {
  const bool ordered = request.order.size() == request.anchors.size();
  const std::vector<Ranked> shown = rankedShown(request, ordered);
  std::vector<std::uint8_t> seen(request.anchors.size(), 0);
  for (const std::size_t index : request.pinned) {
    if (index >= seen.size() || std::exchange(seen[index], std::uint8_t{1}) != 0) continue;
    const auto known = std::find_if(shown.begin(), shown.end(),
                                    [&](const Ranked& entry) { return entry.candidate.index == index; });
    if (!visit(Candidate{index, known == shown.end() ? -1 : known->candidate.slot, true})) return;
  }
  std::size_t nextShown = 0;
  for (std::size_t rank = 0; rank < seen.size(); ++rank) {
    for (; nextShown < shown.size() && shown[nextShown].rank / 2 <= rank; ++nextShown) {
      const Candidate& candidate = shown[nextShown].candidate;
      if (std::exchange(seen[candidate.index], std::uint8_t{1}) == 0 && !visit(candidate)) return;
    }
    const std::size_t index = ordered ? std::size_t{request.order[rank]} : rank;
    if (std::exchange(seen[index], std::uint8_t{1}) == 0 && !visit(Candidate{index, -1, false})) return;
  }
}

/// The labels of `shown` alone, in their order.
template <class Visit>
void visitShown(const LabelRequest& request, Visit visit) {
  for (const LabelPlacement& label : request.shown)
    if (label.index < request.anchors.size() && !visit(Candidate{label.index, label.slot, label.pinned}))
      return;
}

}  // namespace

std::vector<LabelPlacement> layoutLabels(const LabelRequest& request) {
  std::vector<LabelPlacement> placed;
  Occupancy occupancy(request.viewport);
  const QRectF viewport(QPointF(0, 0), request.viewport);
  for (const QRectF& rect : request.taken) occupancy.take(rect);
  // The dot of a pinned word must not disappear under another word's text.
  for (const std::size_t index : request.pinned) {
    if (index >= request.anchors.size()) continue;
    const double radius = std::max(0.0, request.gap - 2);
    const QPointF anchor = request.anchors[index];
    occupancy.take({anchor.x() - radius, anchor.y() - radius, 2 * radius, 2 * radius});
  }

  const auto freeSlot = [&](const Candidate& candidate, const QSizeF& size) -> std::optional<int> {
    const QPointF anchor = request.anchors[candidate.index];
    const bool steady = candidate.slot >= 0;
    for (int attempt = steady ? -1 : 0; attempt < (request.onlyShown ? 0 : kSlots); ++attempt) {
      const int slot = attempt < 0 ? candidate.slot : attempt;
      const QRectF rect = rectAt(anchor, size, request.gap, slot);
      if (!viewport.contains(rect)) continue;
      const bool needsRoom = !candidate.pinned && attempt >= 0;
      const double padX = needsRoom ? request.padding.width() : 0;
      const double padY = needsRoom ? request.padding.height() : 0;
      if (occupancy.isFree(rect.adjusted(-padX, -padY, padX, padY))) return slot;
    }
    return std::nullopt;
  };

  std::size_t tried = 0;
  const auto place = [&](const Candidate& candidate) {
    const std::size_t index = candidate.index;
    if (index < request.hidden.size() && request.hidden[index] != 0) return true;
    if (!viewport.contains(request.anchors[index])) return true;
    ++tried;
    if (freeSlot(candidate, request.smallest)) {
      const QSizeF size = request.size(index);
      if (const std::optional<int> slot = freeSlot(candidate, size)) {
        const QRectF rect = rectAt(request.anchors[index], size, request.gap, *slot);
        occupancy.take(rect);
        placed.push_back({index, *slot, rect, candidate.pinned});
      }
    }
    return placed.size() < request.maximum && tried < request.budget;
  };
  if (request.maximum == 0) return placed;
  request.onlyShown ? visitShown(request, place) : visitCandidates(request, place);
  return placed;
}

}  // namespace lexarium
