import LabelNoise

/// The methods that can be named, in the order of tables.
public enum MethodCatalog {
  /// One method.
  public struct Entry: Sendable {
    /// The identifier on the command line, in tables and in folders.
    public let identifier: String
    /// The name for print.
    public let displayName: String
    /// The name under which papers print it, to find published numbers.
    public let publishedName: String?
    /// What a reader must know about the row, for example that the method is told the noise rate.
    public let note: String?
    /// The configuration for a kind and rate of noise.
    public let configuration: @Sendable (NoiseModel) -> MethodConfiguration
  }

  /// All methods in table order.
  public static let entries: [Entry] = [
    Entry(
      identifier: "ce", displayName: "CE", publishedName: "CE", note: nil
    ) { _ in .crossEntropy },
    Entry(
      identifier: "apl-nce-rce", displayName: "APL (NCE+RCE)", publishedName: "APL", note: nil
    ) { _ in .apl(.releasedRCE) },
    Entry(
      identifier: "apl-nce-mae", displayName: "APL (NCE+MAE)", publishedName: nil,
      note: "the paper does not say which pair its APL row is; it is compared with NCE+RCE"
    ) { _ in .apl(.releasedMAE) },
    Entry(
      identifier: "co-teaching", displayName: "Co-teaching", publishedName: "Co-teaching",
      note: "is told the noise rate; network 1 of two"
    ) { _ in .coTeaching(.released) },
    Entry(
      identifier: "echoalign-a", displayName: "EchoAlign A (paper)", publishedName: "EchoAlign",
      note: "Algorithm 1; uses external clean images"
    ) { .echoAlign(.paper(noiseRate: $0.nominalRate)) },
    Entry(
      identifier: "echoalign-b", displayName: "EchoAlign B (code)", publishedName: "EchoAlign",
      note:
        "the released code; uses external clean images, and the noise rate where noise is symmetric"
    ) { noise in
      .echoAlign(
        .released(noiseRate: noise.nominalRate, isSymmetric: noise.kind.hasPrefix("symmetric")))
    },
    Entry(
      identifier: "external-only", displayName: "External split only", publishedName: nil,
      note: "control: CE on the external clean images alone, no noisy label seen"
    ) { _ in .externalOnly },
  ]

  /// The method of an identifier, or nil.
  public static func entry(_ identifier: String) -> Entry? {
    entries.first { $0.identifier == identifier.lowercased() }
  }
}
