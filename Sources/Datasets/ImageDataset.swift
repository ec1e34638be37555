/// Labelled images as plain bytes.
public struct ImageSet: Hashable, Sendable {
  /// The pixels, n x channels x height x width, row-major, 0...255.
  public let pixels: PixelBytes
  /// The class of each image.
  public let labels: [Int]

  /// Creates a set.
  public init(pixels: PixelBytes, labels: [Int]) {
    self.pixels = pixels
    self.labels = labels
  }

  /// Creates a set of a copy of the pixels.
  public init(pixels: [UInt8], labels: [Int]) {
    self.init(pixels: PixelBytes(pixels), labels: labels)
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
    let numbers = [shape + [classes]] + parts.map { [$0.count] + $0.labels }
    let pixels = [PixelBytes([])] + parts.map(\.pixels)
    let size = zip(numbers, pixels).reduce(0) { $0 + 8 * $1.0.count + $1.1.count }
    return PixelMemory(count: size) { target in
      var place = 0
      for (numbers, pixels) in zip(numbers, pixels) {
        for number in numbers {
          target.storeBytes(of: Int64(number).littleEndian, toByteOffset: place, as: Int64.self)
          place += 8
        }
        pixels.withUnsafeBytes {
          UnsafeMutableRawBufferPointer(rebasing: target[place...]).copyMemory(from: $0)
        }
        place += pixels.count
      }
    }.digest
  }
}
