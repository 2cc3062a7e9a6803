#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whole training steps of the encoder-decoders of pair_bench.cpp in PyTorch, in target tokens a second of processor
time, on one thread; attention too is computed for all steps at once.
Usage: ATEN_CPU_CAPABILITY=avx512 taskset -c 0 /usr/bin/python3 pair_peer.py [none] [additive] [dot] [general] [transformer]"""
import sys
import time

import torch
from torch import nn

torch.set_num_threads(1)
VOCABULARY, UNITS, BATCH, STEPS = 65, 128, 32, 30


class Pairs(nn.Module):
    def __init__(self, attention):
        super().__init__()
        self.attention = attention
        self.source, self.target = nn.Embedding(VOCABULARY, UNITS), nn.Embedding(VOCABULARY, UNITS)
        self.encoder = nn.LSTM(UNITS, UNITS // 2, bidirectional=True)
        self.decoder = nn.LSTM(UNITS, UNITS)
        self.query = nn.Linear(UNITS, UNITS, bias=False)
        self.key, self.score = nn.Linear(UNITS, UNITS), nn.Linear(UNITS, 1, bias=False)
        self.mix, self.out = nn.Linear(2 * UNITS, UNITS), nn.Linear(UNITS, VOCABULARY)

    def forward(self, source, target):  # [steps, batch]
        h, (hn, cn) = self.encoder(self.source(source))
        start = tuple(torch.cat([x[0], x[1]], 1)[None] for x in (hn, cn))
        s, _ = self.decoder(self.target(target), start)
        if self.attention != "none":
            keys, queries = h.transpose(0, 1), s.transpose(0, 1)
            if self.attention != "dot":
                queries = self.query(queries)
            if self.attention == "additive":
                scores = self.score((queries[:, :, None] + self.key(keys)[:, None]).tanh())[..., 0]
            else:
                scores = queries @ keys.transpose(1, 2)
            context = (scores.softmax(2) @ keys).transpose(0, 1)
            s = self.mix(torch.cat([context, s], 2)).tanh()
        return self.out(s)


class Transformer(nn.Module):
    def __init__(self):
        super().__init__()
        self.source, self.target = nn.Embedding(VOCABULARY, UNITS), nn.Embedding(VOCABULARY, UNITS)
        how = dict(d_model=UNITS, nhead=4, dim_feedforward=512, dropout=0.0, activation="gelu", norm_first=True)
        self.encoder = nn.TransformerEncoder(nn.TransformerEncoderLayer(**how), 2, nn.LayerNorm(UNITS))
        self.decoder = nn.TransformerDecoder(nn.TransformerDecoderLayer(**how), 2, nn.LayerNorm(UNITS))
        self.out = nn.Linear(UNITS, VOCABULARY)
        self.places = torch.randn(STEPS, 1, UNITS)
        self.mask = torch.full((STEPS, STEPS), float("-inf")).triu(1)

    def forward(self, source, target):
        memory = self.encoder(self.source(source) + self.places)
        return self.out(self.decoder(self.target(target) + self.places, memory, tgt_mask=self.mask))


def main():
    for name in sys.argv[1:] or ["none", "additive", "dot", "general", "transformer"]:
        model = Transformer() if name == "transformer" else Pairs(name)
        used = [p for n, p in model.named_parameters()]
        optimizer = torch.optim.Adam(used, 1e-3)
        source, target, expected = (torch.randint(VOCABULARY, (STEPS, BATCH)) for _ in range(3))

        def step():
            optimizer.zero_grad()
            logits = model(source, target)
            nn.functional.cross_entropy(logits.view(-1, VOCABULARY), expected.view(-1)).backward()
            nn.utils.clip_grad_norm_(used, 1.0)
            optimizer.step()

        step()
        begin, steps = time.process_time(), 0
        while steps < 5 or time.process_time() - begin < 2:
            step()
            steps += 1
        print(f"{name:10} {BATCH * STEPS * steps / (time.process_time() - begin):10.0f} tokens/s", flush=True)


main()
