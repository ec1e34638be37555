/// The super-classes of CIFAR-100: 20 groups of five of its 100 fine classes.
///
/// Fine classes are numbered in alphabetical order (apple is 0, worm is 99), so that the members of
/// a super-class do not follow one another: apple's is 4, "fruit and vegetables", of 0, 51, 53, 57
/// and 83.
///
/// Source: the coarse labels that the data set itself gives beside its fine ones.
public enum CIFAR100Superclasses {
  /// The number of super-classes.
  public static let count = 20

  /// The super-class of each fine class.
  public static let coarseOfFine = [
    4, 1, 14, 8, 0, 6, 7, 7, 18, 3,
    3, 14, 9, 18, 7, 11, 3, 9, 7, 11,
    6, 11, 5, 10, 7, 6, 13, 15, 3, 15,
    0, 11, 1, 10, 12, 14, 16, 9, 11, 5,
    5, 19, 8, 8, 15, 13, 14, 17, 18, 10,
    16, 4, 17, 4, 2, 0, 17, 4, 18, 17,
    10, 3, 2, 12, 12, 16, 12, 1, 9, 19,
    2, 10, 0, 1, 16, 12, 9, 13, 15, 13,
    16, 19, 2, 4, 6, 19, 5, 5, 8, 19,
    18, 1, 2, 15, 6, 0, 17, 8, 14, 13,
  ]

  /// The fine classes of a super-class, in 0..<20, in ascending order.
  public static func members(of superclass: Int) -> [Int] {
    coarseOfFine.indices.filter { coarseOfFine[$0] == superclass }
  }

  /// The next fine class within the same super-class, the last followed by the first.
  static let nextMember: [Int] = {
    var result = Array(coarseOfFine.indices)
    for superclass in 0..<count {
      let classes = members(of: superclass)
      for (place, label) in classes.enumerated() {
        result[label] = classes[(place + 1) % classes.count]
      }
    }
    return result
  }()
}
