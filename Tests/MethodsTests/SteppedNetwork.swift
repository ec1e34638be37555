import NN
import Testing
import Torch

@testable import Training

/// A network of a synthetic task with Adam beside it, stepped by a test to compare a method with.
struct SteppedNetwork {
  let network: Network
  let optimizer: Optimizer

  init(_ name: String, in synthetic: SyntheticTask) {
    network = synthetic.task.makeNetwork(name)
    optimizer = Optimizer(.adam(rate: 1e-3), parameters: network.store.parameters)
  }

  func logits(_ batch: Batch) -> Tensor { network.logits(batch.images, training: true) }

  /// The parameters' values.
  func values() -> [[Float]] { network.store.parameters.map { $0.array(of: Float.self) } }
}

extension SyntheticTask {
  /// A batch of the samples at some places, without augmentation.
  func batch(at places: [Int]) -> Batch {
    let positions = Tensor.from(places, shape: [places.count])
    return Batch(
      positions: positions, views: [task.samples.bank.batch(rows: positions)],
      labels: task.samples.labelsOnDevice.select(positions), weights: nil, count: places.count)
  }
}

/// Expects a method to end as it would have if it had been interrupted at the end of each epoch.
func expectResumable(
  _ synthetic: SyntheticTask, sourceLocation: SourceLocation = #_sourceLocation,
  _ make: () -> any TrainingMethod
) throws {
  let whole = try TrainedRun(make(), of: synthetic)
  for saved in whole.checkpoints {
    let rest = try TrainedRun(make(), of: synthetic, from: saved)
    #expect(
      rest.agrees(with: whole), "from epoch \(saved.epochs.count)", sourceLocation: sourceLocation)
  }
}
