"""Writes ../methods/losses_robust.json: values and gradients of the robust losses, by PyTorch in float64.

The formulas are written out from the papers, on one-hot labels, row by row where there are branches. Each gradient is
that of the mean over the samples with respect to the logits; it is compared here with central differences wherever
the logits are small enough for them.

Run: python losses.py
"""

import json
import math
import pathlib

import torch

torch.manual_seed(20230115)
torch.set_default_dtype(torch.float64)


def given(logits, targets):
    """p_y, by a sum over the one-hot label."""
    one_hot = torch.nn.functional.one_hot(targets, logits.shape[1]).to(logits.dtype)
    return (torch.softmax(logits, dim=1) * one_hot).sum(1)


def at_least(values, least):
    return torch.where(values < least, torch.full_like(values, least), values)


def ce(z, y):
    return torch.logsumexp(z, dim=1) - z[torch.arange(len(y)), y]


def gce(z, y, q):
    return (1 - at_least(given(z, y), 1e-7) ** q) / q


def nce(z, y):
    every = torch.stack([ce(z, torch.full_like(y, k)) for k in range(z.shape[1])])
    return ce(z, y) / every.sum(0)


def apl(z, y, combination, alpha, beta):
    error = 1 - at_least(given(z, y), 1e-7)
    return alpha * nce(z, y) + beta * error * (-math.log(1e-4) if combination == "nce-rce" else 1)


def pce(z, y, tau):
    rows = [-torch.log(p) if p > 1 / tau else 1 + math.log(tau) - tau * p for p in given(z, y)]
    return torch.stack(rows)


def aul(z, y, a, q):
    return ((a - given(z, y)) ** q - (a - 1) ** q) / q


def nce_aul(z, y, alpha, beta, a, q):
    return alpha * nce(z, y) + beta * aul(z, y, a, q)


def clip(z, limit, target):
    rows = []
    for row in z:
        norm = torch.linalg.vector_norm(row)
        rows.append(row * (target / norm) if norm > limit else row)
    return torch.stack(rows)


def celc(z, y, delta):
    return ce(clip(z, delta, delta), y)


def celc_released(z, y, delta):
    return ce(clip(z, 1 / delta, delta), y)


def elr(z, y, memory, **options):
    p = torch.softmax(z, dim=1)
    p = torch.minimum(at_least(p, 1e-4), torch.full_like(p, 1 - 1e-4))
    return ce(z, y) + options["lambda"] * torch.log(1 - (memory * p).sum(1))


def moved(z, memory, beta):
    p = torch.softmax(z, dim=1).clamp(1e-4, 1 - 1e-4)
    return beta * memory + (1 - beta) * p / p.sum(1, keepdim=True)


LOSSES = [
    ("ce", ce, [{}]),
    ("gce", gce, [{"q": 0.7}, {"q": 0.01}, {"q": 1.0}]),
    ("apl", apl, [
        {"combination": "nce-rce", "alpha": 1, "beta": 1},
        {"combination": "nce-rce", "alpha": 10, "beta": 0.1},
        {"combination": "nce-mae", "alpha": 10, "beta": 1},
    ]),
    ("pce", pce, [{"tau": 2}, {"tau": 10}, {"tau": 50}]),
    ("aul", aul, [{"a": 5.5, "q": 3}, {"a": 1.5, "q": 0.9}]),
    ("nce-aul", nce_aul, [
        {"alpha": 1, "beta": 4, "a": 6.3, "q": 1.5},
        {"alpha": 10, "beta": 0.015, "a": 6, "q": 3},
    ]),
    ("celc", celc, [{"delta": 1 / 1.5}, {"delta": 4}]),
    ("celc-released", celc_released, [{"delta": 1 / 1.5}, {"delta": 1}]),
    ("elr", elr, [{"lambda": 3}, {"lambda": 7}]),
]


def random(samples, classes, scale):
    logits = (scale * torch.randn(samples, classes)).float().double()
    return logits, torch.randint(classes, (samples,))


extreme = torch.tensor([[1e4, 0, -1e4], [1e4, 0, -1e4], [-20, 12, 3], [25, 0, 0], [0, 0, 0]])
wide = torch.zeros(5, 10)
wide[0] = 1e4
wide[1, 3] = 1e4
wide[2] = torch.linspace(-1e4, 1e4, 10).float().double()
wide[3] = torch.randn(10).float().double() * 1e4
inputs = [
    (*random(4, 3, 1.0), True),
    (*random(5, 10, 0.2), True),
    (*random(5, 10, 3.0), True),
    (*random(2, 100, 2.0), True),
    (extreme, torch.tensor([0, 2, 1, 0, 1]), False),
    (wide, torch.tensor([0, 3, 9, 1, 4]), False),
]


def central(loss, z, step=1e-6):
    gradient = torch.zeros_like(z)
    for place in torch.cartesian_prod(*(torch.arange(size) for size in z.shape)):
        shift = torch.zeros_like(z)
        shift[tuple(place)] = step
        gradient[tuple(place)] = (loss(z + shift).mean() - loss(z - shift).mean()) / (2 * step)
    return gradient


def rounded(tensor):
    return [float(f"{value:.13g}") for value in tensor.flatten().tolist()]


cases = []
for logits, targets, is_small in inputs:
    # A memory as it is after some steps: part of each row's shares is still missing.
    memory = torch.softmax(torch.randn_like(logits), 1) * torch.rand(len(targets), 1)
    memory = memory.float().double()
    case = {
        "classes": logits.shape[1],
        "logits": logits.flatten().tolist(),
        "targets": targets.tolist(),
        "memory": memory.flatten().tolist(),
        "moved": [
            {"beta": beta, "values": rounded(moved(logits, memory, beta))}
            for beta in (0.7, 0.9)
        ],
        "losses": [],
    }
    for name, loss, settings in LOSSES:
        for options in settings:
            extra = {"memory": memory} if name == "elr" else {}
            z = logits.clone().requires_grad_()
            values = loss(z, targets, **options, **extra)
            (gradient,) = torch.autograd.grad(values.mean(), z)
            assert torch.isfinite(values).all() and torch.isfinite(gradient).all(), name
            if is_small:
                numeric = central(lambda x: loss(x, targets, **options, **extra), logits)
                error = (numeric - gradient).abs().max().item()
                assert error < 1e-6, (name, options, error)
            case["losses"].append({
                "name": name,
                "options": {key: str(value) for key, value in options.items()},
                "values": rounded(values),
                "gradient": rounded(gradient),
            })
    cases.append(case)

path = pathlib.Path(__file__).parent.parent / "methods" / "losses_robust.json"
path.write_text(json.dumps({"cases": cases}) + "\n")
