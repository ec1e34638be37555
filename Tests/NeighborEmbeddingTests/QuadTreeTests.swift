import Testing

@testable import NeighborEmbedding

@Suite struct QuadTreeTests {
  @Test func neighboursOnTheCurveAreNeighboursInThePlane() {
    // All squares of a corner cell of 2⁵ squares a side: their keys are consecutive.
    let side: UInt32 = 32
    var squares: [UInt32: (x: UInt32, y: UInt32)] = [:]
    for x in 0..<side { for y in 0..<side { squares[QuadTree.key(x, y)] = (x, y) } }
    #expect(squares.count == 1024 && squares.keys.max() == 1023)
    for key in 1..<UInt32(1024) {
      guard let here = squares[key], let before = squares[key - 1] else { continue }
      let distance =
        abs(Int(here.x) - Int(before.x)) + abs(Int(here.y) - Int(before.y))
      #expect(distance == 1)
    }
  }

  @Test func cellsHoldTheirPoints() {
    let places = scattered(2000, spread: 7)
    for index in 0..<50 { places[index] = places[0] }
    let tree = QuadTree(count: 2000, work: ChunkedWork(threads: 2))
    tree.build(places)
    #expect(Set((0..<2000).map { tree.order[$0] }).count == 2000)
    #expect(tree.cells[0].mass == 2000 && Int(tree.cells[0].next) == tree.cells.count)
    for (place, cell) in tree.cells.enumerated() {
      var child = place + 1
      var mass: Float = 0
      var sum = SIMD2<Float>.zero
      while child < Int(cell.next) {
        let inner = tree.cells[child]
        mass += inner.mass
        sum += inner.mass * inner.center
        #expect(inner.squaredWidth <= cell.squaredWidth / 4)
        child = Int(inner.next)
      }
      #expect(child == Int(cell.next))
      if mass > 0 {
        let difference = sum / mass - cell.center
        #expect(mass == cell.mass && (difference * difference).sum() < 1e-6)
      } else {
        #expect(cell.mass <= 8 || cell.first == -1)
      }
    }
  }

  @Test func theSamePointsGiveTheSameTree() {
    let places = scattered(500, spread: 3)
    let trees = [1, 3].map { QuadTree(count: 500, work: ChunkedWork(threads: $0)) }
    for tree in trees { tree.build(places) }
    trees[1].build(places)
    #expect(trees[0].cells.map(\.center) == trees[1].cells.map(\.center))
    #expect((0..<500).allSatisfy { trees[0].order[$0] == trees[1].order[$0] })
  }
}
