import Features
import TestSupport
import Testing

@testable import NeighborEmbedding

@Suite struct SparseAffinitiesTests {
  @Test func symmetrisedByHand() {
    // 0 names 1; 1 names 2; 2 names 1, each with certainty.
    let neighbors = Neighbors(count: 1, indices: [1, 2, 1], distances: [1, 1, 1])
    let affinities = SparseAffinities(
      probabilities: Scratch(repeating: 1, count: 3), neighbors: neighbors,
      work: ChunkedWork(threads: 1))
    expectClose(affinities.pairs, [1 / 6.0, 0, 2 / 6.0], relative: 1e-7)
    expectClose(affinities.sum, 1, relative: 1e-7)
    // 2 (1/6 ln 1/6 + 1/3 ln 1/3).
    expectClose(affinities.negativeEntropy, -1.3296613, relative: 1e-6)
  }

  @Test func rowsAreSortedAndFilledUp() throws {
    let affinities = try Reference.load().affinities(.barnesHut)
    var total = 0.0
    for row in 0..<affinities.count {
      let range = affinities.starts[row]..<affinities.starts[row + 1]
      #expect(range.count % SparseAffinities.lanes == 0)
      let real = range.filter { affinities.columns[$0] != Int32(row) }
      let columns = real.map { affinities.columns[$0] }
      #expect(zip(columns, columns.dropFirst()).allSatisfy { $0 < $1 })
      #expect(
        range.filter { affinities.columns[$0] == Int32(row) }.allSatisfy {
          affinities.values[$0] == 0
        })
      for place in real { total += Double(affinities.values[place]) }
    }
    expectClose(total, 1, relative: 1e-6)
    expectClose(affinities.sum, total, relative: 1e-12)
  }
}
