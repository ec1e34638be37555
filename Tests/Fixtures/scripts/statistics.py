"""Writes ../statistics/statistics.json: reference values by SciPy, NumPy and scikit-learn.

Run: python statistics.py
"""

import itertools
import json
import math
import pathlib
import sys

# This file has the name of a standard module that NumPy imports.
sys.path = [entry for entry in sys.path if pathlib.Path(entry).resolve() != pathlib.Path(__file__).resolve().parent]

import numpy as np
from scipy import special, stats
from sklearn.metrics import roc_auc_score
from sklearn.mixture import GaussianMixture

random = np.random.RandomState(2024)
SIDES = ["two-sided", "greater", "less"]


def floats(values):
    return [float(value) for value in values]


def student():
    rows = []
    for df in [1, 2, 3, 4, 9, 4.7, 29.5, 100, 1000]:
        for t in [-40, -3.2, -1, -1e-3, 0, 0.1, 0.7, 1, 2.5, 12, 60]:
            rows.append({"df": df, "t": t, "cdf": float(stats.t.cdf(t, df)), "sf": float(stats.t.sf(t, df))})
    quantiles = [
        {"df": df, "p": p, "t": float(stats.t.ppf(p, df))}
        for df in [1, 2, 4, 9, 4.7, 100] for p in [0.0005, 0.025, 0.2, 0.5, 0.9, 0.975, 0.9995]
    ]
    noncentral = [
        {"df": df, "delta": d, "t": t, "cdf": float(stats.nct.cdf(t, df, d))}
        for df in [2, 4, 9, 30.5] for d in [0.0, 0.5, 2.5, 6.0] for t in [-1.0, 0.0, 0.5, 2.1, 4.0, 9.0]
    ]
    return {"distribution": rows, "quantiles": quantiles, "noncentral": noncentral}


def t_tests():
    rows = []
    for n, m in [(3, 3), (5, 5), (10, 10), (3, 7)]:
        a = np.round(random.normal(0.80, 0.02, n), 4)
        b = np.round(random.normal(0.78, 0.01, m), 4)
        row = {"a": floats(a), "b": floats(b), "mean": float(a.mean()), "sd": float(a.std(ddof=1))}
        low, high = stats.t.interval(0.95, n - 1, loc=a.mean(), scale=stats.sem(a))
        row["interval"] = [float(low), float(high)]
        half = stats.t.ppf(0.975, n - 1) * a.std(ddof=1) * math.sqrt(1 / n + 1 / 5)
        row["prediction5"] = [float(a.mean() - half), float(a.mean() + half)]
        welch = stats.ttest_ind(a, b, equal_var=False)
        ci = welch.confidence_interval(0.9)
        row["welch"] = {
            "t": float(welch.statistic), "df": float(welch.df), "interval90": [float(ci.low), float(ci.high)],
            "p": [float(stats.ttest_ind(a, b, equal_var=False, alternative=s).pvalue) for s in SIDES],
        }
        if n == m:
            paired = stats.ttest_rel(a, b)
            row["paired"] = {
                "t": float(paired.statistic), "df": float(paired.df),
                "p": [float(stats.ttest_rel(a, b, alternative=s).pvalue) for s in SIDES],
            }
        rows.append(row)
    return rows


def share(sums, observed, side):
    """The share of sums as extreme as the observed one; equal within rounding counts."""
    sums, slack = np.array(sums), 1e-9
    if side == "greater":
        return float(np.mean(sums >= observed - slack))
    if side == "less":
        return float(np.mean(sums <= observed + slack))
    return float(np.mean(np.abs(sums) >= abs(observed) - slack))


