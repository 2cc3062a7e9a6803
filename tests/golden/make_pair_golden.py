# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes pairs.json: what PyTorch makes of small encoder-decoders with each kind of attention.

Run once:  /usr/bin/python3 tests/golden/make_pair_golden.py
Weights are sines, as in make_sequence_golden.py. Kept are logits, alignment of the first pair, loss, all gradients, and
the loss at each of ten steps of Adam.
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


def golden(cell, attention, both):
    p = {name: sine(name, shape) for name, shape in shapes_of(cell, attention, both).items()}
    source, target, expected = ids(READ, SOURCE, 1), ids(SAID, TARGET, 2), ids(SAID, TARGET, 3)

    def loss_of():
        logits, weights = forward(cell, attention, both, p, source, target)
        return logits, weights, F.cross_entropy(logits.reshape(-1, TARGET), expected.reshape(-1))

    logits, weights, loss = loss_of()
    loss.backward()
    result = {"cell": cell, "attention": attention, "bidirectional": both,
              "logits": numbers(logits.reshape(-1, TARGET).t()), "loss": loss.item(),
              "gradients": {name: numbers(tensor.grad) for name, tensor in p.items()}}
    if weights is not None:
        result["alignment"] = numbers(weights[0].t())
    adam = torch.optim.Adam(p.values(), lr=0.01)
    result["losses"] = []
    for _ in range(10):
        adam.zero_grad()
        loss = loss_of()[2]
        loss.backward()
        adam.step()
        result["losses"].append(loss.item())
    return result


if __name__ == "__main__":
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "pairs.json")
    cases = [golden("lstm", "additive", True), golden("gru", "dot", True), golden("rnn", "general", False),
             golden("lstm", "none", False)]
    with open(path, "w", encoding="utf-8") as file:
        json.dump(cases, file, indent=None, separators=(",", ":"))
        file.write("\n")
