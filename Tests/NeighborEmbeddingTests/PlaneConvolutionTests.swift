import Foundation
import TestSupport
import Testing

@testable import NeighborEmbedding

@Suite struct PlaneConvolutionTests {
  @Test func transformByHand() {
    let transform = FourierTransform(length: 4)
    let source = Scratch(repeating: FourierTransform.Complex(), count: 4)
    let target = Scratch(repeating: FourierTransform.Complex(), count: 4)
    for (index, value) in [Float(1), 2, 0, -1].enumerated() { source[index].r = value }
    transform.transform(source.pointer, to: target.pointer, isInverse: false)
    #expect((0..<4).map { target[$0].r } == [2, 1, 0, 1])
    #expect((0..<4).map { target[$0].i } == [0, -3, 0, 3])
    transform.transform(target.pointer, to: source.pointer, isInverse: true)
    #expect((0..<4).map { source[$0].r } == [4, 8, 0, -4])
  }

  @Test func lengthsAreEvenAndLargeEnough() {
    for least in 2...400 {
      let length = FourierTransform.fastLength(least)
      #expect(length >= least && length % 2 == 0 && length < 2 * least + 4)
    }
  }

  @Test func weightsByHand() {
    let table = QuinticSpline()
    let weights = table.weights(0)
    let slopes = table.slopes(0)
    expectClose(
      (0..<8).map { weights[$0] }, [1 / 120, 26 / 120, 66 / 120, 26 / 120, 1 / 120, 0, 0, 0])
    expectClose(
      (0..<8).map { slopes[$0] }, [-1 / 24, -10 / 24, 0, 10 / 24, 1 / 24, 0, 0, 0])
    for t in stride(from: Float(0), to: 1, by: 0.07) {
      expectClose(Double(table.weights(t).sum()), 1, relative: 1e-6)
      // The weights' mean place is the number itself.
      let mean = (table.weights(t) * [-2, -1, 0, 1, 2, 3, 0, 0]).sum()
      expectClose(Double(mean), Double(t), relative: 1e-5, absolute: 1e-6)
      let step: Float = 1 / 256
      let slope = (table.weights(t + step) - table.weights(t - step)) / (2 * step)
      expectClose((0..<6).map { table.slopes(t)[$0] }, (0..<6).map { slope[$0] }, absolute: 1e-4)
    }
  }

  /// A charge at a node, seen at nodes, is the kernel itself: at nodes interpolation is exact.
  @Test(arguments: [(20, 12), (33, 40)])
  func nodesSeeTheKernel(columns: Int, rows: Int) {
    let plane = PlaneConvolution(
      columns: columns, rows: rows, spacing: 0.5, work: ChunkedWork(threads: 2))
    let weights = QuinticSpline().weights(0)
    func around(_ x: Int, _ y: Int, _ body: (Int, Float) -> Void) {
      for row in 0..<5 {
        for column in 0..<5 {
          body((y - 2 + row) * plane.stride + x - 2 + column, weights[row] * weights[column])
        }
      }
    }
    around(4, 5) { plane.values[$0] += $1 }
    around(columns - 5, 4) { plane.values[$0] += 2 * $1 }
    plane.convolve()
    for (x, y) in [(4, 5), (5, 5), (9, 7), (columns - 5, 4), (columns - 5, rows - 4)] {
      var found: Float = 0
      around(x, y) { found += plane.values[$0] * $1 }
      func kernel(_ column: Int, _ row: Int) -> Double {
        1 / (1 + 0.25 * Double((x - column) * (x - column) + (y - row) * (y - row)))
      }
      expectClose(
        Double(found), kernel(4, 5) + 2 * kernel(columns - 5, 4), relative: 2e-3, "\(x), \(y)")
    }
  }
}
