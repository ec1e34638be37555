/// Why points cannot be embedded.
public enum EmbeddingError: Error, Hashable, Sendable, CustomStringConvertible {
  /// There are fewer points than the neighbours that the perplexity asks for.
  case tooFewPoints(count: Int, perplexity: Double)
  /// A value is not a number or infinite.
  case notFinite(row: Int, column: Int)
  /// All points are the same point.
  case allPointsEqual(count: Int)
  /// A setting is outside its range.
  case setting(name: String, expected: String, found: String)

  /// What was expected, what was found and what to do; one line.
  public var description: String {
    switch self {
    case .tooFewPoints(let count, let perplexity):
      let largest = Double(max(count - 1, 0)) / 3
      let advice =
        largest >= 1
        ? "expected a perplexity of at most (points - 1) / 3 = \(rounded(largest))"
        : "expected at least 4 points"
      return "t-SNE of \(count) points at perplexity \(rounded(perplexity)): \(advice); "
        + "lower the perplexity or add points"
    case .notFinite(let row, let column):
      return "t-SNE: row \(row), column \(column) (counted from 0) is not finite; "
        + "remove such rows or fill them in"
    case .allPointsEqual(let count):
      return "t-SNE: expected different points, found \(count) copies of one; check the input"
    case .setting(let name, let expected, let found):
      return "t-SNE: \(name): expected \(expected), found \(found)"
    }
  }

  /// Downwards, to two places, so that the number may be used as it is printed.
  private func rounded(_ value: Double) -> String {
    let hundredths = (value * 100).rounded(.down) / 100
    return hundredths == hundredths.rounded() && hundredths.magnitude < 1e15
      ? String(Int(hundredths)) : String(hundredths)
  }
}
