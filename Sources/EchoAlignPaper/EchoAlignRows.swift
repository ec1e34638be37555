import Methods
import Reporting

/// The rows of the paper's tables.
public enum EchoAlignRows {
  /// Every method of Tables 1 and 2 with the two EchoAligns, baselines that the paper does not print, and the control.
  public static let accuracy = MethodCatalog.entries.filter {
    !["echo-modification", "echo-selection", "bltm"].contains($0.identifier)
  }

  /// The ablation of Table 3: plain training, modified images alone, selected originals alone, and both.
  public static let ablation = [
    "ce", "echo-modification", "echo-selection", "echoalign-a", "echoalign-b",
  ].compactMap(MethodCatalog.entry)

  /// Methods whose learning curves are drawn together, plain training among each: a figure of all would hide most lines.
  private static let curveFamilies: [(id: String, name: String, rows: Set<String>)] = [
    (
      "losses", "robust losses",
      ["ce", "apl-nce-rce", "apl-nce-mae", "pce", "aul", "nce-aul", "celc", "gce", "elr"]
    ),
    (
      "baselines", "correction, relabelling and selection",
      ["ce", "t-revision", "hoc-forward", "joint", "co-teaching", "sigua", "co-dis"]
    ),
    (
      "echoalign", "EchoAlign and its parts",
      [
        "ce", "echoalign-a", "echoalign-b", "echo-modification", "echo-selection", "external-only",
      ]
    ),
  ]

  /// The families of which a result set has a method besides plain training, or the first where it has none.
  static func curveFamilies(
    in results: ResultSet
  ) -> [(id: String, name: String, rows: Set<String>)] {
    let others = Set(results.rows.map(\.id)).subtracting(["ce"])
    let present = curveFamilies.filter { !$0.rows.isDisjoint(with: others) }
    return present.isEmpty ? Array(curveFamilies.prefix(1)) : present
  }

  /// The rows that stand for the baselines which the paper prints.
  public static let rivals = accuracy.filter {
    $0.publishedName != nil && $0.publishedName != "EchoAlign"
  }.map(\.identifier)
}

extension EchoAlignTable {
  /// How the printed tables most likely were read: ours at its best test epoch, CE after its last.
  public static let printedProtocol = ReportingProtocol(
    id: "as-printed", name: "ours at the best test epoch, CE at the last",
    rule: .bestOnNoisyValidation,
    overrides: [
      "ce": .lastEpoch, "echoalign-a": .bestOnTest, "echoalign-b": .bestOnTest,
    ])

  /// The two paragraphs that open the report of an accuracy table.
  public static func introduction(printedFor data: String) -> [String] {
    [
      "Every method is trained here by one engine on the same noisy labels, network and schedule; no number is copied "
        + "from another paper. The published numbers beside them are those that the paper prints for \(data).",
      "The paper's method exists in two forms, and both are reported: EchoAlign A is the paper's Algorithm 1, "
        + "EchoAlign B what the released code does. The printed numbers are those of the code.",
    ]
  }

  /// A claim of the paper's first version.
  public static func claim(
    _ number: String, _ quotation: String, _ place: String, dataset: String = "CIFAR-10",
    _ rule: ClaimRule, scale: PaperClaim.Scale = .anyProfile, remark: String? = nil
  ) -> PaperClaim {
    PaperClaim(
      id: "echoalign-\(number)", quotation: quotation, place: place, version: version,
      dataset: dataset, rule: rule, scale: scale, remark: remark)
  }

  /// The rows that "ours" of the paper is read as, with what to call them.
  public static let ours = [
    ("echoalign-b", "EchoAlign B, the released code"), ("echoalign-a", "EchoAlign A, Algorithm 1"),
  ]
}
