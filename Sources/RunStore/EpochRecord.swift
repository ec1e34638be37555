/// What one epoch of training measured, on every split, so that each selection rule can be applied
/// to the same run afterwards.
///
/// Accuracies are fractions in 0...1; losses are means in nats. Every epoch of every stage is kept
/// in order.
public struct EpochRecord: Codable, Hashable, Sendable {
  /// The epoch's number over the whole run, counted from 1.
  public var epoch: Int
  /// The stage of the method that the epoch belongs to, for example `train` or `fine-tune`.
  public var stage: String
  /// True when the stage only prepares the method's model, so that its epochs are no candidates for the run's number;
  /// nil when they are.
  public var isPreparation: Bool?
  /// The learning rate at the epoch's first step.
  public var learningRate: Double
  /// The mean loss of the training pass, without sample weights, in nats.
  public var trainLoss: Double
  /// The share of training samples whose prediction in the training pass equals the given (noisy)
  /// label.
  public var trainAccuracy: Double
  /// The share of wrongly labelled training samples that were predicted as their wrong label; nil
  /// when the stage trains on no wrongly labelled sample.
  public var memorisedShare: Double?
  /// The mean cross-entropy on the validation images against their noisy labels.
  public var validationLoss: Double
  /// The accuracy on the validation images against their noisy labels.
  public var validationAccuracy: Double
  /// The mean cross-entropy on the clean test images.
  public var testLoss: Double
  /// The accuracy on the clean test images.
  public var testAccuracy: Double
  /// Further scalars that the method names, averaged over the epoch's steps.
  public var scalars: [String: Double]

  /// Creates the record of one epoch.
  public init(
    epoch: Int, stage: String, isPreparation: Bool? = nil, learningRate: Double, trainLoss: Double,
    trainAccuracy: Double,
    memorisedShare: Double?, validationLoss: Double, validationAccuracy: Double, testLoss: Double,
    testAccuracy: Double, scalars: [String: Double]
  ) {
    self.epoch = epoch
    self.stage = stage
    self.isPreparation = isPreparation
    self.learningRate = learningRate
    self.trainLoss = trainLoss
    self.trainAccuracy = trainAccuracy
    self.memorisedShare = memorisedShare
    self.validationLoss = validationLoss
    self.validationAccuracy = validationAccuracy
    self.testLoss = testLoss
    self.testAccuracy = testAccuracy
    self.scalars = scalars
  }
}
