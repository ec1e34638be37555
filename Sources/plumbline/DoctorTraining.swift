import Foundation
import Models
import NN
import RunStore
import SeededRandom
import Torch

/// Training steps of small networks: whether libtorch computes, the same each time, and how fast.
struct DoctorTraining {
  let device: Device
  let machine: DoctorMachine

  /// Whether two trainings of one seed are equal bit for bit, and those of two seeds are not.
  func determinism() -> DoctorFinding {
    let steps = 5
    do {
      let (first, again, other) = try withTorchErrors {
        (
          weights(seed: 1, steps: steps), weights(seed: 1, steps: steps),
          weights(seed: 2, steps: steps)
        )
      }
      let facts: [String: JSONValue] = [
        "steps": .integer(steps), "sameSeedEqual": .bool(first == again),
        "otherSeedDiffers": .bool(first != other),
      ]
      guard first == again else {
        return DoctorFinding(
          "determinism", .fail,
          "two trainings of the same seed differ after \(steps) steps: runs on \(device) cannot be "
            + "repeated bit for bit",
          facts: facts)
      }
      guard first != other else {
        return DoctorFinding(
          "determinism", .fail, "trainings of two seeds are the same: seeds have no effect",
          facts: facts)
      }
      return DoctorFinding(
        "determinism", .ok,
        "\(steps) steps twice: the same seed is equal bit for bit, another seed differs",
        facts: facts)
    } catch {
      return DoctorFinding(
        "libtorch", .fail, "a small training fails on \(device): \(error)", failure: .unavailable)
    }
  }

  /// The bytes of all weights after some steps.
  private func weights(seed: UInt64, steps: Int) -> [UInt8] {
    let training = Training(
      model: .smallCNN(channels: [4, 8], hidden: 16), shape: [1, 12, 12], batchSize: 16, seed: seed,
      device: device)
    for _ in 0..<steps { training.step() }
    return training.weights
  }

  /// Images a second of the quick profile's network with one thread, beside known machines.
  func speed() -> DoctorFinding {
    let rate: Double
    do {
      rate = try withTorchErrors { measuredRate() }
    } catch {
      return DoctorFinding(
        "speed", .fail, "a training step fails on \(device): \(error)", failure: .unavailable)
    }
    var facts: [String: JSONValue] = ["imagesPerSecond": .number(rate)]
    let unit = device == .cpu ? " with one thread" : " on \(device)"
    let text = String(format: "%.0f images/s of the quick profile's network", rate) + unit
    guard device == .cpu,
      let known = SpeedTable.comparison(rate, processor: machine.processor)
    else {
      return DoctorFinding("speed", .ok, "\(text); no such device in the table", facts: facts)
    }
    facts["ratio"] = .number(known.ratio)
    facts["comparedWith"] = .string(known.machine.name)
    facts["isSlow"] = .bool(known.isSlow)
    var line =
      text
      + String(
        format: ": %@, %.2f times one core of a %@ with libtorch %@",
        known.isSlow ? "slow" : "normal", known.ratio, known.machine.name, known.machine.libtorch)
    if known.isSlow {
      let found = machine.hindrances
      line +=
        found.isEmpty
        ? "; look for power saving, another program on the cores, a limit of the container"
        : "; " + found.joined(separator: "; ")
    }
    return DoctorFinding("speed", known.isSlow ? .warn : .ok, line, facts: facts)
  }

  /// The best of several rounds, since whatever else runs can only make a round slower.
  private func measuredRate() -> Double {
    let training = Training(
      model: .smallCNN(channels: [8, 16], hidden: 128), shape: [1, 28, 28], batchSize: 128, seed: 1,
      device: device)
    let (rounds, steps) = (6, 10)
    for _ in 0..<3 { training.step() }
    device.synchronize()
    let seconds = (0..<rounds).map { _ in
      let start = ContinuousClock.now
      for _ in 0..<steps { training.step() }
      device.synchronize()
      return (ContinuousClock.now - start) / .seconds(1)
    }
    return Double(steps * training.batchSize) / (seconds.min() ?? .infinity)
  }
}

/// A small network with one batch, trained step by step.
private final class Training {
  let batchSize: Int
  private let network: Network
  private let optimizer: Optimizer
  private let images: Tensor
  private let labels: Tensor

  init(model: ModelConfiguration, shape: [Int], batchSize: Int, seed: UInt64, device: Device) {
    self.batchSize = batchSize
    let stream = SeedStream(root: seed, purpose: "doctor")
    network = Network(stream: stream, on: device, precision: .float32) {
      model.make(inputShape: shape, classes: 10, at: $0)
    }
    optimizer = Optimizer(
      .sgd(rate: 0.01, momentum: 0.9, weightDecay: 1e-4, nesterov: false),
      parameters: network.store.parameters)
    var generator = stream.generator()
    images = Tensor.from(
      (0..<batchSize * shape.reduce(1, *)).map { _ in Float(generator.normal()) },
      shape: [batchSize] + shape, on: device)
    labels = Tensor.from(
      (0..<batchSize).map { _ in generator.uniform(below: 10) }, shape: [batchSize], on: device)
  }

  func step() {
    let loss = network.logits(images, training: true).crossEntropy(targets: labels).mean()
    optimizer.step(minimising: loss, rate: 0.01)
  }

  var weights: [UInt8] {
    network.store.state.sorted { $0.key < $1.key }.flatMap { $0.value.bytes() }
  }
}
