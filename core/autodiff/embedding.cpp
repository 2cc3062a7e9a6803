// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/autodiff/embedding.h"

#include <algorithm>

#include "core/autodiff/elementwise.h"
#include "core/autodiff/kernels/kernels.h"
#include "core/autodiff/linear.h"

namespace lexarium {
namespace {

void gatherBackward(Tape& tape, const Node& node) {
  Real* adjoint = tape.addableAdjointOf(node.inputs[0]);
  if (!adjoint) return;
  const auto* ids = static_cast<const std::uint32_t*>(node.payload);
  for (Index t = 0; t < node.cols; ++t) {
    const Real* from = node.adjoint + t * node.rows;
    Real* to = adjoint + static_cast<Index>(ids[t]) * node.rows;
    kernels().scaled(from, to, node.rows, 1, true);
  }
}

struct Groups {
  std::uint32_t* ids;
  std::uint32_t* lengths;
};

void gatherMeanBackward(Tape& tape, const Node& node) {
  Real* adjoint = tape.addableAdjointOf(node.inputs[0]);
  if (!adjoint) return;
  const auto& groups = *static_cast<const Groups*>(node.payload);
  const std::uint32_t* id = groups.ids;
  for (Index g = 0; g < node.cols; ++g) {
    const Real share = 1 / static_cast<Real>(groups.lengths[g]);
    for (std::uint32_t i = 0; i < groups.lengths[g]; ++i, ++id)
      kernels().scaled(node.adjoint + g * node.rows, adjoint + static_cast<Index>(*id) * node.rows, node.rows,
                       share, true);
  }
}

}  // namespace

Var gather(Var table, std::span<const std::uint32_t> ids) {
  Tape& tape = *table.tape;
  const Index rows = table.rows();
  Node& node = tape.push("gather", rows, static_cast<Index>(ids.size()), {table}, gatherBackward);
  auto* kept = tape.arena().array<std::uint32_t>(ids.size());
  std::copy(ids.begin(), ids.end(), kept);
  node.payload = kept;
  const Real* from = tape.node(table).value;
  for (std::size_t t = 0; t < ids.size(); ++t) {
    assert(static_cast<Index>(ids[t]) < table.cols());
    std::copy_n(from + static_cast<Index>(ids[t]) * rows, rows, node.value + static_cast<Index>(t) * rows);
  }
  return tape.spareVarOf(node);
}

Var gatherMean(Var table, std::span<const std::uint32_t> ids, std::span<const std::uint32_t> lengths) {
  Tape& tape = *table.tape;
  const Index rows = table.rows();
  Node& node = tape.push("gatherMean", rows, static_cast<Index>(lengths.size()), {table}, gatherMeanBackward);
  auto* groups = tape.arena().array<Groups>(1);
  *groups = {tape.arena().array<std::uint32_t>(ids.size()),
             tape.arena().array<std::uint32_t>(lengths.size())};
  std::copy(ids.begin(), ids.end(), groups->ids);
  std::copy(lengths.begin(), lengths.end(), groups->lengths);
  node.payload = groups;
  const Real* from = tape.node(table).value;
  std::size_t at = 0;
  for (std::size_t g = 0; g < lengths.size(); ++g) {
    assert(lengths[g] > 0 && at + lengths[g] <= ids.size());
    const Real share = 1 / static_cast<Real>(lengths[g]);
    for (std::uint32_t i = 0; i < lengths[g]; ++i, ++at) {
      assert(static_cast<Index>(ids[at]) < table.cols());
      kernels().scaled(from + static_cast<Index>(ids[at]) * rows, node.value + static_cast<Index>(g) * rows,
                       rows, share, i > 0);
    }
  }
  return tape.varOf(node);
}

Var embeddedAffine(Var w, Var table, std::span<const std::uint32_t> ids, Var b) {
  Tape& tape = *w.tape;
  if (tape.isProbed()) return affine(w, tape.entering(gather(table, ids)), b);
  constexpr Index kMostKept = 1 << 20;  // numbers
  if (w.rows() * table.cols() <= kMostKept) {
    if (Matrix* kept = tape.keptFor(tape.node(w), tape.node(table), tape.node(b))) {
      if (kept->size() == 0) *kept = affine(w, table, b).value();
      return gather(tape.view(kept->data(), kept->rows(), kept->cols()), ids);
    }
  }
  if (table.cols() < static_cast<Index>(ids.size())) return gather(affine(w, table, b), ids);
  return affine(w, gather(table, ids), b);
}

}  // namespace lexarium
