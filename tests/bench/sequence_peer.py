#!/usr/bin/env python3
"""Whole training steps of the models of sequence_bench.cpp in PyTorch, in tokens a second of processor time, on one thread.
Usage: ATEN_CPU_CAPABILITY=avx512 taskset -c 0 /usr/bin/python3 sequence_peer.py [NAME ...]"""
import sys
import time

import torch
from torch import nn

torch.set_num_threads(1)
VOCABULARY = 65


class Recurrent(nn.Module):
    def __init__(self, kind, units, layers):
        super().__init__()
        self.embedding = nn.Embedding(VOCABULARY, units)
        self.layers = kind(units, units, layers)
        self.out = nn.Linear(units, VOCABULARY)

    def forward(self, ids):  # [steps, batch]
        return self.out(self.layers(self.embedding(ids))[0])


class Block(nn.Module):
    def __init__(self, units, heads, steps):
        super().__init__()
        self.first, self.second = nn.LayerNorm(units), nn.LayerNorm(units)
        self.qkv, self.out = nn.Linear(units, 3 * units), nn.Linear(units, units)
        self.up, self.down = nn.Linear(units, 4 * units), nn.Linear(4 * units, units)
        self.heads = heads
        self.register_buffer("mask", torch.triu(torch.full((steps, steps), float("-inf")), 1))

    def forward(self, x):
        b, t, d = x.shape
        q, k, v = (part.view(b, t, self.heads, -1).transpose(1, 2) for part in self.qkv(self.first(x)).split(d, 2))
        scores = q @ k.transpose(2, 3) / (d // self.heads) ** 0.5 + self.mask
        x = x + self.out((scores.softmax(-1) @ v).transpose(1, 2).reshape(b, t, d))
        return x + self.down(nn.functional.gelu(self.up(self.second(x))))


class Transformer(nn.Module):
    def __init__(self, units, heads, layers, steps):
        super().__init__()
        self.tokens, self.places = nn.Embedding(VOCABULARY, units), nn.Embedding(steps, units)
        self.blocks = nn.Sequential(*(Block(units, heads, steps) for _ in range(layers)))
        self.norm, self.out = nn.LayerNorm(units), nn.Linear(units, VOCABULARY)

    def forward(self, ids):  # [batch, steps]
        x = self.tokens(ids) + self.places(torch.arange(ids.shape[1]))
        return self.out(self.norm(self.blocks(x)))


CONFIGURATIONS = {
    "RNN 128": (lambda: Recurrent(nn.RNN, 128, 1), 64, 32),
    "GRU 128": (lambda: Recurrent(nn.GRU, 128, 1), 64, 32),
    "LSTM 128": (lambda: Recurrent(nn.LSTM, 128, 1), 64, 32),
    "LSTM 512 x 2": (lambda: Recurrent(nn.LSTM, 512, 2), 128, 64),
    "Transformer 128": (lambda: Transformer(128, 4, 4, 64), 12, 64),
    "Transformer 384": (lambda: Transformer(384, 6, 6, 256), 16, 256),
}


def step(model, optimizer, ids, targets):
    optimizer.zero_grad()
    loss = nn.functional.cross_entropy(model(ids).view(-1, VOCABULARY), targets.view(-1))
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()


def main():
    for name in sys.argv[1:] or CONFIGURATIONS:
        make, rows, cols = CONFIGURATIONS[name]
        model = make()
        optimizer = torch.optim.Adam(model.parameters(), 1e-3)
        ids, targets = torch.randint(VOCABULARY, (rows, cols)), torch.randint(VOCABULARY, (rows, cols))
        step(model, optimizer, ids, targets)
        begin, steps = time.process_time(), 0
        while steps < 3 or time.process_time() - begin < 1:
            step(model, optimizer, ids, targets)
            steps += 1
        print(f"{name:16} {rows * cols * steps / (time.process_time() - begin):10.0f} tokens/s", flush=True)


main()
