/// Labelled images as plain bytes.
public struct ImageSet: Hashable, Sendable {
  /// The pixels, n x channels x height x width, row-major, 0...255.
  public let pixels: [UInt8]
  /// The class of each image.
  public let labels: [Int]

  /// Creates a set.
  public init(pixels: [UInt8], labels: [Int]) {
    self.pixels = pixels
    self.labels = labels
  }

  /// The number of images.
  public var count: Int { labels.count }
}

/// A data set with its fixed training and test part.
public struct ImageDataset: Hashable, Sendable {
  /// The identifier, for example `fashion-mnist`.
  public let identifier: String
  /// The name for print.
  public let displayName: String
  /// Channels, height and width.
  public let shape: [Int]
  /// The class names in label order.
  public let classNames: [String]
  /// The mean of each channel, on the 0...1 scale.
  public let mean: [Float]
  /// The standard deviation of each channel, on the 0...1 scale.
  public let standardDeviation: [Float]
  /// The training images in the archive's order.
  public let train: ImageSet
  /// The test images in the archive's order.
  public let test: ImageSet
  /// SHA-256 digests of what was read, by file name.
  public let digests: [String: String]

  /// Creates a data set.
  public init(
    identifier: String, displayName: String, shape: [Int], classNames: [String], mean: [Float],
    standardDeviation: [Float], train: ImageSet, test: ImageSet, digests: [String: String]
  ) {
    self.identifier = identifier
    self.displayName = displayName
    self.shape = shape
    self.classNames = classNames
    self.mean = mean
    self.standardDeviation = standardDeviation
    self.train = train
    self.test = test
    self.digests = digests
  }

  /// The number of bytes of one image.
  public var imageSize: Int { shape.reduce(1, *) }
}
