import RunStore

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
  /// Whether the content is known to be the published one; runs on other content are keyed by ``contentDigest``.
  public let isVerified: Bool
  /// The super-class of each class; nil where there are none.
  public let coarseMap: [Int]?
  /// The names of the super-classes; nil where there are none.
  public let coarseClassNames: [String]?
  /// Labels of the training images that came with them, wrong ones among them, by the name of the set.
  public let givenLabels: [String: [Int]]

  /// Creates a data set.
  public init(
    identifier: String, displayName: String, shape: [Int], classNames: [String], mean: [Float],
    standardDeviation: [Float], train: ImageSet, test: ImageSet, digests: [String: String],
    isVerified: Bool = true, coarseMap: [Int]? = nil, coarseClassNames: [String]? = nil,
    givenLabels: [String: [Int]] = [:]
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
    self.isVerified = isVerified
    self.coarseMap = coarseMap
    self.coarseClassNames = coarseClassNames
    self.givenLabels = givenLabels
  }

  /// The number of bytes of one image.
  public var imageSize: Int { shape.reduce(1, *) }
}

extension ImageDataset {
  /// SHA-256 over shape, labels and pixels of the training and then the test part, computed at each call.
  ///
  /// The bytes are: channels, height, width and the number of classes; then for each part the number of images, their
  /// labels and their pixels. Numbers are little-endian in 8 bytes. File formats, names and given labels do not matter.
  public var contentDigest: String {
    Self.contentDigest(shape: shape, classes: classNames.count, parts: [train, test])
  }

  /// The digest of content that is not a data set yet.
  static func contentDigest(shape: [Int], classes: Int, parts: [ImageSet]) -> String {
    func encoded(_ numbers: [Int]) -> [UInt8] {
      numbers.flatMap { number in withUnsafeBytes(of: Int64(number).littleEndian, Array.init) }
    }
    var pieces = [encoded(shape + [classes])]
    for part in parts {
      pieces.append(encoded([part.count] + part.labels))
      pieces.append(part.pixels)
    }
    return Digest.sha256(ofPieces: pieces)
  }
}
