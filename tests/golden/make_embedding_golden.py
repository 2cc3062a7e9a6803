#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes embeddings.json: a few updates of Word2Vec and GloVe, computed from the papers with numpy alone.

Mikolov et al. 2013 (arXiv:1310.4546) equation 4 (negative sampling) and 3 (hierarchical softmax), Pennington et al.
2014 equation 8 with AdaGrad (Duchi et al. 2011). Everything in double. Run it in its folder: python3 make_embedding_golden.py
"""
import json
import numpy as np

WORDS, DIMENSIONS, STEPS = 6, 5, 4


def table(seed, rows, columns):
    """The same numbers in every language: sines."""
    k = np.arange(rows * columns, dtype=np.float64).reshape(rows, columns)
    return np.sin(1.7 * k + seed) * 0.5


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def logistic_step(hidden, output, targets, rate):
    """One prediction: (loss, gradient of hidden); output changes in place. targets: (row, label 0 or 1)."""
    loss, slope_hidden = 0.0, np.zeros_like(hidden)
    old = output.copy()
    for row, label in targets:
        p = sigmoid(old[row] @ hidden)
        loss -= np.log(p if label else 1 - p)
        slope_hidden += (p - label) * old[row]
        output[row] -= rate * (p - label) * hidden
    return loss, slope_hidden


def skip_gram(rate):
    v, u, losses = table(0, WORDS, DIMENSIONS), table(1, WORDS, DIMENSIONS), []
    for step in range(STEPS):
        centre, context = step % WORDS, (step + 1) % WORDS
        targets = [(context, 1), ((step + 3) % WORDS, 0), ((step + 4) % WORDS, 0), ((step + 4) % WORDS, 0)]
        loss, slope = logistic_step(v[centre].copy(), u, targets, rate)
        v[centre] -= rate * slope
        losses.append(loss)
    return {"losses": losses, "input": v.ravel().tolist(), "output": u.ravel().tolist()}


def cbow_tree(rate):
    """Hierarchical softmax of the tree over counts 8 4 2 1, made by hand: codes 0, 10, 110, 111 from inner nodes 2, 1, 0.
    A classifier answers 1 for the child that was merged first (the lighter one)."""
    paths = {0: [(2, 0)], 1: [(2, 1), (1, 0)], 2: [(2, 1), (1, 1), (0, 0)], 3: [(2, 1), (1, 1), (0, 1)]}
    v, u, losses = table(2, 4, DIMENSIONS), table(3, 3, DIMENSIONS), []
    for step in range(STEPS):
        centre, context = step % 4, [(step + 1) % 4, (step + 2) % 4, (step + 1) % 4]
        loss, slope = logistic_step(v[context].mean(axis=0), u, paths[centre], rate)
        for word in context:
            v[word] -= rate * slope / len(context)
        losses.append(loss)
    return {"losses": losses, "input": v.ravel().tolist(), "output": u.ravel().tolist()}


def glove(rate, x_max=10.0, alpha=0.75):
    w, c = table(4, WORDS, DIMENSIONS), table(5, WORDS, DIMENSIONS)
    b, d = table(6, 1, WORDS)[0], table(7, 1, WORDS)[0]
    sums = [np.ones_like(a) for a in (w, c, b, d)]
    losses = []
    for step in range(STEPS):
        i, j, x = step % WORDS, (step * 2 + 1) % WORDS, 1.5 + 6 * step
        weight = min(1.0, (x / x_max) ** alpha)
        difference = w[i] @ c[j] + b[i] + d[j] - np.log(x)
        losses.append(0.5 * weight * difference**2)
        slope = weight * difference
        gradients = (slope * c[j], slope * w[i], slope, slope)
        for values, total, row, g in zip((w, c, b, d), sums, (i, j, i, j), gradients):
            values[row] -= rate * g / np.sqrt(total[row])
            total[row] += g**2
    return {"losses": losses, "words": w.ravel().tolist(), "contexts": c.ravel().tolist(),
            "wordBias": b.tolist(), "contextBias": d.tolist()}


golden = {"skipGram": skip_gram(0.3), "cbowTree": cbow_tree(0.3), "glove": glove(0.2)}
rounded = json.loads(json.dumps(golden), parse_float=lambda text: round(float(text), 9))
with open("embeddings.json", "w", encoding="utf-8") as file:
    json.dump(rounded, file, indent=1)
    file.write("\n")
