import SeededRandom

/// How a parameter's first values are drawn.
public enum Initialiser: Hashable, Sendable {
  /// Every value the same.
  case constant(Float)
  /// Uniform on ±bound.
  case uniform(bound: Double)
  /// Normal with mean zero.
  case normal(standardDeviation: Double)

  /// PyTorch's default for weights and biases of convolutions and linear layers: uniform on ±1/√fanIn.
  ///
  /// That is Kaiming's uniform rule with a = √5; see pytorch/pytorch, torch/nn/modules/linear.py.
  public static func defaultUniform(fanIn: Int) -> Initialiser {
    .uniform(bound: 1 / Double(fanIn).squareRoot())
  }

  func values(count: Int, using generator: inout Philox) -> [Float] {
    switch self {
    case .constant(let value):
      return [Float](repeating: value, count: count)
    case .uniform(let bound):
      return (0..<count).map { _ in Float((2 * generator.uniform() - 1) * bound) }
    case .normal(let standardDeviation):
      return (0..<count).map { _ in Float(generator.normal() * standardDeviation) }
    }
  }
}
