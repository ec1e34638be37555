import Training

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
    /// Whether it is a control and no contender.
    public let isControl: Bool
    /// The hyperparameters that a source gives for a setting.
    public let configuration: @Sendable (MethodSource, MethodSetting) -> MethodConfiguration

    /// Creates a method, such as one of the catalog at a setting of its own.
    public init(
      _ identifier: String, _ displayName: String, published: String? = nil, note: String? = nil,
      isControl: Bool = false,
      configuration: @escaping @Sendable (MethodSource, MethodSetting) -> MethodConfiguration
    ) {
      self.identifier = identifier
      self.displayName = displayName
      publishedName = published
      self.note = note
      self.isControl = isControl
      self.configuration = configuration
    }

    /// The hyperparameters that this suite's tables run for a setting.
    public func configuration(for setting: MethodSetting) -> MethodConfiguration {
      configuration(.ours, setting)
    }
  }

  /// All methods in table order.
  public static let entries: [Entry] =
    [
      Entry("ce", "CE", published: "CE") { _, _ in .crossEntropy(.init(samples: .noisy)) }
    ] + losses + corrections + selections + [bltm] + echoAlign + [
      Entry(
        "external-only", "External split only",
        note: "control: CE on the external clean images alone, no noisy label seen",
        isControl: true
      ) { _, _ in .crossEntropy(.init(samples: .external)) }
    ]

  /// The method of an identifier, or nil.
  public static func entry(_ identifier: String) -> Entry? {
    entries.first { $0.identifier == identifier.lowercased() }
  }

  /// Robust losses and regularisers.
  private static let losses: [Entry] = [
    Entry("apl-nce-rce", "APL (NCE+RCE)", published: "APL") {
      .apl(apl($0, .reverseCrossEntropy, $1))
    },
    Entry(
      "apl-nce-mae", "APL (NCE+MAE)",
      note: "the paper does not say which pair its APL row is; it is compared with NCE+RCE"
    ) { .apl(apl($0, .meanAbsoluteError, $1)) },
    Entry("pce", "PCE", published: "PCE") { source, setting in
      switch source {
      case .paper: .pce(.paper(classes: setting.classes))
      case .released: .pce(.released(classes: setting.classes))
      case .ours: .pce(.ours(classes: setting.classes, isReduced: setting.isReduced))
      }
    },
    Entry("aul", "AUL", published: "AUL") { source, setting in
      switch source {
      case .paper: .aul(.paper(classes: setting.classes))
      case .released: .aul(.released(classes: setting.classes))
      case .ours: .aul(.ours(classes: setting.classes, isReduced: setting.isReduced))
      }
    },
    Entry(
      "nce-aul", "NCE+AUL", note: "the paper's AUL row may be this; it is compared with AUL"
    ) { source, setting in
      switch source {
      case .paper: .nceAUL(.paper(classes: setting.classes))
      case .released: .nceAUL(.released(classes: setting.classes))
      case .ours: .nceAUL(.ours(classes: setting.classes, isReduced: setting.isReduced))
      }
    },
    Entry("celc", "CELC", published: "CELC") { source, setting in
      switch source {
      case .paper: .celc(.paper(classes: setting.classes))
      case .released: .celc(.released(classes: setting.classes))
      case .ours: .celc(.ours(classes: setting.classes, isReduced: setting.isReduced))
      }
    },
    Entry("gce", "GCE") { source, setting in
      switch source {
      case .paper: .gce(.paper(classes: setting.classes))
      case .released: .gce(.released(classes: setting.classes))
      case .ours: .gce(.ours(classes: setting.classes, isReduced: setting.isReduced))
      }
    },
    Entry("elr", "ELR") { _, setting in
      .elr(.released(classes: setting.classes, isSymmetric: setting.isSymmetric))
    },
  ]

  private static func apl(
    _ source: MethodSource, _ passive: APL.Passive, _ setting: MethodSetting
  ) -> APL.Configuration {
    switch source {
    case .paper: .paper(passive, classes: setting.classes)
    case .released: .released(passive, classes: setting.classes)
    case .ours: .ours(passive, classes: setting.classes, isReduced: setting.isReduced)
    }
  }

  /// Methods that estimate how labels were corrupted, or correct them.
  private static let corrections: [Entry] = [
    Entry(
      "t-revision", "T-Revision", published: "T-Revision",
      note: "comes back to its best noisy-validation epoch between stages"
    ) { source, setting in
      switch source {
      case .paper: .tRevision(.paper(classes: setting.classes))
      case .released: .tRevision(.released(classes: setting.classes))
      case .ours: .tRevision(.ours(setting: setting))
      }
    },
    Entry(
      "hoc-forward", "HOC-Forward (Identifiability)", published: "Identifiability",
      note:
        "the cited work's code with features of a warm-up network instead of self-supervised ones"
    ) { source, setting in
      .hocForward(source == .ours ? .ours : .released)
    },
    Entry(
      "joint", "Joint", published: "Joint",
      note:
        "hyperparameters depend on whether noise is symmetric; trains a second network on its own labels"
    ) { source, setting in
      switch source {
      case .paper: .joint(.paper(isSymmetric: setting.isSymmetric))
      case .released: .joint(.released(isSymmetric: setting.isSymmetric))
      case .ours: .joint(.ours(setting: setting))
      }
    },
  ]

  /// Methods that select samples by their loss; all are told the noise rate.
  private static let selections: [Entry] = [
    Entry(
      "co-teaching", "Co-teaching", published: "Co-teaching",
      note: "is told the noise rate; network 1 of two"
    ) { _, _ in .coTeaching(.released) },
    Entry("sigua", "SIGUA", published: "SIGUA", note: "is told the noise rate") {
      source, setting in
      switch source {
      case .paper: .sigua(.paper(noiseRate: setting.noise.nominalRate))
      case .released: .sigua(.released(noiseRate: setting.noise.nominalRate))
      case .ours: .sigua(.ours(setting: setting))
      }
    },
    Entry(
      "co-dis", "Co-Dis", published: "Co-Dis", note: "is told the noise rate; network 1 of two"
    ) { source, setting in
      switch source {
      case .paper: .coDis(.paper())
      case .released: .coDis(.released())
      case .ours: .coDis(.ours(setting: setting))
      }
    },
  ]

  private static let bltm = Entry(
    "bltm", "BLTM",
    note:
      "is told an upper bound of the noise rate (0.1); the paper prints only how many samples it selects"
  ) { source, setting in
    .bltm(source == .ours ? .ours(setting: setting) : .released)
  }

  /// The paper's own method, as its Algorithm 1 and as its code, and the parts of it.
  private static let echoAlign: [Entry] = [
    Entry(
      "echoalign-a", "EchoAlign A (paper)", published: "EchoAlign",
      note: "Algorithm 1; uses external clean images"
    ) { .echoAlign(.paper(noiseRate: $1.noise.nominalRate)) },
    Entry(
      "echoalign-b", "EchoAlign B (code)", published: "EchoAlign",
      note:
        "the released code; uses external clean images, and the noise rate where noise is symmetric"
    ) { _, setting in
      .echoAlign(
        .released(noiseRate: setting.noise.nominalRate, isSymmetric: setting.isSymmetric))
    },
    Entry(
      "echo-modification", "Modification only", published: "InstanceModificationOnly",
      note: "ablation: all modified images, no original; uses external clean images"
    ) { .echoAlign(.modificationOnly(noiseRate: $1.noise.nominalRate)) },
    Entry(
      "echo-selection", "Selection only", published: "EchoSelectOnly",
      note: "ablation: selected originals, no modified image; uses external clean images"
    ) { .echoAlign(.selectionOnly(noiseRate: $1.noise.nominalRate)) },
  ]
}
