import Foundation
import SeededRandom

/// Noise that depends on the image.
///
/// With x the image as D numbers, y its clean label among K classes and r the rate:
/// 1. q ~ normal(r, 0.1) truncated to 0...1, the image's own flip rate;
/// 2. W_y ~ normal(0, 1), one D × K projection per clean class;
/// 3. a = xᵀ W_y, then a_y = -∞;
/// 4. P = q · softmax(a), then P_y = 1 - q;
/// 5. the noisy label is drawn from P.
///
/// Images have a large norm, so the softmax is nearly one-hot and each class flips to one or two
/// fixed others, which the projection chooses: how hard a data set becomes varies with the seed.
///
/// Source: X. Xia et al., "Part-dependent label noise", NeurIPS 2020, with the pixel scale and the
/// truncation, in which published copies differ, as parameters.
public struct InstanceDependentNoise: Hashable, Sendable {
  /// The mean r of the flip rates before truncation, in 0..<1.
  public var rate: Double
  /// The numbers that stand for a pixel.
  public var pixelScale: PixelScale
  /// The standard deviation of the flip rates before truncation.
  public var standardDeviation: Double
  /// The interval that flip rates are truncated to, within 0...1.
  public var truncation: ClosedRange<Double>

  /// Creates the noise; the defaults are those of EchoAlign's code.
  public init(
    rate: Double, pixelScale: PixelScale = .unit, standardDeviation: Double = 0.1,
    truncation: ClosedRange<Double> = 0...1
  ) {
    self.rate = rate
    self.pixelScale = pixelScale
    self.standardDeviation = standardDeviation
    self.truncation = truncation
  }

  /// Throws unless all parameters lie in their ranges.
  public func validate() throws(NoiseError) {
    guard rate >= 0 && rate < 1 else { throw .rateOutOfRange(kind: "instance", rate: rate) }
    guard standardDeviation > 0 && standardDeviation.isFinite else {
      throw .parameterOutOfRange(
        name: "standardDeviation", found: "\(standardDeviation)", allowed: "a positive number")
    }
    guard truncation.lowerBound >= 0 && truncation.upperBound <= 1 else {
      throw .parameterOutOfRange(
        name: "truncation", found: "\(truncation)", allowed: "an interval within 0...1")
    }
  }

  /// The share of labels that becomes wrong: the mean of the truncated normal.
  ///
  /// m + s (φ(a) - φ(b)) / (Φ(b) - Φ(a)) with a and b the ends of the interval in standard units.
  public var expectedRate: Double {
    let a = (truncation.lowerBound - rate) / standardDeviation
    let b = (truncation.upperBound - rate) / standardDeviation
    let density = { (z: Double) in exp(-0.5 * z * z) / (2 * Double.pi).squareRoot() }
    let mass = 0.5 * (erfc(a / 2.0.squareRoot()) - erfc(b / 2.0.squareRoot()))
    guard mass > 1e-12 else {
      // Next to nothing of the normal lies inside: the draws gather at the nearer end.
      return min(max(rate, truncation.lowerBound), truncation.upperBound)
    }
    return rate + standardDeviation * (density(a) - density(b)) / mass
  }

  /// The flip rates q of the first images under a seed: those that
  /// ``NoiseModel/corrupt(_:classes:seed:pixels:given:)`` draws with the same seed.
  ///
  /// - Parameters:
  ///   - count: The number of images.
  ///   - seed: The seed of the noise.
  /// - Returns: One rate per image, within the truncation.
  /// - Throws: ``NoiseError`` if a parameter is out of range.
  public func flipRates(count: Int, seed: UInt64) throws(NoiseError) -> [Double] {
    try validate()
    let stream = SeedStream(root: seed, purpose: "noise").substream("flip-rate")
    return (0..<count).map { flipRate(at: $0, from: stream) }
  }

  /// Step 1: the flip rate of one image.
  private func flipRate(at index: Int, from stream: SeedStream) -> Double {
    var generator = stream.generator(UInt64(index))
    return generator.truncatedNormal(
      mean: rate, standardDeviation: standardDeviation, in: truncation)
  }

  /// Draws the noisy labels.
  ///
  /// Three substreams are used: `flip-rate` and `label` at the position of the sample's index,
  /// `projection` at that of the class. More samples therefore leave the labels of the others as
  /// they were. W_y is kept as K rows of D single-precision numbers, drawn row by row; products are
  /// summed in sixteen lanes, in the same order everywhere.
  ///
  /// - Parameters:
  ///   - clean: The clean labels, each in 0..<classes, as many as images.
  ///   - pixels: The images.
  ///   - classes: The number of classes K.
  ///   - stream: The stream of the noise.
  /// - Returns: The noisy labels.
  func draw(clean: [Int], pixels: ImagePixels, classes: Int, stream: SeedStream) -> [Int] {
    let projectionStream = stream.substream("projection")
    let rateStream = stream.substream("flip-rate")
    let labelStream = stream.substream("label")
    var members = [[Int]](repeating: [], count: classes)
    for (index, label) in clean.enumerated() { members[label].append(index) }

    var noisy = clean
    var projection = LaneMatrix(rows: classes, columns: pixels.size)
    var image = LaneMatrix(rows: 1, columns: pixels.size)
    for label in 0..<classes where !members[label].isEmpty {
      var weights = projectionStream.generator(UInt64(label))
      for row in 0..<classes { projection.fill(row: row) { _ in Float(weights.normal()) } }
      for index in members[label] {
        let start = index * pixels.size
        pixels.bytes.withUnsafeBufferPointer { bytes in
          image.fill(row: 0) { Float(bytes[start + $0]) * pixelScale.factor }
        }
        let scores = projection.products(with: image)
        let probabilities = Self.probabilities(
          scores: scores, label: label, flipRate: flipRate(at: index, from: rateStream))
        var generator = labelStream.generator(UInt64(index))
        noisy[index] = generator.categorical(probabilities)
      }
    }
    return noisy
  }

  /// Steps 3 (second half) and 4: the distribution of one noisy label.
  static func probabilities(scores: [Double], label: Int, flipRate: Double) -> [Double] {
    var largest = -Double.infinity
    for (index, score) in scores.enumerated() where index != label { largest = max(largest, score) }
    var result = scores.map { exp($0 - largest) }
    result[label] = 0
    let sum = result.reduce(0, +)
    for index in result.indices { result[index] *= flipRate / sum }
    result[label] = 1 - flipRate
    return result
  }
}
