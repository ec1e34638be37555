"""Files of other writers that the readers of Sources/Datasets are tested with.

    python datasets.py

writes into ../datasets: small archives and pickles of the CIFAR family, a label file by torch.save, zip archives, PNG
and JPEG images, and datasets.json with what they hold. Needs numpy, torch and pillow.
"""

import collections
import gzip
import io
import json
import pathlib
import pickle
import tarfile
import zipfile

import numpy as np
import torch
from PIL import Image

FOLDER = pathlib.Path(__file__).parent.parent / "datasets"
EXPECTED = {}


class Python2Pickler(pickle._Pickler):
    """Writes bytes as Python 2's pickle module writes its strings."""

    dispatch = dict(pickle._Pickler.dispatch)

    def save_string(self, value):
        if len(value) < 256:
            self.write(pickle.SHORT_BINSTRING + bytes([len(value)]) + value)
        else:
            self.write(pickle.BINSTRING + len(value).to_bytes(4, "little") + value)
        self.memoize(value)

    dispatch[bytes] = save_string


def python2(value) -> bytes:
    buffer = io.BytesIO()
    Python2Pickler(buffer, protocol=2).dump(value)
    return buffer.getvalue()


class Python2Array:
    """An array whose pickle holds its bytes as a string, as Python 2's NumPy writes it."""

    def __init__(self, array):
        self.array = array

    def __reduce__(self):
        array = self.array
        order = array.flags.fnc
        content = array.tobytes("F" if order else "C")
        reconstruct = np.empty(0).__reduce__()[0]
        state = (1, array.shape, array.dtype, order, content)
        return (reconstruct, (np.ndarray, (0,), b"b"), state)


