import Foundation

/// Interpolation between the nodes of a grid by the cardinal B-spline of degree 5.
///
/// It is four times differentiable. A number x between the nodes ⌊x⌋ and ⌊x⌋ + 1 has weights at the nodes
/// ⌊x⌋ − 2 to ⌊x⌋ + 3.
struct QuinticSpline {
  /// Weights at consecutive nodes; the last two lanes are 0.
  typealias Weights = SIMD8<Float>

  /// How many nodes with a weight are before ⌊x⌋.
  static let before = 2

  /// The weights' coefficients by powers of x − ⌊x⌋, times 120.
  private let c0 = Weights(1, 26, 66, 26, 1, 0, 0, 0) / 120
  private let c1 = Weights(-5, -50, 0, 50, 5, 0, 0, 0) / 120
  private let c2 = Weights(10, 20, -60, 20, 10, 0, 0, 0) / 120
  private let c3 = Weights(-10, 20, 0, -20, 10, 0, 0, 0) / 120
  private let c4 = Weights(5, -20, 30, -20, 5, 0, 0, 0) / 120
  private let c5 = Weights(-1, 5, -10, 10, -5, 1, 0, 0) / 120

  /// The weights at the part t of a number beyond its floor, 0 ≤ t < 1.
  @inline(__always)
  func weights(_ t: Float) -> Weights {
    var sum: Weights = c5 * t + c4
    sum = sum * t + c3
    sum = sum * t + c2
    sum = sum * t + c1
    return sum * t + c0
  }

  /// The weights' derivatives by t.
  @inline(__always)
  func slopes(_ t: Float) -> Weights {
    var sum: Weights = c5 * (5 * t) + c4 * 4
    sum = sum * t + c3 * 3
    sum = sum * t + c2 * 2
    return sum * t + c1
  }

  /// Adds a charge of one to the nodes around a point.
  @inline(__always)
  func spread(at part: SIMD2<Float>, from first: UnsafeMutablePointer<Float>, stride: Int) {
    let across = weights(part.x)
    let down = weights(part.y)
    Self.add(down[0] * across, to: first)
    Self.add(down[1] * across, to: first + stride)
    Self.add(down[2] * across, to: first + 2 * stride)
    Self.add(down[3] * across, to: first + 3 * stride)
    Self.add(down[4] * across, to: first + 4 * stride)
    Self.add(down[5] * across, to: first + 5 * stride)
  }

  /// The spline with the nodes' coefficients at a point, and its gradient by the node.
  @inline(__always)
  func read(
    at part: SIMD2<Float>, from first: UnsafePointer<Float>, stride: Int
  ) -> (value: Float, slope: SIMD2<Float>) {
    let down = weights(part.y)
    let downwards = slopes(part.y)
    let rows = (
      Self.load(first), Self.load(first + stride), Self.load(first + 2 * stride),
      Self.load(first + 3 * stride), Self.load(first + 4 * stride), Self.load(first + 5 * stride)
    )
    let column = Self.sum(down, rows)
    let across = weights(part.x)
    return (
      (column * across).sum(),
      SIMD2((column * slopes(part.x)).sum(), (Self.sum(downwards, rows) * across).sum())
    )
  }

  /// Σ_m B(m) exp(−2πi jm / length), by which a spline's values exceed its coefficients at frequency j.
  static func response(frequency: Int, length: Int) -> Double {
    let angle = 2 * Double.pi * Double(frequency) / Double(length)
    return (66 + 52 * cos(angle) + 2 * cos(2 * angle)) / 120
  }

  private typealias Rows = (Weights, Weights, Weights, Weights, Weights, Weights)

  @inline(__always)
  private static func sum(_ factors: Weights, _ rows: Rows) -> Weights {
    var sum = factors[0] * rows.0
    sum += factors[1] * rows.1
    sum += factors[2] * rows.2
    sum += factors[3] * rows.3
    sum += factors[4] * rows.4
    return sum + factors[5] * rows.5
  }

  @inline(__always)
  private static func load(_ place: UnsafePointer<Float>) -> Weights {
    UnsafeRawPointer(place).loadUnaligned(as: Weights.self)
  }

  @inline(__always)
  private static func add(_ values: Weights, to place: UnsafeMutablePointer<Float>) {
    UnsafeMutableRawPointer(place).storeBytes(of: load(place) + values, as: Weights.self)
  }
}
