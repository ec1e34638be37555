#!/usr/bin/env python3
"""Times statistics beside their Python peers, on the same data in one run: `make bench-statistics PYTHON=`.

    python scripts/bench-statistics.py --bench .build/release/plumbline-bench
    python scripts/bench-statistics.py --only kolmogorov-smirnov --json times.json

Every case writes its data to a folder, runs `plumbline-bench` there and, for most, a peer on the same
numbers; printed are the seconds of both, ours divided by the peer's, and whether the values agree.
More cases are found in benchmarks/statistics_*.py: each such file has a list CASES of dictionaries with

    name      of the case
    prepare   function of a folder and a scale (1 is full size), which writes the data there
    ours      function of a folder and a number of threads: arguments of plumbline-bench, which prints
              one JSON line with "seconds" and "value"
    peer      function of a folder and a number of threads: a dictionary with "seconds" and "value";
              None where there is no peer
    peer_name as printed
    agree     function of our and the peer's line (None without a peer): None, or what is wrong
    limit     seconds that ours may take, or None

Exit status: 0, or 1 when values disagree or a limit is broken, 69 when something that is needed is missing.
"""

import argparse
import importlib.util
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

try:
    import numpy as np
    import scipy
    import sklearn
    from scipy import stats
    from sklearn.feature_selection import mutual_info_classif
    from sklearn.neighbors import NearestNeighbors
except ImportError as error:
    print(f"bench-statistics: {error}: name a Python with NumPy, SciPy and scikit-learn", file=sys.stderr)
    sys.exit(69)


def fastest(repeats, body):
    """The least seconds of some calls, and the value of the last."""
    best = float("inf")
    for _ in range(repeats):
        start = time.perf_counter()
        value = body()
        best = min(best, time.perf_counter() - start)
    return {"seconds": best, "value": float(value)}


def close(relative):
    """A check that two values are equal but for a share."""
    def check(ours, peer):
        if abs(ours["value"] - peer["value"]) <= relative * abs(peer["value"]):
            return None
        return f"{ours['value']:.9g} against {peer['value']:.9g}"
    return check


def clouds(rows, columns, classes, spread, seed):
    """Normal clouds about random centres, with the cloud of each row."""
    random = np.random.RandomState(seed)
    labels = np.arange(rows) % classes
    centres = random.normal(0, spread, (classes, columns))
    return np.float32(centres[labels] + random.normal(size=(rows, columns))), labels


def write_clouds(rows, columns, classes, spread):
    def write(folder, scale):
        x, y = clouds(max(200, int(rows * scale)), columns, classes, spread, seed=1)
        x.tofile(folder / "x.f32")
        y.astype(np.int64).tofile(folder / "y.i64")
    return write


def write_noise(rows, columns):
    def write(folder, scale):
        x = np.random.RandomState(1).normal(size=(max(200, int(rows * scale)), columns))
        x.astype(np.float32).tofile(folder / "x.f32")
    return write


def write_samples(folder, scale):
    random = np.random.RandomState(1)
    count = int(50_000 * scale)
    random.normal(0, 1, count).tofile(folder / "x.f64")
    random.normal(0.01, 1.02, count).tofile(folder / "y.f64")


def features(folder, columns):
    return np.fromfile(folder / "x.f32", np.float32).reshape(-1, columns)


def nearest(columns):
    def peer(folder, threads):
        x = features(folder, columns)
        def body():
            search = NearestNeighbors(n_neighbors=1, algorithm="brute", n_jobs=threads)
            return search.fit(x).kneighbors()[0].mean()
        return fastest(1, body)
    return peer


def information(columns):
    def peer(folder, threads):
        x, y = features(folder, columns), np.fromfile(folder / "y.i64", np.int64)
        # Processes of its own may help it or not: the faster way counts.
        ways = [fastest(2, lambda: mutual_info_classif(x, y, discrete_features=False, random_state=0, n_jobs=jobs).sum())
                for jobs in {1, threads}]
        return min(ways, key=lambda way: way["seconds"])
    return peer


def kolmogorov(folder, threads):
    x, y = np.fromfile(folder / "x.f64"), np.fromfile(folder / "y.f64")
    return fastest(5, lambda: stats.ks_2samp(x, y, method="asymp").statistic)


def statistic(name, columns=1, repeats=1):
    def arguments(folder, threads):
        return ["statistics", name, "--folder", str(folder), "--columns", str(columns), "--threads", str(threads),
                "--repeats", str(repeats)]
    return arguments


def recall(least):
    def check(ours, peer):
        return None if ours["value"] >= least else f"recall {ours['value']:.4f}, expected {least} or more"
    return check


