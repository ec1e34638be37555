import ArgumentParser
import Features
import Foundation
import NeighborEmbedding
import Reproduction
import RunStore

/// Embeds points in the plane by t-SNE.
struct EmbeddingCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tsne", abstract: "Embed points in the plane by t-SNE.",
    discussion: """
      The input is NPY or comma-separated text, one row a point. The embedding is an NPY file of \
      float32, n x 2; it appears when it is complete.
      """)

  @Argument(help: "The points.")
  var input: String

  @Option(help: "Where the embedding goes.")
  var output: String

  @Option(help: "The effective number of neighbours of a point, at most (n - 1) / 3.")
  var perplexity = 30.0

  @Option(help: "Reduce to so many principal components first; 0 takes all columns as they are.")
  var components = 50

  @Option(help: "The gradient: auto, exact, barnes-hut or interpolation.")
  var method: TSNE.Method = .auto

  @Option(help: "All iterations; the first third, at most 250, are exaggerated.")
  var iterations = 750

  @Option(help: "The seed of the initial places.")
  var seed: UInt64 = 0

  @Option(help: "Threads; one a core when not given. The result does not depend on them.")
  var threads = 0

  @Flag(help: "Print the result as JSON.")
  var json = false

  @Flag(help: "No progress.")
  var quiet = false

  /// The fields of the result.
  private struct Result: Encodable {
    let klDivergence, seconds, perplexity: Double
    let iterations, n: Int
    let method: String

    enum CodingKeys: String, CodingKey {
      case iterations, n, method, perplexity, seconds
      case klDivergence = "kl_divergence"
    }
  }

  func run() throws {
    let settings = TSNE.Configuration(
      perplexity: perplexity, iterations: iterations,
      exaggerationIterations: min(250, iterations / 3), method: method, seed: seed,
      threads: threads)
    try settings.validate()
    guard components >= 0 else {
      throw ValidationError("--components: expected 0 or more, found \(components)")
    }
    let (rows, columns, values) = try StatisticsInput.matrix(input)
    var points = FeatureMatrix(rows: rows, columns: columns, values: values)
    if components > 0 && components < min(rows, columns) {
      points = PrincipalComponents(of: points, count: components).project(points)
    }
    let start = ContinuousClock.now
    let embedding = try TSNE.embed(
      points, configuration: settings, progress: progress(since: start))
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    try StatisticsOutput.npy(embedding.coordinates.values, shape: [rows, 2], to: output)
    if json {
      try StatisticsOutput.json(
        Result(
          klDivergence: embedding.klDivergence, seconds: seconds, perplexity: perplexity,
          iterations: embedding.iterations, n: rows, method: embedding.method.rawValue))
    } else {
      try StatisticsOutput.text(
        String(
          format: "%@: %d points, KL divergence %.4f nats, %d iterations, %@, %.1f s", output, rows,
          embedding.klDivergence, embedding.iterations, embedding.method.rawValue, seconds))
    }
  }

  /// A line a hundred iterations, on standard error.
  private func progress(since start: ContinuousClock.Instant) -> (EmbeddingProgress) -> Bool {
    let console = Console(isQuiet: quiet)
    return { state in
      if state.iteration % 100 == 0 || state.iteration == state.total {
        console.note(
          String(
            format: "iteration %d of %d, KL divergence %.4f nats%@, %.1f s", state.iteration,
            state.total, state.klDivergence, state.isExaggerating ? ", exaggerating" : "",
            (ContinuousClock.now - start) / .seconds(1)))
      }
      return true
    }
  }
}

extension TSNE.Method: ExpressibleByArgument {}

extension EmbeddingError: ReportableError {
  /// A setting is a matter of the command line, everything else of the data.
  public var exitStatus: ExitStatus {
    if case .setting = self { .usage } else { .badData }
  }

  /// What happened, in one line.
  public var message: String { description }
}
