import Torch

/// Group normalisation of n x c x h x w images: each sample's channels are normalised in groups.
///
/// Wu and He, 2018. Independent of the rest of the batch.
public struct GroupNorm {
  /// The scale, c.
  public let weight: Tensor
  /// The shift, c.
  public let bias: Tensor
  private let groups: Int
  private let epsilon: Double

  /// Creates the layer's tensors under a path.
  ///
  /// - Precondition: `channels` is divisible by `groups`.
  public init(groups: Int, channels: Int, epsilon: Double = 1e-5, at path: ParameterPath) {
    precondition(
      channels % groups == 0, "expected channels divisible by \(groups) groups, found \(channels)")
    weight = path.parameter("weight", shape: [channels], initial: .constant(1))
    bias = path.parameter("bias", shape: [channels], initial: .constant(0))
    self.groups = groups
    self.epsilon = epsilon
  }

  /// Applies the layer.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    input.groupNorm(groups: groups, weight: weight, bias: bias, epsilon: epsilon)
  }
}
