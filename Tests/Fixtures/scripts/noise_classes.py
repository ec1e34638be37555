"""Writes ../noise/classes.json: noise that depends on the clean class only, label by label.

Matrices are written here from the definitions of the conventions; the draws are those of noise.py.
The measured matrices come from ../noise/cifar-n.json, see noise_cifar_n.py.

Run: python noise_classes.py
"""

import json
import pathlib

import numpy as np
from noise import bits, categorical

FOLDER = pathlib.Path(__file__).parent.parent / "noise"
FACTS = json.loads((FOLDER / "cifar-n.json").read_text())


def flips(rate, targets):
    """The matrix that moves a share of each class to its target."""
    size = len(targets)
    return (1 - rate) * np.eye(size) + rate * np.eye(size)[targets]


def superclass_targets():
    """For each fine class the next member of its super-class."""
    coarse = np.array(FACTS["coarseOfFine"])
    result = []
    for label in range(100):
        members = np.flatnonzero(coarse == coarse[label]).tolist()
        later = [other for other in members if other > label]
        result.append(later[0] if later else members[0])
    return result


def matrix(kind, rate):
    """The transition matrix of a convention."""
    if kind == "symmetric":
        return np.full((10, 10), rate / 9) + (1 - rate - rate / 9) * np.eye(10)
    if kind == "symmetric-inclusive":
        return np.full((10, 10), rate / 10) + (1 - rate) * np.eye(10)
    if kind == "pairflip":
        return flips(rate, [(label + 1) % 10 for label in range(10)])
    if kind == "asymmetric":
        targets = [0, 1, 0, 5, 7, 3, 6, 7, 8, 1]
        return flips(rate, targets)
    if kind == "asymmetric-superclass":
        return flips(rate, superclass_targets())
    if kind == "asymmetric-blocks":
        return flips(rate, [label - 4 if label % 5 == 4 else label + 1 for label in range(100)])
    if kind == "asymmetric-next":
        return flips(rate, [(label + 1) % 100 for label in range(100)])
    counts = np.array(FACTS["sets"][kind.removeprefix("annotator-like:")]["counts"])
    return counts / counts.sum(axis=1, keepdims=True)


def main():
    cases = []
    for seed, (kind, rate) in enumerate(
        [
            ("symmetric", 0.5),
            ("symmetric-inclusive", 0.5),
            ("pairflip", 0.45),
            ("asymmetric", 0.4),
            ("asymmetric-superclass", 0.4),
            ("asymmetric-blocks", 0.4),
            ("asymmetric-next", 0.4),
            *((f"annotator-like:{name}", None) for name in FACTS["sets"]),
        ],
        start=1,
    ):
        rows = matrix(kind, rate)
        clean = [(7 * index) % len(rows) for index in range(400)]
        noisy = [
            categorical(bits(seed, "noise/label", index), rows[label].tolist())
            for index, label in enumerate(clean)
        ]
        cases.append(
            {
                "noise": kind if rate is None else f"{kind}:{rate}", "classes": len(rows),
                "seed": seed, "clean": clean, "noisy": noisy,
            }
        )
    (FOLDER / "classes.json").write_text(json.dumps(cases) + "\n")


if __name__ == "__main__":
    main()
