/// Points made ready for blocked products: centred, scaled by a power of two, with their norms.
///
/// For rows a and b of two sets prepared alike, |a|² + |b|² - 2ab in single precision differs from
/// the squared distance of the original points, times ``squaredScale``, by less than
/// ``errorBound(_:_:)`` of their lengths. Centring keeps the bound small for points far from zero.
struct CentredPoints {
  let rows: Int
  let columns: Int
  /// The centred and scaled features, row-major.
  let values: [Float]
  /// The squared length of each row of `values`.
  let squaredLengths: [Float]
  /// The length of each row of `values`.
  let lengths: [Double]
  /// What squared distances of `values` are divided by to get those of the original points.
  let squaredScale: Double

  /// The centre and the scale that several sets share.
  struct Frame {
    let centre: [Float]
    let scale: Float

    /// The frame in which no row of the sets is longer than one.
    init(_ sets: [FeatureMatrix]) {
      let centre = sets[0].columnMeans.map { Float($0) }
      var longest = 0.0
      for set in sets {
        for row in 0..<set.rows {
          var sum = 0.0
          for (column, value) in set.row(row).enumerated() {
            let difference = Double(value) - Double(centre[column])
            sum += difference * difference
          }
          longest = max(longest, sum)
        }
      }
      let length = longest.squareRoot()
      precondition(length < 0x1p126, "distances of points that are not finite, or too far apart")
      self.centre = centre
      let exponent = length > 0 ? min(-Int(length.exponent) - 1, 126) : 0
      self.scale = Float(sign: .plus, exponent: exponent, significand: 1)
    }
  }

  init(_ points: FeatureMatrix, in frame: Frame) {
    rows = points.rows
    columns = points.columns
    var values = points.values
    var squaredLengths = [Float](repeating: 0, count: rows)
    var lengths = [Double](repeating: 0, count: rows)
    for row in 0..<rows {
      var sum = 0.0
      for column in 0..<columns {
        let place = row * columns + column
        let value = (values[place] - frame.centre[column]) * frame.scale
        values[place] = value
        sum += Double(value) * Double(value)
      }
      squaredLengths[row] = Float(sum)
      lengths[row] = sum.squareRoot()
    }
    self.values = values
    self.squaredLengths = squaredLengths
    self.lengths = lengths
    squaredScale = Double(frame.scale) * Double(frame.scale)
  }

  /// How far the product form can be off for two rows of these lengths, with d features.
  ///
  /// With u = 2⁻²⁴ and S the sum of the lengths: at most d u S² / 2 (with its own error) from the
  /// product, whatever its order of summation, 3 u S² from centring, 2 u S² from the norms and the
  /// final sum; and next to nothing from numbers below the normal range.
  func errorBound(_ length: Double, _ other: Double) -> Double {
    let sum = length + other
    return 0x1p-24 * sum * sum * (0.51 * Double(columns) + 6) + 1e-36 * Double(columns + 1)
  }
}
