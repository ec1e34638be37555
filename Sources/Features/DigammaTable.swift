import Statistics

/// Digamma at the whole numbers 1...n.
struct DigammaTable {
  private let values: [Double]

  init(upTo n: Int) {
    values = (1...max(n, 1)).map { Digamma.value(Double($0)) }
  }

  subscript(_ n: Int) -> Double { values[n - 1] }
}
