import TestSupport
import Testing
import Torch

@testable import Training

@Suite struct TrainingSetTests {
  @Test func subsetTakesEverythingAlong() {
    let samples = Samples.training(count: 8, weights: [0, 1, 2, 3, 4, 5, 6, 7])
    let part = samples.subset([7, 0, 3])
    #expect(part.count == 3)
    #expect(part.rows == [7, 0, 3])
    #expect(part.identifiers == [1007, 1000, 1003])
    #expect(part.labels == [1, 0, 0])
    #expect(part.isWrong == [true, false, true])
    #expect(part.weights == [7, 0, 3])
    #expect(part.labelsOnDevice.array(of: Int.self) == part.labels)
    #expect(part.rowsOnDevice.array(of: Int.self) == part.rows)
    #expect(part.weightsOnDevice?.array(of: Float.self) == part.weights)
    #expect(part.wrongOnDevice?.array(of: Float.self) == [1, 0, 1])
    let again = part.subset([2])
    #expect(again.rows == [3] && again.identifiers == [1003])
  }

  /// A last batch of one sample is left out in any case, for batch normalisation's sake.
  @Test(arguments: [(10, 4, 3, 2), (8, 4, 2, 2), (3, 4, 1, 0), (9, 4, 2, 2), (0, 4, 0, 0)])
  func batchCount(count: Int, batchSize: Int, all: Int, complete: Int) {
    let samples = Samples.training(count: 10).subset(Array(0..<count))
    var pass = Pass(samples: samples, batchSize: batchSize, dropsLast: false, views: [.none])
    #expect(pass.batchCount == all)
    pass.dropsLast = true
    #expect(pass.batchCount == complete)
  }

  @Test func meanIsWeightedButDividedByTheCount() {
    func batch(_ weights: [Float]?) -> Batch {
      Batch(
        positions: .range(0..<4), views: [], labels: .range(0..<4),
        weights: weights.map { .from($0, shape: [4]) }, count: 4)
    }
    let losses = Tensor.from([Float(1), 2, 3, 6], shape: [4])
    #expect(batch(nil).mean(losses).item() == 3)
    // (0.5 + 0 + 6 + 1.5) / 4
    #expect(batch([0.5, 0, 2, 0.25]).mean(losses).item() == 2)
  }
}
