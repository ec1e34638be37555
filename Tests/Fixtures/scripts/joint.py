"""Writes ../methods/joint.json: the three terms of joint optimisation's loss with their gradients, by PyTorch.

Classification: cross_entropy with probabilities as targets. Prior: -sum_k pi_k log of the batch's mean probability,
pi_k = 1/C. Entropy: the mean of torch.distributions' entropy.

Run: python joint.py
"""

import json
import pathlib

import torch
from torch.distributions import Categorical

torch.manual_seed(20180618)

cases = []
for samples, classes, scale, sharpness in [
    (2, 3, 1.0, 1.0), (5, 10, 2.0, 3.0), (4, 10, 6.0, 0.0), (3, 100, 2.0, 1.0),
]:
    logits = (scale * torch.randn(samples, classes)).double().requires_grad_()
    targets = (sharpness * torch.randn(samples, classes)).softmax(1).double()
    targets[0] = torch.nn.functional.one_hot(torch.tensor(1), classes)
    prior = torch.full((classes,), 1 / classes, dtype=torch.float64)
    terms = {
        "classification": torch.nn.functional.cross_entropy(logits, targets),
        "prior": -(prior * logits.softmax(1).mean(0).log()).sum(),
        "entropy": Categorical(logits=logits).entropy().mean(),
    }
    case = {
        "classes": classes, "logits": logits.detach().flatten().tolist(),
        "targets": targets.flatten().tolist(),
    }
    for name, term in terms.items():
        (gradient,) = torch.autograd.grad(term, logits, retain_graph=True)
        case[name] = {"value": term.item(), "gradient": gradient.flatten().tolist()}
    cases.append(case)

path = pathlib.Path(__file__).parent.parent / "methods" / "joint.json"
path.write_text(json.dumps({"cases": cases}) + "\n")
