extension TransitionMatrix {
  /// The matrix measured on a label set of CIFAR-10N.
  ///
  /// T_ij is the share of the 5,000 training images of clean class i that the set labels j.
  public static func measured(on set: CIFAR10NSet) -> TransitionMatrix {
    TransitionMatrix(
      trusted: set.counts.map { row in
        let total = Double(row.reduce(0, +))
        return row.map { Double($0) / total }
      })
  }
}
