import Training

extension BLTM {
  /// The hyperparameters; shares are of the shared protocol's epochs.
  public struct Configuration: MethodRecipe {
    /// The upper bound ρ of the noise rate of any sample; samples with max p above (1 + ρ) / 2 are distilled.
    public var noiseBound: Double
    /// The length of the warm-up by cross-entropy.
    public var warmUpShare: Double
    /// The length of the transition network's training.
    public var transitionShare: Double
    /// The length of forward-corrected training.
    public var correctionShare: Double
    /// The factor on the shared learning rate in warm-up and transition stage.
    public var rateFactor: Double
    /// The learning rate of Adam in forward-corrected training.
    public var correctionRate: Double
    /// The weight decay in forward-corrected training.
    public var correctionDecay: Double

    /// Creates a configuration.
    public init(
      noiseBound: Double, warmUpShare: Double, transitionShare: Double, correctionShare: Double,
      rateFactor: Double, correctionRate: Double, correctionDecay: Double
    ) {
      self.noiseBound = noiseBound
      self.warmUpShare = warmUpShare
      self.transitionShare = transitionShare
      self.correctionShare = correctionShare
      self.rateFactor = rateFactor
      self.correctionRate = correctionRate
      self.correctionDecay = correctionDecay
    }

    /// main.py as shares of 200 epochs at a shared rate of 0.1: ρ = 0.1; 10 epochs of warm-up and 50 of the transition
    /// network by SGD at 0.01 with momentum 0.9; 20 epochs of forward correction by Adam at 5e-7, decay 1e-4.
    public static let released = Configuration(
      noiseBound: 0.1, warmUpShare: 0.05, transitionShare: 0.25, correctionShare: 0.1,
      rateFactor: 0.1, correctionRate: 5e-7, correctionDecay: 1e-4)

    /// The released numbers; where lengths are reduced, rates and shares at which each stage trains.
    ///
    /// At 24 epochs of 22 steps: the shared rate, and a quarter of the epochs for each stage, the last by Adam at 1e-4.
    public static func ours(setting: MethodSetting) -> Configuration {
      guard setting.isReduced else { return released }
      return Configuration(
        noiseBound: released.noiseBound, warmUpShare: 0.25, transitionShare: 0.25,
        correctionShare: 0.25, rateFactor: 1, correctionRate: 1e-4,
        correctionDecay: released.correctionDecay)
    }

    /// The probability above which a predicted label is distilled, (1 + ρ) / 2.
    public var threshold: Double { (1 + noiseBound) / 2 }

    /// The method on a task.
    public func make(task: TrainingTask, resources: MethodResources) -> any TrainingMethod {
      BLTM(self, task: task)
    }

    /// Three stages; that of the transition network trains on the distilled samples, at most all.
    public func stages(under trainingProtocol: TrainingProtocol) -> [PlannedStage] {
      Phase.allCases.map { phase in
        let epochs = epochs(of: phase, under: trainingProtocol)
        return switch phase {
        case .warmUp: PlannedStage(name: phase.name, epochs: epochs)
        case .transition: PlannedStage(name: phase.name, epochs: epochs, evaluationPasses: 2)
        case .correct:
          PlannedStage(name: phase.name, epochs: epochs, trainingPasses: 1.4, evaluationPasses: 2)
        }
      }
    }

    func epochs(of phase: Phase, under trainingProtocol: TrainingProtocol) -> Int {
      switch phase {
      case .warmUp: trainingProtocol.epochs(share: warmUpShare)
      case .transition: trainingProtocol.epochs(share: transitionShare)
      case .correct: trainingProtocol.epochs(share: correctionShare)
      }
    }
  }

  /// The stages.
  enum Phase: Int, CaseIterable {
    case warmUp
    case transition
    case correct

    /// The name in the records.
    var name: String {
      switch self {
      case .warmUp: "warm-up"
      case .transition: "transition"
      case .correct: "correct"
      }
    }
  }
}
