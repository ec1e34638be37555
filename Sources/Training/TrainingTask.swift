import Datasets
import NN
import SeededRandom
import Torch

/// The independent random streams of a run.
public struct RunStreams: Hashable, Sendable {
  /// Initial parameters; substreams by network.
  public var initialisation: SeedStream
  /// The order of samples in each epoch.
  public var order: SeedStream
  /// Crops and mirror images.
  public var augmentation: SeedStream

  /// Creates the streams of a run from one seed a purpose.
  public init(initialisation: UInt64, order: UInt64, augmentation: UInt64) {
    self.initialisation = SeedStream(root: initialisation, purpose: "initialisation")
    self.order = SeedStream(root: order, purpose: "order")
    self.augmentation = SeedStream(root: augmentation, purpose: "augmentation")
  }
}

/// Everything a method is given: the noisy training set, the shared protocol and a way to make networks.
public struct TrainingTask {
  /// The training images with their given labels.
  public let samples: TrainingSet
  /// The number of classes.
  public let classes: Int
  /// The nominal noise rate, for the methods that must be told it.
  public let noiseRate: Double
  /// The shared protocol.
  public let trainingProtocol: TrainingProtocol
  /// The random streams.
  public let streams: RunStreams
  private let make: (_ stream: SeedStream, _ outputs: Int) -> Network

  /// Creates a task.
  ///
  /// - Parameters:
  ///   - samples: The training images with their given labels.
  ///   - classes: The number of classes.
  ///   - noiseRate: The nominal noise rate.
  ///   - trainingProtocol: The shared protocol.
  ///   - streams: The random streams.
  ///   - makeNetwork: Makes a network with fresh parameters from a stream, with a number of outputs.
  public init(
    samples: TrainingSet, classes: Int, noiseRate: Double, trainingProtocol: TrainingProtocol,
    streams: RunStreams, makeNetwork: @escaping (_ stream: SeedStream, _ outputs: Int) -> Network
  ) {
    self.samples = samples
    self.classes = classes
    self.noiseRate = noiseRate
    self.trainingProtocol = trainingProtocol
    self.streams = streams
    make = makeNetwork
  }

  /// A fresh network of the table's architecture; each name has its own initial parameters.
  ///
  /// All methods of a run that ask for the same name start from the same parameters.
  ///
  /// - Parameters:
  ///   - name: The name.
  ///   - outputs: The number of outputs; nil for one a class.
  /// - Returns: The network on the task's device.
  public func makeNetwork(_ name: String, outputs: Int? = nil) -> Network {
    make(streams.initialisation.substream(name), outputs ?? classes)
  }

  /// One pass over a set as the shared protocol wants it.
  public func pass(over samples: TrainingSet? = nil) -> Pass {
    Pass(
      samples: samples ?? self.samples, batchSize: trainingProtocol.batchSize,
      dropsLast: trainingProtocol.dropsLast, views: [trainingProtocol.augmentation])
  }

  /// A learner with a fresh network that follows the shared protocol wherever nothing else is named.
  public func learner(
    _ name: String, optimizer: OptimizerConfiguration? = nil, schedule: Schedule? = nil,
    rateFactor: Double = 1, gradientLimit: Double? = nil
  ) -> Learner {
    Learner(
      makeNetwork(name), optimizer: optimizer ?? trainingProtocol.optimizer,
      schedule: schedule ?? trainingProtocol.schedule, rateFactor: rateFactor,
      gradientLimit: gradientLimit)
  }
}
