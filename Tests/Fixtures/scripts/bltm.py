"""Writes ../methods/bltm.json: BLTM's losses with gradients by PyTorch, one sample at a time, and its selection by NumPy.

Run: python bltm.py (needs numpy and torch)
"""

import json
import pathlib

import numpy
import torch

torch.manual_seed(20220601)
torch.set_default_dtype(torch.float64)


def draw(scale, *shape):
    return (scale * torch.randn(*shape)).float().double()


cases = []
for samples, classes in [(3, 2), (5, 4), (4, 10)]:
    outputs = draw(1.5, samples, classes * classes).requires_grad_()
    logits = draw(2, samples, classes).requires_grad_()
    # Large enough that some entries fall below the limit.
    change = draw(0.1, classes, classes).requires_grad_()
    bayes = torch.randint(classes, (samples,))
    given = torch.randint(classes, (samples,))
    rows, corrected = [], []
    for index in range(samples):
        matrix = torch.softmax(outputs[index].reshape(classes, classes), dim=1)
        rows.append(-torch.log(torch.eye(classes)[bayes[index]] @ matrix)[given[index]])
        revised = torch.clamp(matrix.detach() + change, min=1e-6)
        revised = revised / revised.sum(dim=1, keepdim=True)
        corrected.append(-torch.log(torch.softmax(logits[index], dim=0) @ revised)[given[index]])
    rows, corrected = torch.stack(rows), torch.stack(corrected)
    (row_gradient,) = torch.autograd.grad(rows.mean(), outputs)
    gradients = torch.autograd.grad(corrected.mean(), [logits, change])
    cases.append({
        "classes": classes, "outputs": outputs.detach().flatten().tolist(),
        "logits": logits.detach().flatten().tolist(), "change": change.detach().flatten().tolist(),
        "bayes": bayes.tolist(), "given": given.tolist(),
        "rowLosses": rows.tolist(), "rowGradient": row_gradient.flatten().tolist(),
        "losses": corrected.tolist(), "gradient": gradients[0].flatten().tolist(),
        "changeGradient": gradients[1].flatten().tolist(),
    })

probabilities = torch.softmax(draw(1.5, 100, 5), 1).float().numpy()
selections = []
for bound in [0, 0.1, 0.5, 0.9]:
    threshold = (1 + bound) / 2
    kept = numpy.flatnonzero(probabilities.astype(float).max(axis=1) > threshold)
    selections.append({
        "bound": bound, "positions": kept.tolist(), "labels": probabilities[kept].argmax(axis=1).tolist()})

path = pathlib.Path(__file__).parent.parent / "methods" / "bltm.json"
path.write_text(json.dumps({
    "cases": cases, "probabilities": probabilities.astype(float).flatten().tolist(), "selections": selections}) + "\n")
