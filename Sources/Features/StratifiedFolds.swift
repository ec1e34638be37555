import SeededRandom

/// A division of rows into folds with each class spread evenly over them.
struct StratifiedFolds {
  /// The fold of each row, 0..<count.
  let folds: [Int]
  let count: Int

  init(folds: [Int], count: Int) {
    self.folds = folds
    self.count = count
  }

  /// Deals out each class's rows in random order, going on where the class before it ended.
  init(_ index: ClassIndex, count: Int, seed: UInt64) {
    var generator = SeedStream(root: seed, purpose: "stratified-folds").generator()
    var folds = [Int](repeating: 0, count: index.classes.count)
    var next = 0
    for rows in index.members {
      for place in generator.permutation(rows.count) {
        folds[rows[place]] = next
        next = (next + 1) % count
      }
    }
    self.folds = folds
    self.count = count
  }
}
