import Features
import TestSupport
import Testing

@testable import NeighborEmbedding

@Suite struct TSNETests {
  private let three = FeatureMatrix.clusters(3, size: 70, distance: 12)

  private func configuration(
    _ method: TSNE.Method = .barnesHut, iterations: Int = 300, threads: Int = 2, seed: UInt64 = 0
  ) -> TSNE.Configuration {
    TSNE.Configuration(
      perplexity: 15, iterations: iterations, exaggerationIterations: 100, method: method,
      seed: seed, threads: threads)
  }

  @Test(arguments: [TSNE.Method.exact, .barnesHut, .interpolation])
  func clustersStaySeparate(_ method: TSNE.Method) throws {
    let embedding = try TSNE.embed(three, configuration: configuration(method))
    #expect(embedding.method == method && embedding.iterations == 300)
    #expect(embedding.coordinates.rows == 210 && embedding.coordinates.columns == 2)
    let nearest = exactNeighbors(
      of: embedding.coordinates, in: embedding.coordinates, k: 5, excludingSelf: true, threads: 1)
    for (place, index) in nearest.indices.enumerated() {
      #expect(place / 5 / 70 == Int(index) / 70)
    }
    #expect(embedding.klDivergence > 0 && embedding.klDivergence < 0.6)
  }

  @Test func divergenceIsThatOfTheCoordinates() throws {
    let embedding = try TSNE.embed(three, configuration: configuration())
    let again = try TSNE.divergence(
      of: embedding.coordinates, from: three, configuration: configuration())
    #expect(again == embedding.klDivergence)
  }

  @Test(arguments: [TSNE.Method.exact, .barnesHut, .interpolation])
  func resultsDependOnTheSeedAlone(_ method: TSNE.Method) throws {
    func values(threads: Int, seed: UInt64) throws -> [Float] {
      try TSNE.embed(
        three, configuration: configuration(method, iterations: 120, threads: threads, seed: seed)
      ).coordinates.values
    }
    let first = try values(threads: 2, seed: 0)
    #expect(try values(threads: 2, seed: 0) == first)
    #expect(try values(threads: 1, seed: 0) == first)
    #expect(try values(threads: 5, seed: 0) == first)
    #expect(try values(threads: 2, seed: 1) != first)
  }

  @Test(arguments: [TSNE.Method.exact, .barnesHut, .interpolation])
  func duplicatesAreEmbedded(_ method: TSNE.Method) throws {
    var rows = (0..<90).map { Array(three.row($0)) }
    for index in 20..<60 { rows[index] = rows[0] }
    let embedding = try TSNE.embed(
      FeatureMatrix(rows), configuration: configuration(method, iterations: 200))
    #expect(embedding.coordinates.values.allSatisfy { $0.isFinite })
    #expect(embedding.klDivergence.isFinite)
  }

  @Test func oneColumnIsEnough() throws {
    let line = FeatureMatrix((0..<60).map { [Float($0 * $0)] })
    let embedding = try TSNE.embed(line, configuration: configuration(iterations: 150))
    #expect(embedding.coordinates.values.allSatisfy { $0.isFinite })
  }

  @Test func progressIsToldAndStops() throws {
    var seen: [EmbeddingProgress] = []
    let embedding = try TSNE.embed(three, configuration: configuration(iterations: 310)) {
      seen.append($0)
      return true
    }
    #expect(seen.map(\.iteration) == Array(stride(from: 25, through: 300, by: 25)) + [310])
    #expect(seen.allSatisfy { $0.total == 310 && $0.isExaggerating == ($0.iteration <= 100) })
    expectClose(
      seen.last?.klDivergence ?? 0, embedding.klDivergence, relative: 0.02)
    let stopped = try TSNE.embed(three, configuration: configuration()) { $0.iteration < 50 }
    #expect(stopped.iterations == 50)
    #expect(stopped.coordinates.values.allSatisfy { $0.isFinite })
  }

  @Test func initialPlacesHaveTheirSpread() {
    for way in TSNE.Initialization.allCases {
      let places = InitialPlaces.make(three, by: way, seed: 3)
      let squares = (0..<places.count).reduce(0.0) { $0 + Double(places[$1].x * places[$1].x) }
      expectClose((squares / 210).squareRoot(), 1e-4, relative: way == .random ? 0.15 : 5e-3)
    }
  }

  @Test func methodsByNumber() {
    #expect(TSNE.method(for: 300) == .exact)
    #expect(TSNE.method(for: 5000) == .barnesHut)
    #expect(TSNE.method(for: 10_000) == .interpolation)
  }

  @Test func badPointsAreRefused() {
    func error(_ points: FeatureMatrix, perplexity: Double = 30) -> EmbeddingError? {
      do {
        _ = try TSNE.embed(points, configuration: .init(perplexity: perplexity, iterations: 1))
        return nil
      } catch { return error as? EmbeddingError }
    }
    #expect(error(.clusters(1, size: 90, distance: 0)) == .tooFewPoints(count: 90, perplexity: 30))
    #expect(error(.clusters(1, size: 91, distance: 0)) == nil)
    #expect(
      error(.clusters(1, size: 3, distance: 0), perplexity: 1)
        == .tooFewPoints(count: 3, perplexity: 1))
    #expect(
      error(FeatureMatrix(rows: 0, columns: 2, values: []))
        == .tooFewPoints(count: 0, perplexity: 30))
    var rows = [[Float]](repeating: [1, 2, 3], count: 100)
    #expect(error(FeatureMatrix(rows)) == .allPointsEqual(count: 100))
    rows[7][1] = .nan
    #expect(error(FeatureMatrix(rows)) == .notFinite(row: 7, column: 1))
    rows[7][1] = -.infinity
    #expect(error(FeatureMatrix(rows)) == .notFinite(row: 7, column: 1))
  }

  @Test func badSettingsAreRefused() {
    let bad: [(TSNE.Configuration, String)] = [
      (.init(perplexity: 0.5), "perplexity"), (.init(perplexity: .nan), "perplexity"),
      (.init(iterations: -1), "iterations"), (.init(exaggeration: 0), "exaggeration"),
      (.init(theta: 0), "theta"), (.init(learningRate: -1), "learning rate"),
      (.init(momentum: 1), "momentum"), (.init(threads: -2), "threads"),
    ]
    for (configuration, name) in bad {
      #expect {
        _ = try TSNE.embed(three, configuration: configuration)
      } throws: { "\($0)".contains("t-SNE: \(name): expected") }
    }
  }
}
