// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/autodiff/attention.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "core/autodiff/kernels/kernels.h"
#include "core/autodiff/product.h"

namespace lexarium {
namespace {

// Queries are worked through in blocks, so that a causal mask saves the keys that no query of the block sees.
constexpr Index kQueryBlock = 64;

struct Attention {
  Real* weights;  // [steps of k x steps of q] a head and sequence; of a column only the first keys are set
  AttentionShape shape;
  Index headSize, share;  // share: heads of q a head of k
  Index keys, queries;    // steps
  Real scale;
  bool isSelf;  // q, k and v stand over each other in one input

  Real* weightsOf(Index head, Index b) const { return weights + (head * shape.batch + b) * keys * queries; }
  Index keysSeenBy(Index query) const { return shape.causal ? keys - queries + query + 1 : keys; }
};

const Attention& keptBy(const Node& node) { return *static_cast<const Attention*>(node.payload); }

/// The part of one head and sequence in a matrix of all: its columns lie `stride` apart.
struct Part {
  std::uint32_t node;
  Index offset, stride;
};
enum Operand : std::size_t { kQ, kK, kV, kOut };

Part partOf(Tape& tape, const Attention& a, const Node& node, Operand operand, Index head, Index b) {
  const std::uint32_t index = operand == kOut ? node.index : node.inputs[a.isSelf ? kQ : operand];
  const Index rows = operand == kOut ? node.rows : tape.nodeAt(index).rows;
  Index row = (operand == kQ || operand == kOut ? head : head / a.share) * a.headSize;
  if (a.isSelf && operand != kOut) {
    const Index queryRows = a.shape.heads * a.headSize;
    if (operand >= kK) row += queryRows;
    if (operand == kV) row += queryRows / a.share;
  }
  return {index, b * rows + row, a.shape.batch * rows};
}

Block valueOf(Tape& tape, const Attention& a, const Part& part, Index first, Index count) {
  return {tape.nodeAt(part.node).value + part.offset + first * part.stride, a.headSize, count, part.stride};
}

void forwardHead(Tape& tape, const Attention& a, const Node& node, Index head, Index b) {
  const Part q = partOf(tape, a, node, kQ, head, b), k = partOf(tape, a, node, kK, head, b);
  const Part v = partOf(tape, a, node, kV, head, b), out = partOf(tape, a, node, kOut, head, b);
  Real* weights = a.weightsOf(head, b);
  Real total = 0;
  for (Index first = 0; first < a.queries; first += kQueryBlock) {
    const Index count = std::min(kQueryBlock, a.queries - first);
    const Index end = a.keysSeenBy(first + count - 1);
    Real* block = weights + first * a.keys;
    product(tape, Form::TransposeLeft, valueOf(tape, a, k, 0, end), valueOf(tape, a, q, first, count),
            {block, end, count, a.keys});
    for (Index j = 0; j < count; ++j) {
      Real* column = block + j * a.keys;
      const Index seen = a.keysSeenBy(first + j);
      kernels().softmaxColumn(column, column, seen, a.scale, &total);
      std::fill(column + seen, column + end, Real{0});
    }
    product(tape, Form::Plain, valueOf(tape, a, v, 0, end), {block, end, count, a.keys},
            {node.value + out.offset + first * out.stride, a.headSize, count, out.stride});
  }
}

/// Where a part's adjoint goes; no data if it needs none.
Result adjointOf(Tape& tape, const Attention& a, const Part& part, Index first, Index count) {
  Real* adjoint = tape.addableAdjointOf(part.node);
  return {adjoint ? adjoint + part.offset + first * part.stride : nullptr, a.headSize, count, part.stride,
          true};
}

void backwardHead(Tape& tape, const Attention& a, const Node& node, Index head, Index b) {
  const Part q = partOf(tape, a, node, kQ, head, b), k = partOf(tape, a, node, kK, head, b);
  const Part v = partOf(tape, a, node, kV, head, b), po = partOf(tape, a, node, kOut, head, b);
  const Real* weights = a.weightsOf(head, b);
  Real* scores = tape.scratch(static_cast<std::size_t>(a.keys * kQueryBlock), 1);
  for (Index first = 0; first < a.queries; first += kQueryBlock) {
    const Index count = std::min(kQueryBlock, a.queries - first);
    const Index end = a.keysSeenBy(first + count - 1);
    const Block out(node.adjoint + po.offset + first * po.stride, a.headSize, count, po.stride);
    const Block p(weights + first * a.keys, end, count, a.keys);
    const Result toQ = adjointOf(tape, a, q, first, count), toK = adjointOf(tape, a, k, 0, end);
    const Result toV = adjointOf(tape, a, v, 0, end);
    if (toV.data) product(tape, Form::TransposeRight, out, p, toV);
    product(tape, Form::TransposeLeft, valueOf(tape, a, v, 0, end), out, {scores, end, count, end});
    for (Index j = 0; j < count; ++j) {
      Real* column = scores + j * end;
      kernels().softmaxColumnBackward(p.data + j * a.keys, column, column, end, a.scale, false);
    }
    const Block ds(scores, end, count, end);
    if (toQ.data) product(tape, Form::Plain, valueOf(tape, a, k, 0, end), ds, toQ);
    if (toK.data) product(tape, Form::TransposeRight, valueOf(tape, a, q, first, count), ds, toK);
  }
}

void attentionBackward(Tape& tape, const Node& node) {
  const Attention& a = keptBy(node);
  for (Index b = 0; b < a.shape.batch; ++b) {
    tape.throwIfStopped();
    for (Index head = 0; head < a.shape.heads; ++head) backwardHead(tape, a, node, head, b);
  }
}

/// Computes what a node that was just pushed stands for.
Var attend(Tape& tape, Node& node, Attention attention) {
  attention.scale = static_cast<Real>(1 / std::sqrt(static_cast<double>(attention.headSize)));
  attention.weights = tape.arena().reals(static_cast<std::size_t>(
      attention.shape.heads * attention.shape.batch * attention.keys * attention.queries));
  auto* kept = tape.arena().array<Attention>(1);
  *kept = attention;
  node.payload = kept;
  for (Index b = 0; b < attention.shape.batch; ++b) {
    tape.throwIfStopped();
    for (Index head = 0; head < attention.shape.heads; ++head) forwardHead(tape, attention, node, head, b);
  }
  return tape.varOf(node);
}

struct Rotary {
  Index headSize, batch, first;
  bool halves;
};

void rotate(const Rotary& r, const Real* from, Real* to, Index rows, Index cols, Real direction, bool add) {
  const Index pairs = r.headSize / 2;
  for (Index t = 0; t * r.batch < cols; ++t) {
    for (Index pair = 0; pair < pairs; ++pair) {
      const double exponent = 2.0 * static_cast<double>(pair) / static_cast<double>(r.headSize);
      const double angle = static_cast<double>(r.first + t) * std::pow(10000.0, -exponent);
      const Real c = static_cast<Real>(std::cos(angle)), s = direction * static_cast<Real>(std::sin(angle));
      for (Index b = 0; b < r.batch; ++b) {
        for (Index head = 0; head < rows; head += r.headSize) {
          const Index x = (t * r.batch + b) * rows + head + (r.halves ? pair : 2 * pair);
          const Index y = x + (r.halves ? pairs : 1);
          const Real turnedX = from[x] * c - from[y] * s, turnedY = from[x] * s + from[y] * c;
          to[x] = turnedX + (add ? to[x] : 0);
          to[y] = turnedY + (add ? to[y] : 0);
        }
      }
    }
  }
}

void rotaryBackward(Tape& tape, const Node& node) {
  const auto target = tape.adjointOf(node.inputs[0]);
  rotate(*static_cast<const Rotary*>(node.payload), node.adjoint, target.data, node.rows, node.cols, -1,
         target.add);
}

}  // namespace

Var attention(Var q, Var k, Var v, const AttentionShape& shape) {
  const Index headSize = q.rows() / shape.heads, sharedHeads = k.rows() / headSize;
  assert(headSize * shape.heads == q.rows() && k.rows() % headSize == 0 && k.rows() == v.rows());
  assert(k.cols() == v.cols() && q.cols() % shape.batch == 0 && k.cols() % shape.batch == 0);
  assert((!shape.causal || q.cols() <= k.cols()) && shape.heads % sharedHeads == 0);
  Node& node = q.tape->push("attention", q.rows(), q.cols(), {q, k, v}, attentionBackward);
  return attend(*q.tape, node,
                {nullptr, shape, headSize, shape.heads / sharedHeads, k.cols() / shape.batch,
                 q.cols() / shape.batch, 0, false});
}

Var selfAttention(Var qkv, const AttentionShape& shape, Index sharedHeads) {
  if (sharedHeads == 0) sharedHeads = shape.heads;
  const Index headSize = qkv.rows() / (shape.heads + 2 * sharedHeads), steps = qkv.cols() / shape.batch;
  assert(headSize * (shape.heads + 2 * sharedHeads) == qkv.rows() && steps * shape.batch == qkv.cols());
  assert(shape.heads % sharedHeads == 0);
  Node& node = qkv.tape->push("attention", shape.heads * headSize, qkv.cols(), {qkv}, attentionBackward);
  return attend(*qkv.tape, node,
                {nullptr, shape, headSize, shape.heads / sharedHeads, steps, steps, 0, true});
}

Matrix attentionWeights(Var attention, Index head, Index b) {
  const Attention& a = keptBy(attention.tape->node(attention));
  Matrix all = Matrix::Zero(a.keys, a.queries);
  for (Index query = 0; query < a.queries; ++query) {
    const Index seen = a.keysSeenBy(query);
    all.col(query).head(seen) = Eigen::Map<const Vector>(a.weightsOf(head, b) + query * a.keys, seen);
  }
  return all;
}

Var rotary(Var x, Index heads, Index batch, Index first, bool halves) {
  Tape& tape = *x.tape;
  assert(x.rows() % (2 * heads) == 0 && x.cols() % batch == 0);
  Node& node = tape.push("rotary", x.rows(), x.cols(), {x}, rotaryBackward);
  auto* r = tape.arena().array<Rotary>(1);
  *r = {x.rows() / heads, batch, first, halves};
  node.payload = r;
  rotate(*r, tape.node(x).value, node.value, node.rows, node.cols, 1, false);
  return tape.varOf(node);
}

}  // namespace lexarium
