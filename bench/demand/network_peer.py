"""The net of platform/engines/torch_model.h in PyTorch, as one writes it there: dilated Conv1d over all steps, left-padded.

usage: network_peer.py WINDOWS STEPS HORIZON BLOCKS BATCHES THREADS   prints milliseconds a batch and parameters as JSON"""

import json
import sys
import time

import torch
from torch import nn
from torch.nn import functional

PAST, FUTURE, ORIGINS, STRIDE, WARM_UP = 12, 60, 4, 8, 5
CHANNELS, KERNEL, HIDDEN, EMBEDDING, CATEGORIES = 24, 3, 64, 6, (4, 3)
QUANTILES = (0.1, 0.5, 0.9)


class Block(nn.Module):
    def __init__(self, dilation):
        super().__init__()
        self.first = nn.Conv1d(CHANNELS, CHANNELS, KERNEL, dilation=dilation)
        self.second = nn.Conv1d(CHANNELS, CHANNELS, KERNEL, dilation=dilation)
        self.pad, self.dropout = (KERNEL - 1) * dilation, nn.Dropout(0.1)

    def forward(self, x):
        inner = x
        for convolution in (self.first, self.second):
            inner = self.dropout(torch.relu(convolution(functional.pad(inner, (self.pad, 0)))))
        return torch.relu(x + inner)


class Net(nn.Module):
    def __init__(self, horizon, blocks):
        super().__init__()
        width = EMBEDDING * len(CATEGORIES)
        self.enter = nn.Conv1d(PAST, CHANNELS, 1)
        self.blocks = nn.Sequential(*[Block(2 ** b) for b in range(blocks)])
        self.embeddings = nn.ModuleList(nn.Embedding(size, EMBEDDING) for size in CATEGORIES)
        self.category_enter, self.at_category = nn.Linear(width, CHANNELS), nn.Linear(width, HIDDEN)
        self.at_context, self.at_future = nn.Linear(CHANNELS, HIDDEN), nn.Linear(FUTURE, HIDDEN)
        self.steps = nn.Parameter(torch.zeros(horizon, HIDDEN))
        self.middle, self.leave = nn.Linear(HIDDEN, HIDDEN), nn.Linear(HIDDEN, len(QUANTILES))
        self.dropout = nn.Dropout(0.1)

    def forward(self, past, origins, future, categories):
        statics = torch.cat([one(categories[:, k]) for k, one in enumerate(self.embeddings)], 1)
        x = self.blocks(self.enter(past) + self.category_enter(statics).unsqueeze(2))
        context = x[:, :, origins].transpose(1, 2)
        x = self.at_future(future) + self.at_context(context).unsqueeze(2) + self.steps
        x = x + self.at_category(statics).unsqueeze(1).unsqueeze(1)
        x = self.dropout(torch.relu(x))
        x = self.dropout(torch.relu(self.middle(x)))
        return future[..., :1] + self.leave(x)


def main():
    windows, steps, horizon, blocks, batches, threads = map(int, sys.argv[1:7])
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    net = Net(horizon, blocks)
    optimiser = torch.optim.AdamW(net.parameters(), lr=0.003, weight_decay=0.0001)
    wave = lambda shape, speed: torch.sin(torch.arange(torch.Size(shape).numel()) % 9973 * speed).view(shape)
    past, future = wave((windows, PAST, steps), 0.7), wave((windows, ORIGINS, horizon, FUTURE), 0.3)
    origins = torch.tensor([steps - 1 - STRIDE * (ORIGINS - 1 - o) for o in range(ORIGINS)])
    categories = torch.tensor([[w % 4, w % 3] for w in range(windows)])
    target, weight = torch.ones(windows, ORIGINS, horizon), torch.ones(windows, ORIGINS, horizon)
    quantiles = torch.tensor(QUANTILES)
    for batch in range(WARM_UP + batches):
        if batch == WARM_UP:
            start = time.perf_counter()
        optimiser.zero_grad()
        error = target.unsqueeze(3) - torch.expm1(net(past, origins, future, categories).clamp(-5, 8))
        loss = (weight.unsqueeze(3) * torch.maximum(quantiles * error, (quantiles - 1) * error)).mean(3).sum() / weight.sum()
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimiser.step()
        loss.item()
    taken = (time.perf_counter() - start) / batches
    print(json.dumps({"milliseconds": 1000 * taken, "parameters": sum(one.numel() for one in net.parameters()),
                      "torch": torch.__version__, "loss": loss.item()}))


main()
