import Torch
import Training

/// A method of two stages that writes down what the loop hands it.
final class ProbeMethod: TrainingMethod {
  /// One batch as it came.
  struct Seen: Equatable {
    var epoch: Int
    var pass: Int
    var identifiers: [Int]
    var labels: [Int]
    var weights: [Float]?
    /// Per view, the pixels of each sample by its identifier.
    var views: [[Int: [Float]]]
  }

  private let task: TrainingTask
  private let stageEpochs: [Int]
  private let makePasses: (TrainingTask) -> [Pass]
  private let learner: Learner
  private(set) var seen: [Seen] = []
  private(set) var ends: [Int] = []
  /// Counts the steps, so that a lost memory shows.
  var memory: [String: Tensor] = [:]

  init(
    _ task: TrainingTask, stageEpochs: [Int] = [2, 1],
    passes: @escaping (TrainingTask) -> [Pass] = { [$0.pass()] }
  ) {
    self.task = task
    self.stageEpochs = stageEpochs
    makePasses = passes
    learner = task.learner("network")
  }

  func begin(stage: Int) -> Stage? {
    guard stageEpochs.indices.contains(stage) else { return nil }
    return Stage(name: "stage-\(stage)", epochs: stageEpochs[stage])
  }

  func passes(epoch: EpochPosition) -> [Pass] { makePasses(task) }

  func step(_ batch: Batch, at position: StepPosition) -> StepReport {
    let samples = makePasses(task)[position.pass].samples
    let identifiers = batch.positions.array(of: Int.self).map { samples.identifiers[$0] }
    let size = 3 * Samples.side * Samples.side
    seen.append(
      Seen(
        epoch: position.epoch.overall, pass: position.pass, identifiers: identifiers,
        labels: batch.labels.array(of: Int.self), weights: batch.weights?.array(of: Float.self),
        views: batch.views.map { view in
          let pixels = view.contiguous().array(of: Float.self)
          return Dictionary(
            uniqueKeysWithValues: identifiers.enumerated().map {
              ($1, Array(pixels[($0 * size)..<(($0 + 1) * size)]))
            })
        }))
    let count = memory["steps"]?.item() ?? 0
    memory["steps"] = .from([count + 1], shape: [1])
    let logits = learner.network.logits(batch.images, training: true)
    let losses = logits.crossEntropy(targets: batch.labels)
    learner.step(minimising: batch.mean(losses), at: position.epoch)
    return StepReport(
      logits: logits, losses: losses,
      scalars: ["step": .full(Double(position.step), shape: [1])])
  }

  func end(epoch: EpochPosition) { ends.append(epoch.overall) }

  func predict(_ images: Tensor) -> Tensor { learner.network.logits(images, training: false) }

  var learners: [String: Learner] { ["network": learner] }
}
