import Datasets
import Foundation
import Generative
import Methods
import NN
import RunStore
import SeededRandom
import Torch
import Training

extension RunExecutor {
  private static let generatorKind = "generator"
  private static let extractorKind = "extractor"
  private static let weightsName = "weights.safetensors"
  private static let progressName = "progress.safetensors"
  private static let meanFeatureName = "external-mean-feature"

  /// Trains the generator unless the store has it; continues at the epoch where an earlier attempt ended.
  ///
  /// - Throws: ``DivergenceError``, and what reading data or writing the store throws.
  public func prepare(
    _ specification: GeneratorSpecification, watch: ExecutionWatch = ExecutionWatch(),
    until isStopped: (() -> Bool)? = nil
  ) throws -> ExecutionOutcome {
    try outcome(watch) {
      try store.asset(
        kind: Self.generatorKind, key: try specification.weightsKey(), continues: true,
        isStopped: isStopped ?? patience(watch)
      ) { folder in
        let model = try train(specification, in: folder, watch: watch)
        try finish(SafeTensors(tensors: model.state), in: folder)
      }
    }
  }

  private func train(
    _ specification: GeneratorSpecification, in folder: URL,
    watch: ExecutionWatch
  ) throws -> EchoModModel {
    let split = specification.split
    let dataset = try shelf.dataset(split.dataset)
    let size = dataset.imageSize
    let model = untrainedGenerator(specification, dataset: dataset)
    let images = split.start..<(split.start + split.count)
    let trainer = EchoModTrainer(
      model,
      pixels: Array(dataset.train.pixels[(images.lowerBound * size)..<(images.upperBound * size)]),
      labels: Array(dataset.train.labels[images]), height: dataset.shape[1],
      width: dataset.shape[2], stream: SeedStream(root: specification.seed, purpose: "diffusion"))
    let saved = progress(in: folder)
    let start = ContinuousClock.now
    let isWhole = try withTorchErrors {
      try trainer.run(
        from: saved.map { .init(epochs: $0.epochs, loss: .nan, tensors: $0.tensors) }
      ) { reached in
        guard reached.loss.isFinite else {
          throw DivergenceError(
            description: "the generator's loss became \(reached.loss) in epoch \(reached.epochs)")
        }
        try save(reached.tensors, epochs: reached.epochs, in: folder)
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        watch.report(
          ExecutionProgress(
            stage: "generator", done: reached.epochs, total: trainer.epochCount,
            loss: reached.loss,
            imagesPerSecond: Double((reached.epochs - (saved?.epochs ?? 0)) * split.count)
              / seconds))
        return !watch.isStopped()
      }
    }
    guard isWhole else { throw StoppedError() }
    return model
  }

  /// Trains the feature extractor unless the store has it; continues at the epoch where an earlier attempt ended.
  ///
  /// - Throws: ``DivergenceError``, and what reading data or writing the store throws.
  public func prepare(
    _ specification: ExtractorSpecification, watch: ExecutionWatch = ExecutionWatch(),
    until isStopped: (() -> Bool)? = nil
  ) throws -> ExecutionOutcome {
    try outcome(watch) {
      try store.asset(
        kind: Self.extractorKind, key: try specification.key(), continues: true,
        isStopped: isStopped ?? patience(watch)
      ) { folder in
        let samples = try shelf.externalSamples(specification.split)
        let dataset = try shelf.dataset(specification.split.dataset)
        let task = TrainingTask(
          samples: samples, classes: dataset.classNames.count, noiseRate: 0,
          trainingProtocol: specification.trainingProtocol, streams: streams(specification)
        ) { _, _ in self.untrainedExtractor(specification, dataset: dataset) }
        let method = LossMethod(task: task)
        // The first external images stand in for validation and test, which decide nothing here.
        let watched = EvaluationSet(
          bank: samples.bank.replacing(
            images: samples.bank.images.narrow(0, from: 0, length: min(500, samples.count))),
          labels: Array(samples.labels.prefix(500)))
        let loop = TrainingLoop(
          streams: streams(specification), validation: watched, test: watched)
        let saved = progress(in: folder)
        let outcome = try withTorchErrors {
          try loop.run(
            method,
            from: saved.map {
              TrainingState(
                stage: 0, epochsInStage: $0.epochs, epochs: $0.records, tensors: $0.tensors)
            }
          ) { state in
            let epochs = state.epochsInStage
            try save(state.tensors, epochs: epochs, records: state.epochs, in: folder)
            watch.report(
              ExecutionProgress(
                stage: "extractor", done: epochs, total: specification.trainingProtocol.epochs,
                loss: state.epochs.last?.trainLoss, imagesPerSecond: nil))
            return !watch.isStopped()
          }
        }
        guard outcome == .finished, let network = method.learners["network"]?.network else {
          throw StoppedError()
        }
        var tensors = network.store.state
        tensors[Self.meanFeatureName] = withoutGradient {
          Evaluation.outputs(samples) { network.features($0, training: false) }
            .mean(along: [0], keepDimensions: true)
        }
        try finish(SafeTensors(tensors: tensors), in: folder)
      }
    }
  }

  /// Generates the modified images of a draw, unless they are there.
  ///
  /// Generator and extractor must have been prepared.
  ///
  /// - Throws: What reading data or writing the store throws.
  public func prepareEcho(
    for draw: EchoDraw, watch: ExecutionWatch = ExecutionWatch()
  ) throws -> ExecutionOutcome {
    guard
      let claim = try store.claimAsset(
        kind: "echo", key: try draw.key(), isStopped: patience(watch))
    else { return outcomeWithoutClaim(watch) }
    return try withExtendedLifetime(claim) { try generateEcho(for: draw, watch: watch) }
  }

