import Foundation
import NN
import SeededRandom
import Torch

/// Trains the denoiser, then the control branch, on external clean images.
///
/// All draws are keyed by (stream, epoch, batch), so that training continued from the end of an epoch equals training
/// that was never interrupted.
public final class EchoModTrainer {
  /// A resumable moment: the end of an epoch.
  public struct State {
    /// The epochs that are done, those of the denoiser first.
    public var epochs: Int
    /// The mean loss of the last epoch.
    public var loss: Double
    /// Parameters and optimiser state, by name.
    public var tensors: [String: Tensor]

    /// Creates a state.
    public init(epochs: Int, loss: Double, tensors: [String: Tensor]) {
      self.epochs = epochs
      self.loss = loss
      self.tensors = tensors
    }
  }

  private enum Phase: UInt64 {
    case denoiser
    case control
  }

  /// AdamW's decay rates.
  private static let betas = [0.9, 0.99]
  /// The largest joint 2-norm of the gradients.
  private static let gradientLimit = 1.0

  private let model: EchoModModel
  private let grids: Tensor
  private let hints: Tensor
  private let labels: [Int]
  private let stream: SeedStream

  /// Puts the external images on the model's device.
  ///
  /// - Parameters:
  ///   - model: An untrained model.
  ///   - pixels: n x channels x height x width bytes, with the channels of the model.
  ///   - labels: The clean label of each image.
  ///   - height: The number of rows.
  ///   - width: The number of columns.
  ///   - stream: The diffusion stream.
  public init(
    _ model: EchoModModel, pixels: [UInt8], labels: [Int], height: Int, width: Int,
    stream: SeedStream
  ) {
    self.model = model
    self.labels = labels
    self.stream = stream
    let count = labels.count
    let shape = [count, model.channels, height, width]
    grids = model.grid(.from(pixels, shape: shape, on: model.device))
    hints = model.hint(pixels: pixels, count: count, height: height, width: width)
  }

  /// The number of epochs of both phases.
  public var epochCount: Int {
    model.configuration.denoiser.epochs + model.configuration.control.epochs
  }

  /// Trains to the end, or until asked to stop.
  ///
  /// - Parameters:
  ///   - state: Where to continue; nil to start.
  ///   - onEpoch: Called after each epoch; returns whether to go on.
  /// - Returns: Whether the end was reached.
  /// - Throws: ``ParameterError`` when the state does not fit the model.
  public func run(from state: State?, onEpoch: (State) throws -> Bool) throws -> Bool {
    let configuration = model.configuration
    let firstPhaseEpochs = configuration.denoiser.epochs
    var epoch = state?.epochs ?? 0
    if let state {
      try model.load(state.tensors.part("model/"))
    }
    var restored = state
    for phase in [Phase.denoiser, .control] {
      let training = phase == .denoiser ? configuration.denoiser : configuration.control
      let offset = phase == .denoiser ? 0 : firstPhaseEpochs
      guard epoch < offset + training.epochs else { continue }
      if phase == .control {
        if epoch == offset { try model.startControl() } else { model.freezeDenoiser() }
      }
      let parameters =
        phase == .denoiser ? model.denoiserStore.parameters : model.branchStore.parameters
      let optimizer = Optimizer(
        .adamW(rate: training.rate, betas: Self.betas, weightDecay: 0), parameters: parameters)
      if let state = restored, epoch > offset {
        try optimizer.load(state.tensors.part("optimizer/"))
      }
      restored = nil
      while epoch < offset + training.epochs {
        let loss = train(phase, training, epoch: epoch - offset, optimizer)
        epoch += 1
        let tensors = model.state.named(under: "model/")
          .merging(optimizer.state.named(under: "optimizer/")) { first, _ in first }
        if try !onEpoch(State(epochs: epoch, loss: loss, tensors: tensors)) { return false }
      }
    }
    return true
  }

  private func train(
    _ phase: Phase, _ training: EchoModConfiguration.Training, epoch: Int, _ optimizer: Optimizer
  ) -> Double {
    var shuffle = stream.substream("order").generator(phase.rawValue, UInt64(epoch))
    let order = shuffle.permutation(labels.count)
    let batches = labels.count / training.batchSize
    let steps = batches * training.epochs
    var total: Tensor?
    for batch in 0..<batches {
      let chosen = Array(order[(batch * training.batchSize)..<((batch + 1) * training.batchSize)])
      let step = epoch * batches + batch
      let warmUp = min(1, Double(step + 1) / Double(training.warmUpSteps))
      let decay = 1 - Double(step) / Double(steps)
      let loss = loss(phase, training, chosen: chosen, step: step)
      optimizer.step(
        minimising: loss, rate: training.rate * warmUp * decay,
        gradientLimit: Self.gradientLimit)
      total = withoutGradient { total.map { $0 + loss.detached() } ?? loss.detached() }
    }
    return (total?.item() ?? .nan) / Double(batches)
  }

  /// The mean squared error of v on a batch.
  ///
  /// Times are stratified over the batch with one random offset, then shuffled.
  private func loss(
    _ phase: Phase, _ training: EchoModConfiguration.Training, chosen: [Int], step: Int
  ) -> Tensor {
    let count = chosen.count
    var generator = stream.substream("noise").generator(phase.rawValue, UInt64(step))
    let offset = generator.uniform()
    let times = generator.permutation(count).map { (Double($0) + offset) / Double(count) }
    let kept = chosen.map {
      generator.uniform() < training.labelDropout ? model.classes : labels[$0]
    }
    let device = model.device
    func column(_ values: [Double]) -> Tensor {
      Tensor.from(values.map(Float.init), shape: [count, 1, 1, 1], on: device)
    }
    let signal = column(times.map(DiffusionSchedule.signal))
    let spread = column(times.map(DiffusionSchedule.noise))
    let index = Tensor.from(chosen, shape: [count], on: device)
    let clean = grids.select(index).channelsLast()
    let noise = Tensor.from(
      (0..<clean.count).map { _ in Float(generator.normal()) }, shape: clean.shape, on: device
    ).channelsLast()
    let noisy = clean * signal + noise * spread
    let target = noise * signal - clean * spread
    let time = Tensor.from(times.map(Float.init), shape: [count], on: device)
    let conditioning = model.denoiser.conditioning(
      times: time, labels: .from(kept, shape: [count], on: device))
    var control: [Tensor]?
    if phase == .control {
      let unlabelled = [Int](repeating: model.classes, count: count)
      let plain = model.denoiser.conditioning(
        times: time, labels: .from(unlabelled, shape: [count], on: device))
      control = model.branch(
        noisy, hint: model.branch.features(ofHint: hints.select(index).channelsLast()),
        shifts: model.branch.shifts(plain))
    }
    let predicted = model.denoiser(
      noisy, shifts: model.denoiser.shifts(conditioning), control: control)
    let error = predicted - target
    return (error * error).mean()
  }
}
