"""Writes ../statistics/mixtures.json: mixtures of normal distributions by scikit-learn from its default start, and
mixtures of beta distributions by SciPy's optimisers on the likelihood itself, without expectation and maximisation.

Run: python mixtures.py
"""

import json
import pathlib
import sys

# A file of this folder has the name of a standard module that NumPy imports.
sys.path = [entry for entry in sys.path if pathlib.Path(entry).resolve() != pathlib.Path(__file__).resolve().parent]

import numpy as np
from scipy import optimize, special
from sklearn.mixture import GaussianMixture

random = np.random.RandomState(6)


def floats(values):
    return [float(value) for value in values]


def fitted(x, components, **options):
    model = GaussianMixture(components, random_state=0, **options).fit(x)
    return model, float(model.score(x) * len(x))


def normal_row(name, x, components=2):
    x = np.round(x, 4)
    data = x.reshape(-1, 1)
    _, default = fitted(data, components)
    _, exact = fitted(data, components, tol=1e-12, max_iter=20000, reg_covar=0)
    return {"name": name, "x": floats(x), "components": components, "default": default, "converged": exact}


def normals():
    return [
        normal_row("far", np.concatenate([random.normal(0, 1, 120), random.normal(6, 1, 80)])),
        normal_row("near", np.concatenate([random.normal(0, 1, 150), random.normal(2, 1, 150)])),
        normal_row("narrow in broad", np.concatenate([random.normal(0, 3, 150), random.normal(0.5, 0.2, 100)])),
        normal_row("rare", np.concatenate([random.normal(0, 1, 285), random.normal(5, 0.5, 15)])),
        normal_row("skew", random.gamma(1.5, 1.0, 250)),
        normal_row("similarities", random.beta(8, 3, 250)),
        normal_row("large numbers", 1e4 + 50 * np.concatenate([random.normal(0, 1, 100), random.normal(4, 2, 100)])),
        normal_row("three", np.concatenate([random.normal(c, 0.7, 80) for c in (-4, 0, 5)]), components=3),
        normal_row("uniform", random.uniform(0, 1, 200)),
    ]


def beta_log_likelihood(parameters, x):
    share = special.expit(parameters[0])
    a1, b1, a2, b2 = np.exp(parameters[1:])
    first = np.log(share) + special.xlogy(a1 - 1, x) + special.xlog1py(b1 - 1, -x) - special.betaln(a1, b1)
    second = np.log1p(-share) + special.xlogy(a2 - 1, x) + special.xlog1py(b2 - 1, -x) - special.betaln(a2, b2)
    return float(np.sum(np.logaddexp(first, second)))


def beta_row(shape, n):
    share, first, second = shape
    low = random.uniform(size=n) < share
    x = np.clip(np.round(np.where(low, random.beta(*first, n), random.beta(*second, n)), 5), 1e-4, 1 - 1e-4)
    start = np.concatenate([[special.logit(share)], np.log(first), np.log(second)])
    best = None
    for shift in [0, 0.2, -0.2]:
        found = optimize.minimize(lambda p: -beta_log_likelihood(p, x), start + shift, method="Nelder-Mead",
                                  options={"maxiter": 40000, "maxfev": 40000, "xatol": 1e-10, "fatol": 1e-12, "adaptive": True})
        found = optimize.minimize(lambda p: -beta_log_likelihood(p, x), found.x, method="BFGS", options={"gtol": 1e-9})
        if best is None or found.fun < best.fun:
            best = found
    a1, b1, a2, b2 = np.exp(best.x[1:])
    share = special.expit(best.x[0])
    parts = sorted([(share, a1, b1), (1 - share, a2, b2)], key=lambda p: p[1] / (p[1] + p[2]))
    return {"x": floats(x), "logLikelihood": -float(best.fun), "weights": floats(p[0] for p in parts),
            "alphas": floats(p[1] for p in parts), "betas": floats(p[2] for p in parts)}


def betas():
    shapes = [(0.6, (2, 12), (9, 3)), (0.3, (3, 9), (20, 6)), (0.5, (0.7, 5), (6, 0.8)), (0.8, (1.5, 20), (4, 4))]
    return [beta_row(shape, 300) for shape in shapes]


def weighted_beta():
    """The most likely beta distribution of weighted values, by an optimiser."""
    rows = []
    for a, b in [(2, 5), (0.4, 0.7), (60, 3), (900, 1100)]:
        x, w = random.beta(a, b, 50), random.uniform(size=50)
        g1, g2 = float(np.sum(w * np.log(x)) / w.sum()), float(np.sum(w * np.log1p(-x)) / w.sum())
        found = optimize.root(
            lambda p: [special.psi(np.exp(p[0])) - special.psi(np.exp(p).sum()) - g1,
                       special.psi(np.exp(p[1])) - special.psi(np.exp(p).sum()) - g2],
            np.log([a, b]), tol=1e-14)
        rows.append({"meanLog": g1, "meanLogComplement": g2, "alpha": float(np.exp(found.x[0])), "beta": float(np.exp(found.x[1]))})
    return rows


digamma = [{"x": x, "psi": float(special.psi(x)), "derivative": float(special.polygamma(1, x))}
           for x in [1e-3, 0.1, 0.5, 1.0, 1.4616321449683622, 2.0, 3.7, 9.99, 10.0, 50.5, 1e3, 1e6]]
content = {"normals": normals(), "betas": betas(), "weightedBeta": weighted_beta(), "digamma": digamma}
path = pathlib.Path(__file__).parent.parent / "statistics" / "mixtures.json"
path.write_text(json.dumps(content, allow_nan=False) + "\n")
