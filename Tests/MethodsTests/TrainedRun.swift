import Foundation
import Methods
import RunStore
import Testing
import Torch
import Training

/// What a run leaves behind, in a form that is compared bit for bit.
struct TrainedRun: Equatable {
  var epochs: [EpochRecord] = []
  /// The resumable states at the ends of the epochs, as a checkpoint would hold them.
  var checkpoints: [Saved] = []
  /// The state after the last epoch.
  var final: [String: [UInt8]] = [:]
  var scalars: [String: Double] = [:]

  /// A state as bytes.
  struct Saved: Equatable {
    var stage: Int
    var epochsInStage: Int
    var epochs: [EpochRecord]
    var tensors: Data

    /// The state, read from its bytes.
    func restored() throws -> TrainingState {
      TrainingState(
        stage: stage, epochsInStage: epochsInStage, epochs: epochs,
        tensors: try SafeTensors(decoding: tensors, name: "checkpoint").tensors)
    }
  }

  /// Trains a method to its end, from a saved state when there is one.
  init(_ method: any TrainingMethod, of synthetic: SyntheticTask, from saved: Saved? = nil) throws {
    let outcome = try synthetic.loop.run(method, from: try saved?.restored()) { state in
      epochs = state.epochs
      checkpoints.append(
        Saved(
          stage: state.stage, epochsInStage: state.epochsInStage, epochs: state.epochs,
          tensors: try SafeTensors(tensors: state.tensors).encoded()))
      return true
    }
    #expect(outcome == .finished)
    // After the last epoch a continued run has trained nothing more, and reports no epoch.
    if let saved, checkpoints.isEmpty { epochs = saved.epochs }
    for (name, learner) in method.learners {
      for (key, tensor) in learner.state { final["\(name)/\(key)"] = tensor.bytes() }
    }
    for (name, tensor) in method.memory { final["memory/\(name)"] = tensor.bytes() }
    scalars = method.scalars
  }

  /// Whether two runs measured and ended alike, whatever parts of them were seen.
  func agrees(with other: TrainedRun) -> Bool {
    epochs == other.epochs && final == other.final && scalars == other.scalars
  }
}
