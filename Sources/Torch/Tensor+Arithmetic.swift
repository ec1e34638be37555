import CTorch

extension Tensor {
  /// The sum of two tensors, with broadcasting.
  public static func + (a: Tensor, b: Tensor) -> Tensor {
    make("+", [a, b]) { ct_add($0, a.handle, b.handle) }
  }

  /// The difference of two tensors, with broadcasting.
  public static func - (a: Tensor, b: Tensor) -> Tensor {
    make("-", [a, b]) { ct_sub($0, a.handle, b.handle) }
  }

  /// The element-wise product of two tensors, with broadcasting.
  public static func * (a: Tensor, b: Tensor) -> Tensor {
    make("*", [a, b]) { ct_mul($0, a.handle, b.handle) }
  }

  /// The element-wise quotient of two tensors, with broadcasting.
  public static func / (a: Tensor, b: Tensor) -> Tensor {
    make("/", [a, b]) { ct_div($0, a.handle, b.handle) }
  }

  /// The tensor with a number added to each element.
  public static func + (a: Tensor, b: Double) -> Tensor {
    make("+", [a]) { ct_add_scalar($0, a.handle, b) }
  }

  /// The tensor with a number subtracted from each element.
  public static func - (a: Tensor, b: Double) -> Tensor { a + -b }

  /// Each element subtracted from a number.
  public static func - (a: Double, b: Tensor) -> Tensor { b * -1 + a }

  /// The tensor with each element multiplied by a number.
  public static func * (a: Tensor, b: Double) -> Tensor {
    make("*", [a]) { ct_mul_scalar($0, a.handle, b) }
  }

  /// The tensor with each element multiplied by a number.
  public static func * (a: Double, b: Tensor) -> Tensor { b * a }

  /// The tensor with each element divided by a number.
  public static func / (a: Tensor, b: Double) -> Tensor { a * (1 / b) }

  /// The tensor with the sign of each element changed.
  public static prefix func - (a: Tensor) -> Tensor { a * -1 }

  /// Each element raised to a power.
  public func power(_ exponent: Double) -> Tensor {
    Tensor.make("power", [self]) { ct_pow_scalar($0, handle, exponent) }
  }

  /// Each element limited to a range.
  public func clamped(to range: ClosedRange<Double>) -> Tensor {
    Tensor.make("clamped", [self]) { ct_clamp($0, handle, range.lowerBound, range.upperBound) }
  }

  /// The exponential of each element.
  public func exp() -> Tensor { Tensor.make("exp", [self]) { ct_exp($0, handle) } }

  /// The natural logarithm of each element.
  public func log() -> Tensor { Tensor.make("log", [self]) { ct_log($0, handle) } }

  /// The sine of each element, an angle in radians.
  public func sine() -> Tensor { Tensor.make("sine", [self]) { ct_sin($0, handle) } }

  /// The cosine of each element, an angle in radians.
  public func cosine() -> Tensor { Tensor.make("cosine", [self]) { ct_cos($0, handle) } }

  /// The square root of each element.
  public func squareRoot() -> Tensor { Tensor.make("squareRoot", [self]) { ct_sqrt($0, handle) } }

  /// The larger of zero and each element.
  public func relu() -> Tensor { Tensor.make("relu", [self]) { ct_relu($0, handle) } }

  /// x * sigmoid(x) for each element.
  public func silu() -> Tensor { Tensor.make("silu", [self]) { ct_silu($0, handle) } }

  /// Where two tensors agree, as bool.
  public func isEqual(to other: Tensor) -> Tensor {
    Tensor.make("isEqual", [self, other]) { ct_equal($0, handle, other.handle) }
  }

  /// Where the elements exceed a number, as bool.
  public func isGreater(than value: Double) -> Tensor {
    Tensor.make("isGreater", [self]) { ct_greater($0, handle, value) }
  }

  /// Where the elements are finite, as bool.
  public func isFinite() -> Tensor { Tensor.make("isFinite", [self]) { ct_isfinite($0, handle) } }

  /// The elements of `a` where the condition holds, else those of `b`.
  public static func choose(where condition: Tensor, _ a: Tensor, else b: Tensor) -> Tensor {
    make("choose", [condition, a, b]) { ct_where($0, condition.handle, a.handle, b.handle) }
  }

  /// The sum over dimensions, or over everything when none is named.
  public func sum(along dimensions: [Int] = [], keepDimensions: Bool = false) -> Tensor {
    Tensor.make("sum", [self]) {
      ct_sum($0, handle, dimensions.map(Int64.init), Int32(dimensions.count), keepDimensions)
    }
  }

  /// The mean over dimensions, or over everything when none is named.
  public func mean(along dimensions: [Int] = [], keepDimensions: Bool = false) -> Tensor {
    Tensor.make("mean", [self]) {
      ct_mean($0, handle, dimensions.map(Int64.init), Int32(dimensions.count), keepDimensions)
    }
  }

  /// The largest element along a dimension.
  public func max(along dimension: Int) -> Tensor {
    Tensor.make("max", [self]) { ct_max($0, handle, Int64(dimension)) }
  }

  /// The place of the largest element along a dimension, int64.
  public func argmax(along dimension: Int) -> Tensor {
    Tensor.make("argmax", [self]) { ct_argmax($0, handle, Int64(dimension)) }
  }

  /// The stable order that sorts the elements along a dimension, int64.
  public func argsort(along dimension: Int, descending: Bool = false) -> Tensor {
    Tensor.make("argsort", [self]) { ct_argsort($0, handle, Int64(dimension), descending) }
  }
}
