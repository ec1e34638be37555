import ArgumentParser
import Datasets
import Experiments
import Foundation
import LabelNoise
import Methods
import Models
import NN
import Reproduction
import RunStore
import Training

/// The options that make one run: any data, noise, method, network and seed.
struct CellOptions: ParsableArguments {
  @Option(help: "The profile whose settings hold where nothing else is named.")
  var profile = Profile.quick.identifier

  @Option(help: "The data set, or own images as folder:PATH or npy:PATH.")
  var dataset = FashionMNIST.identifier

  @Option(
    help: "The noise, such as symmetric:0.5, or given:own for labels that come with the data.")
  var noise = "symmetric:0.5"

  @Option(help: "The method, by its identifier.")
  var method = "ce"

  @Option(help: "Whose hyperparameters: ours, paper or released.")
  var source = MethodSource.ours

  @Option(name: .customLong("option"), help: "A hyperparameter as key=value; repeatable.")
  var options: [String] = []

  @Option(help: "The network: \(ModelConfiguration.grammar).")
  var model: String?

  @Option(help: "The seed of all random streams.")
  var seed: UInt64 = 1

  @Option(help: "The seed of the label noise alone.")
  var noiseSeed: UInt64?

  @Option(help: "The number of epochs of the main stage.")
  var epochs: Int?

  @Option(help: "The number of samples in a batch.")
  var batchSize: Int?

  @Option(help: "The learning rate before the schedule.")
  var rate: Double?

  @Option(help: "The augmentation of training images: none or crop-and-flip.")
  var augmentation: Augmentation?

  @Option(help: "The number of training images whose labels are corrupted, the first ones.")
  var pool: Int?

  @Option(help: "The number of them held out with their noisy labels; a tenth when not given.")
  var validation: Int?

  @Option(help: "The number of test images, the first ones.")
  var test: Int?

  @Option(help: "The number format: float32 or bfloat16.")
  var precision: Precision?

  @Option(help: "The folder of finished and resumable runs.")
  var store = "runs"

  @OptionGroup var data: DataOptions
  @OptionGroup var execution: ExecutionOptions

  var runStore: RunStore { RunStore(root: URL(fileURLWithPath: store, isDirectory: true)) }

  /// The run with the data it was made for.
  ///
  /// - Throws: ``CellError`` and the errors of names that do not exist or data that cannot be read.
  func specification() throws -> (run: RunSpecification, source: DataSource) {
    let profile = try Profile.named(self.profile)
    guard let entry = MethodCatalog.entry(method) else {
      throw CellError(
        message: "unknown method '\(method)': expected one of "
          + MethodCatalog.entries.map(\.identifier).joined(separator: ", "))
    }
    let noise = try NoiseModel.parse(self.noise)
    let opened = try OpenedData(dataset, options: data)
    let benchmark = try benchmark(of: opened, profile: profile)
    let configuration = try entry.configuration(
      source, profile.setting(on: benchmark, noise: noise)
    ).applying(try pairs(options))
    var run = profile.run(on: benchmark, noise: noise, method: configuration, seed: 0)
    run.seeds = RunSeeds(root: seed)
    run.seeds.noise = noiseSeed ?? seed
    run.precision = precision ?? profile.precision
    run.trainingProtocol = try trainingProtocol(profile.trainingProtocol)
    if let folder = opened.source.echoFolder, run.outside == nil,
      configuration.recipe.needs.contains(.echo)
    {
      run.imported = try ImportedEcho.find(
        in: folder, dataset: run.data.dataset, noise: noise, seed: run.seeds.noise)
    }
    guard !run.lacksOutside else {
      throw CellError(
        message: "\(entry.identifier) needs a generator trained on outside images, and the "
          + "\(profile.identifier) profile has none for \(benchmark.displayName); --echo-dir names "
          + "images made elsewhere")
    }
    return (run, opened.source)
  }

  private func benchmark(of opened: OpenedData, profile: Profile) throws -> Benchmark {
    let set = opened.dataset
    let base = profile.benchmarks.first { $0.data.dataset == set.identifier }
    let pool = try Self.count(
      self.pool ?? base?.data.poolCount, "--pool", in: 2...set.train.count)
    let held = try Self.count(
      validation ?? (self.pool == nil ? base?.data.validationCount : nil) ?? pool / 10,
      "--validation", in: 1...(pool - 1))
    let test = try Self.count(
      self.test ?? base?.data.testCount, "--test", in: 1...set.test.count)
    let model = try self.model.map(ModelConfiguration.parse)
    return Benchmark(
      paperDataset: set.displayName, displayName: set.displayName,
      data: DataSpecification(
        dataset: set.identifier, content: opened.content, poolCount: pool, validationCount: held,
        testCount: test),
      classes: set.classNames.count, model: model ?? base?.model ?? profile.benchmarks[0].model,
      outside: base?.reading(content: opened.content).outside)
  }

  private static func count(_ wanted: Int?, _ option: String, in range: ClosedRange<Int>) throws
    -> Int
  {
    let count = wanted ?? range.upperBound
    guard range.contains(count) else {
      throw CellError(
        message: "\(option): expected \(range.lowerBound) to \(range.upperBound), found \(count)")
    }
    return count
  }

  private func trainingProtocol(_ base: TrainingProtocol) throws -> TrainingProtocol {
    var result = base
    result.epochs = try Self.count(epochs ?? base.epochs, "--epochs", in: 1...100_000)
    result.batchSize = try Self.count(
      batchSize ?? base.batchSize, "--batch-size", in: 2...1_000_000)
    result.augmentation = augmentation ?? base.augmentation
    if let rate {
      guard rate > 0, rate.isFinite else {
        throw CellError(message: "--rate: expected a number above 0, found \(rate)")
      }
      result.optimizer = base.optimizer.at(rate: rate)
    }
    return result
  }
}

/// A cell that cannot be made as asked.
struct CellError: ReportableError {
  let message: String
  var exitStatus: ExitStatus { .usage }
}

extension MethodSource: ExpressibleByArgument {}
extension Augmentation: ExpressibleByArgument {}
extension Precision: ExpressibleByArgument {}
