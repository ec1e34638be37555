extension TransitionMatrix {
  /// Flips within the true super-class of CIFAR-100: to its next fine class, the last to the first.
  ///
  /// T_ii = 1 - r and T_ij = r for j the next of the five members of i's super-class; see
  /// ``CIFAR100Superclasses``.
  public static func asymmetricSuperclass(rate: Double) throws(NoiseError) -> TransitionMatrix {
    try flips(kind: "asymmetric-superclass", rate: rate, classes: 100) {
      CIFAR100Superclasses.nextMember[$0]
    }
  }

  /// Flips within blocks of five consecutive fine classes of CIFAR-100: 0 to 1, ..., 4 to 0, 5 to
  /// 6, ..., 99 to 95.
  ///
  /// Often called super-class noise, which it is not: fine classes are in alphabetical order, and
  /// the first block is apple, aquarium fish, baby, bear and beaver. The convention of
  /// Active-Passive-Losses, CoDis and MixNN.
  public static func asymmetricBlocks(rate: Double) throws(NoiseError) -> TransitionMatrix {
    try flips(kind: "asymmetric-blocks", rate: rate, classes: 100) { $0 / 5 * 5 + ($0 + 1) % 5 }
  }

  /// Flips to the next fine class of CIFAR-100, 99 to 0.
  ///
  /// The matrix of ``pairflip(rate:classes:)`` with 100 classes, under the name that SGN gives it.
  public static func asymmetricNext(rate: Double) throws(NoiseError) -> TransitionMatrix {
    try flips(kind: "asymmetric-next", rate: rate, classes: 100) { ($0 + 1) % 100 }
  }
}
