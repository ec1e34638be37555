/// Which inconclusive claims to spend a budget of time on.
///
/// The most informative claim is the one with the largest chance of being settled for each second of
/// work that it adds: the predicted chance of its next look, divided by the seconds of those of its
/// jobs that no claim chosen before it needs too, since shared runs are trained once. Claims are
/// chosen one after another in this way while the whole fits the budget (the greedy rule for a
/// knapsack whose items share their weight). Equal claims are taken in the order given; a claim
/// whose chance is unknown, because there is nothing to test yet, comes after all others, cheaper
/// ones first.
public struct BudgetPlan: Sendable {
  /// What a claim costs and whether it is chosen.
  public struct Entry: Sendable {
    /// The claim.
    public var claim: UndecidedClaim
    /// The runs that it needs and the store lacks.
    public var runs: Int
    /// The seconds of one worker that all its jobs take.
    public var workSeconds: Double
    /// The seconds until they are done by all workers.
    public var seconds: Double
    /// Its place among those chosen, from 1; nil when it is not chosen.
    public var rank: Int?
  }

  /// The claims, in the order given.
  public private(set) var entries: [Entry] = []
  /// The claims that are chosen, the most informative first.
  public private(set) var chosen: [UndecidedClaim] = []
  /// The identifiers of the jobs of all chosen claims.
  public private(set) var jobs: Set<String> = []
  /// The number of workers.
  public let workers: Int
  private let prices: [String: JobPrice]

  /// Plans for a budget.
  ///
  /// - Parameters:
  ///   - claims: The inconclusive claims that seeds could settle.
  ///   - prices: The price of every job of every claim; of equal jobs the first counts.
  ///   - workers: The number of workers, at least 1.
  ///   - seconds: The budget.
  public init(_ claims: [UndecidedClaim], prices: [JobPrice], workers: Int, seconds: Double) {
    self.init(claims, prices: prices, workers: workers)
    var order: [Int] = []
    while let next = mostInformative(besides: Set(order), seconds: seconds) {
      order.append(next)
      jobs.formUnion(claims[next].jobs)
    }
    choose(order)
  }

  /// Plans what was chosen before, by place among the claims, whatever it costs.
  public init(
    _ claims: [UndecidedClaim], prices: [JobPrice], workers: Int, chosen order: [Int]
  ) {
    self.init(claims, prices: prices, workers: workers)
    for place in order { jobs.formUnion(claims[place].jobs) }
    choose(order)
  }

  private init(_ claims: [UndecidedClaim], prices: [JobPrice], workers: Int) {
    precondition(workers >= 1, "\(workers) workers")
    self.workers = workers
    self.prices = Dictionary(
      prices.map { ($0.identifier, $0) }, uniquingKeysWith: { first, _ in first })
    precondition(
      claims.allSatisfy { $0.jobs.allSatisfy { self.prices[$0] != nil } }, "a job without a price")
    for claim in claims {
      entries.append(
        Entry(
          claim: claim, runs: runs(of: Set(claim.jobs)), workSeconds: work(of: Set(claim.jobs)),
          seconds: seconds(of: Set(claim.jobs)), rank: nil))
    }
  }

  private mutating func choose(_ order: [Int]) {
    for (rank, place) in order.enumerated() { entries[place].rank = rank + 1 }
    chosen = order.map { entries[$0].claim }
  }

  /// The runs of all chosen claims.
  public var runs: Int { runs(of: jobs) }

  /// The seconds of one worker that all chosen claims take.
  public var workSeconds: Double { work(of: jobs) }

  /// The seconds until all chosen claims are done.
  public var seconds: Double { seconds(of: jobs) }

  /// The claim that takes the least time by itself; nil without claims.
  public var cheapest: Entry? { entries.min { $0.seconds < $1.seconds } }

  private func runs(of jobs: Set<String>) -> Int { jobs.count { prices[$0]?.isRun ?? false } }

  private func work(of jobs: Set<String>) -> Double {
    // In a fixed order, so that equal sets have equal sums to the last place.
    jobs.sorted().reduce(0) { $0 + (prices[$1]?.seconds ?? 0) }
  }

  /// No schedule is shorter than its longest chain of dependent jobs.
  private func seconds(of jobs: Set<String>) -> Double {
    max(work(of: jobs) / Double(workers), jobs.compactMap { prices[$0]?.chain }.max() ?? 0)
  }

  private func mostInformative(besides taken: Set<Int>, seconds budget: Double) -> Int? {
    var best: (place: Int, rate: Double, cost: Double)?
    for (place, entry) in entries.enumerated() where !taken.contains(place) {
      let all = jobs.union(entry.claim.jobs)
      guard seconds(of: all) <= budget else { continue }
      let cost = work(of: all.subtracting(jobs))
      let rate = (entry.claim.verdict.chance ?? 0) / max(cost, 1e-9)
      if let best, (best.rate, -best.cost) >= (rate, -cost) { continue }
      best = (place, rate, cost)
    }
    return best?.place
  }
}
