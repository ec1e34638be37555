import Datasets
import Foundation
import Methods
import RunStore
import Torch
import Training

/// What the network of a run says about images after its last epoch.
///
/// A record keeps accuracies alone. The run is trained once more, to the same end on the same machine, and its network asked;
/// the result says whether the epochs were those of the record.
public struct OutputsSpecification: AnalysisSpecification {
  /// The kind of asset.
  public static let kind = "outputs"
  static let fileName = "outputs.safetensors"

  /// The run.
  public var run: RunSpecification

  /// Creates a specification.
  public init(_ run: RunSpecification) { self.run = run }

  /// What people read while it is made.
  public var label: String {
    "outputs of \(run.method.identifier) \(run.noise.identifier) seed \(run.seeds.initialisation)"
  }

  /// The run itself, with whose record the epochs are compared.
  public var dependencies: [Job] { [.run(run)] }

  /// The run once more.
  public var work: AnalysisWork {
    var work = AnalysisWork(bytes: (run.data.trainCount + run.data.testCount) * 600)
    work.run = run
    return work
  }
}

/// Probabilities and features of the images of a run.
public struct RunOutputs: Sendable {
  /// What is known of some images.
  public struct Images: Sendable {
    /// The clean labels.
    public var cleanLabels: [Int]
    /// The labels that the run was given; the clean ones for test images.
    public var givenLabels: [Int]
    /// The probabilities, n x C, row-major.
    public var probabilities: [Float]
    /// The penultimate representations, n x d, row-major; empty for methods whose network has another name than `network`.
    public var features: [Float]

    /// The number of images.
    public var count: Int { cleanLabels.count }
    /// The number of classes C.
    public var classCount: Int { count == 0 ? 0 : probabilities.count / count }
    /// The number of features d.
    public var featureCount: Int { count == 0 ? 0 : features.count / count }
  }

  /// The training images, without augmentation.
  public var train: Images
  /// The test images.
  public var test: Images
  /// What the method knows of each training image, by name, row-major; see ``Training/TrainingMethod/sampleOutputs``.
  public var sampleOutputs: [String: [Float]]
  /// Whether the epochs were those of the run's record, number by number.
  public var matchesRecord: Bool

  private static let matchesName = "matches-record"
  private static let samplePrefix = "sample/"

  private static func write(_ images: Images, as part: String, to tensors: inout [String: Tensor]) {
    let count = images.count
    tensors["\(part)/clean-labels"] = .from(images.cleanLabels, shape: [count])
    tensors["\(part)/given-labels"] = .from(images.givenLabels, shape: [count])
    tensors["\(part)/probabilities"] = .from(
      images.probabilities, shape: [count, images.classCount])
    tensors["\(part)/features"] = .from(images.features, shape: [count, images.featureCount])
  }

  private static func read(_ part: String, from arrays: StoredArrays) throws -> Images {
    Images(
      cleanLabels: try arrays.integers("\(part)/clean-labels"),
      givenLabels: try arrays.integers("\(part)/given-labels"),
      probabilities: try arrays.floats("\(part)/probabilities"),
      features: try arrays.floats("\(part)/features"))
  }

  /// The measurement, if the store has it.
  ///
  /// - Throws: ``StoreError`` when it is damaged, and ``Torch/TensorFileError`` when its arrays cannot be read.
  public static func stored(
    for specification: OutputsSpecification, in store: RunStore
  ) throws -> RunOutputs? {
    guard let file = try specification.file(OutputsSpecification.fileName, in: store) else {
      return nil
    }
    let arrays = try StoredArrays(contentsOf: file)
    var samples: [String: [Float]] = [:]
    for name in arrays.names where name.hasPrefix(samplePrefix) {
      samples[String(name.dropFirst(samplePrefix.count))] = try arrays.floats(name)
    }
    return RunOutputs(
      train: try read("train", from: arrays), test: try read("test", from: arrays),
      sampleOutputs: samples, matchesRecord: try arrays.integers(matchesName) == [1])
  }

  /// Writes the measurement into the folder of an asset.
  func write(to folder: URL, sampleTensors: [String: Tensor]) throws {
    var tensors: [String: Tensor] = [
      Self.matchesName: .from([matchesRecord ? 1 : 0], shape: [1])
    ]
    Self.write(train, as: "train", to: &tensors)
    Self.write(test, as: "test", to: &tensors)
    for (name, tensor) in sampleTensors { tensors[Self.samplePrefix + name] = tensor }
    try AtomicFile.write(
      SafeTensors(tensors: tensors).encoded(),
      to: folder.appendingPathComponent(OutputsSpecification.fileName))
  }
}

extension OutputsSpecification {
  /// Trains the run to its end and asks its network.
  public func make(in folder: URL, by executor: RunExecutor, watch: ExecutionWatch) throws {
    let data = try NoisyData(run, shelf: executor.shelf, store: executor.store)
    let method = try executor.method(run, data: data, watch: watch)
    let total = RunExecutor.forecastEpochs(run)
    var epochs: [EpochRecord] = []
    let outcome = try TrainingLoop(
      streams: RunExecutor.streams(run), validation: data.validation, test: data.test
    ).run(method, from: nil) { state in
      epochs = state.epochs
      watch.report(
        ExecutionProgress(
          stage: "again", done: epochs.count, total: max(total, epochs.count),
          loss: epochs.last?.trainLoss, imagesPerSecond: nil))
      return !watch.isStopped()
    }
    guard outcome == .finished else { throw StoppedError() }
    let dataset = try executor.shelf.dataset(run.data.dataset)
    let test = TrainingSet(
      bank: try executor.shelf.bank(
        run.data.dataset, isTest: true, range: 0..<run.data.testCount),
      rows: Array(0..<run.data.testCount), identifiers: Array(0..<run.data.testCount),
      labels: Array(dataset.test.labels.prefix(run.data.testCount)), isWrong: nil)
    let record = try executor.store.record(of: try run.key())
    let outputs = RunOutputs(
      train: images(data.samples, of: method, clean: dataset.train.labels),
      test: images(test, of: method, clean: dataset.test.labels), sampleOutputs: [:],
      matchesRecord: record?.epochs == epochs)
    try outputs.write(to: folder, sampleTensors: method.sampleOutputs)
  }

  private func images(
    _ samples: TrainingSet, of method: any TrainingMethod, clean: [Int]
  ) -> RunOutputs.Images {
    let probabilities = Evaluation.outputs(samples) {
      method.predict($0).to(.float32).softmax(along: 1)
    }
    let features = method.learners["network"].map { learner in
      Evaluation.outputs(samples) {
        learner.network.features($0, training: false).to(.float32)
      }
    }
    return RunOutputs.Images(
      cleanLabels: samples.identifiers.map { clean[$0] }, givenLabels: samples.labels,
      probabilities: probabilities.array(of: Float.self),
      features: features?.array(of: Float.self) ?? [])
  }
}
