/// Minimises a smooth convex function with limited memory of its curvature.
///
/// Steps are shortened by halves until the value falls by 10⁻⁴ of what the slope promises; pairs of
/// step and change of slope without positive curvature are forgotten.
///
/// Source: D. C. Liu and J. Nocedal, "On the limited memory BFGS method for large scale
/// optimization", Mathematical Programming 45, 1989.
struct LBFGS {
  /// The pairs kept.
  var memory = 10
  /// The largest magnitude of a slope that ends the search.
  var tolerance = 1e-6
  /// The number of steps that ends it in any case.
  var maximumSteps = 500

  /// How a search ended.
  struct Outcome {
    let point: [Double]
    let value: Double
    let steps: Int
    let converged: Bool
  }

  /// Searches from a point; `evaluate` returns value and slope.
  func minimise(
    from start: [Double], _ evaluate: ([Double]) -> (value: Double, slope: [Double])
  ) -> Outcome {
    var point = start
    var (value, slope) = evaluate(point)
    var pairs: [(step: [Double], change: [Double], curvature: Double)] = []
    for steps in 0..<maximumSteps {
      if Self.largest(slope) <= tolerance {
        return Outcome(point: point, value: value, steps: steps, converged: true)
      }
      let direction = Self.direction(slope, pairs)
      let descent = Self.dot(direction, slope)
      var length = pairs.isEmpty ? min(1, 1 / Self.dot(slope, slope).squareRoot()) : 1
      var next = (point: point, value: value, slope: slope)
      var found = false
      for _ in 0..<40 {
        next.point = zip(point, direction).map { $0 + length * $1 }
        (next.value, next.slope) = evaluate(next.point)
        if next.value <= value + 1e-4 * length * descent {
          found = true
          break
        }
        length /= 2
      }
      // What is left to gain is below the rounding of the value.
      if !found { return Outcome(point: point, value: value, steps: steps, converged: true) }
      let step = zip(next.point, point).map { $0 - $1 }
      let change = zip(next.slope, slope).map { $0 - $1 }
      let curvature = Self.dot(step, change)
      if curvature > 1e-12 * Self.dot(change, change) {
        pairs.append((step, change, curvature))
        if pairs.count > memory { pairs.removeFirst() }
      }
      (point, value, slope) = next
    }
    return Outcome(point: point, value: value, steps: maximumSteps, converged: false)
  }

  /// Minus the slope, turned and scaled by the curvature of the pairs.
  private static func direction(
    _ slope: [Double], _ pairs: [(step: [Double], change: [Double], curvature: Double)]
  ) -> [Double] {
    var result = slope.map { -$0 }
    var weights = [Double](repeating: 0, count: pairs.count)
    for place in pairs.indices.reversed() {
      weights[place] = dot(pairs[place].step, result) / pairs[place].curvature
      add(-weights[place], pairs[place].change, to: &result)
    }
    if let last = pairs.last {
      let scale = last.curvature / dot(last.change, last.change)
      for place in result.indices { result[place] *= scale }
    }
    for place in pairs.indices {
      let weight = dot(pairs[place].change, result) / pairs[place].curvature
      add(weights[place] - weight, pairs[place].step, to: &result)
    }
    return result
  }

  private static func dot(_ first: [Double], _ second: [Double]) -> Double {
    var sum = 0.0
    for place in first.indices { sum += first[place] * second[place] }
    return sum
  }

  private static func add(_ factor: Double, _ other: [Double], to result: inout [Double]) {
    for place in result.indices { result[place] += factor * other[place] }
  }

  private static func largest(_ slope: [Double]) -> Double {
    slope.reduce(0) { max($0, $1.magnitude) }
  }
}
