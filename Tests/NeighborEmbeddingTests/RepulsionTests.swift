import Foundation
import TestSupport
import Testing

@testable import NeighborEmbedding

@Suite struct RepulsionTests {
  private struct Outcome {
    var forces: [SIMD2<Double>]
    var normalization: Double
  }

  private func outcome(
    _ method: TSNE.Method, _ places: Scratch<SIMD2<Float>>, theta: Double = 0.5, threads: Int = 2
  ) -> Outcome {
    let repulsion = TSNE.repulsion(
      by: method, count: places.count, theta: theta, work: ChunkedWork(threads: threads))
    let result = Scratch(repeating: SIMD2<Float>.zero, count: places.count)
    let normalization = repulsion.forces(at: places, into: result)
    return Outcome(
      forces: (0..<places.count).map { SIMD2<Double>(result[$0]) }, normalization: normalization)
  }

  /// The root mean square of the differences over that of the forces.
  private func error(_ found: Outcome, _ expected: Outcome) -> Double {
    let differences = zip(found.forces, expected.forces).reduce(0) {
      $0 + (($1.0 - $1.1) * ($1.0 - $1.1)).sum()
    }
    return (differences / expected.forces.reduce(0) { $0 + ($1 * $1).sum() }).squareRoot()
  }

  @Test(arguments: [TSNE.Method.exact, .barnesHut])
  func twoPointsByHand(_ method: TSNE.Method) {
    let places = Scratch(repeating: SIMD2<Float>.zero, count: 2)
    places[1] = SIMD2(0, 1)
    let found = outcome(method, places)
    // Each of the two ordered pairs gives 1 / (1 + 1), and a force of 1 / (1 + 1)².
    #expect(found.normalization == 1)
    #expect(found.forces == [SIMD2(0, -0.25), SIMD2(0, 0.25)])
  }

  @Test func allPairsEqualTheReference() throws {
    let reference = try Reference.load()
    let found = outcome(.exact, reference.places)
    expectClose(found.normalization, reference.normalization, relative: 1e-6)
    let exact = ExactRepulsion(count: reference.embedding.count, work: ChunkedWork(threads: 1))
    expectClose(
      exact.normalization(at: reference.places), reference.normalization, relative: 1e-6)
    for (force, expected) in zip(found.forces, reference.repulsion) {
      expectClose([force.x, force.y], expected, relative: 1e-5, absolute: 1e-5)
    }
  }

  @Test(arguments: [Float(1e-4), 0.1, 1, 10, 60], [100, 3001])
  func barnesHutIsNearAllPairs(spread: Float, count: Int) {
    let places = scattered(count, spread: spread)
    let exact = outcome(.exact, places)
    let found = outcome(.barnesHut, places)
    #expect(error(found, exact) < 2e-2)
    expectClose(found.normalization, exact.normalization, relative: 1e-2)
    #expect(error(outcome(.barnesHut, places, theta: 0.2), exact) < 3e-3)
  }

  @Test(arguments: [Float(1e-4), 0.1, 1, 10, 60], [100, 3001])
  func interpolationIsNearAllPairs(spread: Float, count: Int) {
    let places = scattered(count, spread: spread)
    let exact = outcome(.exact, places)
    let found = outcome(.interpolation, places)
    // Where all forces are tiny, single precision shows.
    #expect(error(found, exact) < (spread < 0.01 ? 5e-2 : 1e-2))
    expectClose(found.normalization, exact.normalization, relative: 2e-3)
  }

  @Test(arguments: TSNE.Method.allCases)
  func duplicatesDoNotPushEachOther(_ method: TSNE.Method) {
    // Forty copies of one point are more than a leaf holds, at any resolution.
    let places = scattered(120, spread: 5)
    for index in 40..<80 { places[index] = places[0] }
    let found = outcome(method, places)
    #expect(error(found, outcome(.exact, places)) < 3e-2)
    guard method == .exact || method == .interpolation else { return }
    for index in 40..<80 { #expect(found.forces[index] == found.forces[40]) }
  }

  @Test(arguments: TSNE.Method.allCases)
  func threadsDoNotMatter(_ method: TSNE.Method) {
    let places = scattered(2500, spread: 20)
    let one = outcome(method, places, threads: 1)
    for threads in [2, 3, 7] {
      let found = outcome(method, places, threads: threads)
      #expect(found.normalization == one.normalization && found.forces == one.forces)
    }
  }

  @Test func aGridIsKeptAndReplaced() {
    // The same object meets places of growing and shrinking extent.
    let work = ChunkedWork(threads: 2)
    let repulsion = InterpolatedRepulsion(count: 400, work: work)
    let result = Scratch(repeating: SIMD2<Float>.zero, count: 400)
    for spread in [Float(1), 1.01, 30, 31, 2] {
      let places = scattered(400, spread: spread)
      let normalization = repulsion.forces(at: places, into: result)
      let exact = outcome(.exact, places)
      let found = Outcome(
        forces: (0..<400).map { SIMD2<Double>(result[$0]) }, normalization: normalization)
      #expect(error(found, exact) < 1e-2)
    }
  }
}
