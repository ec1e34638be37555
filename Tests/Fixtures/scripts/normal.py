"""Writes ../statistics/normal.json: normal quantiles at the middles of 53-bit cells, by SciPy.

Run: python normal.py
"""

import json
import pathlib

from scipy.stats import norm

cells = [0, 1, 2, 3, 10, 1000, 123456, 2**20, 2**26, 2**30 + 17, 2**35, 2**38, 2**40, 2**41 + 5, 2**45,
         2**47, 2**48, 2**49, 675539944105574, 675539944105575, 2**50, 2**51 + 12345, 2**52 - 2**45,
         2**52 - 2**30, 2**52 - 2, 2**52 - 1]
quantiles = [float(norm.ppf((cell + 0.5) / 2**53)) for cell in cells]
path = pathlib.Path(__file__).parent.parent / "statistics" / "normal.json"
path.write_text(json.dumps({"cells": cells, "quantiles": quantiles}, indent=1) + "\n")
