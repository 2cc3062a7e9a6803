#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Loads a model that Lexarium has saved, with PyTorch and nothing else, and prints what it computes.

    python3 load_lexarium.py model.safetensors                              what it is
    python3 load_lexarium.py model.safetensors --ids 3,1,4                  logits of the token after each of these
    python3 load_lexarium.py model.safetensors --text "Once upon a"         the same of a text; a classifier: of its classes
    python3 load_lexarium.py model.safetensors --ids 3,1 --target 5,2       encoder-decoder: logits after the beginning, 5 and 2
    python3 load_lexarium.py model.safetensors --text "4 May" --target-text "05-04"
    python3 load_lexarium.py model.safetensors --text "Where is Mary?" --story "Mary went out." --story "She ran."
    python3 load_lexarium.py vectors.safetensors --text king                the nearest words

In a program:  from load_lexarium import load;  model = load("model.safetensors");  model.logits([3, 1, 4])

safetensors: 8 bytes with the size of the header, the header in JSON, and the numbers. Each matrix [out x in] is kept
column by column, so that PyTorch reads its transpose; p[name] below is [out x in] again. Formulae and papers stand in
the model's card (the .json beside it).
"""
import argparse
import json
import math
import os
import re
import struct
import sys

import torch
import torch.nn.functional as F

TYPES = {"F32": torch.float32, "F64": torch.float64, "F16": torch.float16, "U8": torch.uint8, "I32": torch.int32,
         "I64": torch.int64}
GATES = {"rnn": 1, "lstm": 4, "gru": 3}
EPSILON = 1e-5


def read_safetensors(path):
    """(tensors by name, metadata)"""
    with open(path, "rb") as file:
        size = struct.unpack("<Q", file.read(8))[0]
        header = json.loads(file.read(size))
        data = bytearray(file.read())
    tensors = {}
    for name, about in header.items():
        if name == "__metadata__" or about["dtype"] not in TYPES:
            continue
        begin, end = about["data_offsets"]
        flat = torch.frombuffer(data[begin:end], dtype=TYPES[about["dtype"]]) if end > begin else torch.zeros(0)
        tensors[name] = flat.reshape(about["shape"])
    return tensors, header.get("__metadata__", {})


# Tokens


def parts(tensor):
    """Texts that each end in a zero."""
    return bytes(tensor.tolist()).decode("utf-8", "replace").split("\0")[:-1]


class Tokens:
    """What a text is cut into: characters, words, or subwords. Others need --ids."""

    def __init__(self, tensors, prefix):
        raw = {name[len(prefix):]: bytes(t.tolist()).decode("utf-8", "replace")
               for name, t in tensors.items() if name.startswith(prefix)}
        self.kind = raw.get("kind", "none")
        self.merges = {}
        self.unknown = None
        self.names = []
        if self.kind in ("characters", "subwords"):
            self.names = list(raw["characters"])
            for rank, line in enumerate(raw.get("merges", "").split("\n")[:-1]):
                left, right = map(int, line.split())
                self.merges[left, right] = len(self.names)
                self.names.append(self.names[left] + self.names[right])
            if raw["unknown"] == "yes":
                self.unknown = len(self.names)
                self.names.append("\ufffd")
        elif self.kind == "words":
            self.names = raw["words"].split("\0")[:-1]
            self.unknown = len(self.names)
            self.lower = raw.get("segmentation.lower_case", "true") in ("true", "yes", "1")
            self.punctuation = raw.get("segmentation.keep_punctuation", "false") in ("true", "yes", "1")
            self.names += ["<unk>", "\n"]
        self.ids = {name: i for i, name in reversed(list(enumerate(self.names)))}

    def encode(self, text):
        if self.kind == "words":
            # Lexarium cuts by Unicode's rules; for plain text this is the same.
            pieces = re.findall(r"\w+(?:['’]\w+)*|[^\w\s]", text.lower() if self.lower else text)
            if not self.punctuation:
                pieces = [piece for piece in pieces if piece[0].isalnum() or piece[0] == "_"]
        elif self.kind == "characters":
            pieces = list(text)
        elif self.kind == "subwords":
            return [i for piece in re.findall(r"\s?[^\W_]+|\s?[^\w\s]+|\s+|_+", text) for i in self.merge(piece)]
        else:
            sys.exit("These tokens (%s) are not cut here: give --ids" % self.kind)
        ids = [self.ids.get(piece, self.unknown) for piece in pieces]
        return [i for i in ids if i is not None]

    def merge(self, piece):
        ids = [self.ids.get(c, self.unknown) for c in piece]
        ids = [i for i in ids if i is not None]
        while True:
            known = [self.merges[pair] for pair in zip(ids, ids[1:]) if pair in self.merges]
            if not known:
                return ids
            best, out, i = min(known), [], 0
            while i < len(ids):
                joined = i + 1 < len(ids) and self.merges.get((ids[i], ids[i + 1])) == best
                out.append(best if joined else ids[i])
                i += 2 if joined else 1
            ids = out


# Building blocks: x is [steps x numbers]


def linear(p, name, x):
    y = x @ p[name + ".weight"].t()
    return y + p[name + ".bias"].flatten() if name + ".bias" in p else y


def norm(p, name, x):
    if name + ".offset" in p:
        return F.layer_norm(x, x.shape[-1:], p[name + ".gain"].flatten(), p[name + ".offset"].flatten(), EPSILON)
    return p[name + ".gain"].flatten() * x * torch.rsqrt((x * x).mean(-1, keepdim=True) + EPSILON)


def cells(p, name, kind, x, state=None):
    """A layer of cells over all steps: (h of each step, last state)."""
    w = p[name + ".recurrent.weight"]
    units = w.shape[1]
    second = torch.zeros(GATES[kind] * units)
    if kind == "gru":
        second[2 * units:] = p[name + ".recurrent.bias"].flatten()
    flat = [p[name + ".input.weight"], w, p[name + ".input.bias"].flatten(), second]
    if state is None:
        zero = torch.zeros(1, 1, units)
        state = (zero, zero) if kind == "lstm" else zero
    run = {"rnn": torch.rnn_tanh, "lstm": torch.lstm, "gru": torch.gru}[kind]
    result = run(x[:, None], state, flat, True, 1, 0.0, False, False, False)
    return result[0][:, 0], tuple(result[1:]) if kind == "lstm" else result[1]


def joined(a, b):
    return tuple(torch.cat(pair, 2) for pair in zip(a, b)) if isinstance(a, tuple) else torch.cat([a, b], 2)


def stack_of_cells(p, name, kind, layers, both, x):
    """Layers of cells that may read backwards, too: (h of the last layer, last state of each)."""
    last = []
    for i in range(layers):
        at = "%s.layer%d." % (name, i)
        h, state = cells(p, at + "forwards", kind, x)
        if both:
            back, end = cells(p, at + "backwards", kind, x.flip(0))
            h, state = torch.cat([h, back.flip(0)], 1), joined(state, end)
        last.append(state)
        x = h
    return x, last


def look(q, k, v, heads, causal=False):
    """Attention of each head; k and v may have fewer heads, each shared by several."""
    size = q.shape[1] // heads
    split = lambda t: t.view(t.shape[0], -1, size).transpose(0, 1)
    q, k, v = split(q), split(k), split(v)
    k, v = (t.repeat_interleave(heads // t.shape[0], 0) for t in (k, v))
    scores = q @ k.transpose(1, 2) / math.sqrt(size)
    if causal:
        scores = scores + torch.full(scores.shape[1:], -math.inf).triu(1 + scores.shape[2] - scores.shape[1])
    return (scores.softmax(2) @ v).transpose(0, 1).reshape(q.shape[1], -1)


def gelu(x):
    return 0.5 * x * (1 + torch.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x ** 3)))


def sines(units, steps):
    angles = torch.arange(steps, dtype=torch.float64)[:, None] / 10000 ** (
        (torch.arange(units) - torch.arange(units) % 2).double() / units)
    even = torch.arange(units) % 2 == 0
    return torch.where(even, angles.sin(), angles.cos()).float()


def rotary(x, heads):
    """Su et al. 2021: pairs of neighbouring numbers turn by the position."""
    steps, units = x.shape
    size = units // heads
    pairs = x.view(steps, heads, size // 2, 2)
    angles = torch.arange(steps)[:, None].double() * 10000 ** (-2.0 * torch.arange(size // 2).double() / size)
    c, s = angles.cos().float()[:, None], angles.sin().float()[:, None]
    a, b = pairs[..., 0], pairs[..., 1]
    return torch.stack([a * c - b * s, a * s + b * c], 3).reshape(steps, units)


def transformer_stack(p, name, x, layers, heads, memory=None):
    """An encoder, or with a memory a decoder, with norms before the layers."""
    if name + ".map.weight" in p:
        x = linear(p, name + ".map", x)
    x = x + sines(x.shape[1], x.shape[0])
    for i in range(layers):
        at = "%s.layer%d." % (name, i)
        q, k, v = linear(p, at + "self.in", norm(p, at + "self.norm", x)).chunk(3, 1)
        x = x + linear(p, at + "self.out", look(q, k, v, heads, memory is not None))
        if memory is not None:
            q = linear(p, at + "cross.query", norm(p, at + "cross.norm", x))
            seen = look(q, linear(p, at + "cross.key", memory), linear(p, at + "cross.value", memory), heads)
            x = x + linear(p, at + "cross.out", seen)
        x = x + linear(p, at + "inner.down", gelu(linear(p, at + "inner.up", norm(p, at + "inner.norm", x))))
    return norm(p, name + ".norm", x)


# Models


class LanguageModel:
    """Logits of the token after each: MLP, RNN, LSTM, GRU, Transformer."""

    def __init__(self, tensors, metadata, p):
        self.p, self.shape = p, json.loads(metadata["lexarium.network"])
        self.tokens = Tokens(tensors, "tokens.")

    def logits(self, ids):
        hidden = getattr(self, self.shape["kind"], self.recurrent)(torch.tensor(ids))
        table = self.p["embedding"][:, :self.shape["vocabulary"]].t()
        weight = table if self.shape["tied"] else self.p["output.weight"]
        return hidden @ weight.t() + self.p["output.bias"].flatten()

    def mlp(self, ids):
        context, table = self.shape["context"], self.p["embedding"].t()
        before = torch.full((context - 1,), self.shape["vocabulary"])
        x = table[torch.cat([before, ids])]
        total = self.p["hidden.bias"].flatten()
        for k in range(context):
            total = total + x[context - 1 - k:len(x) - k] @ self.p["back%d.weight" % k].t()
        return total.tanh()

    def recurrent(self, ids):
        x = self.p["embedding"].t()[ids]
        for i in range(self.shape["layers"]):
            x, _ = cells(self.p, "layer%d" % i, self.shape["kind"], x)
        return x

    def transformer(self, ids):
        p, s = self.p, self.shape
        x = p["embedding"].t()[ids]
        if s["positions"] == "learned":
            x = x + p["positions"].t()[:len(ids)]
        elif s["positions"] == "sinusoidal":
            x = x + sines(s["units"], len(ids))
        keys = s["units"] // s["heads"] * s["key_heads"]
        for i in range(s["layers"]):
            at = "block%d." % i
            q, k, v = linear(p, at + "attention.in", norm(p, at + "attention.norm", x)).split(
                [s["units"], keys, keys], 1)
            if s["positions"] == "rotary":
                q, k = rotary(q, s["heads"]), rotary(k, s["key_heads"])
            x = x + linear(p, at + "attention.out", look(q, k, v, s["heads"], True))
            n = norm(p, at + "inner.norm", x)
            up = linear(p, at + "inner.up", n)
            inner = F.silu(linear(p, at + "inner.gate", n)) * up if s["gated"] else gelu(up)
            x = x + linear(p, at + "inner.down", inner)
        return norm(p, "norm", x)


class PairModel:
    """Encoder-decoder: logits after the token that begins a sentence and each of the target's."""

    def __init__(self, tensors, metadata, p):
        self.p, self.shape = p, json.loads(metadata["lexarium.pair_network"])
        self.tokens, self.target = Tokens(tensors, "source_tokens."), Tokens(tensors, "target_tokens.")
        self.begin = self.shape["target_vocabulary"] - 2

    def logits(self, ids, target):
        p, s = self.p, self.shape
        x = p["encoder.embedding"].t()[torch.tensor(ids)]
        y = p["decoder.embedding"].t()[torch.tensor([self.begin] + list(target))]
        if s.get("kind") == "transformer":
            memory = transformer_stack(p, "encoder", x, s["layers"], s["heads"])
            return linear(p, "output", transformer_stack(p, "decoder", y, s["layers"], s["heads"], memory))
        h, last = stack_of_cells(p, "encoder", s["cell"], s["layers"], s["bidirectional"], x)
        for i in range(s["layers"]):
            y, _ = cells(p, "decoder.layer%d" % i, s["cell"], y, last[i])
        if s["attention"] != "none":
            q = y if s["attention"] == "dot" else y @ p["attention.query.weight"].t()
            if s["attention"] == "additive":
                keys = linear(p, "attention.key", h)
                scores = (q[:, None] + keys[None]).tanh() @ p["attention.score"].flatten()
            else:
                scores = q @ h.t()
            y = linear(p, "attention.mix", torch.cat([scores.softmax(1) @ h, y], 1)).tanh()
        return linear(p, "output", y)


