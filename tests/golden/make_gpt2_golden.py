# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes gpt2/: a tiny model with GPT-2's names of tensors, its tokens, and what PyTorch lets it say greedily.

Run once:  /usr/bin/python3 tests/golden/make_gpt2_golden.py
"""
import json
import math
import os
import struct

import torch
import torch.nn.functional as F

torch.manual_seed(3)
FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "gpt2")
UNITS, HEADS, LAYERS, CONTEXT = 24, 3, 2, 40
MERGES = [("t", "h"), ("th", "e"), ("\u0120", "the"), ("i", "n"), ("a", "n"), ("\u0120", "a")]


def shown_bytes():
    seen = [*range(33, 127), *range(161, 173), *range(174, 256)]
    names, following = {}, 256
    for byte in range(256):
        names[byte] = chr(byte) if byte in seen else chr(following)
        following += byte not in seen
    return names


names = shown_bytes()
tokens = [names[b] for b in range(256)] + [a + b for a, b in MERGES] + ["<|endoftext|>"]
V = len(tokens)
w = {"wte.weight": torch.randn(V, UNITS) * 0.5, "wpe.weight": torch.randn(CONTEXT, UNITS) * 0.3,
     "ln_f.weight": 1 + 0.1 * torch.randn(UNITS), "ln_f.bias": 0.1 * torch.randn(UNITS)}
for i in range(LAYERS):
    for norm in ("ln_1", "ln_2"):
        w[f"h.{i}.{norm}.weight"] = 1 + 0.1 * torch.randn(UNITS)
        w[f"h.{i}.{norm}.bias"] = 0.1 * torch.randn(UNITS)
    for name, inputs, outputs in (("attn.c_attn", UNITS, 3 * UNITS), ("attn.c_proj", UNITS, UNITS),
                                  ("mlp.c_fc", UNITS, 4 * UNITS), ("mlp.c_proj", 4 * UNITS, UNITS)):
        w[f"h.{i}.{name}.weight"] = torch.randn(inputs, outputs) / math.sqrt(inputs)
        w[f"h.{i}.{name}.bias"] = 0.1 * torch.randn(outputs)
w = {name: tensor.to(torch.float16).to(torch.float32) for name, tensor in w.items()}


def forward(ids):
    t = len(ids)
    x = w["wte.weight"][ids] + w["wpe.weight"][:t]
    norm = lambda name, x: F.layer_norm(x, (UNITS,), w[name + ".weight"], w[name + ".bias"], 1e-5)
    linear = lambda name, x: x @ w[name + ".weight"] + w[name + ".bias"]
    mask = torch.full((t, t), -math.inf).triu(1)
    for i in range(LAYERS):
        q, k, v = (y.view(t, HEADS, -1).transpose(0, 1) for y in linear(f"h.{i}.attn.c_attn", norm(f"h.{i}.ln_1", x)).split(UNITS, 1))
        a = (q @ k.transpose(1, 2) / math.sqrt(UNITS // HEADS) + mask).softmax(2) @ v
        x = x + linear(f"h.{i}.attn.c_proj", a.transpose(0, 1).reshape(t, UNITS))
        m = linear(f"h.{i}.mlp.c_fc", norm(f"h.{i}.ln_2", x))
        m = 0.5 * m * (1 + torch.tanh(math.sqrt(2 / math.pi) * (m + 0.044715 * m ** 3)))
        x = x + linear(f"h.{i}.mlp.c_proj", m)
    return norm("ln_f", x) @ w["wte.weight"].t()


def write_safetensors(path):
    header, data = {}, b""
    for name, tensor in sorted(w.items()):
        raw = tensor.to(torch.float16).numpy().tobytes()
        header[name] = {"dtype": "F16", "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


os.makedirs(FOLDER, exist_ok=True)
write_safetensors(os.path.join(FOLDER, "model.safetensors"))
ids = [V - 1]  # <|endoftext|> begins a text
prompt = [256 + 2, 32, 99]  # " the", " ", "c"
ids += prompt
for _ in range(25):
    ids.append(int(forward(ids)[-1].argmax()))
for name, content in (("encoder.json", {token: i for i, token in enumerate(tokens)}), ("config.json", {"n_head": HEADS}),
                      ("golden.json", {"ids": ids, "prompt": " the c", "logits": forward(ids[:4])[-1].tolist()})):
    with open(os.path.join(FOLDER, name), "w") as file:
        json.dump(content, file)
with open(os.path.join(FOLDER, "vocab.bpe"), "w") as file:
    file.write("#version: 0.2\n" + "".join(f"{a} {b}\n" for a, b in MERGES))
