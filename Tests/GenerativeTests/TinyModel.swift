import SeededRandom
import Torch

@testable import Generative

/// A generator of 8 x 8 images of three classes, small enough to train in a test.
enum TinyModel {
  static let side = 8
  static let classes = 3

  /// The configuration, with as many epochs of each phase as asked for.
  static func configuration(denoiser: Int = 2, control: Int = 2) -> EchoModConfiguration {
    func training(_ epochs: Int) -> EchoModConfiguration.Training {
      .init(epochs: epochs, batchSize: 8, rate: 3e-3, warmUpSteps: 4, labelDropout: 0.2)
    }
    return EchoModConfiguration(
      size: DenoiserSize(patch: 2, channels: 16, embedding: 8, blocks: 2, middleBlocks: 1),
      canny: CannyEdges(threshold: 75), denoiser: training(denoiser), control: training(control),
      sampling: sampling)
  }

  /// Guidance in all four steps, control in the first two.
  static let sampling = EchoModConfiguration.Sampling(
    steps: 4, guidance: 2, guidedSteps: 0..<4, controlWeight: 1, controlledSteps: 0..<2,
    controlsUnlabelled: true, limitsEstimate: true)

  /// A model as it is before training.
  static func untrained(
    _ configuration: EchoModConfiguration = configuration(), channels: Int = 1, seed: UInt64 = 1
  ) -> EchoModModel {
    EchoModModel(
      configuration, channels: channels, classes: classes,
      stream: SeedStream(root: seed, purpose: "generator"), on: .cpu)
  }

  /// A model whose every parameter is random, so that no part of it is silent.
  static func random(
    _ configuration: EchoModConfiguration = configuration(), channels: Int = 1
  ) throws -> EchoModModel {
    let model = untrained(configuration, channels: channels)
    try model.load(
      model.state.mapValues { tensor in
        var generator = SeedStream(root: 3, purpose: "test").generator(UInt64(tensor.count))
        let scale = 0.5 / Double(max(1, tensor.shape.dropFirst().reduce(1, *))).squareRoot()
        return .from(
          (0..<tensor.count).map { _ in Float(scale * generator.normal()) }, shape: tensor.shape)
      })
    return model
  }

  /// Images of a bright block whose column tells the class, with noise.
  static func images(count: Int) -> (pixels: [[UInt8]], labels: [Int]) {
    var generator = SeedStream(root: 2, purpose: "test").generator()
    let labels = (0..<count).map { $0 % classes }
    let pixels = labels.map { label in
      (0..<(side * side)).map { place in
        let isBright = (2 * label..<2 * label + 3).contains(place % side) && place / side > 2
        return UInt8(generator.uniform(below: 60) + (isBright ? 190 : 0))
      }
    }
    return (pixels, labels)
  }

  /// Colour images of a block that is red, green or blue by class; where it lies only its edges can tell.
  static func colourImages(count: Int) -> (pixels: [[UInt8]], labels: [Int]) {
    var generator = SeedStream(root: 4, purpose: "test").generator()
    let labels = (0..<count).map { $0 % classes }
    let pixels = labels.map { label in
      let (top, left) = (generator.uniform(below: 5), generator.uniform(below: 5))
      return (0..<(3 * side * side)).map { place in
        let (row, column) = (place / side % side, place % side)
        let isInside = row >= top && row < top + 4 && column >= left && column < left + 4
        let isBright = isInside && place / (side * side) == label
        return UInt8(generator.uniform(below: 30) + (isBright ? 220 : 20))
      }
    }
    return (pixels, labels)
  }
}
