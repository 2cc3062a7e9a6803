# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes pairs.json: what PyTorch makes of small encoder-decoders: recurrent with each kind of attention, Transformers.

Run once:  /usr/bin/python3 tests/golden/make_pair_golden.py
Weights are sines, as in make_sequence_golden.py. Kept are logits, attention of the first pair, loss, all
gradients, and the loss at each of ten steps of Adam.
"""
import json
import math
import os

import torch
import torch.nn.functional as F

torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)
SOURCE, TARGET, DIMENSIONS, UNITS, BATCH, READ, SAID = 6, 7, 3, 4, 2, 5, 4
GATES = {"rnn": 1, "lstm": 4, "gru": 3}


def sine(name, shape):
    seed = sum(name.encode())
    rows, cols = shape
    return torch.tensor([[0.4 * math.sin(1.3 * (c * rows + r) + seed) for c in range(cols)] for r in range(rows)],
                        requires_grad=True)


def ids(steps, vocabulary, seed):
    return torch.tensor([[(t * t + 3 * b + seed * (t + b)) % vocabulary for b in range(BATCH)] for t in range(steps)])


def layer_shapes(cell, name, inputs, units):
    shapes = {name + ".input.weight": (GATES[cell] * units, inputs), name + ".input.bias": (GATES[cell] * units, 1),
              name + ".recurrent.weight": (GATES[cell] * units, units)}
    if cell == "gru":
        shapes[name + ".recurrent.bias"] = (units, 1)
    return shapes


def shapes_of(cell, attention, both):
    shapes = {"encoder.embedding": (DIMENSIONS, SOURCE), "decoder.embedding": (DIMENSIONS, TARGET)}
    each = UNITS // 2 if both else UNITS
    shapes.update(layer_shapes(cell, "encoder.layer0.forwards", DIMENSIONS, each))
    if both:
        shapes.update(layer_shapes(cell, "encoder.layer0.backwards", DIMENSIONS, each))
    shapes.update(layer_shapes(cell, "decoder.layer0", DIMENSIONS, UNITS))
    if attention in ("additive", "general"):
        shapes["attention.query.weight"] = (UNITS, UNITS)
    if attention == "additive":
        shapes.update({"attention.key.weight": (UNITS, UNITS), "attention.key.bias": (UNITS, 1),
                       "attention.score": (UNITS, 1)})
    if attention != "none":
        shapes.update({"attention.mix.weight": (UNITS, 2 * UNITS), "attention.mix.bias": (UNITS, 1)})
    shapes.update({"output.weight": (TARGET, UNITS), "output.bias": (TARGET, 1)})
    return shapes


def run(cell, p, name, x, state):
    """By torch's own functions for whole sequences: all h, and the last state."""
    units = p[name + ".recurrent.weight"].shape[1]
    second = torch.zeros(GATES[cell] * units)
    if cell == "gru":
        second = torch.cat([torch.zeros(2 * units), p[name + ".recurrent.bias"].flatten()])
    flat = [p[name + ".input.weight"], p[name + ".recurrent.weight"], p[name + ".input.bias"].flatten(), second]
    arguments = (flat, True, 1, 0.0, False, False, False)
    if cell == "lstm":
        h, hn, cn = torch.lstm(x, state, *arguments)
        return h, (hn, cn)
    h, hn = (torch.rnn_tanh if cell == "rnn" else torch.gru)(x, state, *arguments)
    return h, hn


def zeros(cell, units):
    zero = torch.zeros(1, BATCH, units)
    return (zero, zero) if cell == "lstm" else zero


def join(cell, a, b):
    return tuple(torch.cat(pair, 2) for pair in zip(a, b)) if cell == "lstm" else torch.cat([a, b], 2)


