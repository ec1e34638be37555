"""Writes ../features/features.json: reference values by scikit-learn, SciPy and plain NumPy.

Run: python features.py
"""

import json
import math
import pathlib
import sys

# A neighbour of this file has the name of a standard module that NumPy imports.
sys.path = [entry for entry in sys.path if pathlib.Path(entry).resolve() != pathlib.Path(__file__).resolve().parent]

import numpy as np
from scipy import integrate, special, stats
from sklearn.decomposition import PCA
from sklearn.feature_selection._mutual_info import _compute_mi_cd
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import mutual_info_score, silhouette_samples

random = np.random.RandomState(4)


def matrix(values):
    """Single-precision numbers, so that both sides see the same ones."""
    values = np.asarray(values, np.float32)
    return {"rows": values.shape[0], "columns": values.shape[1], "values": [float(v) for v in values.ravel()]}


def clusters(rows, columns, classes, spread=1.5):
    labels = np.arange(rows) % classes
    centres = random.normal(0, spread, (classes, columns))
    return np.float32(centres[labels] + random.normal(size=(rows, columns))), labels


def ross_joint(x, y, k):
    """Ross's estimate from all distances, with scikit-learn's conventions for radius and small classes."""
    x = x.astype(np.float64)
    distances = np.sqrt(((x[:, None, :] - x[None, :, :]) ** 2).sum(-1))
    sizes = np.array([(y == label).sum() for label in y])
    keep = sizes > 1
    terms = []
    for i in np.flatnonzero(keep):
        own = np.sort(np.delete(distances[i], i)[np.delete(y == y[i], i)])
        k_i = min(k, sizes[i] - 1)
        radius = np.nextafter(own[k_i - 1], 0)
        m = int((distances[i][keep] <= radius).sum())
        terms.append(special.digamma(k_i) - special.digamma(sizes[i]) - special.digamma(m))
    return max(0.0, float(special.digamma(keep.sum()) + np.mean(terms)))


def ross():
    rows = []
    x, y = clusters(120, 4, 3)
    tied = np.round(clusters(90, 4, 3)[0] * 4) / 4
    tied_y = np.arange(90) % 3
    alone, alone_y = clusters(61, 4, 2)
    alone_y = np.where(np.arange(61) == 60, 7, alone_y)
    # Wholes and quarters, so that small classes searched by products are exact too.
    small = np.round(clusters(40, 4, 2)[0] * 4) / 4
    small_y = np.where(np.arange(40) < 3, 5, np.arange(40) % 2)
    for features, labels, ks in [(x, y, [1, 3, 7]), (tied, tied_y, [1, 3, 6]), (alone, alone_y, [3]), (small, small_y, [3, 5])]:
        for k in ks:
            columns = features.astype(np.float64)
            rows.append({
                "x": matrix(features), "y": [int(v) for v in labels], "k": k,
                "columns": [float(_compute_mi_cd(columns[:, j], labels, k)) for j in range(4)],
                "joint": ross_joint(features, labels, k),
            })
    return rows


def mixtures():
    """Mutual information of a normal mixture's value with its component, by quadrature."""
    rows = []
    for means, deviations, weights in [([-1, 1], [1, 1], [0.5, 0.5]), ([0, 1.5, 4], [1, 0.5, 1], [0.5, 0.3, 0.2])]:
        def integrand(value):
            parts = [w * stats.norm.pdf(value, m, s) for m, s, w in zip(means, deviations, weights)]
            total = sum(parts)
            return sum(p * math.log(p / (w * total)) for p, w in zip(parts, weights) if p > 0)
        nats = integrate.quad(integrand, -12, 16, limit=400, epsabs=1e-12)[0]
        rows.append({"means": means, "deviations": deviations, "weights": weights, "nats": nats})
    return rows


def probe():
    x, y = clusters(150, 4, 3, spread=1.0)
    folds = random.permutation(np.arange(150) % 5)
    penalty = 1 / 120
    losses = np.zeros(150)
    for fold in range(5):
        train, test = folds != fold, folds == fold
        model = LogisticRegression(C=1 / (penalty * train.sum()), tol=1e-12, max_iter=20000)
        model.fit(x[train].astype(np.float64), y[train])
        losses[test] = -model.predict_log_proba(x[test].astype(np.float64))[np.arange(test.sum()), y[test]]
    counts = np.bincount(y) / len(y)
    means = [float(losses[folds == fold].mean()) for fold in range(5)]
    return {
        "x": matrix(x), "y": [int(v) for v in y], "folds": [int(v) for v in folds], "penalty": penalty,
        "losses": [float(v) for v in losses], "nats": float(-(counts * np.log(counts)).sum() - losses.mean()),
        "standardError": float(np.std(means, ddof=1) / math.sqrt(5)),
    }


def plug_in():
    rows = []
    for n, groups, classes in [(60, 5, 3), (200, 8, 4)]:
        g = random.randint(0, groups, n)
        y = (g + random.randint(0, 2, n)) % classes
        used = len(np.unique(g))
        nats = mutual_info_score(g, y) - (used - 1) * (len(np.unique(y)) - 1) / (2 * n)
        rows.append({"groups": [int(v) for v in g], "y": [int(v) for v in y], "clusters": groups + 2, "nats": float(nats)})
    return rows


def components():
    rows = []
    for shape, count in [((60, 8), 5), ((12, 40), 6), ((30, 30), 4)]:
        x = np.float32(random.normal(size=shape) * np.linspace(3, 0.5, shape[1]) + 5)
        fit = PCA(n_components=count, svd_solver="full").fit(x.astype(np.float64))
        rows.append({
            "x": matrix(x), "variance": [float(v) for v in fit.explained_variance_],
            "ratio": [float(v) for v in fit.explained_variance_ratio_],
            "components": [float(v) for v in fit.components_.ravel()],
            "projected": [float(v) for v in fit.transform(x.astype(np.float64)).ravel()],
        })
    return rows


def silhouettes():
    x, y = clusters(90, 5, 4)
    y = np.where(np.arange(90) == 89, 9, y)
    purities = []
    distances = ((x.astype(np.float64)[:, None] - x.astype(np.float64)[None]) ** 2).sum(-1)
    np.fill_diagonal(distances, np.inf)
    order = np.argsort(distances, axis=1, kind="stable")
    for k in [1, 5, 10]:
        purities.append({"k": k, "value": float((y[order[:, :k]] == y[:, None]).mean())})
    values = silhouette_samples(x.astype(np.float64), y)
    return {"x": matrix(x), "y": [int(v) for v in y], "values": [float(v) for v in values], "purities": purities}


digammas = [{"x": float(x), "value": float(special.digamma(x))} for x in [1e-3, 0.5, 1, 2, 3, 9.5, 10, 47, 50_000]]
result = {
    "ross": ross(), "mixtures": mixtures(), "probe": probe(), "plugIn": plug_in(), "components": components(),
    "silhouette": silhouettes(), "digamma": digammas,
}
path = pathlib.Path(__file__).resolve().parent.parent / "features" / "features.json"
path.parent.mkdir(exist_ok=True)
path.write_text(json.dumps(result) + "\n")
