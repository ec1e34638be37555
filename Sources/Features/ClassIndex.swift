/// Labels as class numbers 0..<C, in ascending order of the labels.
struct ClassIndex {
  /// The different labels, ascending.
  let labels: [Int]
  /// The class of each row.
  let classes: [Int]
  /// The number of rows of each class.
  let counts: [Int]

  init(_ labels: [Int]) {
    self.labels = Set(labels).sorted()
    let numbers = Dictionary(
      uniqueKeysWithValues: self.labels.enumerated().map { ($1, $0) })
    classes = labels.map { numbers[$0, default: 0] }
    var counts = [Int](repeating: 0, count: self.labels.count)
    for number in classes { counts[number] += 1 }
    self.counts = counts
  }

  /// Checks labels against the features that they belong to, and that there are two classes.
  init(_ labels: [Int], of features: FeatureMatrix) throws {
    try features.validate()
    guard labels.count == features.rows else {
      throw FeatureError.mismatched(rows: features.rows, labels: labels.count)
    }
    self.init(labels)
    guard counts.count > 1 else { throw FeatureError.oneClass }
  }

  /// The rows of each class, ascending.
  var members: [[Int]] {
    var members = counts.map { count in
      var rows: [Int] = []
      rows.reserveCapacity(count)
      return rows
    }
    for (row, number) in classes.enumerated() { members[number].append(row) }
    return members
  }

  /// Throws when a class has fewer rows than something needs.
  func require(_ needed: Int, for purpose: String) throws {
    guard let small = counts.firstIndex(where: { $0 < needed }) else { return }
    throw FeatureError.smallClass(
      label: labels[small], rows: counts[small], needed: needed, purpose: purpose)
  }
}
