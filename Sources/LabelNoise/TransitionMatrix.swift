/// The probabilities of a noisy label given the clean one.
///
/// Row i, column j holds P(noisy = j | clean = i); every row sums to one.
public struct TransitionMatrix: Sendable, Hashable {
  /// The rows, one per clean class.
  public let rows: [[Double]]

  /// The number of classes.
  public var classes: Int { rows.count }

  /// Creates a matrix from its rows.
  ///
  /// Throws ``NoiseError/notStochastic(row:found:)`` unless the matrix is square, has no negative
  /// entry, and each row sums to one within 1e-9.
  public init(rows: [[Double]]) throws(NoiseError) {
    for (index, row) in rows.enumerated() {
      guard row.count == rows.count else {
        throw .notStochastic(row: index, found: "\(row.count) entries in a matrix of \(rows.count)")
      }
      guard row.allSatisfy({ $0 >= 0 }) else {
        throw .notStochastic(row: index, found: "an entry is negative or not a number: \(row)")
      }
      let sum = row.reduce(0, +)
      guard (sum - 1).magnitude <= 1e-9 else {
        throw .notStochastic(row: index, found: "the entries sum to \(sum), not to 1")
      }
    }
    self.rows = rows
  }

  /// Creates a matrix from rows that are known to be distributions.
  init(trusted rows: [[Double]]) {
    self.rows = rows
  }

  /// No noise: the identity.
  public static func identity(classes: Int) -> TransitionMatrix {
    TransitionMatrix(trusted: diagonal(1, classes: classes))
  }

  /// Symmetric noise over the other classes only.
  ///
  /// T_ii = 1 - r and T_ij = r / (K - 1): a share r of the labels becomes wrong. The convention of
  /// Co-teaching, T-Revision, PES and EchoAlign.
  public static func symmetric(rate: Double, classes: Int) throws(NoiseError) -> TransitionMatrix {
    try check("symmetric", rate, classes)
    var rows = diagonal(1 - rate, classes: classes)
    for i in 0..<classes {
      for j in 0..<classes where j != i { rows[i][j] = rate / Double(classes - 1) }
    }
    return TransitionMatrix(trusted: rows)
  }

  /// Symmetric noise over all classes, the true one included.
  ///
  /// T_ii = 1 - r + r / K and T_ij = r / K: only a share r (K - 1) / K of the labels becomes wrong.
  /// The convention of DivideMix, ELR, MixNN and SGN.
  public static func symmetricInclusive(
    rate: Double, classes: Int
  ) throws(NoiseError) -> TransitionMatrix {
    try check("symmetric-inclusive", rate, classes)
    var rows = diagonal(1 - rate, classes: classes)
    for i in 0..<classes {
      for j in 0..<classes { rows[i][j] += rate / Double(classes) }
    }
    return TransitionMatrix(trusted: rows)
  }

  /// Flips to the next class, the last class to the first.
  ///
  /// T_ii = 1 - r and T_{i, (i + 1) mod K} = r, in the data set's own order of the classes.
  public static func pairflip(rate: Double, classes: Int) throws(NoiseError) -> TransitionMatrix {
    try flips(kind: "pairflip", rate: rate, classes: classes) { ($0 + 1) % classes }
  }

  /// The clean and the noisy class of each flip of ``asymmetricCIFAR10(rate:)``.
  ///
  /// Truck to automobile, bird to airplane, cat to dog, dog to cat, deer to horse.
  public static let cifar10Flips: [(from: Int, to: Int)] = [(9, 1), (2, 0), (3, 5), (5, 3), (4, 7)]

  /// The flips between similar classes of CIFAR-10, each at rate r; the five other classes keep
  /// their labels.
  ///
  /// On balanced data only a share r / 2 of all labels becomes wrong.
  public static func asymmetricCIFAR10(rate: Double) throws(NoiseError) -> TransitionMatrix {
    try check("asymmetric", rate, 10)
    var rows = diagonal(1, classes: 10)
    for flip in cifar10Flips {
      rows[flip.from][flip.from] = 1 - rate
      rows[flip.from][flip.to] = rate
    }
    return TransitionMatrix(trusted: rows)
  }

  /// The share of labels that this matrix makes wrong: Σᵢ nᵢ (1 - T_ii) / Σᵢ nᵢ.
  ///
  /// - Parameter classCounts: How many clean labels each class has.
  /// - Returns: The expected share, or 0 if there is no label.
  public func expectedRate(classCounts: [Int]) -> Double {
    precondition(
      classCounts.count == classes, "\(classCounts.count) class counts for \(classes) classes")
    let total = classCounts.reduce(0, +)
    guard total > 0 else { return 0 }
    var wrong = 0.0
    for (index, count) in classCounts.enumerated() {
      let others = rows[index].enumerated().reduce(0.0) { sum, entry in
        entry.offset == index ? sum : sum + entry.element
      }
      wrong += others * Double(count)
    }
    return wrong / Double(total)
  }

  /// Flips each class to one other: T_ii = 1 - r and T_ij = r for j the target of i.
  static func flips(
    kind: String, rate: Double, classes: Int, target: (Int) -> Int
  ) throws(NoiseError) -> TransitionMatrix {
    try check(kind, rate, classes)
    var rows = diagonal(1 - rate, classes: classes)
    for label in 0..<classes { rows[label][target(label)] = rate }
    return TransitionMatrix(trusted: rows)
  }

  private static func diagonal(_ value: Double, classes: Int) -> [[Double]] {
    (0..<classes).map { i in (0..<classes).map { $0 == i ? value : 0 } }
  }

  private static func check(_ kind: String, _ rate: Double, _ classes: Int) throws(NoiseError) {
    guard rate >= 0 && rate < 1 else { throw .rateOutOfRange(kind: kind, rate: rate) }
    guard classes >= 2 else {
      throw .wrongClassCount(kind: kind, required: "at least 2", found: classes)
    }
  }
}
