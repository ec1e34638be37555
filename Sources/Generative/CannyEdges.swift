/// Canny's edge detector for small images, as bytes in and 0 or 1 out.
///
/// Canny, 1986, in the steps of OpenCV's implementation: a 3 x 3 binomial blur, Sobel gradients, non-maximum suppression
/// along the gradient's nearest axis or diagonal, and one threshold. With equal low and high thresholds, as the paper
/// sets them, hysteresis has no effect and is left out. Borders repeat the outermost pixel.
public struct CannyEdges: Codable, Hashable, Sendable {
  /// The smallest gradient magnitude of an edge, on the scale of Sobel sums of 0...255 pixels.
  public var threshold: Float

  /// Creates a detector.
  public init(threshold: Float) { self.threshold = threshold }

  /// tan(22.5°), the border between an axis and a diagonal.
  private static let tangent: Float = 0.414_213_56

  /// The edges of one grey or colour image; those of a colour image are the edges of its ``Luminance``.
  ///
  /// - Parameters:
  ///   - pixels: channels x height x width bytes, row-major.
  ///   - channels: 1 for grey, 3 for red, green and blue.
  ///   - height: The number of rows.
  ///   - width: The number of columns.
  /// - Returns: 1 at edges and 0 elsewhere, height x width.
  public func edges(
    of pixels: some Collection<UInt8>, channels: Int, height: Int, width: Int
  ) -> [UInt8] {
    channels == 1
      ? edges(of: pixels, height: height, width: width)
      : edges(of: Luminance.grey(of: pixels), height: height, width: width)
  }

  /// The edges of one grey image.
  ///
  /// - Parameters:
  ///   - pixels: height x width grey values, row-major.
  ///   - height: The number of rows.
  ///   - width: The number of columns.
  /// - Returns: 1 at edges and 0 elsewhere, in the same layout.
  public func edges(of pixels: some Collection<UInt8>, height: Int, width: Int) -> [UInt8] {
    let blurred = Self.convolve(pixels.map(Float.init), height, width) { at, row, column in
      let rows = (at(row - 1, column - 1) + 2 * at(row - 1, column) + at(row - 1, column + 1))
      let middle = 2 * (at(row, column - 1) + 2 * at(row, column) + at(row, column + 1))
      let below = (at(row + 1, column - 1) + 2 * at(row + 1, column) + at(row + 1, column + 1))
      return (rows + middle + below) / 16
    }
    let horizontal = Self.convolve(blurred, height, width) { at, row, column in
      at(row - 1, column + 1) + 2 * at(row, column + 1) + at(row + 1, column + 1)
        - at(row - 1, column - 1) - 2 * at(row, column - 1) - at(row + 1, column - 1)
    }
    let vertical = Self.convolve(blurred, height, width) { at, row, column in
      at(row + 1, column - 1) + 2 * at(row + 1, column) + at(row + 1, column + 1)
        - at(row - 1, column - 1) - 2 * at(row - 1, column) - at(row - 1, column + 1)
    }
    let magnitude = zip(horizontal, vertical).map { ($0 * $0 + $1 * $1).squareRoot() }
    func strength(_ row: Int, _ column: Int) -> Float {
      (0..<height).contains(row) && (0..<width).contains(column)
        ? magnitude[row * width + column] : 0
    }
    var result = [UInt8](repeating: 0, count: height * width)
    for row in 0..<height {
      for column in 0..<width {
        let place = row * width + column
        let value = magnitude[place]
        guard value >= threshold else { continue }
        let (x, y) = (horizontal[place], vertical[place])
        let step: (row: Int, column: Int)
        if y.magnitude <= Self.tangent * x.magnitude {
          step = (0, 1)
        } else if x.magnitude < Self.tangent * y.magnitude {
          step = (1, 0)
        } else {
          step = x * y >= 0 ? (1, 1) : (1, -1)
        }
        // Of two equal neighbours along the gradient the first is the edge.
        if value > strength(row - step.row, column - step.column)
          && value >= strength(row + step.row, column + step.column)
        {
          result[place] = 1
        }
      }
    }
    return result
  }

  private static func convolve(
    _ values: [Float], _ height: Int, _ width: Int,
    _ kernel: (_ at: (Int, Int) -> Float, _ row: Int, _ column: Int) -> Float
  ) -> [Float] {
    func at(_ row: Int, _ column: Int) -> Float {
      values[min(max(row, 0), height - 1) * width + min(max(column, 0), width - 1)]
    }
    var result = [Float](repeating: 0, count: height * width)
    for row in 0..<height {
      for column in 0..<width { result[row * width + column] = kernel(at, row, column) }
    }
    return result
  }

  /// How well edges agree: the harmonic mean of the shares of each set that lie within one pixel of the other.
  ///
  /// 1 for equal edges; 0 when none is near another, or one side has no edge.
  public static func overlap(_ a: [UInt8], _ b: [UInt8], height: Int, width: Int) -> Double {
    func share(of edges: [UInt8], near others: [UInt8]) -> Double {
      var total = 0
      var near = 0
      for row in 0..<height {
        for column in 0..<width where edges[row * width + column] != 0 {
          total += 1
          let rows = max(0, row - 1)...min(height - 1, row + 1)
          let columns = max(0, column - 1)...min(width - 1, column + 1)
          if rows.contains(where: { r in columns.contains { others[r * width + $0] != 0 } }) {
            near += 1
          }
        }
      }
      return total == 0 ? 0 : Double(near) / Double(total)
    }
    let precision = share(of: a, near: b)
    let recall = share(of: b, near: a)
    return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall)
  }
}
