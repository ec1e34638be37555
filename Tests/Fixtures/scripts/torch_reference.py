"""Writes the reference values of the tensor and network layers with PyTorch, NumPy and safetensors.

  ../torch/operations.json      operations with their gradients, computed in double precision
  ../torch/reference.safetensors, ../torch/*.npy   files to be read
  ../torch/from_swift.json      what Python reads in ../torch/from_swift.{safetensors,npy}
  ../nn/optimizers.json         parameters after steps of torch.optim, in single precision

The two files from_swift.* are written by the tests themselves when they are missing.

Run: python torch_reference.py   (PyTorch 2.13, NumPy 2.4, safetensors 0.8)
"""

import json
import pathlib

import numpy as np
import torch
import torch.nn.functional as F
from safetensors import safe_open
from safetensors.torch import save_file

HERE = pathlib.Path(__file__).parent.parent
random = np.random.RandomState(20)


def values(*shape, low=-2.0, high=2.0):
    """Random numbers of three decimals, so that the file stays short and exact."""
    return torch.tensor(np.round(random.uniform(low, high, shape), 3), dtype=torch.float64)


def stored(tensor):
    """A tensor as shape and row-major values."""
    flat = tensor.detach().reshape(-1).tolist()
    return {"shape": list(tensor.shape), "values": [float(f"{v:.9g}") for v in flat]}


def operation(body, inputs, extra=None):
    """Output of an operation, and the gradients of sum(output * cotangent)."""
    inputs = {k: v.to(torch.float32).to(torch.float64).requires_grad_() for k, v in inputs.items()}
    output = body(**inputs)
    cotangent = values(*output.shape)
    (output * cotangent.to(torch.float32).to(torch.float64)).sum().backward()
    result = {
        "inputs": {k: stored(v) for k, v in inputs.items()},
        "output": stored(output),
        "cotangent": stored(cotangent),
        "gradients": {k: stored(v.grad) for k, v in inputs.items()},
    }
    return result | (extra or {})


def operations():
    cases = {}
    image = values(2, 3, 5, 4)
    weight = values(4, 3, 3, 3, low=-1, high=1)
    cases["conv2d"] = operation(
        lambda x, w, b: F.conv2d(x, w, b, stride=2, padding=1),
        {"x": image, "w": weight, "b": values(4)},
    )
    cases["conv2d-plain"] = operation(lambda x, w: F.conv2d(x, w), {"x": image, "w": weight})
    scale, shift = values(3, low=0.5, high=1.5), values(3)
    mean, variance = values(3), values(3, low=0.2, high=2)
    for training in (True, False):
        running = mean.clone(), variance.clone()
        case = operation(
            lambda x, w, b: F.batch_norm(x, *running, w, b, training, 0.1, 1e-5),
            {"x": image, "w": scale, "b": shift},
        )
        cases["batch-norm-train" if training else "batch-norm-eval"] = case | {
            "before": [stored(mean), stored(variance)],
            "after": [stored(running[0]), stored(running[1])],
        }
    cases["group-norm"] = operation(
        lambda x, w, b: F.group_norm(x, 2, w, b, 1e-5),
        {"x": values(2, 4, 3, 2), "w": values(4, low=0.5, high=1.5), "b": values(4)},
    )
    logits = values(4, 3, low=-5, high=5)
    targets = [2, 0, 1, 2]
    cases["cross-entropy"] = operation(
        lambda x: F.cross_entropy(x, torch.tensor(targets), reduction="none"), {"x": logits},
        {"index": targets},
    )
    cases["log-softmax"] = operation(lambda x: F.log_softmax(x, 1), {"x": logits})
    cases["softmax"] = operation(lambda x: F.softmax(x, 1), {"x": logits})
    index = [[0, 0], [2, 1], [1, 1], [0, 2]]
    cases["gather"] = operation(
        lambda x: x.gather(1, torch.tensor(index)), {"x": logits}, {"index": sum(index, [])}
    )
    cases["select"] = operation(lambda x: x[[3, 1, 3]], {"x": logits}, {"index": [3, 1, 3]})
    cases["linear"] = operation(
        lambda x, w, b: F.linear(x, w, b), {"x": values(2, 3), "w": values(4, 3), "b": values(4)}
    )
    cases["matmul"] = operation(torch.matmul, {"input": values(2, 2, 3), "other": values(3, 4)})
    cases["max-pool"] = operation(lambda x: F.max_pool2d(x, 2, 2), {"x": values(1, 2, 4, 4)})
    cases["max"] = operation(lambda x: x.max(1)[0], {"x": logits})
    cases["upsample"] = operation(
        lambda x: F.interpolate(x, (4, 6), mode="nearest"), {"x": values(1, 2, 2, 3)}
    )
    cases["pixel-unshuffle"] = operation(lambda x: F.pixel_unshuffle(x, 2), {"x": values(1, 2, 4, 4)})
    cases["pixel-shuffle"] = operation(lambda x: F.pixel_shuffle(x, 2), {"x": values(1, 8, 2, 2)})
    cases["pad"] = operation(lambda x: F.pad(x, (1, 2, 0, 1), value=3), {"x": values(1, 1, 2, 2)})
    cases["sum"] = operation(lambda x: x.sum((0, 2)), {"x": values(2, 3, 2)})
    cases["mean"] = operation(lambda x: x.mean((0, 2), keepdim=True), {"x": values(2, 3, 2)})
    cases["silu"] = operation(F.silu, {"input": values(6, low=-6, high=6)})
    cases["relu"] = operation(F.relu, {"input": values(6)})
    cases["exp"] = operation(torch.exp, {"input": values(6)})
    cases["sine"] = operation(torch.sin, {"input": values(6, low=-9, high=9)})
    cases["cosine"] = operation(torch.cos, {"input": values(6, low=-9, high=9)})
    positive = values(6, low=0.1, high=4)
    cases["log"] = operation(torch.log, {"input": positive})
    cases["square-root"] = operation(torch.sqrt, {"input": positive})
    cases["power"] = operation(lambda x: x**0.7, {"x": positive})
    cases["clamp"] = operation(lambda x: x.clamp(-0.5, 1.0), {"x": values(8)})
    cases["divide"] = operation(torch.div, {"input": values(2, 3), "other": values(3, low=0.5)})
    return cases


