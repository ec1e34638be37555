/// Noisy labels that come with the data, such as those of human annotators.
///
/// Nothing is drawn: the labels are read from a file beside the images. The rate does not change
/// them; it is what methods that ask for the noise rate are told.
public struct GivenLabels: Hashable, Sendable {
  /// The name of the label set in kebab-case: lower-case letters, digits and single dashes, for
  /// example `random1`.
  public var set: String
  /// The share of wrong labels that methods are told, in 0..<1.
  public var rate: Double

  /// Creates a label set from its name and its share of wrong labels.
  public init(set: String, rate: Double) {
    self.set = set
    self.rate = rate
  }

  /// The majority of the three labels of CIFAR-10N: 9.01 % wrong.
  public static let aggregate = GivenLabels(.aggregate)
  /// The first labels of CIFAR-10N: 17.23 % wrong.
  public static let random1 = GivenLabels(.random1)
  /// The second labels of CIFAR-10N: 18.12 % wrong.
  public static let random2 = GivenLabels(.random2)
  /// The third labels of CIFAR-10N: 17.64 % wrong.
  public static let random3 = GivenLabels(.random3)
  /// The worst of the three labels of CIFAR-10N: 40.21 % wrong.
  public static let worst = GivenLabels(.worst)
  /// The fine labels of CIFAR-100N: 40.20 % wrong.
  public static let noisyFine = GivenLabels(set: "noisy-fine", rate: 0.4020)

  /// The label sets whose share of wrong labels is known: those of CIFAR-10N and CIFAR-100N.
  public static let known = [aggregate, random1, random2, random3, worst, noisyFine]

  /// The known label set of this name, with its measured rate, or nil.
  public static func known(_ set: String) -> GivenLabels? {
    known.first { $0.set == set }
  }

  private init(_ set: CIFAR10NSet) {
    self.init(set: set.rawValue, rate: set.rate)
  }

  /// How many classes the labels have, where the set is known: 100 for `noisy-fine`, else 10.
  public var requiredClasses: Int? {
    guard Self.known(set) != nil else { return nil }
    return set == Self.noisyFine.set ? 100 : 10
  }

  /// Throws unless the name is in kebab-case and the rate in 0..<1.
  public func validate() throws(NoiseError) {
    let words = set.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    let isKebabCase = words.allSatisfy { word in
      !word.isEmpty
        && word.allSatisfy {
          (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
        }
    }
    guard isKebabCase else {
      throw .parameterOutOfRange(
        name: "set", found: "\"\(set)\"",
        allowed: "lower-case letters and digits, words joined by single dashes")
    }
    guard rate >= 0 && rate < 1 else { throw .rateOutOfRange(kind: "given", rate: rate) }
  }

  /// Checks labels against the clean ones that they stand beside, and returns them.
  ///
  /// - Parameters:
  ///   - labels: The given labels, or nil if the caller has none.
  ///   - count: The number of clean labels.
  ///   - classes: The number of classes.
  /// - Returns: The labels.
  /// - Throws: ``NoiseError`` if labels are missing, too few or too many, or out of range, or if
  ///   this set is known to have another number of classes.
  func checked(
    _ labels: [Int]?, count: Int, classes: Int
  ) throws(NoiseError) -> [Int] {
    if let requiredClasses, requiredClasses != classes {
      throw .wrongClassCount(
        kind: "given:\(set)", required: "\(requiredClasses)", found: classes)
    }
    guard let labels else { throw .givenLabelsMissing(set: set) }
    guard labels.count == count else {
      throw .givenLabelCount(set: set, given: labels.count, labels: count)
    }
    for (index, label) in labels.enumerated() where label < 0 || label >= classes {
      throw .givenLabelOutOfRange(set: set, index: index, label: label, classes: classes)
    }
    return labels
  }
}