class Classifier:
    """Logits of the classes."""

    def __init__(self, tensors, metadata, p):
        self.p, self.shape = p, json.loads(metadata["lexarium.text_classifier"])
        self.tokens, self.labels = Tokens(tensors, "tokens."), json.loads(metadata["lexarium.labels"])

    def logits(self, ids):
        p, s = self.p, self.shape
        ids = list(ids)[:s["longest"]]
        if s["kind"] == "flatten":
            ids += [s["vocabulary"]] * (s["longest"] - len(ids))
        if s["kind"] == "transformer" and s["pooling"] == "last":
            ids.append(s["vocabulary"])  # stands for the class
        x = p["embedding"].t()[torch.tensor(ids)]
        if s["kind"] == "flatten":
            return linear(p, "output", x.reshape(1, -1))
        if s["kind"] == "mean":
            return linear(p, "output", x.mean(0, keepdim=True))
        if s["kind"] == "transformer":
            x, last = transformer_stack(p, "encoder", x, s["layers"], s["heads"]), None
        else:
            x, last = stack_of_cells(p, "cells", s["kind"], s["layers"], s["bidirectional"], x)
        if s["pooling"] == "last" and last is None:
            f = x[-1:]
        elif s["pooling"] == "last":
            f = last[-1][0][0] if isinstance(last[-1], tuple) else last[-1][0]
        elif s["pooling"] == "mean":
            f = x.mean(0, keepdim=True)
        else:
            weights = (linear(p, "attention", x).tanh() @ p["attention.vector"].flatten()).softmax(0)
            f = (weights @ x)[None]
        return linear(p, "output", f)


