import Generative
import SeededRandom
import TestSupport
import Testing

@Suite struct CannyEdgesTests {
  /// The columns of the edges in a row.
  private func columns(_ edges: [UInt8], row: Int, width: Int) -> [Int] {
    (0..<width).filter { edges[row * width + $0] == 1 }
  }

  @Test func stepIsOneColumn() {
    // Blurred: 0 0 0 50 150 200; gradients 200, 600, 600, 200 around the step. Of the two equal
    // ones the first is the edge.
    let pixels = (0..<64).map { UInt8($0 % 8 < 4 ? 0 : 200) }
    let edges = CannyEdges(threshold: 150).edges(of: pixels, height: 8, width: 8)
    for row in 0..<8 { #expect(columns(edges, row: row, width: 8) == [3]) }
    let lying = CannyEdges(threshold: 150).edges(
      of: (0..<64).map { UInt8($0 / 8 < 4 ? 0 : 200) }, height: 8, width: 8)
    for row in 0..<8 { #expect(columns(lying, row: row, width: 8).count == (row == 3 ? 8 : 0)) }
  }

  @Test func thresholdIsTheSmallestEdge() {
    let pixels = (0..<64).map { UInt8($0 % 8 < 4 ? 0 : 200) }
    func count(_ threshold: Float) -> Int {
      CannyEdges(threshold: threshold).edges(of: pixels, height: 8, width: 8).count { $0 == 1 }
    }
    #expect(count(600) == 8)
    #expect(count(600.5) == 0)
  }

  @Test func squareIsItsOutline() {
    let side = 16
    let pixels = (0..<(side * side)).map { place in
      let isInside = (5..<11).contains(place / side) && (5..<11).contains(place % side)
      return UInt8(isInside ? 220 : 20)
    }
    let edges = CannyEdges(threshold: 150).edges(of: pixels, height: side, width: side)
    // Away from the corners: one edge on each side, at the pixel before the step.
    for row in 7...8 { #expect(columns(edges, row: row, width: side) == [4, 10]) }
    for column in 7...8 {
      #expect((0..<side).filter { edges[$0 * side + column] == 1 } == [4, 10])
    }
    // Nothing is far from the outline.
    for place in edges.indices where edges[place] == 1 {
      let (row, column) = (place / side, place % side)
      #expect((3...12).contains(row) && (3...12).contains(column))
      #expect(!((6...8).contains(row) && (6...8).contains(column)))
    }
  }

  @Test(arguments: [UInt8(0), 130, 255]) func constantImageHasNone(value: UInt8) {
    let pixels = [UInt8](repeating: value, count: 100)
    for threshold in [Float(0), 75] {
      let edges = CannyEdges(threshold: threshold).edges(of: pixels, height: 10, width: 10)
      #expect(edges.allSatisfy { $0 == 0 })
    }
  }

  @Test func partOfAnArrayIsAnImage() {
    let pixels = (0..<64).map { UInt8($0 % 8 < 4 ? 0 : 200) }
    let canny = CannyEdges(threshold: 150)
    let padded = [UInt8](repeating: 9, count: 5) + pixels + [UInt8](repeating: 1, count: 3)
    #expect(
      canny.edges(of: padded[5..<69], height: 8, width: 8)
        == canny.edges(of: pixels, height: 8, width: 8))
  }

  private struct Reference: Decodable {
    struct Case: Decodable {
      var threshold: Float
      var pixels: [UInt8]
      var edges: [UInt8]
    }
    var side: Int
    var cases: [Case]
  }

  @Test func matchesNumPy() throws {
    let reference: Reference = try Fixture.json("generative/canny.json")
    #expect(reference.cases.count == 12)
    for entry in reference.cases {
      let edges = CannyEdges(threshold: entry.threshold).edges(
        of: entry.pixels, height: reference.side, width: reference.side)
      #expect(edges == entry.edges, "threshold \(entry.threshold)")
    }
  }

  // MARK: - Overlap

  private func marked(_ places: [(Int, Int)]) -> [UInt8] {
    var edges = [UInt8](repeating: 0, count: 25)
    for (row, column) in places { edges[row * 5 + column] = 1 }
    return edges
  }

  private func overlap(_ a: [UInt8], _ b: [UInt8]) -> Double {
    CannyEdges.overlap(a, b, height: 5, width: 5)
  }

  @Test func overlapByHand() {
    // One of two is near on each side.
    expectClose(overlap(marked([(0, 0), (0, 4)]), marked([(1, 1), (3, 3)])), 0.5)
    // All of one, one of three: 2 · 1 · ⅓ / (1 + ⅓).
    expectClose(overlap(marked([(2, 2)]), marked([(2, 3), (0, 0), (4, 4)])), 0.5)
    // Two of two, two of three.
    expectClose(overlap(marked([(0, 0), (4, 0)]), marked([(0, 1), (4, 1), (2, 4)])), 0.8)
  }

  @Test func overlapOfEqualFarAndEmpty() {
    let edges = marked([(0, 0), (2, 3), (4, 4)])
    #expect(overlap(edges, edges) == 1)
    #expect(overlap(marked([(0, 0)]), marked([(2, 2)])) == 0)
    #expect(overlap(marked([(0, 4)]), marked([(1, 0)])) == 0, "rows do not run on")
    #expect(overlap(edges, marked([])) == 0)
    #expect(overlap(marked([]), marked([])) == 0)
  }

  @Test func overlapIsSymmetric() {
    var generator = SeedStream(root: 8, purpose: "test").generator()
    for _ in 0..<20 {
      let (a, b) = (
        (0..<25).map { _ in UInt8(generator.uniform(below: 6) == 0 ? 1 : 0) },
        (0..<25).map { _ in UInt8(generator.uniform(below: 4) == 0 ? 1 : 0) }
      )
      #expect(overlap(a, b) == overlap(b, a))
      #expect((0...1).contains(overlap(a, b)))
    }
  }
}