def forward(cell, attention, both, p, source, target):
    x = p["encoder.embedding"].t()[source]
    each = UNITS // 2 if both else UNITS
    h, state = run(cell, p, "encoder.layer0.forwards", x, zeros(cell, each))
    if both:
        back, last = run(cell, p, "encoder.layer0.backwards", x.flip(0), zeros(cell, each))
        h, state = torch.cat([h, back.flip(0)], 2), join(cell, state, last)
    s, _ = run(cell, p, "decoder.layer0", p["decoder.embedding"].t()[target], state)
    weights = None
    if attention != "none":
        keys, queries = h.transpose(0, 1), s.transpose(0, 1)  # [batch, steps, units]
        if attention != "dot":
            queries = queries @ p["attention.query.weight"].t()
        if attention == "additive":
            keyed = keys @ p["attention.key.weight"].t() + p["attention.key.bias"].flatten()
            scores = (queries[:, :, None] + keyed[:, None]).tanh() @ p["attention.score"].flatten()
        else:
            scores = queries @ keys.transpose(1, 2)
        weights = scores.softmax(2)
        context = (weights @ keys).transpose(0, 1)
        s = (torch.cat([context, s], 2) @ p["attention.mix.weight"].t() + p["attention.mix.bias"].flatten()).tanh()
    return s @ p["output.weight"].t() + p["output.bias"].flatten(), weights


def numbers(tensor):
    """Column by column."""
    return [float("%.7g" % x) for x in tensor.detach().t().flatten().tolist()]


HEADS, INNER = 2, 5


def stack_shapes(name, inputs, layers, decoder):
    shapes = {}

    def linear(at, rows, cols):
        shapes[at + ".weight"], shapes[at + ".bias"] = (rows, cols), (rows, 1)

    def norm(at):
        shapes[at + ".gain"] = shapes[at + ".offset"] = (UNITS, 1)

    if inputs != UNITS:
        linear(name + ".map", UNITS, inputs)
    for i in range(layers):
        at = "%s.layer%d." % (name, i)
        norm(at + "self.norm")
        linear(at + "self.in", 3 * UNITS, UNITS)
        linear(at + "self.out", UNITS, UNITS)
        if decoder:
            norm(at + "cross.norm")
            for part in ("query", "key", "value", "out"):
                linear(at + "cross." + part, UNITS, UNITS)
        norm(at + "inner.norm")
        linear(at + "inner.up", INNER, UNITS)
        linear(at + "inner.down", UNITS, INNER)
    norm(name + ".norm")
    return shapes


def linear_of(p, at, x):
    return F.linear(x, p[at + ".weight"], p[at + ".bias"].flatten())


def norm_of(p, at, x):
    return F.layer_norm(x, (UNITS,), p[at + ".gain"].flatten(), p[at + ".offset"].flatten())


def attend(p, at, q, k, v, weight, bias, causal):
    """By torch's own function; x [steps, batch, units]. -> what it adds, weights [batch, heads, queries, keys]."""
    mask = torch.triu(torch.ones(len(q), len(k), dtype=torch.bool), 1) if causal else None
    return F.multi_head_attention_forward(
        q, k, v, UNITS, HEADS, weight, bias.flatten(), None, None, False, 0.0, p[at + ".out.weight"],
        p[at + ".out.bias"].flatten(), attn_mask=mask, need_weights=True, average_attn_weights=False)


