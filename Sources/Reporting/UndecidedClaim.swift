/// An inconclusive claim with the work that its next look needs.
public struct UndecidedClaim: Codable, Hashable, Sendable {
  /// The reproduction, such as `echoalign-table1`.
  public var item: String
  /// The claim's identifier.
  public var claim: String
  /// The verdict, which says how many more seeds would settle it and with what chance.
  public var verdict: Verdict
  /// How many seeds its cells have at that look.
  public var total: Int
  /// The identifiers of the jobs that are still to be done, each after what it depends on.
  public var jobs: [String]

  /// Creates an undecided claim.
  public init(item: String, claim: String, verdict: Verdict, total: Int, jobs: [String]) {
    self.item = item
    self.claim = claim
    self.verdict = verdict
    self.total = total
    self.jobs = jobs
  }
}

/// What a job costs.
public struct JobPrice: Codable, Hashable, Sendable {
  /// The job's identifier; equal work has equal identifiers, whichever claim or table asks for it.
  public var identifier: String
  /// Whether it is a run, and not something that runs share.
  public var isRun: Bool
  /// The seconds that one worker takes.
  public var seconds: Double
  /// The seconds of the longest chain of jobs that ends with it.
  public var chain: Double

  /// Creates a price.
  public init(identifier: String, isRun: Bool, seconds: Double, chain: Double) {
    self.identifier = identifier
    self.isRun = isRun
    self.seconds = seconds
    self.chain = chain
  }
}