CASES = [
    {"name": "nearest-neighbour", "prepare": write_clouds(50_000, 512, 100, 1.0),
     "ours": statistic("nearest-neighbour", 512), "peer": nearest(512), "peer_name": "scikit-learn, brute",
     "agree": close(1e-5), "limit": 20},
    {"name": "graph-neighbours", "prepare": write_clouds(50_000, 512, 100, 1.0),
     "ours": statistic("graph-neighbours", 512), "peer": None, "peer_name": None, "agree": recall(0.95), "limit": None},
    {"name": "graph-neighbours-noise", "prepare": write_noise(10_000, 512),
     "ours": statistic("graph-neighbours", 512), "peer": None, "peer_name": None, "agree": recall(0), "limit": None},
    {"name": "mutual-information-features", "prepare": write_clouds(10_000, 16, 10, 0.5),
     "ours": statistic("mutual-information-features", 16, repeats=5), "peer": information(16),
     "peer_name": "scikit-learn, by feature", "agree": close(1e-4), "limit": None},
    {"name": "mutual-information-joint", "prepare": write_clouds(10_000, 16, 10, 0.5),
     "ours": statistic("mutual-information-joint", 16, repeats=5), "peer": information(16),
     "peer_name": "scikit-learn, by feature", "agree": lambda ours, peer: None, "limit": None},
    {"name": "kolmogorov-smirnov", "prepare": write_samples, "ours": statistic("kolmogorov-smirnov", repeats=10),
     "peer": kolmogorov, "peer_name": "SciPy, asymptotic", "agree": close(1e-12), "limit": 0.05},
]


def all_cases():
    """The cases above and those of benchmarks/statistics_*.py."""
    cases = list(CASES)
    folder = pathlib.Path(__file__).resolve().parent.parent / "benchmarks"
    for path in sorted(folder.glob("statistics_*.py")):
        spec = importlib.util.spec_from_file_location(path.stem, path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        cases += module.CASES
    return cases


def run_case(case, options):
    """One case as a line of the result."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        case["prepare"](folder, options.scale)
        command = [options.bench] + case["ours"](folder, options.threads)
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode != 0:
            print(f"bench-statistics: {' '.join(command)}: {done.stderr.strip()}", file=sys.stderr)
            sys.exit(1)
        ours = json.loads(done.stdout)
        peer = None
        if case["peer"] and not options.no_peers:
            peer = case["peer"](folder, options.threads)
    line = {"case": case["name"], "seconds": ours["seconds"], "value": ours["value"]}
    problems = []
    if peer:
        line.update(peer=case["peer_name"], peer_seconds=peer["seconds"], peer_value=peer["value"],
                    ratio=ours["seconds"] / peer["seconds"])
    if options.scale == 1 and case["limit"] and ours["seconds"] > case["limit"]:
        problems.append(f"slower than {case['limit']} s")
    wrong = case["agree"](ours, peer) if peer or not case["peer"] else None
    if wrong:
        problems.append(wrong)
    line["problem"] = "; ".join(problems) or None
    return line


def main():
    cases = all_cases()
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bench", default=".build/release/plumbline-bench", help="the built plumbline-bench")
    parser.add_argument("--threads", type=int, default=os.cpu_count(), help="threads of both sides (default: all cores)")
    parser.add_argument("--only", action="append", choices=[case["name"] for case in cases], help="one case; repeatable")
    parser.add_argument("--scale", type=float, default=1.0, help="share of the rows (default: 1); limits hold at 1 only")
    parser.add_argument("--no-peers", action="store_true", help="time only ours")
    parser.add_argument("--json", help="a file for the results")
    options = parser.parse_args()
    if not os.access(options.bench, os.X_OK):
        print(f"bench-statistics: {options.bench} is not built: run make build", file=sys.stderr)
        return 69
    print(f"{options.threads} thread(s), load {os.getloadavg()[0]:.1f}, NumPy {np.__version__}, SciPy {scipy.__version__}, "
          f"scikit-learn {sklearn.__version__}")
    print(f"{'case':28} {'ours':>9} {'peer':>9} {'ratio':>7}  value")
    lines = []
    for case in cases:
        if options.only and case["name"] not in options.only:
            continue
        line = run_case(case, options)
        lines.append(line)
        peer = f"{line['peer_seconds']:9.3f} {line['ratio']:7.3f}" if "peer" in line else f"{'-':>9} {'-':>7}"
        note = f"  {line['peer']}" if "peer" in line else ""
        print(f"{line['case']:28} {line['seconds']:9.3f} {peer}  {line['value']:.6g}{note}"
              + (f"  PROBLEM: {line['problem']}" if line["problem"] else ""), flush=True)
    if options.json:
        document = {"threads": options.threads, "scale": options.scale, "cases": lines}
        pathlib.Path(options.json).write_text(json.dumps(document, indent=2) + "\n")
    return 1 if any(line["problem"] for line in lines) else 0


if __name__ == "__main__":
    sys.exit(main())
