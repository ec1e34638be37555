import Foundation
import RunStore

/// A piece of work for one process: a run, or something that runs share.
public enum Job: Codable, Hashable, Sendable {
  /// Train a generator.
  case generator(GeneratorSpecification)
  /// Train a feature extractor.
  case extractor(ExtractorSpecification)
  /// Generate the modified images of a draw of noisy labels.
  case echo(EchoDraw)
  /// Execute a run.
  case run(RunSpecification)
  /// Measure something that reports show beside the runs.
  case analysis(Analysis)

  /// A name that is the same for the same work, whichever run asks for it.
  public func identifier() throws -> String {
    switch self {
    case .generator(let specification):
      return "generator-\(try specification.weightsKey().text)"
    case .extractor(let specification):
      return "extractor-\(try specification.key().text)"
    case .echo(let draw): return "echo-\(try draw.key().text)"
    case .run(let specification):
      return try specification.key().text
    case .analysis(let analysis):
      let specification = analysis.specification
      return "\(type(of: specification).kind)-\(try specification.key().text)"
    }
  }

  /// What must be done before this.
  public var dependencies: [Job] {
    switch self {
    case .generator, .extractor: return []
    case .echo(let draw): return draw.models
    case .run(let run):
      return EchoDraw(of: run).map { [.echo($0)] } ?? []
    case .analysis(let analysis): return analysis.specification.dependencies
    }
  }

  /// Whether its result is in the store.
  ///
  /// An echo counts as absent always, since asking costs as much as doing what is left of it.
  public func isDone(in store: RunStore) throws -> Bool {
    switch self {
    case .generator(let specification):
      return try store.asset(kind: "generator", key: try specification.weightsKey(), verify: false)
        != nil
    case .extractor(let specification):
      return try store.asset(kind: "extractor", key: try specification.key(), verify: false) != nil
    case .echo: return false
    case .run(let specification):
      switch try store.outcome(of: try specification.key()) {
      case .done: return true
      case .failed(let failure): return failure.cause.isFinal
      case nil: return false
      }
    case .analysis(let analysis):
      let specification = analysis.specification
      return try store.asset(
        kind: type(of: specification).kind, key: try specification.key(), verify: false) != nil
    }
  }
}

extension Job {
  /// About how many bytes its result takes on disk.
  ///
  /// Records grow with their epochs, weights with their parameters (a megabyte is typical of small profiles), and each
  /// modified image is stored once a label.
  ///
  /// - Throws: ``Datasets/DatasetError`` when the size of own images cannot be read.
  public func diskBytes(shelf: DataShelf) throws -> Int {
    switch self {
    case .generator, .extractor: return 2_000_000
    case .echo(let draw):
      let size = try shelf.shape(of: draw.data.dataset).reduce(1, *)
      return Int(Double(draw.data.trainCount * size) * max(0.3, draw.noise.nominalRate))
    case .run(let run):
      return 8000 + 700 * RunExecutor.forecastEpochs(run)
    case .analysis(let analysis): return analysis.specification.work.bytes
    }
  }
}

extension RunExecutor {
  /// Does a job to its end, or until asked to stop.
  public func perform(
    _ job: Job, watch: ExecutionWatch = ExecutionWatch()
  ) throws -> ExecutionOutcome {
    switch job {
    case .generator(let specification):
      return try prepare(specification, watch: watch)
    case .extractor(let specification):
      return try prepare(specification, watch: watch)
    case .echo(let draw):
      return try prepareEcho(for: draw, watch: watch)
    case .run(let specification):
      return try execute(specification, watch: watch)
    case .analysis(let analysis):
      return try perform(analysis, watch: watch)
    }
  }
}
