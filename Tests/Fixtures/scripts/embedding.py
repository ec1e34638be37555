"""Writes ../embedding/tsne.json: similarities, forces and divergences of t-SNE by scikit-learn and NumPy.

Run: python embedding.py
"""

import json
import pathlib

import numpy as np
from scipy.optimize import brentq
from scipy.spatial.distance import pdist, squareform
from scipy.sparse import csr_matrix
from sklearn.manifold import _t_sne

PERPLEXITY = 5.0
NEIGHBORS = 15


def points(random):
    """Three clusters, and three copies of one point."""
    parts = [random.normal(centre, 1, (14, 4)) for centre in (0, 4, 9)]
    rows = np.round(np.concatenate(parts), 3)
    return np.concatenate([rows, np.repeat(rows[:1], 3, axis=0)]).astype(np.float32)


def conditional(squares):
    """One row's probabilities, from a root of the entropy found to the last digits."""
    def row(log_beta):
        weights = np.exp(-np.exp(log_beta) * (squares - squares.min()))
        return weights / weights.sum()

    def excess(log_beta):
        p = row(log_beta)
        p = p[p > 0]
        return -(p * np.log(p)).sum() - np.log(PERPLEXITY)

    return row(brentq(excess, -20, 20, xtol=1e-15, rtol=1e-14))


def pairs(matrix):
    """The entries above the diagonal, row after row, to 12 digits."""
    return [float(f"{value:.12g}") for value in squareform(matrix, checks=False)]


def main():
    random = np.random.RandomState(11)
    x = points(random)
    n = len(x)
    squares = squareform(pdist(x.astype(np.float64), "sqeuclidean"))

    # Ties (the copies) are broken by index, as a stable sort does.
    apart = squares + np.diag(np.full(n, np.inf))
    indices = np.argsort(apart, axis=1, kind="stable")[:, :NEIGHBORS]
    nearest = np.take_along_axis(apart, indices, axis=1)
    sparse = np.zeros((n, n))
    np.put_along_axis(sparse, indices, np.stack([conditional(row) for row in nearest]), axis=1)
    sparse = (sparse + sparse.T) / (2 * n)
    full = np.zeros((n, n))
    for i in range(n):
        others = np.arange(n) != i
        full[i, others] = conditional(squares[i, others])
    full = (full + full.T) / (2 * n)

    graph = csr_matrix((nearest.ravel(), indices.ravel(), np.arange(0, n * NEIGHBORS + 1, NEIGHBORS)), shape=(n, n))
    graph.data = graph.data.astype(np.float32)
    library_sparse = _t_sne._joint_probabilities_nn(graph, PERPLEXITY, verbose=0).toarray()
    library_full = squareform(_t_sne._joint_probabilities(squares, PERPLEXITY, verbose=0))

    y = np.round(random.normal(0, 3, (n, 2)), 4).astype(np.float32).astype(np.float64)
    offsets = y[:, None] - y[None]
    kernel = 1 / (1 + (offsets**2).sum(-1))
    np.fill_diagonal(kernel, 0)
    divergence, gradient = _t_sne._kl_divergence(y.ravel(), squareform(full, checks=False), 1.0, n, 2)
    present = sparse > 0
    q = kernel / kernel.sum()
    output = {
        "perplexity": PERPLEXITY,
        "neighbors": NEIGHBORS,
        "points": x.astype(np.float64).round(3).tolist(),
        "indices": indices.ravel().tolist(),
        "sparse": pairs(sparse),
        "library_sparse": pairs(library_sparse),
        "full": pairs(full),
        "library_full": pairs(library_full),
        "embedding": y.round(4).tolist(),
        "normalization": float(kernel.sum()),
        "repulsion": ((kernel**2)[:, :, None] * offsets).sum(1).tolist(),
        "attraction": ((sparse * kernel)[:, :, None] * offsets).sum(1).tolist(),
        "divergence": float((sparse[present] * np.log(sparse[present] / q[present])).sum()),
        "library_full_divergence": float(divergence),
        "library_full_gradient": gradient.reshape(n, 2).tolist(),
    }
    path = pathlib.Path(__file__).resolve().parents[1] / "embedding" / "tsne.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(output, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
