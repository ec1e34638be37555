"""Writes ../methods/sigua.json: SIGUA's selection, objective and gradient on small batches, by PyTorch.

Where no sample is left out, the mean over the bad ones is 0/0: the objective is not a number, but its gradient is
that of the good samples' mean. Both are checked here, and the file holds the latter's value.

Run: python sigua.py
"""

import json
import math
import pathlib

import torch

torch.manual_seed(20200712)


def objective(losses, kept, rate, gamma):
    """The objective with the good and the bad samples, from the losses in rising order."""
    order = sorted(range(len(losses)), key=lambda i: losses[i].item())
    left_out = len(losses) - kept
    bad = order[kept : kept + max(1, int(left_out * rate))]
    good_sum = sum(losses[i] for i in order[:kept])
    bad_sum = losses[bad].sum()
    return good_sum / kept - gamma * (bad_sum / len(bad) if bad else bad_sum / 0), order[:kept], bad


cases = []
for samples, classes, forget, rate, gamma in [
    (8, 3, 0.5, 0.3, 0.01),
    (12, 10, 0.5, 0.7, 0.5),
    (10, 10, 0.2, 0.3, 1.0),
    (20, 10, 0.45, 0.4, 0.01),
    (6, 4, 0.0, 0.4, 0.01),
]:
    logits = (2 * torch.randn(samples, classes)).double().requires_grad_()
    targets = torch.randint(classes, (samples,))
    losses = torch.nn.functional.cross_entropy(logits, targets, reduction="none")
    kept = int((1 - forget) * samples)
    value, good, bad = objective(losses, kept, rate, gamma)
    (gradient,) = torch.autograd.grad(value, logits, retain_graph=True)
    if not bad:
        assert math.isnan(value.item())
        value = losses.mean()
        (plain,) = torch.autograd.grad(value, logits)
        assert torch.allclose(gradient, plain)
    cases.append(
        {
            "classes": classes, "forgetRate": forget, "siguaRate": rate, "gamma": gamma,
            "logits": logits.detach().flatten().tolist(), "targets": targets.tolist(),
            "kept": kept, "good": good, "bad": bad, "objective": value.item(),
            "gradient": gradient.flatten().tolist(),
        })

path = pathlib.Path(__file__).parent.parent / "methods" / "sigua.json"
path.write_text(json.dumps({"cases": cases}) + "\n")
