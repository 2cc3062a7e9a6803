// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace lexarium::cli {

/// A script that trains the same model with PyTorch, whole steps with clipping and Adam, and prints the
/// tokens a second. Arguments: kind, layers, units, heads, length, batch, vocabulary, seconds, "train" or
/// "generate".
inline constexpr const char* kTorchScript = R"(import math, os, sys, time
os.environ.setdefault("ATEN_CPU_CAPABILITY", "avx512")
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.set_num_threads(1)
torch.manual_seed(1)
kind = sys.argv[1]
layers, units, heads, length, batch, vocabulary = map(int, sys.argv[2:8])
seconds, task = float(sys.argv[8]), sys.argv[9]

class Recurrent(nn.Module):
    def __init__(self):
        super().__init__()
        self.table = nn.Embedding(vocabulary, units)
        cell = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}[kind]
        self.cells = cell(units, units, layers, batch_first=True)
        self.out = nn.Linear(units, vocabulary)
    def forward(self, ids, state=None):
        h, state = self.cells(self.table(ids), state)
        return self.out(h), state

class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(units), nn.LayerNorm(units)
        self.qkv, self.out = nn.Linear(units, 3 * units), nn.Linear(units, units)
        self.up, self.down = nn.Linear(units, 4 * units), nn.Linear(4 * units, units)
    def forward(self, x, mask):
        b, t, _ = x.shape
        q, k, v = (y.view(b, t, heads, units // heads).transpose(1, 2) for y in self.qkv(self.norm1(x)).split(units, 2))
        a = (q @ k.transpose(2, 3) / math.sqrt(units // heads)).masked_fill(mask[:t, :t], -math.inf).softmax(3) @ v
        x = x + self.out(a.transpose(1, 2).reshape(b, t, units))
        return x + self.down(F.gelu(self.up(self.norm2(x))))

class Transformer(nn.Module):
    def __init__(self):
        super().__init__()
        self.table, self.places = nn.Embedding(vocabulary, units), nn.Embedding(length, units)
        self.blocks = nn.ModuleList(Block() for _ in range(layers))
        self.norm, self.out = nn.LayerNorm(units), nn.Linear(units, vocabulary)
        self.register_buffer("mask", torch.ones(length, length, dtype=torch.bool).triu(1))
    def forward(self, ids, state=None):
        x = self.table(ids) + self.places.weight[:ids.shape[1]]
        for block in self.blocks:
            x = block(x, self.mask)
        return self.out(self.norm(x)), None

model = Transformer() if kind == "transformer" else Recurrent()
done, work = 0, None
if task == "train":
    adam = torch.optim.Adam(model.parameters(), lr=1e-3)
    state = None
    def work():
        global state
        ids = torch.randint(vocabulary, (batch, length + 1))
        logits, state = model(ids[:, :-1], state)
        if state is not None:
            state = tuple(s.detach() for s in state) if isinstance(state, tuple) else state.detach()
        loss = F.cross_entropy(logits.reshape(-1, vocabulary), ids[:, 1:].reshape(-1))
        adam.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        adam.step()
        return batch * length
else:
    model.eval()
    ids, state = torch.zeros(1, 1, dtype=torch.long), None
    def work():
        global ids, state
        with torch.no_grad():
            for _ in range(16):
                logits, state = model(ids, state)
                token = torch.multinomial(logits[:, -1].softmax(1), 1)
                ids = torch.cat([ids, token], 1)[:, -length:] if kind == "transformer" else token
        return 16
work()
start = time.perf_counter()
while done == 0 or time.perf_counter() - start < seconds:
    done += work()
print("speed", done / (time.perf_counter() - start))
)";

}  // namespace lexarium::cli
