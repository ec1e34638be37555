import Datasets
import NN
import Statistics
import Torch
import Training

/// EchoAlign: images are changed to fit their noisy labels, and originals whose change was small are kept.
///
/// "Can We Treat Noisy Labels as Accurate?", arXiv 2405.12969v1. The paper's Algorithm 1 and the released code
/// (KevinCarpricorn/EchoAlign at 8d40a6a) are two methods; both are here, see ``Variant``.
public final class EchoAlign: TrainingMethod {
  /// Which EchoAlign it is.
  public enum Variant: String, Codable, Hashable, Sendable, CaseIterable {
    /// Algorithm 1: originals with S >= τ and the modified images of the others, plain cross-entropy.
    case paper
    /// The released code: selected originals and all modified images, weighted, then fine-tuning on the originals.
    case released
    /// Ablation of table 3: the modified images of all samples with their noisy labels, plain cross-entropy.
    case modificationOnly = "modification-only"
    /// Ablation of table 3: originals with S >= τ alone, plain cross-entropy.
    case selectionOnly = "selection-only"
  }

  /// How originals are selected.
  public enum Selector: String, Codable, Hashable, Sendable, CaseIterable {
    /// By the similarity of an image to its modification.
    case similarity
    /// By the mean loss over a warm-up, in each noisy class; what the released code does under symmetric noise.
    case smallLoss = "small-loss"
  }

  /// The hyperparameters; shares are of the shared protocol's epochs.
  public struct Configuration: MethodRecipe {
    /// The variant.
    public var variant: Variant
    /// How originals are selected.
    public var selector: Selector
    /// The similarity threshold, where the selector uses one.
    public var threshold: EchoThreshold
    /// The length of the small-loss warm-up.
    public var warmUpShare: Double
    /// The length of the fine-tuning.
    public var fineTuneShare: Double

    /// Creates a configuration.
    public init(
      variant: Variant, selector: Selector, threshold: EchoThreshold, warmUpShare: Double,
      fineTuneShare: Double
    ) {
      self.variant = variant
      self.selector = selector
      self.threshold = threshold
      self.warmUpShare = warmUpShare
      self.fineTuneShare = fineTuneShare
    }

    /// Algorithm 1; the threshold is the paper's for 30 % noise or for 45 and 50 % (appendix C).
    public static func paper(noiseRate: Double) -> Configuration {
      Configuration(
        variant: .paper, selector: .similarity, threshold: paperThreshold(noiseRate: noiseRate),
        warmUpShare: 0, fineTuneShare: 0)
    }

    /// main.py, small_loss_trick.py and trainer.py: 70 epochs of warm-up, 200 of training, 40 of fine-tuning.
    public static func released(noiseRate: Double, isSymmetric: Bool) -> Configuration {
      Configuration(
        variant: .released, selector: isSymmetric ? .smallLoss : .similarity,
        threshold: paperThreshold(noiseRate: noiseRate), warmUpShare: 0.35, fineTuneShare: 0.2)
    }

    /// "Instance Modification Only" of table 3; the threshold is not used.
    public static func modificationOnly(noiseRate: Double) -> Configuration {
      ablation(.modificationOnly, noiseRate: noiseRate)
    }

    /// "EchoSelect Only" of table 3, with Algorithm 1's selection; the paper gives no recipe.
    public static func selectionOnly(noiseRate: Double) -> Configuration {
      ablation(.selectionOnly, noiseRate: noiseRate)
    }

    private static func ablation(_ variant: Variant, noiseRate: Double) -> Configuration {
      var configuration = paper(noiseRate: noiseRate)
      configuration.variant = variant
      return configuration
    }

    /// The method on a task.
    public func make(task: TrainingTask, resources: MethodResources) throws -> any TrainingMethod {
      guard let echo = resources.echo else { preconditionFailure("EchoAlign needs an echo source") }
      return EchoAlign(self, task: task, source: try echo())
    }

    /// Warm-up, training and fine-tuning as far as the variant has them.
    public func stages(under trainingProtocol: TrainingProtocol) -> [PlannedStage] {
      phases.map { phase in
        switch phase {
        case .warmUp:
          return PlannedStage(
            name: "warm-up", epochs: trainingProtocol.epochs(share: warmUpShare),
            trainingPasses: 1.35)
        case .train:
          return PlannedStage(
            name: "train", epochs: trainingProtocol.epochs,
            trainingPasses: variant == .released ? 1.5 : 1)
        case .fineTune:
          return PlannedStage(
            name: "fine-tune", epochs: trainingProtocol.epochs(share: fineTuneShare),
            trainingPasses: 0.5)
        }
      }
    }

