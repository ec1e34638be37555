import Datasets
import Methods
import Models
import NN
import SeededRandom
import Torch
import Training

/// A small learnable problem: 1 x 12 x 12 images with a bright block whose place tells the class.
struct SyntheticTask {
  static let classes = 3
  static let side = 12

  let task: TrainingTask
  let validation: EvaluationSet
  let test: EvaluationSet

  /// Makes the problem; equal arguments give equal tasks with networks of their own.
  init(
    count: Int = 54, noiseRate: Double = 0.3, epochs: Int = 6, batchSize: Int = 16,
    dropsLast: Bool = false, augmentation: Augmentation = .cropAndFlip,
    optimizer: OptimizerConfiguration = .sgd(
      rate: 0.05, momentum: 0.9, weightDecay: 1e-4, nesterov: false),
    seed: UInt64 = 1
  ) {
    let streams = RunStreams(initialisation: seed, order: seed, augmentation: seed)
    task = TrainingTask(
      samples: Self.samples(count: count, noiseRate: noiseRate), classes: Self.classes,
      noiseRate: noiseRate,
      trainingProtocol: TrainingProtocol(
        epochs: epochs, batchSize: batchSize, dropsLast: dropsLast, optimizer: optimizer,
        schedule: .milestones([0.5, 0.75], factor: 0.1), augmentation: augmentation),
      streams: streams, makeNetwork: Self.network)
    validation = EvaluationSet(
      bank: Self.bank(count: 20, purpose: "validation"), labels: Self.labels(count: 20))
    test = EvaluationSet(
      bank: Self.bank(count: 30, purpose: "test"), labels: Self.labels(count: 30))
  }

  /// The loop that trains on it.
  var loop: TrainingLoop {
    TrainingLoop(streams: task.streams, validation: validation, test: test)
  }

  /// What the methods need from outside.
  var resources: MethodResources {
    MethodResources(
      echo: { ScriptedEcho() }, external: { Self.samples(count: 30, noiseRate: 0) })
  }

  static func network(stream: SeedStream, outputs: Int = classes) -> Network {
    Network(stream: stream, on: .cpu, precision: .float32) {
      SmallCNN(channels: [4], hidden: 8, inputShape: [1, side, side], classes: outputs, at: $0)
    }
  }

  /// Samples of which every class has the share `noiseRate` of wrong labels, up to rounding.
  static func samples(count: Int, noiseRate: Double) -> TrainingSet {
    let clean = labels(count: count)
    let wrong = Int((noiseRate * Double(count)).rounded())
    let isWrong = (0..<count).map { $0 < wrong }
    return TrainingSet(
      bank: bank(count: count, purpose: "train"), rows: Array(0..<count),
      identifiers: (0..<count).map { 100 + $0 },
      labels: clean.indices.map { isWrong[$0] ? (clean[$0] + 1) % classes : clean[$0] },
      isWrong: isWrong)
  }

  private static func labels(count: Int) -> [Int] { (0..<count).map { $0 % classes } }

  private static func bank(count: Int, purpose: String) -> ImageBank {
    var generator = SeedStream(root: 5, purpose: purpose).generator()
    var pixels: [UInt8] = []
    for label in labels(count: count) {
      for row in 0..<side {
        for column in 0..<side {
          let isBright = row / 4 == label && (4..<8).contains(column)
          pixels.append(UInt8(generator.uniform(below: 120) + (isBright ? 130 : 0)))
        }
      }
    }
    return ImageBank(
      pixels: pixels, shape: [1, side, side], mean: [0.3], standardDeviation: [0.2], on: .cpu)
  }
}

/// An echo without a generator: the original darkened, and similarities that tell wrong labels apart.
struct ScriptedEcho: EchoSource {
  /// The similarities of the samples; nil for 0.8 where a label is right and 0.2 where it is wrong.
  var similarities: [Double]?

  func echo(of samples: TrainingSet) throws -> Echo {
    let rows = Tensor.from(samples.rows, shape: [samples.count])
    let dark = withoutGradient {
      (samples.bank.images.select(rows).to(.float32) * 0.5).to(.uint8)
    }
    let told = samples.isWrong?.map { $0 ? 0.2 : 0.8 } ?? []
    return Echo(images: dark, similarities: similarities ?? told)
  }
}
