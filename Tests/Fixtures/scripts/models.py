"""Writes the reference values of the networks with PyTorch.

  ../models/names.json           names, shapes and parameter counts of the residual networks
  ../models/resnet18.safetensors, ../models/small_cnn.safetensors
      weights and inputs in bfloat16 and, computed from these in single precision, outputs of both
      modes, running statistics after the training pass, and gradients

The networks are written from the papers: He et al., 2016, in the form for 32 x 32 images; the small
network from its description in Sources/Models/SmallCNN.swift.

Run: python models.py   (PyTorch 2.13, safetensors 0.8)
"""

import json
import pathlib

import torch
import torch.nn.functional as F
from safetensors.torch import save_file
from torch import nn

HERE = pathlib.Path(__file__).parent.parent / "models"


class Block(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.shortcut = nn.Sequential()
        if stride != 1 or inputs != outputs:
            self.shortcut = nn.Sequential(
                nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs)
            )

    def forward(self, x):
        inner = F.relu(self.bn1(self.conv1(x)))
        return F.relu(self.bn2(self.conv2(inner)) + self.shortcut(x))


class ResNet(nn.Module):
    def __init__(self, blocks, width, channels, classes, padding=1):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, width, 3, 1, padding, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        inputs = width
        for stage, count in enumerate(blocks):
            layers = []
            for index in range(count):
                stride = 2 if stage > 0 and index == 0 else 1
                layers.append(Block(inputs, width * 2**stage, stride))
                inputs = width * 2**stage
            setattr(self, f"layer{stage + 1}", nn.Sequential(*layers))
        self.linear = nn.Linear(inputs, classes)

    def features(self, x):
        x = F.relu(self.bn1(self.conv1(x)))
        x = self.layer4(self.layer3(self.layer2(self.layer1(x))))
        return F.adaptive_avg_pool2d(x, 1).flatten(1)

    def forward(self, x):
        return self.linear(self.features(x))


class SmallCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 4, 3, 2, 1)
        self.conv2 = nn.Conv2d(4, 6, 3, 2, 1)
        self.hidden = nn.Linear(6 * 7 * 7, 8, bias=False)
        self.norm = nn.BatchNorm1d(8)
        self.linear = nn.Linear(8, 5)

    def features(self, x):
        x = F.relu(self.conv2(F.relu(self.conv1(x))))
        return F.relu(self.norm(self.hidden(x.flatten(1))))

    def forward(self, x):
        return self.linear(self.features(x))


def rounded(tensor):
    return tensor.to(torch.bfloat16).to(torch.float32)


def weights(model):
    """The tensors that have values of their own, by name."""
    return {k: v for k, v in model.state_dict().items() if not k.endswith("num_batches_tracked")}


def randomise(model):
    """Replaces norms' constants by random numbers and rounds everything to bfloat16."""
    with torch.no_grad():
        for name, value in weights(model).items():
            if name.endswith("running_var"):
                value.uniform_(0.5, 2)
            elif name.endswith("running_mean") or (value.dim() == 1 and name.endswith("bias")):
                value.uniform_(-0.3, 0.3)
            elif value.dim() == 1:
                value.uniform_(0.5, 1.5)
            value.copy_(rounded(value))


def content(model, images, labels, gradients):
    result = {f"weights/{k}": v.to(torch.bfloat16).clone() for k, v in weights(model).items()}
    result |= {"images": images.to(torch.bfloat16), "labels": labels}
    model.eval()
    with torch.no_grad():
        result |= {"eval/features": model.features(images), "eval/logits": model(images)}
    model.train()
    logits = model(images)
    F.cross_entropy(logits, labels).backward()
    result["train/logits"] = logits.detach()
    for name, value in weights(model).items():
        if "running" in name:
            result[f"after/{name}"] = value.clone()
    for name in gradients:
        result[f"gradients/{name}"] = model.get_parameter(name).grad.clone()
    return result


def main():
    torch.manual_seed(8)
    names = {}
    for key, blocks, classes in [
        ("resnet18", [2, 2, 2, 2], 10), ("resnet34", [3, 4, 6, 3], 10), ("resnet34-100", [3, 4, 6, 3], 100)
    ]:
        model = ResNet(blocks, 64, 3, classes)
        names[key] = {
            "count": sum(p.numel() for p in model.parameters()),
            "shapes": {k: list(v.shape) for k, v in weights(model).items()},
        }
    (HERE / "names.json").write_text(json.dumps(names) + "\n")

    model = ResNet([2, 2, 2, 2], 4, 3, 10)
    randomise(model)
    images, labels = rounded(torch.randn(4, 3, 32, 32)), torch.tensor([3, 0, 9, 3])
    unpadded = ResNet([2, 2, 2, 2], 4, 3, 10, padding=0)
    unpadded.load_state_dict(model.state_dict())
    unpadded.eval()
    with torch.no_grad():
        without = unpadded(images)
    tensors = content(
        model, images, labels,
        ["conv1.weight", "layer2.0.shortcut.0.weight", "layer3.1.bn2.weight", "linear.bias"],
    )
    save_file(tensors | {"unpadded/logits": without}, HERE / "resnet18.safetensors")

    small = SmallCNN()
    randomise(small)
    images, labels = rounded(torch.randn(4, 1, 28, 28)), torch.tensor([3, 0, 4, 3])
    gradients = ["conv1.weight", "conv2.bias", "hidden.weight", "norm.weight", "linear.weight"]
    save_file(content(small, images, labels, gradients), HERE / "small_cnn.safetensors")


main()
