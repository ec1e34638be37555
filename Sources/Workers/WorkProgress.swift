/// How far a worker is with its item.
public struct WorkProgress: Codable, Hashable, Sendable {
  /// The stage of the work, for example `train`, `generate` or `fine-tune`.
  public var stage: String
  /// Epochs (or other steps) that are finished, over the whole item.
  public var epoch: Int
  /// Epochs of the whole item.
  public var epochs: Int
  /// The last training loss, if there is one.
  public var loss: Double?
  /// Training images a second, if they were measured.
  public var imagesPerSecond: Double?

  /// Creates a progress message; numbers that are not finite are left out.
  public init(
    stage: String = "train", epoch: Int, epochs: Int, loss: Double? = nil,
    imagesPerSecond: Double? = nil
  ) {
    self.stage = stage
    self.epoch = epoch
    self.epochs = epochs
    self.loss = loss.flatMap { $0.isFinite ? $0 : nil }
    self.imagesPerSecond = imagesPerSecond.flatMap { $0.isFinite ? $0 : nil }
  }

  /// The share of the item that is finished, in 0...1.
  public var fraction: Double {
    epochs > 0 ? min(1, max(0, Double(epoch) / Double(epochs))) : 0
  }
}
