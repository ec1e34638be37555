import Torch

/// A tensor in a JSON fixture: its shape and its values in row-major order.
public struct ReferenceTensor: Decodable, Sendable {
  /// The sizes of the dimensions.
  public let shape: [Int]
  /// The values in row-major order.
  public let values: [Double]

  /// The values in single precision.
  public var tensor: Tensor { Tensor.from(values.map(Float.init), shape: shape) }
}