class StoryModel:
    """End-to-end memory network: logits of the answers."""

    def __init__(self, tensors, metadata, p):
        self.p, self.shape = p, json.loads(metadata["lexarium.story_network"])
        words = parts(tensors["words"])
        self.ids = {word: i for i, word in list(enumerate(words))[1:]}
        self.answers = parts(tensors["answers"])

    def read(self, sentence):
        found = ("".join(c for c in word if c not in '.,;:!?"()') for word in sentence.split())
        return [self.ids.get(re.sub("[A-Z]", lambda c: c[0].lower(), word), 0) for word in found if word]

    def encoded(self, table, sentences):
        rows = []
        for words in sentences:
            count, units = len(words), self.shape["units"]
            place = torch.arange(1, count + 1)[:, None] / max(count, 1)
            share = torch.arange(1, units + 1)[None] / units
            rows.append((table.t()[words] * ((1 - place) - share * (1 - 2 * place))).sum(0) if count
                        else torch.zeros(units))
        return torch.stack(rows)

    def logits(self, question, story):
        p, s = self.p, self.shape
        memories = [self.read(sentence) for sentence in story[-s["sentences"]:]] or [[]]
        back = torch.arange(len(memories) - 1, -1, -1)
        seen = lambda hop: (self.encoded(p["memory%d.words" % hop], memories) +
                            p["memory%d.times" % hop].t()[back])
        u, memory = self.encoded(p["memory0.words"], [self.read(question)])[0], seen(0)
        for hop in range(1, s["hops"] + 1):
            output = seen(hop)
            u, memory = u + (memory @ u).softmax(0) @ output, output
        return (p["output.weight"] @ u)[None]


