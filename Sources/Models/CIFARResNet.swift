import NN
import Torch

// He, Zhang, Ren and Sun, "Deep Residual Learning for Image Recognition", 2016, in the form for 32 x 32 images that
// the noisy-label literature uses: a 3 x 3 stem and no max-pooling. Parameter names are those of
// KevinCarpricorn/EchoAlign models.py and tmllab/2021_NeurIPS_PES networks/ResNet.py.

/// Two 3 x 3 convolutions with a shortcut.
struct BasicBlock {
  private let conv1: Conv2d
  private let bn1: BatchNorm
  private let conv2: Conv2d
  private let bn2: BatchNorm
  private let shortcut: (conv: Conv2d, norm: BatchNorm)?

  init(inputs: Int, outputs: Int, stride: Int, at path: ParameterPath) {
    conv1 = Conv2d(
      inputs: inputs, outputs: outputs, kernel: 3, stride: stride, padding: 1, bias: false,
      at: path / "conv1")
    bn1 = BatchNorm(channels: outputs, at: path / "bn1")
    conv2 = Conv2d(
      inputs: outputs, outputs: outputs, kernel: 3, padding: 1, bias: false, at: path / "conv2")
    bn2 = BatchNorm(channels: outputs, at: path / "bn2")
    if stride != 1 || inputs != outputs {
      let place = path / "shortcut"
      shortcut = (
        Conv2d(
          inputs: inputs, outputs: outputs, kernel: 1, stride: stride, bias: false, at: place / 0),
        BatchNorm(channels: outputs, at: place / 1)
      )
    } else {
      shortcut = nil
    }
  }

  func callAsFunction(_ input: Tensor, training: Bool) -> Tensor {
    let inner = bn1(conv1(input), training: training).relu()
    let outer = bn2(conv2(inner), training: training)
    let skipped = shortcut.map { $0.norm($0.conv(input), training: training) } ?? input
    return (outer + skipped).relu()
  }
}

/// The residual network for 32 x 32 images with basic blocks; 28 x 28 images work too.
///
/// Stem of 3 x 3, four stages of widths w, 2w, 4w, 8w and strides 1, 2, 2, 2, global average pooling, linear head.
/// The representation has 8w dimensions. With w = 64 and three input channels: 11,173,962 parameters at depth 18
/// and 10 classes, 21,282,122 at depth 34 and 10 classes, 21,328,292 at depth 34 and 100 classes.
public struct CIFARResNet: ImageClassifier {
  private let conv1: Conv2d
  private let bn1: BatchNorm
  private let stages: [[BasicBlock]]
  private let linear: Linear

  /// Creates the network.
  ///
  /// - Parameters:
  ///   - blocks: The number of basic blocks in each of the four stages.
  ///   - width: The channels of the first stage.
  ///   - inputChannels: 3 for colour, 1 for grey images.
  ///   - classes: The number of classes.
  ///   - stemPadding: 1, or 0 for the variant of xiaoboxia/T-Revision Resnet.py.
  ///   - path: Where the tensors are named.
  public init(
    blocks: [Int], width: Int, inputChannels: Int, classes: Int, stemPadding: Int = 1,
    at path: ParameterPath
  ) {
    precondition(blocks.count == 4, "expected four stages, found \(blocks.count)")
    conv1 = Conv2d(
      inputs: inputChannels, outputs: width, kernel: 3, padding: stemPadding, bias: false,
      at: path / "conv1")
    bn1 = BatchNorm(channels: width, at: path / "bn1")
    var inputs = width
    var stages: [[BasicBlock]] = []
    for (stage, count) in blocks.enumerated() {
      let outputs = width << stage
      stages.append(
        (0..<count).map { index in
          defer { inputs = outputs }
          return BasicBlock(
            inputs: inputs, outputs: outputs, stride: index == 0 && stage > 0 ? 2 : 1,
            at: path / "layer\(stage + 1)" / index)
        })
    }
    self.stages = stages
    linear = Linear(inputs: inputs, outputs: classes, at: path / "linear")
  }

  /// The globally averaged last feature map, n x 8·width.
  public func features(_ images: Tensor, training: Bool) -> Tensor {
    var x = bn1(conv1(images), training: training).relu()
    for block in stages.joined() { x = block(x, training: training) }
    return x.mean(along: [2, 3])
  }

  /// The linear head.
  public func logits(features: Tensor) -> Tensor { linear(features) }
}

extension CIFARResNet {
  /// Blocks a stage at depth 18.
  public static let blocks18 = [2, 2, 2, 2]
  /// Blocks a stage at depth 34.
  public static let blocks34 = [3, 4, 6, 3]
}