def stack(p, name, x, layers, memory, causal):
    """All layers with the last norm, and the weights of each: self and cross."""
    if name + ".map.weight" in p:
        x = linear_of(p, name + ".map", x)
    x = x + torch.tensor([[(math.cos if i % 2 else math.sin)(t / 10000 ** ((i - i % 2) / UNITS)) for i in range(UNITS)]
                          for t in range(len(x))])[:, None]
    looked = []
    for i in range(layers):
        at = "%s.layer%d." % (name, i)
        n = norm_of(p, at + "self.norm", x)
        seen, own = attend(p, at + "self", n, n, n, p[at + "self.in.weight"], p[at + "self.in.bias"], causal)
        x, cross = x + seen, None
        if memory is not None:
            n = norm_of(p, at + "cross.norm", x)
            weight, bias = (torch.cat([p[at + "cross." + part + end] for part in ("query", "key", "value")])
                            for end in (".weight", ".bias"))
            seen, cross = attend(p, at + "cross", n, memory, memory, weight, bias, False)
            x = x + seen
        n = norm_of(p, at + "inner.norm", x)
        x = x + linear_of(p, at + "inner.down", F.gelu(linear_of(p, at + "inner.up", n), approximate="tanh"))
        looked.append((own, cross))
    return norm_of(p, name + ".norm", x), looked


def transformer(dimensions, layers):
    shapes = {"encoder.embedding": (dimensions, SOURCE), "decoder.embedding": (dimensions, TARGET)}
    shapes.update(stack_shapes("encoder", dimensions, layers, False))
    shapes.update(stack_shapes("decoder", dimensions, layers, True))
    shapes.update({"output.weight": (TARGET, UNITS), "output.bias": (TARGET, 1)})

    def run_all(p, source, target):
        m, encoder = stack(p, "encoder", p["encoder.embedding"].t()[source], layers, None, False)
        h, decoder = stack(p, "decoder", p["decoder.embedding"].t()[target], layers, m, True)
        heads = {}
        for i in range(layers):
            for head in range(HEADS):
                heads["encoder %d %d" % (i, head)] = numbers(encoder[i][0][0, head].t())
                heads["decoder %d %d" % (i, head)] = numbers(decoder[i][0][0, head].t())
                heads["cross %d %d" % (i, head)] = numbers(decoder[i][1][0, head].t())
        return F.linear(h, p["output.weight"], p["output.bias"].flatten()), decoder[-1][1].mean(1), heads

    case = measured(shapes, run_all)
    case["shape"] = {"kind": "transformer", "dimensions": dimensions, "layers": layers, "heads": HEADS,
                     "feed_forward": INNER}
    return case


def recurrent(cell, attention, both):
    case = measured(shapes_of(cell, attention, both),
                    lambda p, source, target: forward(cell, attention, both, p, source, target) + (None,))
    case["shape"] = {"kind": "recurrent", "cell": cell, "attention": attention, "bidirectional": both,
                     "dimensions": DIMENSIONS, "layers": 1}
    return case


def measured(shapes, run_all):
    p = {name: sine(name, shape) for name, shape in shapes.items()}
    source, target, expected = ids(READ, SOURCE, 1), ids(SAID, TARGET, 2), ids(SAID, TARGET, 3)

    def loss_of():
        logits, weights, heads = run_all(p, source, target)
        return logits, weights, heads, F.cross_entropy(logits.reshape(-1, TARGET), expected.reshape(-1))

    logits, weights, heads, loss = loss_of()
    loss.backward()
    result = {"logits": numbers(logits.reshape(-1, TARGET).t()), "loss": loss.item(),
              "gradients": {name: numbers(tensor.grad) for name, tensor in p.items()}}
    if weights is not None:
        result["alignment"] = numbers(weights[0].t())
    if heads is not None:
        result["heads"] = heads
    adam = torch.optim.Adam(p.values(), lr=0.01)
    result["losses"] = []
    for _ in range(10):
        adam.zero_grad()
        loss = loss_of()[3]
        loss.backward()
        adam.step()
        result["losses"].append(loss.item())
    return result


if __name__ == "__main__":
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "pairs.json")
    cases = [recurrent("lstm", "additive", True), recurrent("gru", "dot", True), recurrent("rnn", "general", False),
             recurrent("lstm", "none", False), transformer(DIMENSIONS, 1), transformer(UNITS, 2)]
    with open(path, "w", encoding="utf-8") as file:
        json.dump(cases, file, indent=None, separators=(",", ":"))
        file.write("\n")
