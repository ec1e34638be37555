import RunStore

/// One reproduced table or figure of a paper: everything that a reader is shown, as a value.
///
/// A report is a function of run records, published numbers and declared claims; making it trains
/// nothing.
public struct Report: Sendable {
  /// The paper that is reproduced.
  public struct Paper: Codable, Hashable, Sendable {
    /// The paper's title.
    public var title: String
    /// The version, such as `arXiv 2405.12969v1`.
    public var version: String
    /// The part that is reproduced, such as `Table 1`.
    public var item: String

    /// Creates a paper.
    public init(title: String, version: String, item: String) {
      self.title = title
      self.version = version
      self.item = item
    }
  }

  /// The report's identifier, such as `echoalign-table1`; also the name of its folder.
  public var id: String
  /// The title.
  public var title: String
  /// The paper.
  public var paper: Paper
  /// What the report is about, one paragraph each.
  public var introduction: [String]
  /// The command that makes the report anew.
  public var command: String
  /// The scale.
  public var profile: ProfileFacts
  /// Whether plain training memorised; nil when the question does not arise.
  public var regime: RegimeNote?
  /// The runs.
  public var results: ResultSet
  /// The accuracy tables; the first is the one that the title speaks of.
  public var tables: [MeasuredTable]
  /// The figures.
  public var figures: [ReportFigure]
  /// The claims with their verdicts.
  public var judgements: [Judgement]
  /// The chance allowed for any false verdict of one kind.
  public var alpha: Double
  /// The four selection rules side by side; nil to leave the section out.
  public var lens: ProtocolLens?
  /// The label noise as it was drawn; nil to leave the section out.
  public var audit: NoiseAuditSection?
  /// Where the paper and its code differ.
  public var register: [CodeDifference]
  /// What a reader should know besides, such as how thresholds were chosen, one paragraph each.
  public var notes: [String]
  /// Plain tables, such as of settings or of times.
  public var listings: [Listing]
  /// What was measured besides accuracies; identifiers differ.
  public var quantities: [Quantity]
  /// Where measurements that are no runs were made.
  public var origins: [Provenance]

  /// Creates a report.
  ///
  /// A report that is no accuracy table has ``ResultSet/empty`` as its results and no tables.
  public init(
    id: String, title: String, paper: Paper, introduction: [String], command: String,
    profile: ProfileFacts, regime: RegimeNote? = nil, results: ResultSet, tables: [MeasuredTable],
    figures: [ReportFigure] = [], judgements: [Judgement] = [], alpha: Double = 0.05,
    lens: ProtocolLens? = nil, audit: NoiseAuditSection? = nil, register: [CodeDifference] = [],
    notes: [String] = [], listings: [Listing] = [], quantities: [Quantity] = [],
    origins: [Provenance] = []
  ) {
    precondition(
      Set(listings.map(\.id)).count == listings.count
        && Set(quantities.map(\.id)).count == quantities.count,
      "\(id): two listings or quantities share a name")
    self.id = id
    self.title = title
    self.paper = paper
    self.introduction = introduction
    self.command = command
    self.profile = profile
    self.regime = regime
    self.results = results
    self.tables = tables
    self.figures = figures
    self.judgements = judgements
    self.alpha = alpha
    self.lens = lens
    self.audit = audit
    self.register = register
    self.notes = notes
    self.listings = listings
    self.quantities = quantities
    self.origins = origins
  }

  /// Where the runs and other measurements were made.
  public var provenance: ProvenanceSummary {
    ProvenanceSummary(results.records, origins: origins)
  }

  /// How many claims have each verdict, in the order of the words, without the words that none has.
  public var verdictCounts: [(word: Verdict.Word, count: Int)] {
    Verdict.Word.allCases.map { word in
      (word, judgements.count { $0.verdict.word == word })
    }.filter { $0.1 > 0 }
  }

  /// Whether a claim that this profile can test fails, or a planned run or quantity has no number.
  public var hasFailedCheck: Bool {
    judgements.contains(where: \.isRefuted)
      || results.missingCount(rule: tables.first?.rule ?? .lastEpoch) > 0
      || quantities.contains(where: \.values.isEmpty)
  }
}
