# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes sequence.json: what PyTorch makes of small RNN, LSTM, GRU and Transformer language models.

Run once:  /usr/bin/python3 tests/golden/make_sequence_golden.py
Weights are sines (see sine()), so that the test needs none of them from here: of each matrix by its name in
Lexarium, as [out x in]. Kept are the logits, the loss, all gradients, and the loss at each of ten steps of Adam.
"""
import json
import math
import os

import torch
import torch.nn.functional as F

torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)
VOCABULARY, DIMENSIONS, UNITS, HEADS, STEPS, BATCH = 7, 5, 6, 2, 4, 3
INNER = 4 * UNITS


def sine(name, shape):
    """Column by column, as Lexarium keeps matrices [out x in]."""
    seed = sum(name.encode())
    rows, cols = shape
    return torch.tensor([[0.4 * math.sin(1.3 * (c * rows + r) + seed) for c in range(cols)] for r in range(rows)],
                        requires_grad=True)


def ids(seed):
    return torch.tensor([[(t * t + 3 * b + seed * (t + b)) % VOCABULARY for b in range(BATCH)] for t in range(STEPS)])


def recurrent_shapes(gates, extra):
    shapes = {"embedding": (DIMENSIONS, VOCABULARY)}
    for layer in range(2):
        inputs = DIMENSIONS if layer == 0 else UNITS
        shapes[f"layer{layer}.input.weight"] = (gates * UNITS, inputs)
        shapes[f"layer{layer}.input.bias"] = (gates * UNITS, 1)
        shapes[f"layer{layer}.recurrent.weight"] = (gates * UNITS, UNITS)
        if extra:
            shapes[f"layer{layer}.recurrent.bias"] = (UNITS, 1)
    shapes["output.weight"] = (VOCABULARY, UNITS)
    shapes["output.bias"] = (VOCABULARY, 1)
    return shapes


def recurrent(kind, p, inputs):
    """By torch's own functions for whole sequences; their second bias is zero but for the GRU's new part."""
    gates = {"rnn": 1, "lstm": 4, "gru": 3}[kind]
    x = p["embedding"].t()[inputs]
    flat = []
    for layer in range(2):
        second = torch.zeros(gates * UNITS)
        if kind == "gru":
            second = torch.cat([torch.zeros(2 * UNITS), p[f"layer{layer}.recurrent.bias"].flatten()])
        flat += [p[f"layer{layer}.input.weight"], p[f"layer{layer}.recurrent.weight"],
                 p[f"layer{layer}.input.bias"].flatten(), second]
    zero = torch.zeros(2, BATCH, UNITS)
    arguments = (flat, True, 2, 0.0, False, False, False)
    if kind == "rnn":
        h = torch.rnn_tanh(x, zero, *arguments)[0]
    elif kind == "lstm":
        h = torch.lstm(x, (zero, zero), *arguments)[0]
    else:
        h = torch.gru(x, zero, *arguments)[0]
    return h @ p["output.weight"].t() + p["output.bias"].flatten()


def transformer_shapes():
    shapes = {"embedding": (UNITS, VOCABULARY), "positions": (UNITS, STEPS)}
    for i in range(2):
        shapes.update({
            f"block{i}.attention.norm.gain": (UNITS, 1), f"block{i}.attention.norm.offset": (UNITS, 1),
            f"block{i}.attention.in.weight": (3 * UNITS, UNITS), f"block{i}.attention.in.bias": (3 * UNITS, 1),
            f"block{i}.attention.out.weight": (UNITS, UNITS), f"block{i}.attention.out.bias": (UNITS, 1),
            f"block{i}.inner.norm.gain": (UNITS, 1), f"block{i}.inner.norm.offset": (UNITS, 1),
            f"block{i}.inner.up.weight": (INNER, UNITS), f"block{i}.inner.up.bias": (INNER, 1),
            f"block{i}.inner.down.weight": (UNITS, INNER), f"block{i}.inner.down.bias": (UNITS, 1)})
    shapes.update({"norm.gain": (UNITS, 1), "norm.offset": (UNITS, 1), "output.bias": (VOCABULARY, 1)})
    return shapes


def transformer(p, inputs):
    """With the output tied to the input."""
    def linear(name, x):
        return x @ p[name + ".weight"].t() + p[name + ".bias"].flatten()

    def norm(name, x):
        return F.layer_norm(x, (UNITS,), p[name + ".gain"].flatten(), p[name + ".offset"].flatten(), 1e-5)

    x = p["embedding"].t()[inputs.t()] + p["positions"].t()[None]  # [batch, steps, units]
    mask = torch.full((STEPS, STEPS), -math.inf).triu(1)
    for i in range(2):
        q, k, v = linear(f"block{i}.attention.in", norm(f"block{i}.attention.norm", x)).split(UNITS, 2)
        heads = [t.view(BATCH, STEPS, HEADS, UNITS // HEADS).transpose(1, 2) for t in (q, k, v)]
        scores = heads[0] @ heads[1].transpose(2, 3) / math.sqrt(UNITS // HEADS) + mask
        seen = (scores.softmax(3) @ heads[2]).transpose(1, 2).reshape(BATCH, STEPS, UNITS)
        x = x + linear(f"block{i}.attention.out", seen)
        inner = linear(f"block{i}.inner.up", norm(f"block{i}.inner.norm", x))
        gelu = 0.5 * inner * (1 + torch.tanh(math.sqrt(2 / math.pi) * (inner + 0.044715 * inner ** 3)))
        x = x + linear(f"block{i}.inner.down", gelu)
    logits = norm("norm", x) @ p["embedding"] + p["output.bias"].flatten()
    return logits.transpose(0, 1)


def numbers(tensor):
    """Column by column."""
    return [float("%.7g" % x) for x in tensor.detach().t().flatten().tolist()]


def golden(kind):
    gates = {"rnn": 1, "lstm": 4, "gru": 3}.get(kind)
    shapes = recurrent_shapes(gates, kind == "gru") if gates else transformer_shapes()
    p = {name: sine(name, shape) for name, shape in shapes.items()}
    inputs, targets = ids(1), ids(2)

    def forward():
        logits = recurrent(kind, p, inputs) if gates else transformer(p, inputs)
        return logits, F.cross_entropy(logits.reshape(-1, VOCABULARY), targets.reshape(-1))

    logits, loss = forward()
    loss.backward()
    result = {"logits": numbers(logits.reshape(-1, VOCABULARY).t()), "loss": loss.item(),
              "gradients": {name: numbers(tensor.grad) for name, tensor in p.items()}}
    adam = torch.optim.Adam(p.values(), lr=0.01)
    losses = []
    for _ in range(10):
        adam.zero_grad()
        loss = forward()[1]
        loss.backward()
        adam.step()
        losses.append(loss.item())
    result["losses"] = losses
    result["afterwards"] = {name: numbers(tensor) for name, tensor in p.items()
                            if name in ("embedding", "layer1.recurrent.weight", "block1.inner.up.weight")}
    return result


if __name__ == "__main__":
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "sequence.json")
    with open(path, "w") as file:
        json.dump({kind: golden(kind) for kind in ("rnn", "lstm", "gru", "transformer")}, file, separators=(",", ":"))
        file.write("\n")