class Vectors:
    """Word vectors [words x dimensions]."""

    def __init__(self, tensors, metadata, p):
        self.words, self.vectors = parts(tensors["words"]), tensors["vectors"]

    def neighbours(self, word, count=10):
        unit = F.normalize(self.vectors, dim=1)
        score = unit @ unit[self.words.index(word)]
        best = score.nan_to_num(-1).topk(min(count + 1, len(self.words)))
        return [(self.words[i], round(v, 4)) for v, i in zip(best.values.tolist(), best.indices.tolist())
                if self.words[i] != word][:count]


KINDS = (("lexarium.pair_network", PairModel), ("lexarium.text_classifier", Classifier),
         ("lexarium.story_network", StoryModel), ("lexarium.network", LanguageModel))


def load(path):
    tensors, metadata = read_safetensors(path)
    p = {name[4:]: (t.t() if t.dim() == 2 else t).float() for name, t in tensors.items() if name.startswith("net.")}
    for key, kind in KINDS:
        if key in metadata:
            return kind(tensors, metadata, p)
    if "vectors" in tensors and "words" in tensors:
        return Vectors(tensors, metadata, p)
    sys.exit("%s: no model of Lexarium that is computed here (n-grams are counts, not a network)" % path)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model")
    parser.add_argument("--ids", help="numbers of tokens, with commas")
    parser.add_argument("--text", help="a text, a question, or a word of word vectors")
    parser.add_argument("--target", help="encoder-decoder: numbers of the target's tokens")
    parser.add_argument("--target-text")
    parser.add_argument("--story", action="append", default=[], help="a sentence before the question; may be repeated")
    given = parser.parse_args()
    model = load(given.model)
    numbers = lambda text: [int(n) for n in text.split(",") if n]
    if given.ids is None and given.text is None:
        card = os.path.splitext(given.model)[0] + ".json"
        print(open(card, encoding="utf-8").read() if os.path.exists(card) else type(model).__name__)
        return
    if isinstance(model, Vectors):
        print(json.dumps({"neighbours": model.neighbours(given.text)}, ensure_ascii=False))
        return
    result = {}
    if isinstance(model, StoryModel):
        logits = model.logits(given.text, given.story)
        result["answer"] = model.answers[int(logits[0].argmax())]
    else:
        ids = numbers(given.ids) if given.ids is not None else model.tokens.encode(given.text)
        result["ids"] = ids
        if isinstance(model, PairModel):
            target = numbers(given.target) if given.target else model.target.encode(given.target_text or "")
            logits = model.logits(ids, target)
        else:
            logits = model.logits(ids)
        if isinstance(model, Classifier):
            result["class"] = model.labels[int(logits[0].argmax())]
    result["logits"] = logits.tolist()
    print(json.dumps(result, ensure_ascii=False))


if __name__ == "__main__":
    torch.set_grad_enabled(False)
    main()