def tensor_files(folder):
    save_file(
        {
            "weights": torch.arange(6, dtype=torch.float32).reshape(2, 3) / 4,
            "double": torch.tensor([1.5, -2.25], dtype=torch.float64),
            "labels": torch.tensor([[7], [-8]], dtype=torch.int64),
            "bytes": torch.tensor([0, 128, 255], dtype=torch.uint8),
            "mask": torch.tensor([True, False, True]),
            "half": torch.tensor([1.0, -3.5], dtype=torch.bfloat16),
            "scalar": torch.tensor(4.0),
            "empty": torch.zeros(0, 3),
        },
        folder / "reference.safetensors", {"source": "PyTorch", "note": "quote \" and é"},
    )
    matrix = np.arange(6, dtype=np.float32).reshape(2, 3) / 4
    np.save(folder / "matrix.npy", matrix)
    np.save(folder / "fortran.npy", np.asfortranarray(matrix))
    np.save(folder / "scalar.npy", np.array(2.5))
    np.save(folder / "labels.npy", np.array([3, -1, 2], dtype=np.int64))
    np.save(folder / "bytes.npy", np.array([[[0], [255]]], dtype=np.uint8))
    np.save(folder / "mask.npy", np.array([True, False]))
    np.save(folder / "object.npy", np.array([{"a": 1}, None], dtype=object), allow_pickle=True)
    np.save(folder / "big_endian.npy", np.array([1, 2], dtype=">i4"))
    with open(folder / "version2.npy", "wb") as file:
        np.lib.format.write_array(file, matrix, version=(2, 0))


def read_back(folder):
    """What the reference implementations find in the files that the Swift code wrote."""
    result = {"tensors": {}, "array": None}
    with safe_open(folder / "from_swift.safetensors", "pt") as file:
        result["metadata"] = file.metadata()
        for name in sorted(file.keys()):
            tensor = file.get_tensor(name)
            result["tensors"][name] = {"type": str(tensor.dtype)} | stored(tensor.double())
    array = np.load(folder / "from_swift.npy")
    result["array"] = {"type": str(array.dtype)} | stored(torch.tensor(array).double())
    return result


def optimizer_case(name, make, setup=None, each=None, limit=None):
    """Parameters after some steps on least squares of y against x W^T + b."""
    generator = np.random.RandomState(5)
    draw = lambda *shape: torch.tensor(np.round(generator.uniform(-1, 1, shape), 3), dtype=torch.float32)
    x, y = draw(6, 2), draw(6, 3)
    weight, bias = draw(3, 2), draw(3)
    start = [stored(weight), stored(bias)]
    parameters = [weight.requires_grad_(), bias.requires_grad_()]
    optimizer = make(parameters)
    result = {"name": name, "x": stored(x), "y": stored(y), "start": start, "after": {}}
    for step in range(1, 26):
        if each:
            each(step, optimizer.param_groups[0])
        loss = ((F.linear(x, weight, bias) - y) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        if limit:
            torch.nn.utils.clip_grad_norm_(parameters, limit)
        optimizer.step()
        if step in (1, 2, 10, 25):
            result["after"][str(step)] = [stored(weight), stored(bias)]
    return result


def optimizers():
    def decaying(step, group):
        group["lr"] = 0.1 * 0.9 ** (step - 1)

    def late_betas(step, group):
        group["betas"] = (0.9 if step <= 10 else 0.1, 0.999)

    sgd, adam, adam_w = torch.optim.SGD, torch.optim.Adam, torch.optim.AdamW
    return [
        optimizer_case("sgd", lambda p: sgd(p, lr=0.1)),
        optimizer_case("sgd-momentum", lambda p: sgd(p, lr=0.1, momentum=0.9)),
        optimizer_case(
            "sgd-nesterov-decay",
            lambda p: sgd(p, lr=0.1, momentum=0.9, weight_decay=0.05, nesterov=True),
        ),
        optimizer_case(
            "sgd-momentum-decay-schedule",
            lambda p: sgd(p, lr=0.1, momentum=0.9, weight_decay=0.05), each=decaying,
        ),
        optimizer_case("sgd-clipped", lambda p: sgd(p, lr=0.1, momentum=0.9), limit=0.2),
        optimizer_case("adam", lambda p: adam(p, lr=0.05)),
        optimizer_case("adam-decay", lambda p: adam(p, lr=0.05, weight_decay=0.1)),
        optimizer_case("adam-late-betas", lambda p: adam(p, lr=0.05), each=late_betas),
        optimizer_case("adamw", lambda p: adam_w(p, lr=0.05, weight_decay=0.1)),
        optimizer_case("adamw-clipped", lambda p: adam_w(p, lr=0.05, weight_decay=0.1), limit=0.2),
    ]


def write(path, content):
    path.write_text(json.dumps(content, separators=(",", ":")) + "\n")


def main():
    torch_folder = HERE / "torch"
    write(torch_folder / "operations.json", operations())
    tensor_files(torch_folder)
    write(HERE / "nn" / "optimizers.json", optimizers())
    if (torch_folder / "from_swift.npy").exists():
        write(torch_folder / "from_swift.json", read_back(torch_folder))


main()
