"""Writes ../methods/t-revision.json: T-Revision's losses with gradients by PyTorch, and its anchors by NumPy.

The losses are written one sample at a time, as their definitions are; "per-sample" adds the change anew for each sample.

Run: python t_revision.py (needs numpy and torch)
"""

import json
import pathlib

import numpy
import torch

torch.manual_seed(20190601)
torch.set_default_dtype(torch.float64)


def loss(name, logits, targets, transition, change):
    values = []
    matrix = transition
    for index, target in enumerate(targets):
        p = torch.softmax(logits[index], dim=0)
        if name == "per-sample":
            matrix = matrix + change
        elif name in ("once", "detached"):
            matrix = transition + change
        weight = p[target] / (matrix.T @ p)[target]
        if name in ("constant", "detached"):
            weight = weight.detach()
        values.append(weight * -torch.log(p[target]))
    return torch.stack(values)


cases = []
for samples, classes in [(3, 3), (6, 10)]:
    logits = (2 * torch.randn(samples, classes)).float().double().requires_grad_()
    targets = torch.randint(classes, (samples,))
    transition = torch.softmax(torch.randn(classes, classes) + 3 * torch.eye(classes), 1).float().double()
    # Positive, so that no divisor is limited.
    change = (0.02 * torch.rand(classes, classes)).float().double().requires_grad_()
    case = {
        "classes": classes, "logits": logits.detach().flatten().tolist(), "targets": targets.tolist(),
        "transition": transition.flatten().tolist(), "change": change.detach().flatten().tolist(), "losses": [],
    }
    for name in ["constant", "once", "per-sample", "detached"]:
        values = loss(name, logits, targets, transition, change)
        gradients = torch.autograd.grad(values.mean(), [logits, change], allow_unused=True)
        case["losses"].append({
            "name": name, "values": values.tolist(), "gradient": gradients[0].flatten().tolist(),
            "changeGradient": None if gradients[1] is None else gradients[1].flatten().tolist(),
        })
    cases.append(case)

anchors = []
probabilities = torch.softmax(2 * torch.randn(200, 4), 1).float().numpy()
for percentile in [None, 97, 50, 0]:
    places = []
    for column in probabilities.T:
        column = column.copy()
        if percentile is not None:
            limit = numpy.percentile(column, percentile, method="higher")
            if (column < limit).any():
                column[column >= limit] = -1
        places.append(int(numpy.argmax(column)))
    anchors.append({"percentile": percentile, "positions": places})

path = pathlib.Path(__file__).parent.parent / "methods" / "t-revision.json"
path.write_text(json.dumps({
    "cases": cases, "probabilities": probabilities.astype(float).flatten().tolist(), "anchors": anchors}) + "\n")