def sign_flips():
    rows = []
    samples = [[0.3, 0.1, 0.2], [0.1, 0.2, 0.3, -0.1, 0.4], [0.0, 0.0], [0.5, -0.2, 0.0, 0.2]]
    samples += [floats(np.round(random.normal(0.01, 0.02, n), 3)) for n in [7, 12, 15]]
    for d in samples:
        sums = [sum(s * v for s, v in zip(signs, d)) for signs in itertools.product([1, -1], repeat=len(d))]
        rows.append({"d": d, "p": [share(sums, sum(d), side) for side in SIDES]})
        if all(d):
            scipy_p = stats.permutation_test(
                (np.array(d),), np.sum, permutation_type="samples", n_resamples=np.inf, alternative="greater")
            assert abs(scipy_p.pvalue - rows[-1]["p"][1]) < 1e-12
    return rows


def permutations():
    rows = []
    samples = [([3, 4, 5], [0, 1, 2]), ([1, 2, 2], [2, 3, 1, 0]), ([0.5], [0.1, 0.9])]
    samples += [
        (floats(np.round(random.normal(0.8, 0.02, n), 3)), floats(np.round(random.normal(0.78, 0.02, m), 3)))
        for n, m in [(5, 5), (4, 9), (8, 8)]
    ]
    for a, b in samples:
        pool = a + b
        differences = []
        for chosen in itertools.combinations(range(len(pool)), len(a)):
            first = sum(pool[i] for i in chosen)
            differences.append(first / len(a) - (sum(pool) - first) / len(b))
        observed = sum(a) / len(a) - sum(b) / len(b)
        rows.append({"a": floats(a), "b": floats(b), "p": [share(differences, observed, s) for s in SIDES]})
    return rows


def power():
    def value(effect, n, design, two_sided, alpha):
        df, scale = (n - 1, math.sqrt(n)) if design == "paired" else (2 * n - 2, math.sqrt(n / 2))
        critical = stats.t.isf(alpha / 2 if two_sided else alpha, df)
        found = stats.nct.sf(critical, df, effect * scale)
        # SciPy gives NaN far out in the wrong tail, where the value is below 1e-20.
        wrong = np.nan_to_num(stats.nct.cdf(-critical, df, effect * scale))
        return float(found + wrong) if two_sided else float(found)

    rows = []
    for design in ["paired", "independent"]:
        for two_sided in [False, True]:
            for effect in [0.3, 0.8, 1.7, 2.5]:
                for n in [2, 3, 5, 10, 40]:
                    rows.append({
                        "design": design, "twoSided": two_sided, "effect": effect, "n": n,
                        "power": value(effect, n, design, two_sided, 0.05),
                    })
    seeds = []
    for design in ["paired", "independent"]:
        for two_sided in [False, True]:
            for effect in [0.2, 0.5, 1.0, 2.0, 6.0]:
                n = 2
                while value(effect, n, design, two_sided, 0.05) < 0.8:
                    n += 1
                seeds.append({"design": design, "twoSided": two_sided, "effect": effect, "seeds": n})
    return {"power": rows, "seeds": seeds}


def kolmogorov():
    rows = []
    for n, m, shift, digits in [(3, 3, 0, 6), (5, 8, 1, 6), (30, 30, 0.5, 6), (12, 40, 0.2, 1), (200, 150, 0.8, 6), (60, 45, 3, 6)]:
        a, b = np.round(random.normal(0, 1, n), digits), np.round(random.normal(shift, 1, m), digits)
        result = stats.ks_2samp(a, b, method="exact")
        limit = special.kolmogorov(result.statistic * math.sqrt(n * m / (n + m)))
        rows.append({
            "a": floats(a), "b": floats(b), "d": float(result.statistic), "exact": float(result.pvalue),
            "asymptotic": float(limit),
        })
    tail = [{"x": x, "p": float(special.kolmogorov(x))} for x in [0.05, 0.2, 0.5, 0.9, 0.999, 1.0, 1.36, 3, 15]]
    return {"tests": rows, "tail": tail}


