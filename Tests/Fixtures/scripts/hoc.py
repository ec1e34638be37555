"""Writes ../methods/hoc.json: neighbours, frequencies and the estimate of high-order consensus, and forward losses.

An implementation of its own: neighbours by a full sort of cosine distances, counts by loops, sums over the clean class by
einsum, torch.norm and torch.optim.Adam. Few steps: at this rate Adam circles a minimum of norms, where a difference in the
last digit grows to one in the third within some 150 steps.

Run: python hoc.py (needs numpy and torch)
"""

import json
import pathlib

import numpy
import torch

torch.manual_seed(20230601)
torch.set_default_dtype(torch.float64)
generator = numpy.random.default_rng(7)

classes, samples, steps, rate = 3, 90, 60, 0.1
matrix = numpy.array([[0.7, 0.2, 0.1], [0.1, 0.6, 0.3], [0.05, 0.15, 0.8]])
clean = numpy.arange(samples) % classes
centres = 3 * generator.normal(size=(classes, 5))
features = (centres[clean] + generator.normal(size=(samples, 5))).astype(numpy.float32)
labels = numpy.array([generator.choice(classes, p=matrix[k]) for k in clean])

exact = features.astype(float)
unit = exact / numpy.linalg.norm(exact, axis=1, keepdims=True)
distances = 1 - unit @ unit.T
nearest = []
for index in range(samples):
    order = [other for other in numpy.argsort(distances[index], kind="stable") if other != index]
    nearest.append([int(order[0]), int(order[1])])

counts = [numpy.zeros((classes,) * order) for order in (1, 2, 3)]
for index, (first, second) in enumerate(nearest):
    counts[0][labels[index]] += 1
    counts[1][labels[index], labels[first]] += 1
    counts[2][labels[index], labels[first], labels[second]] += 1
targets = [torch.tensor(count / samples) for count in counts]

logits = (5 * torch.eye(classes) - 1).requires_grad_()
prior_logits = torch.zeros(classes).requires_grad_()
optimizer = torch.optim.Adam([logits, prior_logits], lr=rate)
best = None
for step in range(steps):
    transition, prior = torch.softmax(logits, 1), torch.softmax(prior_logits, 0)
    expected = [
        torch.einsum("k,ki->i", prior, transition),
        torch.einsum("k,ki,kj->ij", prior, transition, transition),
        torch.einsum("k,ki,kj,kl->ijl", prior, transition, transition, transition),
    ]
    distance = sum(torch.norm(a - b) for a, b in zip(targets, expected))
    if step > 5 and (best is None or distance.item() < best[0]):
        best = (distance.item(), transition.detach(), prior.detach())
    optimizer.zero_grad()
    distance.backward()
    optimizer.step()

forward = []
for count, width in [(4, 3), (6, 10)]:
    outputs = (2 * torch.randn(count, width)).float().double().requires_grad_()
    given = torch.randint(width, (count,))
    mixing = torch.softmax(torch.randn(width, width) + 3 * torch.eye(width), 1).float().double()
    values = torch.nn.functional.nll_loss(torch.log(torch.softmax(outputs, 1) @ mixing), given, reduction="none")
    (gradient,) = torch.autograd.grad(values.mean(), outputs)
    forward.append({
        "classes": width, "logits": outputs.detach().flatten().tolist(), "targets": given.tolist(),
        "transition": mixing.flatten().tolist(), "values": values.tolist(), "gradient": gradient.flatten().tolist(),
    })

path = pathlib.Path(__file__).parent.parent / "methods" / "hoc.json"
path.write_text(json.dumps({
    "classes": classes, "steps": steps, "rate": rate, "features": features.astype(float).flatten().tolist(),
    "labels": labels.tolist(), "nearest": nearest, "singles": targets[0].tolist(),
    "pairs": targets[1].flatten().tolist(), "triples": targets[2].flatten().tolist(),
    "transition": best[1].flatten().tolist(), "prior": best[2].tolist(), "residual": best[0], "forward": forward,
}) + "\n")
