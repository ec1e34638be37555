/// The bytes of a decoded data set: training pixels, test pixels, then labels in 8 bytes each.
///
/// Labels are little-endian, those of training, of test, and of each set of given labels; every part starts at a multiple
/// of 64 bytes.
struct DecodedBody {
  private static let alignment = 64
  let parts: [Range<Int>]

  /// The number of bytes.
  var byteCount: Int { parts.last?.upperBound ?? 0 }

  /// Lays out a data set; nil when its size is impossible.
  ///
  /// - Parameters:
  ///   - imageSize: The bytes of one image.
  ///   - counts: The numbers of training and test images.
  ///   - givenSets: The number of sets of given labels.
  init?(imageSize: Int, counts: [Int], givenSets: Int) {
    let limit = 1 << 46
    guard counts.count == 2, counts.allSatisfy({ (0...limit / 8).contains($0) }),
      (1...limit).contains(imageSize), (0...limit).contains(givenSets),
      counts.allSatisfy({ $0 <= limit / imageSize })
    else { return nil }
    let sizes =
      counts.map { $0 * imageSize } + counts.map { $0 * 8 }
      + [Int](repeating: counts[0] * 8, count: givenSets)
    var parts: [Range<Int>] = []
    for size in sizes {
      let end = parts.last?.upperBound ?? 0
      let start = (end + Self.alignment - 1) / Self.alignment * Self.alignment
      parts.append(start..<(start + size))
    }
    self.parts = parts
  }

  /// The layout of a data set.
  init?(of dataset: ImageDataset) {
    self.init(
      imageSize: dataset.imageSize, counts: [dataset.train.count, dataset.test.count],
      givenSets: dataset.givenLabels.count)
  }

  /// Puts a data set into memory; nil when its parts have other sizes than the layout.
  func memory(of dataset: ImageDataset) -> PixelMemory? {
    let pixels = [dataset.train.pixels, dataset.test.pixels]
    let labels =
      [dataset.train.labels, dataset.test.labels]
      + dataset.givenLabels.sorted { $0.key < $1.key }.map(\.value)
    guard parts.map(\.count) == pixels.map(\.count) + labels.map({ $0.count * 8 }) else {
      return nil
    }
    return PixelMemory(count: byteCount) { target in
      for (part, pixels) in zip(parts, pixels) {
        pixels.withUnsafeBytes {
          UnsafeMutableRawBufferPointer(rebasing: target[part]).copyMemory(from: $0)
        }
      }
      for (part, labels) in zip(parts.dropFirst(2), labels) {
        for (index, label) in labels.enumerated() {
          target.storeBytes(
            of: Int64(label).littleEndian, toByteOffset: part.lowerBound + 8 * index,
            as: Int64.self)
        }
      }
    }
  }

  /// The data set of facts with the bytes in memory of this layout.
  func dataset(_ facts: DecodedFacts, in memory: PixelMemory) -> ImageDataset {
    func labels(_ part: Range<Int>) -> [Int] {
      (0..<part.count / 8).map {
        Int(
          Int64(
            littleEndian: memory.bytes.loadUnaligned(
              fromByteOffset: part.lowerBound + 8 * $0, as: Int64.self)))
      }
    }
    func set(_ index: Int) -> ImageSet {
      ImageSet(pixels: PixelBytes(memory, parts[index]), labels: labels(parts[2 + index]))
    }
    return ImageDataset(
      identifier: facts.identifier, displayName: facts.displayName, shape: facts.shape,
      classNames: facts.classNames, mean: facts.mean, standardDeviation: facts.standardDeviation,
      train: set(0), test: set(1), digests: facts.digests, isVerified: facts.isVerified,
      coarseMap: facts.coarseMap, coarseClassNames: facts.coarseClassNames,
      givenLabels: Dictionary(
        uniqueKeysWithValues: zip(facts.givenSets, parts.dropFirst(4).map(labels))))
  }
}
