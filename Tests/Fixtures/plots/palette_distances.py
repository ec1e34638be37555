"""Writes palette_distances.json: pairwise CIELAB distances of the colours of methods and classes.

For normal sight and under full deuteranopia and protanopia (Machado, Oliveira and Fernandes 2009,
severity 1.0, matrices applied to linear sRGB). Needs numpy.

    python palette_distances.py > palette_distances.json
"""
import json

import numpy as np

COLORS = """222222 0A5AA0 5EB6E4 009E56 D40E0F D3C217 9B9B9B 2081FA 360077 004D53 E3C274 781600
694D38 3B94E7 D8AD94 47779D 4F0A5B D99137 0242B9 B70070""".split()
FURTHER = "F35958 59781F 4A54FD 63D9E8 030AB8 510800 BFCCC3 1807F7".split()
CLASSES = "1F5FD0 E8A000 C8102E 1BC9D7 6F0A76 ECA981 51ABFB 721E3E FF2B92 1729F1".split()
VISION = {
    "normal": np.eye(3),
    "deuteranopia": np.array([
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ]),
    "protanopia": np.array([
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ]),
}
TO_XYZ = np.array([
    [0.4124564, 0.3575761, 0.1804375],
    [0.2126729, 0.7151522, 0.0721750],
    [0.0193339, 0.1191920, 0.9503041],
])
WHITE = np.array([0.95047, 1.0, 1.08883])


def lab(linear):
    xyz = np.clip(linear, 0, 1) @ TO_XYZ.T / WHITE
    f = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.stack(
        [116 * f[:, 1] - 16, 500 * (f[:, 0] - f[:, 1]), 200 * (f[:, 1] - f[:, 2])], axis=1)


def measured(colors):
    rgb = np.array([[int(c[i:i + 2], 16) for i in (0, 2, 4)] for c in colors]) / 255
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    upper = np.triu_indices(len(colors), 1)
    result = {"colors": colors, "lightness": lab(linear)[:, 0].round(6).tolist(), "smallest": {}}
    for name, matrix in VISION.items():
        points = lab(linear @ matrix.T)
        distances = np.linalg.norm(points[:, None] - points[None], axis=-1)
        result["smallest"][name] = round(float(distances[upper].min()), 6)
    return result


sets = {"first": COLORS, "methods": COLORS + FURTHER, "classes": CLASSES}
print(json.dumps({name: measured(colors) for name, colors in sets.items()}, indent=1))
