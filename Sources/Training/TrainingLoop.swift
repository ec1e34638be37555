import Datasets
import RunStore
import Torch

/// A loss or score that became infinite or not a number.
public struct DivergenceError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The stage and epoch in which it was seen, and the value.
  public let description: String

  /// Creates an error from where it was seen.
  public init(description: String) { self.description = description }
}

/// How a call of the training loop ended.
public enum TrainingOutcome: Hashable, Sendable {
  /// Every epoch of every stage was trained.
  case finished
  /// The caller asked to stop; the last state handed over continues the run.
  case stopped
}

/// A resumable moment of a run: the end of an epoch.
public struct TrainingState {
  /// The stage that was running.
  public var stage: Int
  /// The epochs of that stage that are done.
  public var epochsInStage: Int
  /// All epochs so far.
  public var epochs: [EpochRecord]
  /// The method's memory and learners, by name.
  public var tensors: [String: Tensor]

  /// Creates a state.
  public init(stage: Int, epochsInStage: Int, epochs: [EpochRecord], tensors: [String: Tensor]) {
    self.stage = stage
    self.epochsInStage = epochsInStage
    self.epochs = epochs
    self.tensors = tensors
  }
}

/// The one loop that trains every method.
///
/// All its draws are keyed by (stream, epoch, sample), so that a run continued from any epoch's end is the run that was
/// never interrupted. Losses and counts stay on the device until the epoch ends.
public struct TrainingLoop {
  /// The streams, for order and augmentation.
  public let streams: RunStreams
  /// The validation images with their noisy labels.
  public let validation: EvaluationSet
  /// The clean test images.
  public let test: EvaluationSet

  /// Creates a loop.
  public init(streams: RunStreams, validation: EvaluationSet, test: EvaluationSet) {
    self.streams = streams
    self.validation = validation
    self.test = test
  }

  /// Trains a method to its end, or until asked to stop.
  ///
  /// - Parameters:
  ///   - method: The method.
  ///   - state: Where to continue; nil to start.
  ///   - onStep: Called after each step with the number of samples seen in it.
  ///   - onEpoch: Called after each epoch with the state to continue from; returns whether to go on. The state's tensors
  ///     are those in training, which the next step changes: save or copy them before returning.
  /// - Returns: Whether every epoch was trained or the caller stopped it.
  /// - Throws: ``DivergenceError`` when the training or validation loss is no finite number, and what the method throws.
  public func run(
    _ method: some TrainingMethod, from state: TrainingState?,
    onStep: (Int) -> Void = { _ in }, onEpoch: (TrainingState) throws -> Bool
  ) throws -> TrainingOutcome {
    var epochs = state?.epochs ?? []
    var stageIndex = state?.stage ?? 0
    var firstEpoch = state?.epochsInStage ?? 0
    if let state { method.memory = state.tensors.part("memory/") }
    var restored = state
    while let stage = try method.begin(stage: stageIndex) {
      if let state = restored {
        for (name, learner) in method.learners {
          try learner.load(state.tensors.part("learner/\(name)/"))
        }
        restored = nil
      }
      for epoch in firstEpoch..<max(firstEpoch, stage.epochs) {
        let position = EpochPosition(
          stage: stageIndex, epoch: epoch, epochs: stage.epochs, overall: epochs.count)
        let tally = try train(method, position, onStep: onStep)
        try method.end(epoch: position)
        let record = try record(method, stage, position, tally)
        try method.evaluated(record, at: position)
        epochs.append(record)
        let reached = TrainingState(
          stage: stageIndex, epochsInStage: epoch + 1, epochs: epochs,
          tensors: Self.tensors(of: method))
        if try !onEpoch(reached) { return .stopped }
      }
      firstEpoch = 0
      stageIndex += 1
    }
    return .finished
  }

  private func train(
    _ method: some TrainingMethod, _ position: EpochPosition, onStep: (Int) -> Void
  ) throws -> EpochTally {
    var tally = EpochTally()
    for (passIndex, pass) in try method.passes(epoch: position).enumerated() {
      let samples = pass.samples
      var generator = streams.order.generator(UInt64(position.overall), UInt64(passIndex))
      let order = Tensor.from(
        generator.permutation(samples.count), shape: [samples.count], on: samples.device)
      let draws = pass.views.enumerated().map { index, augmentation in
        augmentation.draw(
          identifiers: samples.identifiers, width: samples.bank.images.shape[3],
          epoch: position.overall,
          stream: index == 0
            ? streams.augmentation : streams.augmentation.substream("view-\(index)"),
          on: samples.device)
      }
      for step in 0..<pass.batchCount {
        let start = step * pass.batchSize
        let length = min(pass.batchSize, samples.count - start)
        let positions = order.narrow(0, from: start, length: length)
        let rows = samples.rowsOnDevice.select(positions)
        let batch = Batch(
          positions: positions,
          views: draws.map { draw in
            draw.map { samples.bank.batch(rows: rows, augmented: $0.select(positions)) }
              ?? samples.bank.batch(rows: rows)
          },
          labels: samples.labelsOnDevice.select(positions),
          weights: samples.weightsOnDevice?.select(positions), count: length)
        let report = try method.step(
          batch, at: StepPosition(epoch: position, pass: passIndex, step: step))
        tally.add(report, batch: batch, wrong: samples.wrongOnDevice?.select(positions))
        onStep(length)
      }
    }
    return tally
  }

  private func record(
    _ method: some TrainingMethod, _ stage: Stage, _ position: EpochPosition, _ tally: EpochTally
  ) throws -> EpochRecord {
    let training = tally.means()
    guard training.loss.isFinite else {
      throw DivergenceError(
        description:
          "the training loss became \(training.loss) in epoch \(position.overall + 1) "
          + "(stage \(stage.name))")
    }
    let validated = Evaluation.measure(validation, by: method.predictGivenLabels)
    let tested = Evaluation.measure(test, by: method.predict)
    guard validated.loss.isFinite, tested.loss.isFinite else {
      throw DivergenceError(
        description:
          "the predictions became non-finite in epoch \(position.overall + 1) (stage \(stage.name))"
      )
    }
    var scalars = training.scalars
    for (name, predict) in method.extraPredictors {
      scalars["test-accuracy-\(name)"] = Evaluation.measure(test, by: predict).accuracy
    }
    let rate = method.learners.min { $0.key < $1.key }?.value.rate(at: position) ?? 0
    return EpochRecord(
      epoch: position.overall + 1, stage: stage.name,
      isPreparation: stage.isPreparation ? true : nil, learningRate: rate,
      trainLoss: training.loss, trainAccuracy: training.accuracy,
      memorisedShare: training.memorised, validationLoss: validated.loss,
      validationAccuracy: validated.accuracy, testLoss: tested.loss,
      testAccuracy: tested.accuracy, scalars: scalars)
  }

  private static func tensors(of method: some TrainingMethod) -> [String: Tensor] {
    method.learners.reduce(into: method.memory.named(under: "memory/")) { result, entry in
      result.merge(entry.value.state.named(under: "learner/\(entry.key)/")) { first, _ in first }
    }
  }
}
