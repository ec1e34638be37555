import Torch

/// A fully connected layer, y = x Wᵀ + b, with W of out x in.
///
/// Weight and bias start uniform on ±1/√in, as in PyTorch.
public struct Linear {
  /// The weight, out x in.
  public let weight: Tensor
  /// The bias, out; nil when there is none.
  public let bias: Tensor?

  /// Creates the layer's tensors `weight` and `bias` under a path.
  public init(inputs: Int, outputs: Int, bias hasBias: Bool = true, at path: ParameterPath) {
    let initial = Initialiser.defaultUniform(fanIn: inputs)
    weight = path.parameter("weight", shape: [outputs, inputs], initial: initial)
    bias = hasBias ? path.parameter("bias", shape: [outputs], initial: initial) : nil
  }

  /// Applies the layer to inputs whose last dimension is `in`.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    input.linear(weight: weight, bias: bias)
  }
}
