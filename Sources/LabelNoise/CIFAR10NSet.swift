/// A label set of CIFAR-10N: human labels of the 50,000 training images of CIFAR-10.
///
/// Three annotators saw each image. Aggregated facts only are kept here; the labels themselves are
/// fetched, since their licence (CC BY-NC 4.0) is not this package's.
///
/// Source: J. Wei et al., "Learning with noisy labels revisited: a study using real-world human
/// annotations", ICLR 2022; label file of UCSC-REAL/cifar-10-100n at 49df7d8.
public enum CIFAR10NSet: String, Codable, Hashable, Sendable, CaseIterable {
  /// The majority of the three labels, `aggre_label` in the file.
  case aggregate
  /// The first label, `random_label1`.
  case random1
  /// The second label, `random_label2`.
  case random2
  /// The third label, `random_label3`.
  case random3
  /// A wrong label wherever one of the three is wrong, `worse_label`.
  case worst

  /// The measured share of wrong labels, to four decimals: 0.0901, 0.1723, 0.1812, 0.1764, 0.4021.
  public var rate: Double {
    let all = counts.joined().reduce(0, +)
    let right = counts.indices.reduce(0) { $0 + counts[$1][$1] }
    return (Double(all - right) / Double(all) * 10_000).rounded() / 10_000
  }
}
