"""Writes kernel_density.json: Gaussian kernel densities of SciPy with Silverman's bandwidth.

The bandwidth is 0.9 min(s, IQR / 1.34) n^(-1/5), as R's bw.nrd0; SciPy has another rule under that
name, so it is given the factor. Reflection is done by adding the densities of the mirrored numbers.
Needs numpy and scipy.

    python kernel_density.py > kernel_density.json
"""
import json

import numpy as np
from scipy.stats import gaussian_kde

generator = np.random.default_rng(0)
CASES = {
    "normal": (generator.normal(0.5, 0.2, 200), None),
    "probabilities": (generator.beta(4, 0.6, 300), (0.0, 1.0)),
    "losses": (generator.exponential(0.7, 150), (0.0, None)),
}


def bandwidth(values):
    iqr = np.subtract(*np.percentile(values, [75, 25]))
    return 0.9 * min(values.std(ddof=1), iqr / 1.34) * len(values) ** -0.2


result = {}
for name, (values, bounds) in CASES.items():
    values = values.round(6)
    width = bandwidth(values)
    density = gaussian_kde(values, bw_method=width / values.std(ddof=1))
    grid = np.linspace(values.min() - width, values.max() + width, 9)
    if bounds:
        low, high = bounds
        grid = np.clip(grid, low, high if high is not None else np.inf)
    total = density(grid)
    for bound in bounds or ():
        if bound is not None:
            total += density(2 * bound - grid)
    result[name] = {
        "values": values.tolist(), "bandwidth": width, "grid": grid.tolist(),
        "density": total.tolist(),
    }
print(json.dumps(result, indent=None))
