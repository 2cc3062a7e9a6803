#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The classifier of `lexarium-cli train-labels --network lstm --pooling attention` in PyTorch, learned from the same
file and asked about the same other one: share of its texts whose class is right, once for each seed.
Usage: /usr/bin/python3 sentiment_peer.py TRAIN.tsv TEST.tsv [SEEDS]   (a text, a tab and its class in each line)
Beside it: lexarium-cli train-labels TRAIN.tsv --validation 0 --test 0 --seed N -o model.safetensors, then
cut -f1 TEST.tsv | lexarium-cli classify model.safetensors --json"""
import random
import sys
from collections import Counter, defaultdict

import torch
from torch import nn

DIMENSIONS, UNITS, DROPOUT, BATCH, EPOCHS, RATE, CLIP, MOST_WORDS = 64, 64, 0.2, 32, 5, 2e-3, 1.0, 20000


def read(path):
    with open(path, encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines]
    return [(row[0].lower().split(), row[1]) for row in rows if len(row) == 2]


class Classifier(nn.Module):
    def __init__(self, words, classes):
        super().__init__()
        self.table = nn.Embedding(words, DIMENSIONS)
        self.cells = nn.LSTM(DIMENSIONS, UNITS // 2, bidirectional=True, batch_first=True)
        self.key, self.score = nn.Linear(UNITS, UNITS), nn.Linear(UNITS, 1, bias=False)
        self.drop, self.out = nn.Dropout(DROPOUT), nn.Linear(UNITS, classes)

    def forward(self, texts):  # [batch, steps], equally long: nothing is padded
        h, _ = self.cells(self.drop(self.table(texts)))
        weights = self.score(self.key(h).tanh()).softmax(1)
        return self.out(self.drop((weights * h).sum(1)))


def batches(rows, rng=None):
    by_length = defaultdict(list)
    for row in rows:
        by_length[len(row[0])].append(row)
    found = []
    for group in by_length.values():
        if rng:
            rng.shuffle(group)
        found += [group[i : i + BATCH] for i in range(0, len(group), BATCH)]
    if rng:
        rng.shuffle(found)
    return found


def main():
    train, test = read(sys.argv[1]), read(sys.argv[2])
    torch.set_num_threads(1)
    words = [w for w, _ in Counter(w for text, _ in train for w in text).most_common(MOST_WORDS - 1)]
    ids = {w: i + 1 for i, w in enumerate(words)}
    classes = {c: i for i, c in enumerate(sorted({c for _, c in train}))}
    numbers = lambda rows: [([ids.get(w, 0) for w in text] or [0], classes[c]) for text, c in rows if c in classes]
    train, test = numbers(train), numbers(test)
    for seed in range(1, int(sys.argv[3]) + 1 if len(sys.argv) > 3 else 4):
        torch.manual_seed(seed)
        rng = random.Random(seed)
        model = Classifier(len(ids) + 1, len(classes))
        optimizer = torch.optim.Adam(model.parameters(), RATE)
        for _ in range(EPOCHS):
            model.train()
            for batch in batches(train, rng):
                texts, labels = torch.tensor([t for t, _ in batch]), torch.tensor([c for _, c in batch])
                optimizer.zero_grad()
                nn.functional.cross_entropy(model(texts), labels).backward()
                nn.utils.clip_grad_norm_(model.parameters(), CLIP)
                optimizer.step()
        model.eval()
        with torch.no_grad():
            right = sum(
                (model(torch.tensor([t for t, _ in batch])).argmax(1) == torch.tensor([c for _, c in batch])).sum().item()
                for batch in batches(test)
            )
        print(f"seed {seed}: {100 * right / len(test):.2f} % of {len(test)}", flush=True)


main()
