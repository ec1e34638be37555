import Torch
import Training

/// The targets and the outputs they are made of, all in the method's memory.
extension JointOptimization {
  static let targets = "targets"
  static let outputs = "outputs"

  /// The number of epochs whose outputs are averaged.
  var averagedEpochs: Int { task.trainingProtocol.epochs(share: configuration.averagedShare) }

  /// Makes the given labels the targets and room for the outputs, unless memory holds them.
  func prepareLabels() {
    let samples = task.samples
    memory[Self.targets] =
      memory[Self.targets] ?? samples.labelsOnDevice.oneHot(classes: task.classes).to(.float32)
    // A copy, since it is written in place and whoever restored the memory may keep its tensors.
    memory[Self.outputs] =
      memory[Self.outputs]?.clone()
      ?? .zeros([averagedEpochs, samples.count, task.classes], on: samples.device)
  }

  /// Fills the slot of an epoch with what a sample has that the epoch leaves out: its last output, or its given label.
  func openSlot(for epoch: EpochPosition) {
    guard let targets = memory[Self.targets] else { return }
    slot(of: epoch.epoch).copy(from: epoch.epoch == 0 ? targets : slot(of: epoch.epoch - 1))
  }

  /// Keeps the softmax of a batch's logits at the places of its samples.
  func keep(outputs logits: Tensor, of batch: Batch, in epoch: EpochPosition) {
    withoutGradient {
      slot(of: epoch.epoch).replace(at: batch.positions, with: logits.detached().softmax(along: 1))
    }
  }

  /// The mean of the outputs of the last epochs, as many as there have been and at most K; n x C.
  func averagedOutputs(after epoch: EpochPosition) -> Tensor {
    guard let all = memory[Self.outputs] else { preconditionFailure("end before begin(stage:)") }
    return withoutGradient {
      all.narrow(0, from: 0, length: min(epoch.epoch + 1, all.shape[0])).mean(along: [0])
    }
  }

  /// The shares of samples whose most probable label is not the given one.
  func replacedShares() -> [String: Tensor] {
    guard let targets = memory[Self.targets] else { return [:] }
    let samples = task.samples
    return withoutGradient {
      let isKept = targets.argmax(along: 1).isEqual(to: samples.labelsOnDevice).to(.float32)
      var result = ["replaced-share": 1 - isKept.mean()]
      guard let flags = samples.isWrong else { return result }
      for (name, flag) in [("replaced-wrong-share", true), ("replaced-right-share", false)] {
        let places = flags.indices.filter { flags[$0] == flag }
        guard !places.isEmpty else { continue }
        let chosen = isKept.select(.from(places, shape: [places.count], on: samples.device))
        result[name] = 1 - chosen.mean()
      }
      return result
    }
  }

  /// The part of the outputs that an epoch writes, a view.
  private func slot(of epoch: Int) -> Tensor {
    guard let all = memory[Self.outputs] else { preconditionFailure("step before begin(stage:)") }
    return all.narrow(0, from: epoch % all.shape[0], length: 1)
      .reshape([all.shape[1], all.shape[2]])
  }
}
