import Foundation
import RunStore

/// A piece of work for one process: a run, or something that runs share.
public enum Job: Codable, Hashable, Sendable {
  /// Train a generator.
  case generator(GeneratorSpecification)
  /// Train a feature extractor.
  case extractor(ExtractorSpecification)
  /// Measure a generator at several operating points.
  case quality(QualitySpecification)
  /// Generate the modified images that a run asks for.
  case echo(RunSpecification)
  /// Execute a run.
  case run(RunSpecification)

  private struct EchoIdentity: Codable {
    var data: DataSpecification
    var noise: NoiseDraw
    var outside: OutsideSpecification?
  }

  private struct NoiseDraw: Codable {
    var model: String
    var noiseSeed: UInt64
    var splitSeed: UInt64
  }

  /// A name that is the same for the same work, whichever run asks for it.
  public func identifier() throws -> String {
    switch self {
    case .generator(let specification):
      return "generator-\(try specification.weightsKey().text)"
    case .extractor(let specification):
      return "extractor-\(try specification.key().text)"
    case .quality(let specification):
      return "quality-\(try specification.key().text)"
    case .echo(let run):
      let identity = try CanonicalJSON.encode(
        EchoIdentity(
          data: run.data,
          noise: NoiseDraw(
            model: String(decoding: try CanonicalJSON.encode(run.noise), as: UTF8.self),
            noiseSeed: run.seeds.noise, splitSeed: run.seeds.split),
          outside: run.outside))
      return "echo-\(RunKey(canonical: identity).text)"
    case .run(let specification):
      return try specification.key().text
    }
  }

  /// What must be done before this.
  public var dependencies: [Job] {
    switch self {
    case .generator, .extractor: return []
    case .quality(let specification):
      let outside = specification.outside
      return [.generator(outside.generator), .extractor(outside.extractor)]
    case .echo(let run):
      guard let outside = run.outside else { return [] }
      return [.generator(outside.generator), .extractor(outside.extractor)]
    case .run(let run):
      return run.outside == nil ? [] : [.echo(run)]
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
    case .quality(let specification):
      return try GeneratorQuality.stored(for: specification, in: store) != nil
    case .echo: return false
    case .run(let specification):
      switch try store.state(of: try specification.key()) {
      case .done, .failed: return true
      case .damaged(let error): throw error
      case .absent, .started: return false
      }
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
    case .quality: return 200_000
    case .echo(let run):
      let size = try shelf.shape(of: run.data.dataset).reduce(1, *)
      return Int(Double(run.data.trainCount * size) * max(0.3, run.noise.nominalRate))
    case .run(let run):
      return 8000 + 700 * RunExecutor.forecastEpochs(run)
    }
  }
}

extension RunExecutor {
  /// Does a job to its end, or until asked to stop.
  public func perform(
    _ job: Job, report: (ExecutionProgress) -> Void = { _ in },
    isStopped: () -> Bool = { false }
  ) throws -> ExecutionOutcome {
    switch job {
    case .generator(let specification):
      return try prepare(specification, report: report, isStopped: isStopped)
    case .extractor(let specification):
      return try prepare(specification, report: report, isStopped: isStopped)
    case .quality(let specification):
      return try measure(specification, report: report, isStopped: isStopped)
    case .echo(let specification):
      return try prepareEcho(for: specification, report: report, isStopped: isStopped)
    case .run(let specification):
      return try execute(specification, report: report, isStopped: isStopped)
    }
  }
}