def image(record: int) -> np.ndarray:
    """Pixels that differ by record, plane and place and still compress."""
    place = np.arange(3072)
    return ((record * 7 + place // 1024 * 50 + place % 1024 // 32) % 256).astype(np.uint8)


def tar(name: str, files: dict, form: int) -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=form) as archive:
        folder = tarfile.TarInfo("folder")
        folder.type = tarfile.DIRTYPE
        archive.addfile(folder)
        for path, content in files.items():
            info = tarfile.TarInfo(path)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
        link = tarfile.TarInfo("folder/link")
        link.type = tarfile.SYMTYPE
        link.linkname = "elsewhere"
        archive.addfile(link)
    (FOLDER / name).write_bytes(gzip.compress(buffer.getvalue(), 9, mtime=0))


def cifar() -> None:
    """Two training files and a test file of three records each, in both versions; then with super-classes."""
    files, labels = {}, []
    for k, name in enumerate(["data_batch_1", "data_batch_2", "test_batch"]):
        found = [(3 * k + i) % 4 for i in range(3)]
        rows = np.stack([image(3 * k + i) for i in range(3)])
        labels.append(found)
        files[f"folder/{name}.bin"] = b"".join(
            bytes([y]) + x.tobytes() for y, x in zip(found, rows)
        )
        batch = {
            b"batch_label": f"batch {k}".encode(),
            b"labels": found,
            b"data": Python2Array(np.asfortranarray(rows) if k == 1 else rows),
            b"filenames": [b"a.png", b"b.png", b"c.png"],
        }
        (FOLDER / "cifar-py").mkdir(exist_ok=True)
        (FOLDER / "cifar-py" / name).write_bytes(python2(batch))
    tar("cifar.tar.gz", files, tarfile.USTAR_FORMAT)
    EXPECTED["cifar"] = {"labels": labels}

    fine, coarse = [[2, 0, 1], [1, 2, 0]], [[1, 0, 1], [1, 1, 0]]
    files = {}
    for k, name in enumerate(["train", "test"]):
        rows = np.stack([image(3 * k + i) for i in range(3)])
        files[f"folder/{name}.bin"] = b"".join(
            bytes([c, f]) + x.tobytes() for c, f, x in zip(coarse[k], fine[k], rows)
        )
        batch = {b"fine_labels": fine[k], b"coarse_labels": coarse[k], b"data": Python2Array(rows)}
        (FOLDER / "cifar-coarse-py").mkdir(exist_ok=True)
        (FOLDER / "cifar-coarse-py" / name).write_bytes(python2(batch))
    tar("cifar-coarse.tar.gz", files, tarfile.GNU_FORMAT)
    EXPECTED["cifar_coarse"] = {"fine": fine, "map": [0, 1, 1]}


def archives() -> None:
    long = "a" * 60 + "/" + "b" * 60 + "/c"
    tar("paths.tar.gz", {"one": b"1" * 513, long: b"two", "empty": b""}, tarfile.USTAR_FORMAT)
    tar("pax.tar.gz", {"x" * 120: b"extended", "plain": b"p" * 512}, tarfile.PAX_FORMAT)
    for method, name in [(zipfile.ZIP_STORED, "stored"), (zipfile.ZIP_DEFLATED, "deflated")]:
        with zipfile.ZipFile(FOLDER / f"{name}.zip", "w", method) as archive:
            for path, content in [("a.txt", "plumb line " * 20), ("folder/b.txt", "level")]:
                archive.writestr(zipfile.ZipInfo(path, (2024, 1, 1, 0, 0, 0)), content, method)
            archive.comment = b"a comment"


def pickles() -> None:
    value = {
        "none": None,
        "truth": [True, False],
        "integers": [0, 1, -1, 255, 256, 65535, 65536, -(2**31), 2**31, 2**62, -(2**63)],
        "reals": [0.0, -1.5, 1e300],
        "text": "Zeichen: äß€\n\\u",
        "bytes": b"\x00\x7f\xff",
        "tuples": [(), (1,), (1, 2), (1, 2, 3), (1, 2, 3, 4)],
        "nested": {"a": [{"b": []}]},
        3: "key",
    }
    value["again"] = value["integers"]
    for protocol in range(6):
        (FOLDER / f"plain{protocol}.pkl").write_bytes(pickle.dumps(value, protocol))
    arrays = collections.OrderedDict()
    plain = {}
    for code in ["u1", "i1", "<i2", ">i2", "<u2", "<i4", ">i4", "<u4", "<i8", ">i8"]:
        plain[code] = np.array([0, 1, 2, 100, 127, 7], code).reshape(2, 3)
        if "i" in code:
            plain[code][0, 0] = -3
    plain["empty"] = np.zeros((0, 4), "i8")
    plain["column"] = np.asfortranarray(plain["u1"])
    plain["vector"] = np.arange(5)
    plain["bool"] = np.array([True, False])
    plain["real"] = np.array([0.5, 1.5])
    for protocol in [2, 3, 4]:
        (FOLDER / f"arrays{protocol}.pkl").write_bytes(pickle.dumps(plain, protocol))
    (FOLDER / "object.pkl").write_bytes(pickle.dumps({"a": np.array([1, "x"], object)}, 2))
    arrays["a"] = 1
    (FOLDER / "ordered.pkl").write_bytes(pickle.dumps(arrays, 2))
    EXPECTED["arrays"] = {
        k: {"shape": list(v.shape), "memory": v.ravel("K").tolist()}
        for k, v in plain.items()
        if k not in ("bool", "real")
    }


def labels() -> None:
    clean = np.array([0, 1, 2, 3, 0, 1])
    noisy = np.array([0, 2, 2, 3, 1, 1])
    torch.save({"clean_label": clean, "worse_label": noisy}, FOLDER / "human.pt")
    coarse = {
        "clean_label": np.array([2, 0, 1]),
        "noisy_label": np.array([0, 0, 1]),
        "clean_coarse_label": [1, 0, 1],
        "noisy_coarse_label": [0, 0, 1],
    }
    torch.save(coarse, FOLDER / "human-coarse.pt")


def images() -> None:
    y, x = np.mgrid[0:5, 0:7]
    grey = (y * 30 + x * 5).astype(np.uint8)
    color = np.stack([grey, 255 - grey, (grey // 2 + 40)], -1).astype(np.uint8)
    opaque = np.concatenate([color, np.full((5, 7, 1), 255, np.uint8)], -1)
    clear = opaque.copy()
    clear[2, 3, 3] = 10
    Image.fromarray(grey).save(FOLDER / "grey.png")
    Image.fromarray(color).save(FOLDER / "color.png")
    Image.fromarray(opaque).save(FOLDER / "opaque.png")
    Image.fromarray(clear).save(FOLDER / "clear.png")
    Image.fromarray(color).quantize(16).save(FOLDER / "palette.png")
    Image.fromarray((grey.astype(np.uint16) * 257)).save(FOLDER / "deep.png")
    big = np.kron(color, np.ones((4, 4, 1), np.uint8))
    Image.fromarray(big).save(FOLDER / "color.jpg", quality=85)
    Image.fromarray(big[..., 0]).save(FOLDER / "grey.jpg", quality=85, progressive=True)
    Image.fromarray(big).convert("CMYK").save(FOLDER / "ink.jpg")
    for name in ["grey.png", "color.png", "opaque.png", "palette.png", "color.jpg", "grey.jpg"]:
        found = Image.open(FOLDER / name)
        found = np.asarray(found if found.mode == "L" else found.convert("RGB"))
        found = found[..., None] if found.ndim == 2 else found
        EXPECTED[name] = {
            "shape": list(found.transpose(2, 0, 1).shape),
            "pixels": found.transpose(2, 0, 1).ravel().tolist(),
        }


if __name__ == "__main__":
    cifar()
    archives()
    pickles()
    labels()
    images()
    (FOLDER / "datasets.json").write_text(json.dumps(EXPECTED) + "\n")