    /// The modified images.
    public var needs: Set<MethodNeed> { [.echo] }

    var phases: [Phase] {
      let warmUp: [Phase] = selector == .smallLoss ? [.warmUp] : []
      return warmUp + (variant == .released ? [.train, .fineTune] : [.train])
    }

    private static func paperThreshold(noiseRate: Double) -> EchoThreshold {
      .fixed(noiseRate < 0.4 ? 0.4 : 0.52)
    }
  }

  enum Phase {
    case warmUp
    case train
    case fineTune
  }

  private let configuration: Configuration
  private let task: TrainingTask
  private let source: any EchoSource
  private var learner: Learner?
  private var phase = Phase.train
  private var current: TrainingSet
  /// What must survive an interruption: the sums of the warm-up's losses, and what was selected.
  public var memory: [String: Tensor] = [:]

  /// Creates the method.
  public init(_ configuration: Configuration, task: TrainingTask, source: any EchoSource) {
    self.configuration = configuration
    self.task = task
    self.source = source
    current = task.samples
  }

  /// Prepares warm-up, training or fine-tuning.
  public func begin(stage: Int) throws -> Stage? {
    guard configuration.phases.indices.contains(stage) else { return nil }
    phase = configuration.phases[stage]
    switch phase {
    case .warmUp:
      current = task.samples
      let warmUp = task.learner("warm-up")
      warmUp.schedule = .constant
      learner = warmUp
      memory[Self.lossSums] =
        memory[Self.lossSums] ?? .zeros([task.samples.count], on: task.samples.device)
      return Stage(
        name: "warm-up", epochs: task.trainingProtocol.epochs(share: configuration.warmUpShare),
        isPreparation: true)
    case .train:
      switch configuration.variant {
      case .paper, .released: current = try mixture(selected: try select())
      case .modificationOnly: current = try mixture(selected: [])
      case .selectionOnly: current = task.samples.subset(try select())
      }
      learner = task.learner("network")
      return Stage(name: "train", epochs: task.trainingProtocol.epochs)
    case .fineTune:
      current = task.samples.subset(try select())
      let tuned = learner ?? task.learner("network")
      // The optimiser stays at the rate that the schedule left.
      let last = task.trainingProtocol.epochs
      tuned.schedule = .flat(
        factor: task.trainingProtocol.schedule.factor(epoch: last - 1, of: last))
      learner = tuned
      return Stage(
        name: "fine-tune",
        epochs: task.trainingProtocol.epochs(share: configuration.fineTuneShare))
    }
  }

  /// One pass over the phase's samples.
  public func passes(epoch: EpochPosition) -> [Pass] { [task.pass(over: current)] }

  /// One step of weighted cross-entropy.
  public func step(_ batch: Batch, at position: StepPosition) -> StepReport {
    guard let learner else { preconditionFailure("step before begin(stage:)") }
    let logits = learner.network.logits(batch.images, training: true)
    let losses = logits.crossEntropy(targets: batch.labels)
    learner.step(minimising: batch.mean(losses), at: position.epoch)
    return StepReport(logits: logits, losses: losses)
  }

  /// Adds the losses of a warm-up epoch, in evaluation mode.
  public func end(epoch: EpochPosition) throws {
    guard phase == .warmUp, let sums = memory[Self.lossSums] else { return }
    let logits = Evaluation.outputs(task.samples, of: predict)
    memory[Self.lossSums] = withoutGradient {
      sums + logits.crossEntropy(targets: task.samples.labelsOnDevice)
    }
  }

  /// The current network's logits.
  public func predict(_ images: Tensor) -> Tensor {
    guard let learner else { preconditionFailure("predict before begin(stage:)") }
    return learner.network.logits(images, training: false)
  }

  /// The network of the current phase.
  public var learners: [String: Learner] { learner.map { ["network": $0] } ?? [:] }

