import Experiments
import Foundation
import Methods
import Reproduction
import RunStore

/// What both selections know of the training samples of one draw of noisy labels.
public struct SelectionSamples: Hashable, Sendable {
  /// The seed of the draw.
  public var seed: Int
  /// The clean labels.
  public var cleanLabels: [Int]
  /// The noisy labels that methods are given.
  public var givenLabels: [Int]
  /// The similarity of each image to its modified image, by which EchoSelect keeps samples.
  public var similarities: [Double]
  /// The probabilities of given labels by which BLTM distils samples, n x C, row-major; empty where its run is missing.
  public var posterior: [Float]
  /// The short identifier of BLTM's run; nil where it is missing.
  public var run: String?

  /// Creates samples.
  public init(
    seed: Int, cleanLabels: [Int], givenLabels: [Int], similarities: [Double],
    posterior: [Float] = [], run: String? = nil
  ) {
    let count = cleanLabels.count
    precondition(
      givenLabels.count == count && similarities.count == count
        && (count == 0 ? posterior.isEmpty : posterior.count.isMultiple(of: count)),
      "\(count) clean and \(givenLabels.count) given labels, \(similarities.count) similarities, "
        + "\(posterior.count) probabilities")
    self.seed = seed
    self.cleanLabels = cleanLabels
    self.givenLabels = givenLabels
    self.similarities = similarities
    self.posterior = posterior
    self.run = run
  }

  /// The number of samples.
  public var count: Int { cleanLabels.count }

  /// Whether the given label of each sample is right.
  public var isRight: [Bool] { zip(cleanLabels, givenLabels).map { $0 == $1 } }

  /// The most probable label of each sample with its probability, the lowest of equals; empty where BLTM's run is missing.
  public var predictions: [(label: Int, confidence: Double)] {
    guard !posterior.isEmpty else { return [] }
    let classes = posterior.count / count
    return (0..<count).map { sample in
      let row = posterior[(sample * classes)..<((sample + 1) * classes)]
      var best = row.startIndex
      for index in row.indices where row[index] > row[best] { best = index }
      return (best - row.startIndex, Double(row[best]))
    }
  }
}

extension SelectionSamples {
  /// The method whose selection EchoSelect's is compared with.
  public static let rival = "bltm"

  /// What must be measured for every column and seed of a request: similarities, and the outputs of BLTM where it is asked
  /// for.
  ///
  /// - Throws: ``RunStore/StoreError`` when a specification cannot be encoded.
  public static func analyses(of request: Request) throws -> [Analysis] {
    similarities(of: request).map { .similarities($0) }
      + (try request.cells().filter { $0.method.identifier == rival }
        .map { .outputs(OutputsSpecification($0.specification)) })
  }

  /// The similarities of every column and seed of a request that has a generator.
  public static func similarities(of request: Request) -> [SimilaritySpecification] {
    request.columns.flatMap { column in
      request.seeds.compactMap { seed in
        EchoDraw(column.benchmark, noise: column.noise, seed: seed)
          .map { SimilaritySpecification($0) }
      }
    }
  }

  /// The samples of a column that the store has, seed by seed.
  ///
  /// - Throws: ``RunStore/StoreError`` when a measurement is damaged, ``SelectionMismatch`` when both methods were not given the
  ///   same labels.
  public static func stored(
    _ column: TableColumn, of request: Request, in store: RunStore
  ) throws -> [SelectionSamples] {
    var asked = request
    asked.methods = request.methods.filter { $0.identifier == rival }
    asked.columns = [column]
    let cells = try asked.cells()
    return try request.seeds.compactMap { seed in
      guard
        let draw = EchoDraw(column.benchmark, noise: column.noise, seed: seed),
        let measured = try EchoSimilarities.stored(
          for: SimilaritySpecification(draw), in: store)
      else { return nil }
      var samples = SelectionSamples(
        seed: seed, cleanLabels: measured.cleanLabels, givenLabels: measured.givenLabels,
        similarities: measured.similarities)
      guard let cell = cells.first(where: { $0.seed == seed }),
        let outputs = try RunOutputs.stored(
          for: OutputsSpecification(cell.specification), in: store),
        let posterior = outputs.sampleOutputs[BLTM.posteriorName]
      else { return samples }
      guard outputs.train.givenLabels == measured.givenLabels,
        outputs.train.cleanLabels == measured.cleanLabels
      else { throw SelectionMismatch(column: column.identifier, seed: seed) }
      samples.posterior = posterior
      samples.run = cell.key.short
      return samples
    }
  }
}

/// Measurements of two methods that were not given the same labels.
public struct SelectionMismatch: ReportableError, Hashable {
  /// The column.
  public let column: String
  /// The seed.
  public let seed: Int

  /// Creates an error about a draw.
  public init(column: String, seed: Int) {
    self.column = column
    self.seed = seed
  }

  /// What differs, and what to do.
  public var message: String {
    "the labels of \(column) seed \(seed) that BLTM was given are not those of the similarities: "
      + "remove both measurements from the store and run again"
  }
  /// 65.
  public var exitStatus: ExitStatus { .badData }
}
