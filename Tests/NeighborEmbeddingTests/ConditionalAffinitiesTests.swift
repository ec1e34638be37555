import Features
import Foundation
import TestSupport
import Testing

@testable import NeighborEmbedding

@Suite struct ConditionalAffinitiesTests {
  private func row(_ distances: [Float], perplexity: Double) -> [Double] {
    let neighbors = Neighbors(
      count: distances.count, indices: (1...distances.count).map { Int32($0) },
      distances: distances)
    let result = ConditionalAffinities.probabilities(
      neighbors, perplexity: perplexity, work: ChunkedWork(threads: 1))
    return (0..<result.count).map { result[$0] }
  }

  private func perplexity(_ row: [Double]) -> Double {
    exp(-row.reduce(0) { $0 + ($1 > 0 ? $1 * log($1) : 0) })
  }

  @Test func twoNeighboursByHand() {
    // p and 1 − p with entropy ln 1.5 solve −p ln p − (1 − p) ln(1 − p) = 0.405465.
    let found = row([1, 2], perplexity: 1.5)
    expectClose(found[0] + found[1], 1, relative: 1e-15)
    expectClose(perplexity(found), 1.5, relative: 1e-8)
    expectClose(found[0], 0.8597235, relative: 1e-6)
  }

  @Test(arguments: [1.5, 4, 10, 29])
  func rowsHaveThePerplexity(_ wanted: Double) {
    let distances = (1...30).map { Float($0) * 1e-3 + 100 }
    for scale in [Float(1e-6), 1, 1e6] {
      let found = row(distances.map { $0 * scale }, perplexity: wanted)
      expectClose(perplexity(found), wanted, relative: 1e-7, "scale \(scale)")
      #expect(zip(found, found.dropFirst()).allSatisfy { $0 >= $1 })
    }
  }

  @Test func duplicatesShareTheRow() {
    #expect(row([3, 3, 3, 3], perplexity: 2) == [0.25, 0.25, 0.25, 0.25])
    // Four at the smallest distance cannot have a perplexity below 4.
    let found = row([0, 0, 0, 0, 5, 6], perplexity: 2)
    expectClose(found, [0.25, 0.25, 0.25, 0.25, 0, 0], absolute: 1e-6)
  }

  @Test func equalsTheReference() throws {
    let reference = try Reference.load()
    // Single precision of the joint similarities.
    expectClose(
      reference.affinities(.barnesHut).pairs, reference.sparse, relative: 2e-6, absolute: 1e-12)
    expectClose(
      reference.affinities(.exact).pairs, reference.full, relative: 2e-6, absolute: 1e-12)
  }

  @Test func agreesWithScikitLearn() throws {
    // It stops at 10⁻⁵ in the entropy, and puts 2.2 · 10⁻¹⁶ for zero.
    let reference = try Reference.load()
    expectClose(
      reference.affinities(.barnesHut).pairs, reference.library_sparse, relative: 2e-4,
      absolute: 1e-9)
    expectClose(
      reference.affinities(.exact).pairs, reference.library_full, relative: 2e-4, absolute: 1e-9)
  }
}
