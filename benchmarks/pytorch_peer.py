#!/usr/bin/env python3
"""Images per second of the usual PyTorch training loop: the peer that `make bench PYTHON=` compares with.

    python benchmarks/pytorch_peer.py --threads 2 '{"model": "resnet18"}' '{"model": "small-cnn"}'

Each argument describes one model as JSON; keys that are left out take the values of MODELS below.
One JSON line is printed per model:

    {"model": "resnet18", "precision": "float32", "images_per_second": 46.2, "steps": 10, ...}

The loop is the plain one: tensors in memory, zero_grad, forward, loss, backward, step; NCHW float32
unless told otherwise. Nothing is loaded, augmented or logged inside the timed part.
"""

import argparse
import contextlib
import json
import sys
import time

import torch
from torch import nn

# What a description may set, and the values it starts from.
MODELS = {
    # The CIFAR ResNet-18: 3x3 stem without pooling, four stages of two basic blocks.
    "resnet18": {
        "input": [3, 32, 32], "classes": 10, "batch": 128, "width": 64, "blocks": [2, 2, 2, 2]},
    # The quick profile's network: a convolution with stride 2 and ReLU per entry of `channels`, then
    # a ReLU layer per entry of `hidden`, then the logits.
    "small-cnn": {
        "input": [1, 28, 28], "classes": 10, "batch": 128, "channels": [32, 64], "kernel": 3,
        "batch_norm": False, "hidden": [128], "hidden_batch_norm": False},
}


class BasicBlock(nn.Module):
    """Two 3x3 convolutions with batch norm, and a 1x1 shortcut where the shape changes."""

    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.shortcut = nn.Identity()
        if stride != 1 or inputs != outputs:
            self.shortcut = nn.Sequential(
                nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x):
        y = torch.relu(self.bn1(self.conv1(x)))
        return torch.relu(self.bn2(self.conv2(y)) + self.shortcut(x))


def resnet(description):
    """The CIFAR ResNet (He et al., 2016), stage widths 1, 2, 4, 8 times `width`."""
    width = description["width"]
    layers = [
        nn.Conv2d(description["input"][0], width, 3, 1, 1, bias=False), nn.BatchNorm2d(width),
        nn.ReLU()]
    inputs = width
    for stage, count in enumerate(description["blocks"]):
        outputs = width << stage
        for block in range(count):
            layers.append(BasicBlock(inputs, outputs, 2 if stage > 0 and block == 0 else 1))
            inputs = outputs
    layers += [nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(inputs, description["classes"])]
    return nn.Sequential(*layers)


def small_cnn(description):
    """Strided convolutions and fully connected layers."""
    layers = []
    inputs, height, width = description["input"]
    kernel = description["kernel"]
    for outputs in description["channels"]:
        normalised = description["batch_norm"]
        layers.append(nn.Conv2d(inputs, outputs, kernel, 2, kernel // 2, bias=not normalised))
        if normalised:
            layers.append(nn.BatchNorm2d(outputs))
        layers.append(nn.ReLU())
        height, width = ((side + 2 * (kernel // 2) - kernel) // 2 + 1 for side in (height, width))
        inputs = outputs
    layers.append(nn.Flatten())
    inputs *= height * width
    for outputs in description["hidden"]:
        normalised = description["hidden_batch_norm"]
        layers.append(nn.Linear(inputs, outputs, bias=not normalised))
        if normalised:
            layers.append(nn.BatchNorm1d(outputs))
        layers.append(nn.ReLU())
        inputs = outputs
    layers.append(nn.Linear(inputs, description["classes"]))
    return nn.Sequential(*layers)


BUILDERS = {"resnet18": resnet, "small-cnn": small_cnn}


def parse_description(text):
    """A model description with every value filled in; unknown names and keys are refused."""
    try:
        given = json.loads(text)
    except json.JSONDecodeError as error:
        raise argparse.ArgumentTypeError(f"not JSON: {error}: {text}")
    name = given.get("model") if isinstance(given, dict) else None
    if name not in MODELS:
        raise argparse.ArgumentTypeError(f"unknown model {name!r}: one of {', '.join(MODELS)}")
    unknown = set(given) - set(MODELS[name]) - {"model"}
    if unknown:
        raise argparse.ArgumentTypeError(
            f"{name} has no {', '.join(sorted(unknown))}: it has {', '.join(MODELS[name])}")
    return {**MODELS[name], **given}


def measure(description, options):
    """Trains for some steps and returns the line to print."""
    torch.manual_seed(0)
    device = torch.device(options.device)
    layout = torch.channels_last if options.channels_last else torch.contiguous_format
    model = BUILDERS[description["model"]](description).to(device, memory_format=layout).train()
    parameters = sum(parameter.numel() for parameter in model.parameters())
    step_model = torch.compile(model) if options.compile else model

    # As many batches in memory as a step could tell apart, walked round and round.
    batch = description["batch"]
    images = torch.randn(4, batch, *description["input"], device=device)
    batches = [part.contiguous(memory_format=layout) for part in images]
    labels = torch.randint(description["classes"], (4, batch), device=device)

    criterion = nn.CrossEntropyLoss()
    optimiser = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9, weight_decay=1e-4)
    reduced = options.precision == "bfloat16"

    def step(index):
        optimiser.zero_grad()
        with torch.autocast(device.type, torch.bfloat16) if reduced else contextlib.nullcontext():
            loss = criterion(step_model(batches[index % 4]), labels[index % 4])
        loss.backward()
        optimiser.step()
        return loss

    def finish():
        if device.type == "cuda":
            torch.cuda.synchronize()

    for index in range(options.warmup):
        step(index)
    finish()
    start = time.perf_counter()
    for index in range(options.steps):
        loss = step(index)
    finish()
    seconds = time.perf_counter() - start
    return {
        "model": description["model"], "precision": options.precision,
        "images_per_second": options.steps * batch / seconds,
        "seconds_per_step": seconds / options.steps, "steps": options.steps, "batch": batch,
        "parameters": parameters, "threads": torch.get_num_threads(), "device": options.device,
        "channels_last": options.channels_last, "compiled": options.compile,
        "loss": loss.item(), "torch": torch.__version__}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "descriptions", metavar="JSON", nargs="*", type=parse_description,
        help="""one model each, such as '{"model": "small-cnn", "channels": [16, 32]}'
                (default: every model)""")
    parser.add_argument("--steps", type=int, default=10, help="timed steps (default: 10)")
    parser.add_argument("--warmup", type=int, default=3, help="steps before timing (default: 3)")
    parser.add_argument("--threads", type=int, help="CPU threads (default: PyTorch's own)")
    parser.add_argument("--device", default="cpu", help="cpu or cuda:N (default: cpu)")
    parser.add_argument("--precision", choices=["float32", "bfloat16"], default="float32")
    parser.add_argument("--channels-last", action="store_true", help="NHWC instead of NCHW")
    parser.add_argument("--compile", action="store_true", help="torch.compile the model")
    options = parser.parse_args()
    if options.steps < 1 or options.warmup < 0:
        parser.error("--steps must be at least 1 and --warmup at least 0")
    if options.threads is not None:
        if options.threads < 1:
            parser.error("--threads must be at least 1")
        torch.set_num_threads(options.threads)
    for description in options.descriptions or [{**MODELS[name], "model": name} for name in MODELS]:
        print(json.dumps(measure(description, options)), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
