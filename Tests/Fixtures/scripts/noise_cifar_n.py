"""Writes ../noise/cifar-n.json: aggregated facts of the human labels of CIFAR-10N and CIFAR-100N.

Counts of (clean, given) class pairs, rates of wrong labels, and the fine-to-coarse map; no label of
any image. The files are CIFAR-10_human.pt and CIFAR-100_human.pt as `make data` fetches them.

Run: python noise_cifar_n.py FOLDER
"""

import json
import pathlib
import sys

import numpy as np
import torch

SETS = {
    "aggregate": "aggre_label",
    "random1": "random_label1",
    "random2": "random_label2",
    "random3": "random_label3",
    "worst": "worse_label",
}


def read(path):
    """The arrays of a label file; its pickle holds NumPy arrays, which the safe reader refuses."""
    return {key: np.asarray(v) for key, v in torch.load(path, weights_only=False).items()}


def counts(rows, columns, shape):
    """How often each pair of row and column occurs."""
    result = np.zeros(shape, dtype=int)
    np.add.at(result, (rows, columns), 1)
    return result


def main():
    folder = pathlib.Path(sys.argv[1])
    ten = read(folder / "CIFAR-10_human.pt")
    hundred = read(folder / "CIFAR-100_human.pt")
    clean = ten["clean_label"]
    pairs = counts(hundred["clean_label"], hundred["clean_coarse_label"], (100, 20))
    assert ((pairs > 0).sum(axis=1) == 1).all(), "a fine class lies in two super-classes"
    content = {
        "sets": {
            name: {
                "counts": counts(clean, ten[key], (10, 10)).tolist(),
                "rate": float((clean != ten[key]).mean()),
            }
            for name, key in SETS.items()
        },
        "noisyFineRate": float((hundred["clean_label"] != hundred["noisy_label"]).mean()),
        "coarseOfFine": pairs.argmax(axis=1).tolist(),
    }
    path = pathlib.Path(__file__).parent.parent / "noise" / "cifar-n.json"
    path.write_text(json.dumps(content) + "\n")


if __name__ == "__main__":
    main()
