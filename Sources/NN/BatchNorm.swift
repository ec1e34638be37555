import Torch

/// Batch normalisation of n x c x h x w images, or n x c vectors, over all but the channel dimension.
///
/// Ioffe and Szegedy, 2015. Epsilon 1e-5 and momentum 0.1 are PyTorch's defaults.
public struct BatchNorm {
  /// The scale, c.
  public let weight: Tensor
  /// The shift, c.
  public let bias: Tensor
  /// The running mean, c.
  public let runningMean: Tensor
  /// The running unbiased variance, c.
  public let runningVariance: Tensor
  private let momentum: Double
  private let epsilon: Double

  /// Creates the layer's tensors under a path.
  public init(
    channels: Int, momentum: Double = 0.1, epsilon: Double = 1e-5, at path: ParameterPath
  ) {
    weight = path.parameter("weight", shape: [channels], initial: .constant(1))
    bias = path.parameter("bias", shape: [channels], initial: .constant(0))
    runningMean = path.buffer("running_mean", shape: [channels], value: 0)
    runningVariance = path.buffer("running_var", shape: [channels], value: 1)
    self.momentum = momentum
    self.epsilon = epsilon
  }

  /// Applies the layer, with the batch's statistics in training and the running ones otherwise.
  public func callAsFunction(_ input: Tensor, training: Bool) -> Tensor {
    input.batchNorm(
      weight: weight, bias: bias, runningMean: runningMean, runningVariance: runningVariance,
      training: training, momentum: momentum, epsilon: epsilon)
  }
}
