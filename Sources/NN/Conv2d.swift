import Torch

/// A two-dimensional convolution of n x in x h x w images with a weight of out x in x k x k.
///
/// Weight and bias start uniform on ±1/√(in·k²), as in PyTorch, unless another start is given.
public struct Conv2d {
  /// The weight, out x in x k x k.
  public let weight: Tensor
  /// The bias, out; nil when there is none.
  public let bias: Tensor?
  /// The step between windows.
  public let stride: Int
  /// Zeros added on every side.
  public let padding: Int

  /// Creates the layer's tensors `weight` and `bias` under a path.
  public init(
    inputs: Int, outputs: Int, kernel: Int, stride: Int = 1, padding: Int = 0,
    bias hasBias: Bool = true, initial: Initialiser? = nil, at path: ParameterPath
  ) {
    let initial = initial ?? .defaultUniform(fanIn: inputs * kernel * kernel)
    weight = path.parameter(
      "weight", shape: [outputs, inputs, kernel, kernel], initial: initial)
    bias = hasBias ? path.parameter("bias", shape: [outputs], initial: initial) : nil
    self.stride = stride
    self.padding = padding
  }

  /// Applies the layer.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    input.conv2d(weight: weight, bias: bias, stride: stride, padding: padding)
  }
}
