import NN
import Torch

/// A small convolutional network for the quick profile: strided 3 x 3 convolutions and one hidden layer.
///
/// Each convolution halves height and width; the hidden layer is batch-normalised, without which the steep reverse
/// cross-entropy kills its rectifiers at the shared learning rate. Our own choice: small enough to train in seconds on
/// one core, large enough to fit wrong labels.
public struct SmallCNN: ImageClassifier {
  private let convolutions: [Conv2d]
  private let hidden: Linear
  private let norm: BatchNorm
  private let linear: Linear

  /// Creates the network.
  ///
  /// - Parameters:
  ///   - channels: The output channels of each strided convolution.
  ///   - hidden: The dimensions of the representation.
  ///   - inputShape: Channels, height and width of the images.
  ///   - classes: The number of classes.
  ///   - path: Where the tensors are named.
  public init(
    channels: [Int], hidden: Int, inputShape: [Int], classes: Int, at path: ParameterPath
  ) {
    precondition(inputShape.count == 3, "expected channels, height and width, found \(inputShape)")
    var inputs = inputShape[0]
    var (height, width) = (inputShape[1], inputShape[2])
    var layers: [Conv2d] = []
    for (index, outputs) in channels.enumerated() {
      layers.append(
        Conv2d(
          inputs: inputs, outputs: outputs, kernel: 3, stride: 2, padding: 1,
          at: path / "conv\(index + 1)"))
      inputs = outputs
      height = (height + 1) / 2
      width = (width + 1) / 2
    }
    convolutions = layers
    self.hidden = Linear(
      inputs: inputs * height * width, outputs: hidden, bias: false, at: path / "hidden")
    norm = BatchNorm(channels: hidden, at: path / "norm")
    linear = Linear(inputs: hidden, outputs: classes, at: path / "linear")
  }

  /// The hidden layer after normalisation and rectifier, n x hidden.
  public func features(_ images: Tensor, training: Bool) -> Tensor {
    var x = images
    for convolution in convolutions { x = convolution(x).relu() }
    return norm(hidden(x.reshape([x.shape[0], -1])), training: training).relu()
  }

  /// The linear head.
  public func logits(features: Tensor) -> Tensor { linear(features) }
}
