import RunStore

/// The jobs that are still to be done for a list of runs, with what they depend on.
public struct JobPlan: Sendable {
  /// One job.
  public struct Entry: Sendable {
    /// The job's name.
    public var identifier: String
    /// What people read.
    public var label: String
    /// The job.
    public var job: Job
    /// The names of the jobs in this plan that must be done before it.
    public var dependencies: [String]
  }

  /// The jobs, each after what it depends on.
  public private(set) var entries: [Entry] = []

  /// Plans what the store lacks of a list of runs; equal work is planned once.
  ///
  /// - Parameters:
  ///   - runs: The runs with what people call them.
  ///   - store: The store.
  ///   - analyses: What the report shows beside the runs.
  /// - Throws: ``StoreError`` for a damaged record.
  public init(
    runs: [(label: String, specification: RunSpecification)], store: RunStore,
    analyses: [Analysis] = []
  ) throws {
    var planned: Set<String> = []
    func add(_ job: Job, label: String, isKnownMissing: Bool = false) throws -> String? {
      if try !isKnownMissing && job.isDone(in: store) { return nil }
      let identifier = try job.identifier()
      if planned.contains(identifier) { return identifier }
      let dependencies = try job.dependencies.compactMap { dependency in
        try add(dependency, label: Self.label(of: dependency, for: label))
      }
      planned.insert(identifier)
      entries.append(
        Entry(identifier: identifier, label: label, job: job, dependencies: dependencies))
      return identifier
    }
    // Looking costs more than planning: records are read whole, so that a damaged one is found.
    let isDone = try runs.map { Job.run($0.specification) }.concurrentMap {
      try $0.isDone(in: store)
    }
    for (run, isDone) in zip(runs, isDone) where !isDone {
      _ = try add(.run(run.specification), label: run.label, isKnownMissing: true)
    }
    for analysis in analyses {
      _ = try add(.analysis(analysis), label: analysis.specification.label)
    }
  }

  /// The plan of one job, whatever it depends on.
  public init(job: Job, identifier: String, label: String) {
    entries = [Entry(identifier: identifier, label: label, job: job, dependencies: [])]
  }

  /// The number of runs among the jobs.
  public var runCount: Int {
    entries.count { if case .run = $0.job { true } else { false } }
  }

  private static func label(of job: Job, for run: String) -> String {
    switch job {
    case .generator: return "generator"
    case .extractor: return "feature extractor"
    case .echo(let draw): return "images for \(draw.noise.identifier) seed \(draw.noiseSeed)"
    case .run: return run
    case .analysis(let analysis): return analysis.specification.label
    }
  }
}
