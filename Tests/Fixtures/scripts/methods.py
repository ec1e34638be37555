"""Writes ../methods/losses.json: values and gradients of the catalogue's losses, by PyTorch.

The formulas are written out from the papers, with a full sum over classes where the suite uses a short form:
reverse cross-entropy is -sum_k p_k log q_k with q the one-hot label and log 0 replaced by log 1e-4.

Run: python methods.py
"""

import json
import math
import pathlib

import torch

torch.manual_seed(20240520)


def cross_entropy(logits, targets):
    return torch.nn.functional.cross_entropy(logits, targets, reduction="none")


def one_hot(logits, targets):
    return torch.nn.functional.one_hot(targets, logits.shape[1]).to(logits.dtype)


def normalised_cross_entropy(logits, targets):
    logs = torch.log_softmax(logits, dim=1)
    return (one_hot(logits, targets) * logs).sum(1) / logs.sum(1)


def reverse_cross_entropy(logits, targets):
    probabilities = torch.softmax(logits, dim=1)
    logs = torch.where(one_hot(logits, targets) == 1, 0.0, math.log(1e-4))
    return -(probabilities * logs).sum(1)


def mean_absolute_error(logits, targets):
    probabilities = torch.softmax(logits, dim=1)
    return (probabilities - one_hot(logits, targets)).abs().sum(1) / 2


def apl(passive, alpha, beta):
    return lambda z, y: alpha * normalised_cross_entropy(z, y) + beta * passive(z, y)


LOSSES = {
    "ce": cross_entropy,
    "nce": normalised_cross_entropy,
    "rce": reverse_cross_entropy,
    "mae": mean_absolute_error,
    "apl-nce-rce": apl(reverse_cross_entropy, 1, 1),
    "apl-nce-mae": apl(mean_absolute_error, 1, 1),
    "apl-nce-rce-10-0.1": apl(reverse_cross_entropy, 10, 0.1),
}

cases = []
for samples, classes, scale in [(2, 3, 1.0), (5, 10, 1.0), (4, 10, 5.0), (3, 100, 2.0)]:
    logits = (scale * torch.randn(samples, classes)).double().requires_grad_()
    targets = torch.randint(classes, (samples,))
    case = {
        "classes": classes,
        "logits": logits.detach().flatten().tolist(),
        "targets": targets.tolist(),
        "losses": [],
    }
    for name, loss in LOSSES.items():
        values = loss(logits, targets)
        (gradient,) = torch.autograd.grad(values.mean(), logits)
        case["losses"].append(
            {"name": name, "values": values.tolist(), "gradient": gradient.flatten().tolist()})
    cases.append(case)

path = pathlib.Path(__file__).parent.parent / "methods" / "losses.json"
path.parent.mkdir(exist_ok=True)
path.write_text(json.dumps({"cases": cases}) + "\n")