  private func generateEcho(
    for draw: EchoDraw, watch: ExecutionWatch
  ) throws -> ExecutionOutcome {
    let data = try NoisyData(draw, shelf: shelf, store: store)
    let start = ContinuousClock.now
    let images = try withTorchErrors {
      try echoSource(draw.outside).images(
        of: data.samples.identifiers, labels: data.samples.labels,
        report: { done, total in
          let seconds = (ContinuousClock.now - start) / .seconds(1)
          watch.report(
            ExecutionProgress(
              stage: "generate", done: done, total: total, loss: nil,
              imagesPerSecond: Double(done) / seconds))
        }, isStopped: watch.isStopped)
    }
    return images == nil ? .stopped : .finished
  }

  /// The trained generator and extractor, prepared first where the store lacks them.
  ///
  /// - Throws: ``StoppedError`` when asked to stop on the way, and what preparing throws.
  func echoSource(
    _ outside: OutsideSpecification, watch: ExecutionWatch = ExecutionWatch()
  ) throws -> OutsideModels {
    let key = try RunKey(of: outside)
    if let known = echoes[key] { return known }
    guard
      try prepare(outside.generator, watch: watch, until: watch.isStopped) == .finished,
      try prepare(outside.extractor, watch: watch, until: watch.isStopped) == .finished
    else { throw StoppedError() }
    let dataset = try shelf.dataset(outside.generator.split.dataset)
    let generatorKey = try outside.generator.key()
    let model = untrainedGenerator(outside.generator, dataset: dataset)
    try model.load(
      try weights(kind: Self.generatorKind, key: try outside.generator.weightsKey()))
    let extractor = untrainedExtractor(outside.extractor, dataset: dataset)
    var saved = try weights(kind: Self.extractorKind, key: try outside.extractor.key())
    let mean = saved.removeValue(forKey: Self.meanFeatureName)
    try extractor.store.load(saved)
    let source = OutsideModels(
      dataset: dataset, extractor: extractor,
      meanFeature: outside.extractor.isCentred ? mean : nil, model: model,
      stream: SeedStream(root: outside.generator.seed, purpose: "diffusion/sampling"),
      cache: EchoCache(store: store, generator: generatorKey, imageSize: dataset.imageSize))
    echoes[key] = source
    return source
  }

  func outcome(_ watch: ExecutionWatch, _ body: () throws -> URL?) throws -> ExecutionOutcome {
    do {
      return try body() == nil ? outcomeWithoutClaim(watch) : .finished
    } catch is StoppedError {
      return .stopped
    }
  }

  private func progress(
    in folder: URL
  ) -> (epochs: Int, records: [EpochRecord], tensors: [String: Tensor])? {
    // A damaged file of progress costs a fresh start, no more.
    guard
      let saved = try? SafeTensors(
        contentsOf: folder.appendingPathComponent(Self.progressName), on: device),
      let epochs = saved.metadata["epochs"].flatMap(Int.init),
      let records = saved.metadata["records"].flatMap({
        try? CanonicalJSON.decode([EpochRecord].self, from: Data($0.utf8))
      })
    else { return nil }
    return (epochs, records, saved.tensors)
  }

  private func save(
    _ tensors: [String: Tensor], epochs: Int, records: [EpochRecord] = [], in folder: URL
  ) throws {
    let text = String(
      decoding: try CanonicalJSON.encode(records, nonFinite: .text), as: UTF8.self)
    try AtomicFile.write(
      SafeTensors(tensors: tensors, metadata: ["epochs": String(epochs), "records": text])
        .encoded(),
      to: folder.appendingPathComponent(Self.progressName), durable: false)
  }

  private func finish(_ weights: SafeTensors, in folder: URL) throws {
    try AtomicFile.write(weights.encoded(), to: folder.appendingPathComponent(Self.weightsName))
    try? FileManager.default.removeItem(at: folder.appendingPathComponent(Self.progressName))
  }

  private func weights(kind: String, key: RunKey) throws -> [String: Tensor] {
    guard let folder = try store.asset(kind: kind, key: key) else {
      throw StoreError.damaged(path: store.root.path, reason: "\(kind) \(key.short) went missing")
    }
    return try SafeTensors(
      contentsOf: folder.appendingPathComponent(Self.weightsName), on: device
    ).tensors
  }

  private func untrainedGenerator(
    _ specification: GeneratorSpecification, dataset: ImageDataset
  ) -> EchoModModel {
    EchoModModel(
      specification.configuration, channels: dataset.shape[0], classes: dataset.classNames.count,
      stream: SeedStream(root: specification.seed, purpose: "generator"), on: device)
  }

  private func untrainedExtractor(
    _ specification: ExtractorSpecification, dataset: ImageDataset
  ) -> Network {
    Self.network(
      specification.model, inputShape: dataset.shape, outputs: dataset.classNames.count,
      stream: SeedStream(root: specification.seed, purpose: "extractor"), precision: .float32,
      on: device)
  }

  private func streams(_ specification: ExtractorSpecification) -> RunStreams {
    RunStreams(
      initialisation: specification.seed, order: specification.seed,
      augmentation: specification.seed)
  }
}
