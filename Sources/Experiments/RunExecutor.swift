import Datasets
import Foundation
import LabelNoise
import Methods
import Models
import NN
import RunStore
import SeededRandom
import Torch
import Training

/// How an execution ended.
public enum ExecutionOutcome: Hashable, Sendable {
  /// The result is stored.
  case finished
  /// The run ended early; its record says why.
  case failed(RunRecord.Failure)
  /// The work was asked to stop, and can be continued.
  case stopped
  /// Another process is at work on it.
  case busy
}

/// Executes runs and prepares what they share, in one process on one device.
public final class RunExecutor {
  /// The store.
  public let store: RunStore
  /// The device.
  public let device: Device
  let shelf: DataShelf
  let collector = ProvenanceCollector()
  /// The least seconds between two checkpoints of a run.
  private let checkpointInterval: Double
  /// Whether work that another process is at is waited for, or answered with ``ExecutionOutcome/busy``.
  private let waitsForOthers: Bool
  var echoes: [RunKey: OutsideModels] = [:]

  /// Creates an executor.
  ///
  /// - Parameters:
  ///   - store: Where results go.
  ///   - device: Where tensors live.
  ///   - data: Where images are read from.
  ///   - checkpointInterval: The least seconds between two checkpoints; an epoch is never cut.
  ///   - waitsForOthers: Whether to wait for what another process is at work on.
  public init(
    store: RunStore, device: Device, data: DataSource = DataSource(),
    checkpointInterval: Double = 5, waitsForOthers: Bool = true
  ) {
    self.waitsForOthers = waitsForOthers
    self.store = store
    self.device = device
    self.checkpointInterval = checkpointInterval
    shelf = DataShelf(source: data, device: device)
  }

  /// Executes a run to its record, continuing from its checkpoint when there is one.
  ///
  /// A run that has a record is left alone, unless that says that it failed for a reason that may have gone. A loss that is
  /// not finite ends the run as failed, with a record that says so.
  ///
  /// - Throws: ``RunFailure`` when the tensor library gives up, for want of memory for example, and what reading data or
  ///   writing the store throws; nothing half-done is recorded then.
  public func execute(
    _ specification: RunSpecification, watch: ExecutionWatch = ExecutionWatch()
  ) throws -> ExecutionOutcome {
    let key = try specification.key()
    guard let claim = try store.claim(key, isStopped: patience(watch)) else {
      return outcomeWithoutClaim(watch)
    }
    return try withExtendedLifetime(claim) {
      switch try store.state(of: key) {
      case .done: return .finished
      case .failed(let failure):
        if failure.cause.isFinal { return .failed(failure) }
        try store.reopen(key)
      case .damaged(let error): throw error
      case .absent, .started: break
      }
      try store.start(specification)
      return try train(specification, key: key, claim: claim, watch: watch)
    }
  }

  /// What ends the wait for a claim.
  func patience(_ watch: ExecutionWatch) -> () -> Bool {
    waitsForOthers ? watch.isStopped : { true }
  }

  /// Why a claim was not had.
  func outcomeWithoutClaim(_ watch: ExecutionWatch) -> ExecutionOutcome {
    watch.isStopped() ? .stopped : .busy
  }

  private func train(
    _ specification: RunSpecification, key: RunKey, claim: RunClaim, watch: ExecutionWatch
  ) throws -> ExecutionOutcome {
    let checkpoint = try store.loadCheckpoint(of: key).checkpoint
    let sitting = ContinuousClock.now
    let earlier = checkpoint?.seconds ?? 0
    func seconds() -> Double { earlier + (ContinuousClock.now - sitting) / .seconds(1) }
    let started = checkpoint?.started ?? ProvenanceCollector.timestamp()
    let resumed = (checkpoint?.resumed ?? 0) + (checkpoint == nil ? 0 : 1)
    try store.resetMetrics(to: checkpoint?.epochs ?? [], of: key)

    let data = try NoisyData(specification, shelf: shelf, store: store)
    let method: any TrainingMethod
    do {
      method = try self.method(specification, data: data, watch: watch)
    } catch is StoppedError {
      return .stopped
    }
    var epochs = checkpoint?.epochs ?? []
    var outcome = RunRecord.Outcome.done
    var lastSave = ContinuousClock.now
    var isInterrupted = false
    var isSucceeded = false
    let total = Self.forecastEpochs(specification)
    var samplesSeen = 0
    let trainingStart = ContinuousClock.now
    do {
      isInterrupted =
        try withTorchErrors {
          try TrainingLoop(
            streams: Self.streams(specification), validation: data.validation, test: data.test
          ).run(
            method,
            from: try checkpoint.map { try state(of: $0, path: store.folder(of: key).path) },
            onStep: { samplesSeen += $0 }
          ) { state in
            guard let epoch = state.epochs.last else { return true }
            epochs = state.epochs
            // After a pause longer than the lease another process may have taken over.
            guard claim.isHeld() else {
              isSucceeded = true
              return false
            }
            try store.appendMetrics(epoch, of: key)
            let elapsed = (ContinuousClock.now - trainingStart) / .seconds(1)
            watch.report(
              ExecutionProgress(
                stage: epoch.stage, done: state.epochs.count,
                total: max(total, state.epochs.count), loss: epoch.trainLoss,
                imagesPerSecond: Double(samplesSeen) / max(elapsed, 1e-9)))
            let isStopping = watch.isStopped()
            if isStopping
              || (ContinuousClock.now - lastSave) / .seconds(1) >= checkpointInterval
            {
              try save(state, of: key, seconds: seconds(), started: started, resumed: resumed)
              lastSave = ContinuousClock.now
            }
            return !isStopping
          }
        } == .stopped
    } catch let error as DivergenceError {
      outcome = .failed(.init(cause: .nonFinite, message: error.description))
    } catch let error as TorchError {
      throw RunFailure(
        failure: .init(
          cause: error.isOutOfMemory ? .outOfMemory : .other, message: error.description))
    }
    if isSucceeded { return .busy }
    if isInterrupted { return .stopped }
    var digests = try shelf.dataset(specification.data.dataset).digests
    digests["noisy labels"] = data.audit.digest
    try store.finish(
      RunRecord(
        key: key.text, specification: try CanonicalJSON.tree(of: specification), outcome: outcome,
        epochs: epochs, scalars: method.scalars, noise: try CanonicalJSON.tree(of: data.audit),
        provenance: collector.provenance(
          device: device, started: started, seconds: seconds(), resumed: resumed, digests: digests))
    )
    if case .failed(let failure) = outcome { return .failed(failure) }
    return .finished
  }

