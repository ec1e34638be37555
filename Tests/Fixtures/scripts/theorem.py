"""Reference values of the linear-Gaussian study of Theorem 3.1, for Tests/Fixtures/theorem/conditions.json.

Independent of the Swift code: block covariance matrices and NumPy's linear algebra, and the mean norm of a Gaussian
vector by SciPy's adaptive quadrature over its eigenvalues.

Run: python Tests/Fixtures/scripts/theorem.py (NumPy 2, SciPy 1).
"""

import json
import pathlib
import sys

# A file of this folder has the name of a standard module that NumPy imports.
sys.path = [entry for entry in sys.path if pathlib.Path(entry).resolve() != pathlib.Path(__file__).resolve().parent]

import numpy
from scipy import integrate

DIMENSIONS, SAMPLES, ERROR, CONTRACTION = 10, 60, 0.25, 0.5


def axis(index):
    return numpy.eye(DIMENSIONS)[index]


def label(kind, rate):
    """Coefficients of the label: on X, on e and on its own noise."""
    kept = 1 - rate
    deviation = numpy.sqrt(1 + ERROR)
    added = numpy.sqrt(1 / kept**2 - 1) * deviation
    if kind == "independent":
        return axis(0), 1, added
    if kind == "replacing":
        return kept * axis(0), kept, kept * added
    if kind == "instance-dependent":
        return axis(0) + added * axis(1), 1, 0
    return kept * deviation * axis(1), 0, kept * added


def mean_norm(covariance):
    values = numpy.linalg.eigvalsh(covariance)

    def integrand(s):
        return -numpy.expm1(-0.5 * numpy.log1p(2 * s * s * values).sum()) / (s * s)

    parts = [
        integrate.quad(integrand, *ends, epsabs=1e-13, epsrel=1e-12)[0]
        for ends in [(1e-9, 1), (1, 10), (10, numpy.inf)]
    ]
    return (sum(parts) + 1e-9 * values.sum()) / numpy.sqrt(numpy.pi)


def values(features, residual_part, condition):
    """Values of training on features = features @ X + residual_part * (label - E[label | X]) + g omega."""
    on_x, on_e, on_noise = label(condition["labels"], condition["rate"])
    unexplained = on_e**2 * ERROR + on_noise**2
    g = condition["generatorNoise"] if residual_part is not None else 0
    part = numpy.zeros(DIMENSIONS) if residual_part is None else residual_part
    covariance = features @ features.T + unexplained * numpy.outer(part, part) + g**2 * numpy.eye(DIMENSIONS)
    with_label = features @ on_x + unexplained * part
    with_truth = features @ axis(0) + on_e * ERROR * part
    variance = on_x @ on_x + unexplained
    truth_variance = 1 + ERROR
    beta = numpy.linalg.solve(covariance, with_label)
    residual = variance - beta @ with_label
    proven = numpy.linalg.solve(covariance, with_truth)
    unit = numpy.trace(numpy.linalg.inv(covariance)) / (SAMPLES - DIMENSIONS - 1)
    fresh = variance - 2 * beta @ on_x + beta @ beta
    conditional = covariance - numpy.outer(with_label, with_label) / variance
    return {
        "information": 0.5 * numpy.log(variance / residual),
        "entropy": 0.5 * numpy.linalg.slogdet(covariance)[1],
        "conditionalEntropy": 0.5 * numpy.linalg.slogdet(conditional)[1],
        "writtenError": truth_variance - 2 * beta @ with_truth + beta @ covariance @ beta,
        "testError": truth_variance - 2 * beta @ axis(0) + beta @ beta,
        "provenError": truth_variance - proven @ with_truth,
        "unitVariance": unit,
        "estimatorVariance": residual * unit,
        "complexity": mean_norm(covariance) / numpy.sqrt(SAMPLES),
        "gap": fresh + residual * unit - residual * (1 - DIMENSIONS / SAMPLES),
    }


def main():
    cases = []
    for kind in ["independent", "replacing", "instance-dependent", "uninformative"]:
        for modification in ["along", "off", "contracting"]:
            for rate, strength, noise in [(0.3, 0.5, 0.0), (0.6, 0.9, 0.5), (0.1, 0.2, 1.0)]:
                condition = {
                    "labels": kind, "rate": rate, "modification": modification,
                    "strength": strength, "generatorNoise": noise,
                }
                shape = numpy.eye(DIMENSIONS)
                if modification == "contracting":
                    shape = CONTRACTION * shape
                    shape[0, 0] = 1
                written = axis(2) if modification == "off" else axis(0)
                cases.append({
                    "condition": condition,
                    "original": values(numpy.eye(DIMENSIONS), None, condition),
                    "modified": values(shape, strength * written, condition),
                })
    target = pathlib.Path(__file__).parent.parent / "theorem" / "conditions.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(cases, indent=1) + "\n")


if __name__ == "__main__":
    main()
