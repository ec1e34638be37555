"""Writes ../methods/co-dis.json: Co-Dis's discrepancies, scores, choices and gradients, by PyTorch.

released: torch.nn.functional.kl_div(log p, M) for both networks, halved; that is KL(M || p).
textbook: torch.distributions' KL(p || M) for both networks, halved.

The other network's logits take no gradient. That this leaves a network's own gradient as it is where both take one is
checked here.

Run: python co_dis.py
"""

import json
import pathlib

import torch
from torch.distributions import Categorical, kl_divergence

torch.manual_seed(20231001)


def released(first, second):
    mean = (first.softmax(1) + second.softmax(1)) / 2
    terms = [
        torch.nn.functional.kl_div(z.log_softmax(1), mean, reduction="none").sum(1)
        for z in (first, second)
    ]
    return (terms[0] + terms[1]) / 2


def textbook(first, second):
    mean = Categorical(probs=(first.softmax(1) + second.softmax(1)) / 2)
    return sum(kl_divergence(Categorical(logits=z), mean) for z in (first, second)) / 2


def cross_entropy(logits, targets):
    return torch.nn.functional.cross_entropy(logits, targets, reduction="none")


cases = []
for samples, classes, scale, forget in [(3, 3, 1.0, 0.4), (8, 10, 2.0, 0.5), (6, 10, 6.0, 0.3)]:
    pair = [(scale * torch.randn(samples, classes)).double().requires_grad_() for _ in range(2)]
    targets = torch.randint(classes, (samples,))
    kept = int((1 - forget) * samples)
    for name, divergence in [("released", released), ("textbook", textbook)]:
        for weight in [0.15, 2.0]:
            networks = []
            scores = [cross_entropy(z, targets) - weight * divergence(*pair) for z in pair]
            order = [s.argsort(stable=True)[:kept] for s in scores]
            for own, other in [(0, 1), (1, 0)]:
                alone = cross_entropy(pair[own], targets) - weight * divergence(
                    pair[own], pair[other].detach())
                objective = alone[order[other]].mean()
                (gradient,) = torch.autograd.grad(objective, pair[own])
                (joint,) = torch.autograd.grad(
                    scores[own][order[other]].mean(), pair[own], retain_graph=True)
                assert torch.allclose(gradient, joint)
                networks.append(
                    {
                        "scores": alone.tolist(), "choice": order[own].tolist(),
                        "objective": objective.item(), "gradient": gradient.flatten().tolist(),
                    })
            cases.append(
                {
                    "classes": classes, "divergence": name, "lambda": weight, "kept": kept,
                    "targets": targets.tolist(),
                    "logits": [z.detach().flatten().tolist() for z in pair],
                    "discrepancy": divergence(*pair).tolist(), "networks": networks,
                })

path = pathlib.Path(__file__).parent.parent / "methods" / "co-dis.json"
path.write_text(json.dumps({"cases": cases}) + "\n")