  /// The method of a run on its data, with what it needs from outside prepared.
  ///
  /// - Throws: ``StoppedError`` when asked to stop on the way, and what reading data throws.
  func method(
    _ specification: RunSpecification, data: NoisyData, watch: ExecutionWatch
  ) throws -> any TrainingMethod {
    let dataset = try shelf.dataset(specification.data.dataset)
    let task = TrainingTask(
      samples: data.samples, classes: dataset.classNames.count,
      noiseRate: specification.noise.nominalRate,
      trainingProtocol: specification.trainingProtocol, streams: Self.streams(specification)
    ) { stream, outputs in
      Self.network(
        specification.model, inputShape: dataset.shape, outputs: outputs, stream: stream,
        precision: specification.precision, on: self.device)
    }
    var resources = MethodResources()
    if let outside = specification.outside {
      // Prepared here already, since a resource is asked for long after its closures have gone.
      let source = try echoSource(outside, watch: watch)
      resources.echo = { source }
    }
    if let imported = specification.imported {
      let source = try ImportedEchoSource(
        specification, imported: imported, dataset: dataset, folder: shelf.source.echoFolder)
      resources.echo = { source }
    }
    if let split = specification.external {
      resources.external = { try self.shelf.externalSamples(split) }
    }
    return try specification.method.recipe.make(task: task, resources: resources)
  }

  private func save(
    _ state: TrainingState, of key: RunKey, seconds: Double, started: String, resumed: Int
  ) throws {
    let place = ["stage": String(state.stage), "epochs-in-stage": String(state.epochsInStage)]
    let tensors = try SafeTensors(tensors: state.tensors, metadata: place).encoded()
    try store.saveCheckpoint(
      Checkpoint(
        epoch: state.epochs.count, seconds: seconds, resumed: resumed, started: started,
        epochs: state.epochs, sections: [Self.tensorSection: tensors]), of: key)
  }

  private static let tensorSection = "tensors"

  private func state(of checkpoint: Checkpoint, path: String) throws -> TrainingState {
    let file = try SafeTensors(
      decoding: checkpoint.sections[Self.tensorSection] ?? Data(), name: path, on: device)
    guard let stage = file.metadata["stage"].flatMap(Int.init),
      let epochs = file.metadata["epochs-in-stage"].flatMap(Int.init)
    else {
      throw StoreError.damaged(path: path, reason: "its checkpoint names no stage")
    }
    return TrainingState(
      stage: stage, epochsInStage: epochs, epochs: checkpoint.epochs, tensors: file.tensors)
  }

  static func streams(_ specification: RunSpecification) -> RunStreams {
    RunStreams(
      initialisation: specification.seeds.initialisation, order: specification.seeds.order,
      augmentation: specification.seeds.augmentation)
  }

  static func network(
    _ model: ModelConfiguration, inputShape: [Int], outputs: Int, stream: SeedStream,
    precision: Precision, on device: Device
  ) -> Network {
    Network(stream: stream, on: device, precision: precision) {
      model.make(inputShape: inputShape, classes: outputs, at: $0)
    }
  }

  /// The number of epochs over all stages, for progress alone.
  public static func forecastEpochs(_ specification: RunSpecification) -> Int {
    specification.method.recipe.stages(under: specification.trainingProtocol)
      .reduce(0) { $0 + $1.epochs }
  }
}