  /// The number of selected originals, the share of them whose label is right, and the threshold.
  public var scalars: [String: Double] {
    var result: [String: Double] = [:]
    guard let kept = memory[Self.selection]?.array(of: Int.self) else { return result }
    result["selected-count"] = Double(kept.count)
    result["selected-share"] = Double(kept.count) / Double(task.samples.count)
    if let isWrong = task.samples.isWrong, !kept.isEmpty {
      result["selection-precision"] = Double(kept.count { !isWrong[$0] }) / Double(kept.count)
    }
    if let threshold = memory[Self.threshold] { result["threshold"] = threshold.item() }
    return result
  }

  private static let lossSums = "loss-sums"
  private static let selection = "selection"
  private static let threshold = "threshold"

  /// The positions of the selected originals; found once, then remembered.
  ///
  /// - Throws: ``DivergenceError`` when too few originals are selected for a stage that trains on them alone.
  private func select() throws -> [Int] {
    if let known = memory[Self.selection] { return known.array(of: Int.self) }
    let selected: [Int]
    switch configuration.selector {
    case .similarity:
      let similarities = try source.echo(of: task.samples).similarities
      let threshold = configuration.threshold.value(
        for: similarities, noiseRate: task.noiseRate)
      memory[Self.threshold] = .from([threshold], shape: [1])
      // Algorithm 1 keeps S >= τ, the released code S > τ.
      selected = similarities.indices.filter {
        configuration.variant == .released
          ? similarities[$0] > threshold : similarities[$0] >= threshold
      }
    case .smallLoss:
      guard let sums = memory[Self.lossSums] else {
        preconditionFailure("selection by loss needs the warm-up's losses")
      }
      selected = Self.smallLossSelection(
        losses: sums.array(of: Float.self), labels: task.samples.labels,
        classes: task.classes, noiseRate: task.noiseRate)
    }
    guard configuration.variant == .paper || selected.count > 1 else {
      throw DivergenceError(
        description:
          "\(selected.count) of \(task.samples.count) originals were selected, too few to train on")
    }
    memory[Self.selection] = .from(selected, shape: [selected.count])
    return selected
  }

  /// The samples with the smallest losses in each noisy class.
  ///
  /// The share kept is min(1 − 1.2 r, 0.9 (1 − r)) of each class, as in small_loss_trick.py. Ties keep the lower
  /// position.
  public static func smallLossSelection(
    losses: [Float], labels: [Int], classes: Int, noiseRate: Double
  ) -> [Int] {
    let share = min(1 - 1.2 * noiseRate, 0.9 * (1 - noiseRate))
    var kept: [Int] = []
    for label in 0..<classes {
      let members = labels.indices.filter { labels[$0] == label }
      let ordered = members.sorted { (losses[$0], $0) < (losses[$1], $1) }
      kept += ordered.prefix(Int(share * Double(members.count)))
    }
    return kept.sorted()
  }

  /// The training set of originals and modified images.
  private func mixture(selected: [Int]) throws -> TrainingSet {
    let samples = task.samples
    let count = samples.count
    let echo = try source.echo(of: samples)
    let originals = samples.bank.images.select(
      .from(samples.rows, shape: [count], on: samples.device))
    let bank = samples.bank.replacing(images: .concatenate([originals, echo.images]))
    let chosen = Set(selected)
    var rows: [Int] = []
    var positions: [Int] = []
    for position in selected {
      rows.append(position)
      positions.append(position)
    }
    for position in 0..<count
    where configuration.variant == .released || !chosen.contains(position) {
      rows.append(count + position)
      positions.append(position)
    }
    // Originals weigh n/N and modified images n_sel/N, so that each group carries half of the whole weight.
    let total = Float(count + selected.count)
    let weights: [Float]? =
      configuration.variant != .released
      ? nil : rows.map { $0 < count ? Float(count) / total : Float(selected.count) / total }
    return TrainingSet(
      bank: bank, rows: rows,
      identifiers: rows.map { row in
        row < count
          ? samples.identifiers[row] : samples.identifiers[row - count] + Self.echoIdentifier
      }, labels: positions.map { samples.labels[$0] },
      // A modified image is made to fit its label, so only an original can be wrongly labelled.
      isWrong: samples.isWrong.map { flags in
        zip(rows, positions).map { row, position in row < count && flags[position] }
      }, weights: weights)
  }

  /// Added to a sample's identifier for its modified image, so that their augmentations are drawn apart.
  private static let echoIdentifier = 1 << 32
}
