import NN
import Training

extension TRevision {
  /// How the correction ΔT enters the last stage's loss.
  public enum Revision: String, Codable, Hashable, Sendable, CaseIterable {
    /// T̂ = T + ΔT, with a gradient through the importance weights: the paper's formula.
    case once
    /// The released loss: ΔT is added anew for each sample, so that the k-th of a batch sees T + k ΔT.
    ///
    /// Pull request xiaoboxia/T-Revision#3. The correction grows with a sample's place and with the batch size.
    case perSample = "per-sample"
    /// The released vectorised losses, which its main script does not use: the weights are constants, so that ΔT gets no
    /// gradient and stays zero.
    case detached
  }

  /// The hyperparameters; shares are of the shared protocol's epochs.
  public struct Configuration: MethodRecipe {
    /// The length of the stage that estimates T by cross-entropy.
    public var estimateShare: Double
    /// The length of the reweighted stage.
    public var reweightShare: Double
    /// The length of the stage that revises T.
    public var revisionShare: Double
    /// The factor on the shared learning rate while T is estimated, without momentum.
    public var estimateFactor: Double
    /// The factor on the shared learning rate in the reweighted stage.
    public var reweightFactor: Double
    /// The fractions of the reweighted stage after which its rate is divided by ten.
    public var milestones: [Double]
    /// The learning rate of Adam for network and ΔT in the last stage.
    public var revisionRate: Double
    /// The weight decay in the last stage.
    public var revisionDecay: Double
    /// The percentile of each class's probability at and above which no sample is an anchor; nil for none.
    public var anchorPercentile: Double?
    /// How ΔT enters the loss.
    public var revision: Revision

    /// Creates a configuration.
    public init(
      estimateShare: Double, reweightShare: Double, revisionShare: Double, estimateFactor: Double,
      reweightFactor: Double, milestones: [Double], revisionRate: Double, revisionDecay: Double,
      anchorPercentile: Double?, revision: Revision
    ) {
      self.estimateShare = estimateShare
      self.reweightShare = reweightShare
      self.revisionShare = revisionShare
      self.estimateFactor = estimateFactor
      self.reweightFactor = reweightFactor
      self.milestones = milestones
      self.revisionRate = revisionRate
      self.revisionDecay = revisionDecay
      self.anchorPercentile = anchorPercentile
      self.revision = revision
    }

    /// The released settings with the paper's formula, in which ΔT is added once.
    public static func paper(classes: Int) -> Configuration {
      var configuration = released(classes: classes)
      configuration.revision = .once
      return configuration
    }

    /// main.py and tools.py as shares of 200 epochs at a shared rate of 0.1: 20 epochs (15 with 100 classes) at 0.01, 200
    /// at 0.01 divided by ten after 40 and 80, 200 of Adam at 5e-7; anchors below the 97th percentile, or of any
    /// probability with 100 classes; ΔT added once a sample.
    public static func released(classes: Int) -> Configuration {
      let hasManyClasses = classes >= 100
      return Configuration(
        estimateShare: hasManyClasses ? 0.075 : 0.1, reweightShare: 1, revisionShare: 1,
        estimateFactor: 0.1, reweightFactor: 0.1, milestones: [0.2, 0.4], revisionRate: 5e-7,
        revisionDecay: 1e-4, anchorPercentile: hasManyClasses ? nil : 97, revision: .perSample)
    }

    /// The paper's formula; where lengths are reduced, rates and shares at which each stage trains.
    ///
    /// At 24 epochs of 22 steps the released rates would leave every stage where it began. Estimate and reweighting take
    /// the shared rate, the estimate over a quarter of the epochs; revision takes half of them, of Adam at 1e-4.
    public static func ours(setting: MethodSetting) -> Configuration {
      var configuration = paper(classes: setting.classes)
      guard setting.isReduced else { return configuration }
      configuration.estimateShare = 0.25
      configuration.estimateFactor = 1
      configuration.reweightFactor = 1
      configuration.revisionShare = 0.5
      configuration.revisionRate = 1e-4
      return configuration
    }

    /// The method on a task.
    public func make(task: TrainingTask, resources: MethodResources) -> any TrainingMethod {
      TRevision(self, task: task)
    }

    /// Three stages of one network.
    public func stages(under trainingProtocol: TrainingProtocol) -> [PlannedStage] {
      Phase.allCases.map { phase in
        PlannedStage(
          name: phase.name, epochs: epochs(of: phase, under: trainingProtocol),
          trainingPasses: phase == .estimate ? 1 : 1.05)
      }
    }

    func epochs(of phase: Phase, under trainingProtocol: TrainingProtocol) -> Int {
      switch phase {
      case .estimate: trainingProtocol.epochs(share: estimateShare)
      case .reweight: trainingProtocol.epochs(share: reweightShare)
      case .revise: trainingProtocol.epochs(share: revisionShare)
      }
    }
  }

  /// The stages.
  enum Phase: Int, CaseIterable {
    case estimate
    case reweight
    case revise

    /// The name in the records.
    var name: String {
      switch self {
      case .estimate: "estimate"
      case .reweight: "reweight"
      case .revise: "revision"
      }
    }
  }
}
