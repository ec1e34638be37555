/// What a stage of a method will cost, for forecasts and progress alone.
public struct PlannedStage: Hashable, Sendable {
  /// The stage's name.
  public var name: String
  /// The number of epochs.
  public var epochs: Int
  /// The cost of an epoch's training, in passes of plain cross-entropy over the training set.
  public var trainingPasses: Double
  /// The number of networks, or of passes of one, that each evaluation takes.
  public var evaluationPasses: Double

  /// Creates a planned stage; the defaults are those of plain cross-entropy.
  public init(
    name: String, epochs: Int, trainingPasses: Double = 1, evaluationPasses: Double = 1
  ) {
    self.name = name
    self.epochs = epochs
    self.trainingPasses = trainingPasses
    self.evaluationPasses = evaluationPasses
  }
}

extension TrainingProtocol {
  /// The epochs that a share of the main stage makes, at least one.
  public func epochs(share: Double) -> Int { max(1, Int((share * Double(epochs)).rounded())) }
}
