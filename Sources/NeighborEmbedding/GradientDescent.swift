/// Steps against the gradient, with momentum and a gain for each coordinate.
///
/// A gain grows by 0.2 while the step and the gradient point in the same direction, that is, while the
/// descent has to turn, and shrinks to 0.8 of itself plus 0.01 otherwise:
///
///     step ← momentum · step − rate · gain · gradient,    y ← y + step
///
/// A step longer than 5 is cut to that, and the mean of the points is taken back to 0.
///
/// Sources: R. A. Jacobs, "Increased rates of convergence through learning rate adaptation", Neural
/// Networks 1, 1988; the longest step as in openTSNE.
final class GradientDescent {
  private let steps: Scratch<SIMD2<Float>>
  private let gains: Scratch<SIMD2<Float>>
  private let work: ChunkedWork

  private static let longestStep: Float = 5
  private static let chunk = 2048

  init(count: Int, work: ChunkedWork) {
    steps = Scratch(repeating: .zero, count: count)
    gains = Scratch(repeating: .one, count: count)
    self.work = work
  }

  /// What one step is made of.
  struct Rates {
    var learningRate: Float
    var momentum: Float
    /// The factor of the attraction.
    var exaggeration: Float
  }

  /// Moves all points by one step; the gradient is exaggeration · attraction − repulsion / Z.
  func step(
    _ points: Scratch<SIMD2<Float>>, attraction: Scratch<SIMD2<Float>>,
    repulsion: Scratch<SIMD2<Float>>, normalization: Double, rates: Rates
  ) {
    let inverse = Float(1 / normalization)
    let sum = work.sum(points.count, chunk: Self.chunk) { range in
      var sum = SIMD2<Double>.zero
      for index in range {
        let gradient = rates.exaggeration * attraction[index] - inverse * repulsion[index]
        let previous = steps[index]
        // As openTSNE's signs: nothing on either side is a sign of its own.
        let same = sign(previous) .== sign(gradient)
        let gain = (gains[index] + 0.2).replacing(with: gains[index] * 0.8 + 0.01, where: same)
        gains[index] = gain
        var step = rates.momentum * previous - rates.learningRate * gain * gradient
        let length = (step * step).sum().squareRoot()
        if length > Self.longestStep { step *= Self.longestStep / length }
        steps[index] = step
        points[index] += step
        sum += SIMD2<Double>(points[index])
      }
      return sum
    }
    let mean = SIMD2<Float>(sum / Double(points.count))
    work.forEach(points.count, chunk: Self.chunk) { range in
      for index in range { points[index] -= mean }
    }
  }

  @inline(__always)
  private func sign(_ value: SIMD2<Float>) -> SIMD2<Float> {
    SIMD2<Float>.zero.replacing(with: 1, where: value .> 0).replacing(with: -1, where: value .< 0)
  }
}
