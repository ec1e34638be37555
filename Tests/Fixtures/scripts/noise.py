"""Writes ../noise/instance.json: instance-dependent noise by NumPy and SciPy.

The generator (Philox4x32-10), the stream keys, the normal quantile and the softmax are written again
here from their definitions, so that the labels must agree one by one.

Run: python noise.py
"""

import json
import math
import pathlib

import numpy as np
from scipy.special import ndtri, softmax
from scipy.stats import truncnorm

MASK = 2**64 - 1


def philox_block(key, counter):
    """One block of Philox4x32-10 as two 64-bit numbers."""
    k0, k1 = key & 0xFFFFFFFF, key >> 32
    w = [counter[0] & 0xFFFFFFFF, counter[0] >> 32, counter[1] & 0xFFFFFFFF, counter[1] >> 32]
    for _ in range(10):
        p0, p1 = 0xD2511F53 * w[0], 0xCD9E8D57 * w[2]
        w = [(p1 >> 32) ^ w[1] ^ k0, p1 & 0xFFFFFFFF, (p0 >> 32) ^ w[3] ^ k1, p0 & 0xFFFFFFFF]
        k0, k1 = (k0 + 0x9E3779B9) & 0xFFFFFFFF, (k1 + 0xBB67AE85) & 0xFFFFFFFF
    return w[0] | w[1] << 32, w[2] | w[3] << 32


def mixed(value):
    """The finaliser of SplitMix64."""
    z = (value + 0x9E3779B97F4A7C15) & MASK
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


def stream_key(root, purpose):
    """The key of a named stream."""
    h = 0xCBF29CE484222325 ^ mixed(root)
    for byte in purpose.encode():
        h = ((h ^ byte) * 0x100000001B3) & MASK
    return mixed(h)


def bits(root, purpose, position):
    """The 64-bit numbers at a position of a stream."""
    key, high = philox_block(stream_key(root, purpose), (position, 0))
    low = 0
    while True:
        yield from philox_block(key, (low, high))
        low += 1


def normal(source):
    """A standard normal by the quantile function at the middle of a 53-bit cell."""
    cell = next(source) >> 11
    if cell < 2**52:
        return float(ndtri((cell + 0.5) / 2**53))
    return -float(ndtri((2**53 - 1 - cell + 0.5) / 2**53))


def flip_rate(source, rate, deviation, low, high):
    """A truncated normal by rejection; the interval is longer than 2.5 deviations."""
    assert (high - low) / deviation > math.sqrt(2 * math.pi)
    while True:
        z = normal(source)
        if (low - rate) / deviation <= z <= (high - rate) / deviation:
            return rate + deviation * z


def categorical(source, weights):
    """The first index whose running sum of weights exceeds a uniform number."""
    target = (next(source) >> 11) / 2**53 * sum(weights)
    total = 0.0
    for index, weight in enumerate(weights):
        total += weight
        if weight > 0 and target < total:
            return index
    raise AssertionError


def instance_labels(images, clean, classes, rate, factor, low, high, seed):
    """The noisy labels of Xia et al. (2020) with the draws of this project's streams."""
    size = images.shape[1]
    projections = []
    for label in range(classes):
        source = bits(seed, "noise/projection", label)
        rows = [[normal(source) for _ in range(size)] for _ in range(classes)]
        projections.append(np.array(rows, dtype=np.float32).T)
    result = []
    for index, label in enumerate(clean):
        q = flip_rate(bits(seed, "noise/flip-rate", index), rate, 0.1, low, high)
        scores = (images[index].astype(np.float64) * factor) @ projections[label].astype(np.float64)
        scores[label] = -np.inf
        weights = q * softmax(scores)
        weights[label] += 1 - q
        result.append(categorical(bits(seed, "noise/label", index), list(weights)))
    return result


def main():
    random = np.random.RandomState(7)
    count, size, classes = 300, 21, 5
    images = random.randint(0, 256, (count, size))
    clean = random.randint(0, classes, count).tolist()
    cases = []
    for rate, scale, low, high, seed in [
        (0.45, "unit", 0.0, 1.0, 3),
        (0.3, "byte", 0.0, 1.0, 4),
        (0.5, "unit", 0.0, 0.6, 5),
    ]:
        labels = instance_labels(
            images, clean, classes, rate, 1 / 255 if scale == "unit" else 1, low, high, seed
        )
        a, b = (low - rate) / 0.1, (high - rate) / 0.1
        cases.append(
            {
                "rate": rate, "pixelScale": scale, "low": low, "high": high, "seed": seed,
                "noisy": labels, "expectedRate": float(truncnorm(a, b, loc=rate, scale=0.1).mean()),
            }
        )
    path = pathlib.Path(__file__).parent.parent / "noise" / "instance.json"
    content = {
        "classes": classes, "size": size, "pixels": images.reshape(-1).tolist(), "clean": clean,
        "cases": cases,
    }
    path.write_text(json.dumps(content) + "\n")


if __name__ == "__main__":
    main()
