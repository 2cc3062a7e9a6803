// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/autodiff/attention.h"

#include <algorithm>
#include <cmath>

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

  Real* weightsOf(Index head, Index b) const { return weights + (head * shape.batch + b) * keys * queries; }
  Index keysSeenBy(Index query) const { return shape.causal ? keys - queries + query + 1 : keys; }
};

/// The part of one head and sequence in a matrix of all: columns of a step apart.
struct Part {
  Index offset, stride;
};
Part partOf(const Attention& a, const Node& node, Index head, Index b) {
  return {b * node.rows + head * a.headSize, a.shape.batch * node.rows};
}

const Attention& keptBy(const Node& node) { return *static_cast<const Attention*>(node.payload); }

void forwardHead(Tape& tape, const Attention& a, const Node& node, Index head, Index b) {
  const Node& q = tape.nodeAt(node.inputs[0]);
  const Node& k = tape.nodeAt(node.inputs[1]);
  const Node& v = tape.nodeAt(node.inputs[2]);
  const Part pq = partOf(a, q, head, b), pk = partOf(a, k, head / a.share, b), out = partOf(a, node, head, b);
  Real* weights = a.weightsOf(head, b);
  for (Index first = 0; first < a.queries; first += kQueryBlock) {
    const Index count = std::min(kQueryBlock, a.queries - first);
    const Index end = a.keysSeenBy(first + count - 1);
    Real* block = weights + first * a.keys;
    Real total = 0;
    product(tape, Form::TransposeLeft, {k.value + pk.offset, a.headSize, end, pk.stride},
            {q.value + pq.offset + first * pq.stride, a.headSize, count, pq.stride},
            {block, end, count, a.keys});
    for (Index j = 0; j < count; ++j) {
      Real* column = block + j * a.keys;
      const Index seen = a.keysSeenBy(first + j);
      kernels().softmaxColumn(column, column, seen, a.scale, &total);
      std::fill(column + seen, column + end, Real{0});
    }
    product(tape, Form::Plain, {v.value + pk.offset, a.headSize, end, pk.stride}, {block, end, count, a.keys},
            {node.value + out.offset + first * out.stride, a.headSize, count, out.stride});
  }
}

struct AttentionAdjoints {
  Real* q;
  Real* k;
  Real* v;
};

void backwardHead(Tape& tape, const Attention& a, const Node& node, const AttentionAdjoints& to, Index head,
                  Index b) {
  const Node& q = tape.nodeAt(node.inputs[0]);
  const Node& k = tape.nodeAt(node.inputs[1]);
  const Node& v = tape.nodeAt(node.inputs[2]);
  const Part pq = partOf(a, q, head, b), pk = partOf(a, k, head / a.share, b), po = partOf(a, node, head, b);
  const Real* weights = a.weightsOf(head, b);
  Real* scores = tape.scratch(static_cast<std::size_t>(a.keys * kQueryBlock), 1);
  for (Index first = 0; first < a.queries; first += kQueryBlock) {
    const Index count = std::min(kQueryBlock, a.queries - first);
    const Index end = a.keysSeenBy(first + count - 1);
    const Block out(node.adjoint + po.offset + first * po.stride, a.headSize, count, po.stride);
    const Block p(weights + first * a.keys, end, count, a.keys);
    if (to.v)
      product(tape, Form::TransposeRight, out, p, {to.v + pk.offset, a.headSize, end, pk.stride, true});
    product(tape, Form::TransposeLeft, {v.value + pk.offset, a.headSize, end, pk.stride}, out,
            {scores, end, count, end});
    for (Index j = 0; j < count; ++j) {
      Real* column = scores + j * end;
      kernels().softmaxColumnBackward(p.data + j * a.keys, column, column, end, a.scale, false);
    }
    const Block ds(scores, end, count, end);
    if (to.q) {
      product(tape, Form::Plain, {k.value + pk.offset, a.headSize, end, pk.stride}, ds,
              {to.q + pq.offset + first * pq.stride, a.headSize, count, pq.stride, true});
    }
    if (to.k) {
      product(tape, Form::TransposeRight,
              {q.value + pq.offset + first * pq.stride, a.headSize, count, pq.stride}, ds,
              {to.k + pk.offset, a.headSize, end, pk.stride, true});
    }
  }
}

void attentionBackward(Tape& tape, const Node& node) {
  const Attention& a = keptBy(node);
  const AttentionAdjoints to{tape.addableAdjointOf(node.inputs[0]), tape.addableAdjointOf(node.inputs[1]),
                             tape.addableAdjointOf(node.inputs[2])};
  for (Index b = 0; b < a.shape.batch; ++b) {
    for (Index head = 0; head < a.shape.heads; ++head) backwardHead(tape, a, node, to, head, b);
  }
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
  Tape& tape = *q.tape;
  const Index headSize = q.rows() / shape.heads;
  assert(headSize * shape.heads == q.rows() && k.rows() % headSize == 0 && k.rows() == v.rows());
  assert(k.cols() == v.cols() && q.cols() % shape.batch == 0 && k.cols() % shape.batch == 0);
  assert(q.cols() <= k.cols() && shape.heads % (k.rows() / headSize) == 0);
  Node& node = tape.push("attention", q.rows(), q.cols(), {q, k, v}, attentionBackward);
  auto* a = tape.arena().array<Attention>(1);
  node.payload = a;
  a->shape = shape;
  a->headSize = headSize;
  a->share = shape.heads / (k.rows() / headSize);
  a->keys = k.cols() / shape.batch;
  a->queries = q.cols() / shape.batch;
  a->scale = static_cast<Real>(1 / std::sqrt(static_cast<double>(headSize)));
  a->weights = tape.arena().reals(static_cast<std::size_t>(shape.heads * shape.batch * a->keys * a->queries));
  const Node kept = node;
  for (Index b = 0; b < shape.batch; ++b) {
    for (Index head = 0; head < shape.heads; ++head) forwardHead(tape, *a, kept, head, b);
  }
  return tape.varOf(kept);
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