def rank_statistics():
    rows = []
    for n, m, digits in [(4, 3, 6), (50, 70, 6), (50, 70, 1)]:
        a, b = np.round(random.normal(0.7, 1, n), digits), np.round(random.normal(0, 1, m), digits)
        auc = roc_auc_score([1] * n + [0] * m, np.concatenate([a, b]))
        u = stats.mannwhitneyu(a, b).statistic / (n * m)
        assert abs(auc - u) < 1e-12
        k = min(n, m)
        x, y = a[:k], np.round(a[:k] * 0.5 + b[:k], digits)
        rows.append({
            "a": floats(a), "b": floats(b), "auc": float(auc), "x": floats(x), "y": floats(y),
            "pearson": float(stats.pearsonr(x, y)[0]), "spearman": float(stats.spearmanr(x, y)[0]),
        })
    return rows


def holm(p):
    order = np.argsort(p, kind="stable")
    adjusted, largest = [0.0] * len(p), 0.0
    for rank, index in enumerate(order):
        largest = max(largest, min(1.0, (len(p) - rank) * p[index]))
        adjusted[index] = largest
    return adjusted


def mixtures():
    rows = []
    for n, share_low, low, high in [(400, 0.5, (0.2, 0.08), (0.7, 0.1)), (300, 0.8, (0, 1), (2.5, 0.5))]:
        k = int(n * share_low)
        x = np.round(np.concatenate([random.normal(*low, k), random.normal(*high, n - k)]), 5)
        model = GaussianMixture(
            2, tol=1e-13, max_iter=20000, reg_covar=0, weights_init=[0.5, 0.5],
            means_init=np.quantile(x, [0.25, 0.75]).reshape(2, 1),
            precisions_init=np.full((2, 1, 1), 1 / x.var()),
        ).fit(x.reshape(-1, 1))
        points = np.quantile(x, [0.05, 0.3, 0.5, 0.7, 0.95])
        order = np.argsort(model.means_.ravel())
        rows.append({
            "x": floats(x), "weights": floats(model.weights_[order]), "means": floats(model.means_.ravel()[order]),
            "deviations": floats(np.sqrt(model.covariances_.ravel()[order])),
            "logLikelihood": float(model.score(x.reshape(-1, 1)) * n), "points": floats(points),
            "upper": floats(model.predict_proba(points.reshape(-1, 1))[:, order[1]]),
        })
    return rows


def bootstrap():
    """A bootstrap over runs and images by NumPy, many replicates, for its standard error and quantiles."""
    answers = (random.uniform(size=(4, 60)) < np.array([[0.7], [0.75], [0.8], [0.85]])).astype(float)
    means = [
        answers[np.ix_(random.randint(0, 4, 4), random.randint(0, 60, 60))].mean() for _ in range(100000)
    ]
    return {
        "values": [floats(row) for row in answers], "estimate": float(answers.mean()),
        "standardError": float(np.std(means)), "quantiles": floats(np.quantile(means, [0.025, 0.975])),
    }


p_values = [0.01, 0.04, 0.03, 0.005, 0.5, 0.04]
content = {
    "student": student(), "tTests": t_tests(), "signFlips": sign_flips(), "permutations": permutations(),
    "power": power(), "kolmogorov": kolmogorov(), "ranks": rank_statistics(), "mixtures": mixtures(),
    "bootstrap": bootstrap(), "holm": {"p": p_values, "adjusted": holm(p_values)},
    "signTests": [
        {"wins": w, "losses": l, "p": [float(stats.binomtest(w, w + l, alternative=s).pvalue) for s in SIDES]}
        for w, l in [(5, 0), (3, 1), (2, 2), (1, 9), (60, 40)]
    ],
    "quantiles": {"sorted": [1, 2, 4, 8, 9], "p": [0, 0.1, 0.25, 0.5, 0.9, 1],
                  "values": floats(np.quantile([1, 2, 4, 8, 9], [0, 0.1, 0.25, 0.5, 0.9, 1]))},
}
path = pathlib.Path(__file__).parent.parent / "statistics" / "statistics.json"
path.write_text(json.dumps(content, allow_nan=False) + "\n")
