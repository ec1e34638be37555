"""Reference values of mutual information on principal components, for Tests/ExperimentsTests/InformationTests.swift.

Needs numpy, scipy and scikit-learn. Writes Tests/Fixtures/experiments/information.json.
"""

import json
import pathlib

import numpy as np
from scipy.special import digamma
from sklearn.decomposition import PCA

COMPONENTS, NEIGHBORS = 3, 3


def ross(features, labels, k):
    """Ross's estimate by all distances, as scikit-learn's for one feature, but Euclidean in several."""
    distances = np.sqrt(((features[:, None, :] - features[None, :, :]) ** 2).sum(-1))
    n = len(labels)
    terms = []
    for i in range(n):
        own = np.sort(np.delete(distances[i], i)[np.delete(labels, i) == labels[i]])
        used = min(k, len(own))
        radius = np.nextafter(own[used - 1], 0)
        within = (distances[i] <= radius).sum()  # the point itself among them
        terms.append(digamma(n) + digamma(used) - digamma(len(own) + 1) - digamma(within))
    return max(0.0, float(np.mean(terms)))


def entropy(labels):
    shares = np.unique(labels, return_counts=True)[1] / len(labels)
    return float(-(shares * np.log(shares)).sum())


def main():
    rng = np.random.default_rng(7)
    n, width, classes = 120, 6, 3
    clean = rng.integers(0, classes, n)
    given = np.where(rng.random(n) < 0.4, (clean + 1) % classes, clean)
    centres = rng.normal(size=(classes, width)) * 2
    original = (centres[clean] + rng.normal(size=(n, width))).astype(np.float32)
    modified = (centres[given] + 0.7 * rng.normal(size=(n, width)) + 0.5).astype(np.float32)
    both = np.concatenate([original, modified]).astype(np.float64)
    reduced = PCA(COMPONENTS, svd_solver="full").fit_transform(both)
    reduced = (reduced - reduced.mean(0)) / reduced.std(0)
    parts = {"original": reduced[:n], "modified": reduced[n:]}
    labels = {"given": given, "clean": clean}
    content = {
        "width": width,
        "components": COMPONENTS,
        "neighbors": NEIGHBORS,
        "original": original.ravel().tolist(),
        "modified": modified.ravel().tolist(),
        "given": given.tolist(),
        "clean": clean.tolist(),
        "entropy": entropy(given),
        "ross": {
            f"{part}-{kind}": ross(parts[part], labels[kind], NEIGHBORS)
            for part in parts
            for kind in labels
        },
    }
    path = pathlib.Path(__file__).parents[1] / "experiments" / "information.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(content, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
