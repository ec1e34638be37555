#!/usr/bin/env python3
"""t-SNE of Fashion-MNIST by `plumbline tsne` and by openTSNE and scikit-learn, in turn on one machine.

    scripts/bench-tsne.py                              10,000 images, beside openTSNE, two rounds
    scripts/bench-tsne.py --peers bh,fft,sklearn       which peers
    scripts/bench-tsne.py --growth 5000,10000,20000,40000,70000 --csv growth.csv

The images are reduced to 50 principal components first, which is not timed. Each round runs every
program once, so that load from elsewhere meets all of them; the least time of each counts. Divergences
are those that each program reports and, for comparison, all under one set of similarities: exact
neighbours, and the normalisation over all pairs. --growth runs ours alone and writes the lines
`n,seconds,kl_divergence`.

Needs Python with NumPy, scikit-learn and openTSNE, and a built `plumbline`.
"""

import argparse
import gzip
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

DATA = pathlib.Path("/usr/share/datasets/fashion-mnist")
COMPONENTS = 50
PERPLEXITY = 30


def parse():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--method", default="auto", help="of plumbline")
    parser.add_argument("--peers", default="bh,fft", help="of bh, fft (openTSNE), sklearn; empty for none")
    parser.add_argument("--growth", default="", help="numbers of points")
    parser.add_argument("--csv", type=pathlib.Path, help="where the growth goes; standard output if not given")
    parser.add_argument("--plumbline", default=".build/release/plumbline")
    parser.add_argument("--data", type=pathlib.Path, default=DATA)
    return parser.parse_args()


def features(folder, count):
    """The first images, training before test, as principal components of all that are asked for."""
    import numpy as np
    from sklearn.decomposition import PCA

    images = [
        np.frombuffer(gzip.open(folder / f"{part}-images-idx3-ubyte.gz").read(), np.uint8, offset=16).reshape(-1, 784)
        for part in ("train", "t10k")
    ]
    rows = np.concatenate(images)[:count].astype(np.float32) / 255
    if len(rows) < count:
        sys.exit(f"bench-tsne: {folder} holds {len(rows)} images, {count} were asked for")
    return PCA(COMPONENTS, svd_solver="covariance_eigh").fit_transform(rows).astype(np.float32)


def ours(points, options, folder):
    """Seconds, divergence and coordinates of plumbline."""
    import numpy as np

    source, target = folder / "points.npy", folder / "embedding.npy"
    np.save(source, points)
    command = [
        options.plumbline, "tsne", source, "--output", target, "--components", "0", "--method", options.method,
        "--perplexity", str(PERPLEXITY), "--threads", str(options.threads), "--json", "--quiet",
    ]
    result = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    return result["seconds"], result["kl_divergence"], np.load(target)


def peer(name, points, threads):
    """Seconds, divergence and coordinates of a peer with its defaults."""
    start = time.perf_counter()
    if name == "sklearn":
        from sklearn.manifold import TSNE

        model = TSNE(perplexity=PERPLEXITY, n_jobs=threads, random_state=0)
        coordinates = model.fit_transform(points)
        divergence = model.kl_divergence_
    else:
        from openTSNE import TSNE

        coordinates = TSNE(
            perplexity=PERPLEXITY, n_jobs=threads, random_state=0, negative_gradient_method=name).fit(points)
        divergence = coordinates.kl_divergence
    return time.perf_counter() - start, float(divergence), coordinates


def similarities(points):
    """The joint similarities from exact neighbours, as scikit-learn computes them."""
    from sklearn.manifold import _t_sne
    from sklearn.neighbors import NearestNeighbors

    graph = NearestNeighbors(n_neighbors=3 * PERPLEXITY).fit(points).kneighbors_graph(mode="distance")
    graph.data **= 2
    return _t_sne._joint_probabilities_nn(graph, PERPLEXITY, verbose=0).tocoo()


def divergence(p, coordinates):
    """The divergence with the normalisation over all pairs."""
    import numpy as np

    y = np.asarray(coordinates, np.float64)
    total = -float(len(y))
    for start in range(0, len(y), 500):
        part = y[start:start + 500]
        squares = sum((part[:, axis, None] - y[None, :, axis]) ** 2 for axis in (0, 1))
        total += (1 / (1 + squares)).sum()
    squares = ((y[p.row] - y[p.col]) ** 2).sum(1)
    return float((p.data * np.log(np.maximum(p.data, 1e-300) * (1 + squares) * total)).sum())


def compare(options, folder):
    points = features(options.data, options.count)
    names = ["plumbline"] + [name for name in options.peers.split(",") if name]
    best = {}
    for round in range(options.rounds):
        for name in names:
            outcome = ours(points, options, folder) if name == "plumbline" else peer(name, points, options.threads)
            print(f"round {round + 1}: {name} {outcome[0]:.2f} s", file=sys.stderr, flush=True)
            if name not in best or outcome[0] < best[name][0]:
                best[name] = outcome
    p = similarities(points)
    print(f"{options.count} points, {COMPONENTS} components, perplexity {PERPLEXITY}, {options.threads} threads")
    for name in names:
        seconds, reported, coordinates = best[name]
        print(
            f"{name}: {seconds:.2f} s, KL {reported:.4f} as reported, "
            f"{divergence(p, coordinates):.4f} under the same similarities", end="")
        print("" if name == "plumbline" else f"; plumbline's time is {best['plumbline'][0] / seconds:.3f} of it")


def grow(options, folder):
    sizes = [int(size) for size in options.growth.split(",")]
    points = features(options.data, max(sizes))
    lines = ["n,seconds,kl_divergence"]
    for size in sizes:
        runs = [ours(points[:size], options, folder)[:2] for _ in range(options.rounds)]
        seconds, reported = min(runs)
        lines.append(f"{size},{seconds},{reported}")
        print(lines[-1], file=sys.stderr, flush=True)
    text = "\n".join(lines) + "\n"
    if options.csv:
        options.csv.write_text(text)
    else:
        print(text, end="")


def main():
    options = parse()
    os.environ.setdefault("OMP_NUM_THREADS", str(options.threads))
    with tempfile.TemporaryDirectory() as folder:
        (grow if options.growth else compare)(options, pathlib.Path(folder))


if __name__ == "__main__":
    main()
