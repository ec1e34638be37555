"""Writes ../generative/canny.json and colour.json: edges of made grey and colour images, by NumPy and SciPy.

An implementation of its own: separable correlations with repeated borders, and non-maximum suppression over the whole
image at once, with neighbours taken from a shifted array. The luminance of colour images is OpenCV's.

Run: python generative.py (needs numpy, scipy and opencv-python-headless)
"""

import json
import pathlib

import cv2
import numpy
from scipy.ndimage import correlate1d, gaussian_filter

SIDE = 28
COLOUR_SIDE = 16


def shifted(values, rows, columns):
    """The neighbour at (row + rows, column + columns), 0 outside."""
    padded = numpy.pad(values, 1)
    return padded[1 + rows : 1 + rows + values.shape[0], 1 + columns : 1 + columns + values.shape[1]]


def edges(image, threshold):
    def along(values, kernel, axis):
        return correlate1d(values, kernel, axis=axis, mode="nearest")

    grey = image.astype(numpy.float64)
    blurred = along(along(grey, [1, 2, 1], 0), [1, 2, 1], 1) / 16
    x = along(along(blurred, [-1, 0, 1], 1), [1, 2, 1], 0).astype(numpy.float32)
    y = along(along(blurred, [-1, 0, 1], 0), [1, 2, 1], 1).astype(numpy.float32)
    strength = numpy.sqrt(x * x + y * y)
    # Sectors of 45 degrees around the four directions of the gradient, taken modulo 180 degrees.
    angle = numpy.degrees(numpy.arctan2(y.astype(numpy.float64), x.astype(numpy.float64))) % 180
    sector = numpy.floor((angle + 22.5) / 45).astype(int) % 4
    steps = [(0, 1), (1, 1), (1, 0), (1, -1)]
    found = numpy.zeros(image.shape, dtype=int)
    for index, (rows, columns) in enumerate(steps):
        is_peak = (strength > shifted(strength, -rows, -columns)) & (
            strength >= shifted(strength, rows, columns))
        found |= ((sector == index) & is_peak & (strength >= threshold)).astype(int)
    return found


def images():
    generator = numpy.random.default_rng(7)
    down, across = numpy.mgrid[0:SIDE, 0:SIDE]
    yield 255.0 * ((down - 13) ** 2 + (across - 14) ** 2 < 70)
    yield 200.0 * (abs(down + 0.4 * across - 20) < 6) + 20
    yield 127 + 120 * numpy.sin(0.5 * across + 0.3 * down)
    for smoothing in (0.0, 0.7, 1.5):
        noise = gaussian_filter(generator.uniform(0, 1, (SIDE, SIDE)), smoothing)
        yield 255 * (noise - noise.min()) / (noise.max() - noise.min())


cases = []
for image in images():
    pixels = numpy.clip(numpy.round(image), 0, 255).astype(numpy.uint8)
    for threshold in (75, 150):
        cases.append(
            {
                "threshold": threshold,
                "pixels": pixels.flatten().tolist(),
                "edges": edges(pixels, threshold).flatten().tolist(),
            })


def colour_images():
    generator = numpy.random.default_rng(11)
    down, across = numpy.mgrid[0:COLOUR_SIDE, 0:COLOUR_SIDE]
    disc = (down - 7) ** 2 + (across - 8) ** 2 < 22
    # Red on green: an edge in the luminance; and noise of each plane's own.
    yield numpy.stack([220.0 * disc, 200.0 * ~disc, 60.0 + 0 * down], axis=2)
    planes = [gaussian_filter(generator.uniform(0, 1, disc.shape), 1.0) for _ in range(3)]
    yield numpy.stack([255 * (p - p.min()) / (p.max() - p.min()) for p in planes], axis=2)


colour_cases = []
for image in colour_images():
    pixels = numpy.clip(numpy.round(image), 0, 255).astype(numpy.uint8)
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    for threshold in (75, 150):
        colour_cases.append(
            {
                "threshold": threshold,
                "pixels": pixels.transpose(2, 0, 1).flatten().tolist(),
                "grey": grey.flatten().tolist(),
                "edges": edges(grey, threshold).flatten().tolist(),
            })
folder = pathlib.Path(__file__).parent.parent / "generative"
folder.mkdir(exist_ok=True)
(folder / "canny.json").write_text(json.dumps({"side": SIDE, "cases": cases}) + "\n")
(folder / "colour.json").write_text(
    json.dumps({"side": COLOUR_SIDE, "cases": colour_cases}) + "\n")
print([sum(case["edges"]) for case in cases + colour_cases])
