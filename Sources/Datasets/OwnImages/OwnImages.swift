import Foundation

/// What own images have in common, whatever files they come from.
enum OwnImages {
  /// The beginning of the identifier of own images.
  static let prefix = "own-"
  /// The name of their given labels.
  static let givenSet = "own"
  /// The file of their given labels.
  static let givenFile = "given-labels.csv"

  /// Loads own images by `folder:PATH`, `npy:PATH` or `own-DIGEST`; nil when the identifier is of none of these forms.
  ///
  /// - Throws: ``DatasetError`` when the files are missing or damaged, or have another digest than the one asked for.
  static func load(_ identifier: String, from folder: URL?) throws -> ImageDataset? {
    if let place = try place(of: identifier) {
      return try place.isNPY ? NPYDataset.load(from: place.url) : ImageFolder.load(from: place.url)
    }
    guard identifier.hasPrefix(prefix) else { return nil }
    guard let folder else {
      throw DatasetError(
        .unknown,
        "own images '\(identifier)': expected their folder, found none; name it as folder:PATH or "
          + "npy:PATH, or with --data-dir")
    }
    let dataset = try isNPY(folder) ? NPYDataset.load(from: folder) : ImageFolder.load(from: folder)
    guard dataset.identifier == identifier else {
      throw DatasetError(
        .damaged,
        "\(folder.path): expected the images \(identifier), found \(dataset.identifier); they were "
          + "changed, or these are others")
    }
    return dataset
  }

  /// What decides the content of own images that are there: their files and folders; nil for other identifiers.
  static func sources(of identifier: String, from folder: URL?) throws -> [URL]? {
    if let place = try place(of: identifier) {
      return try place.isNPY ? npySources(in: place.url) : folderSources(in: place.url)
    }
    guard identifier.hasPrefix(prefix), let folder else { return nil }
    return try isNPY(folder) ? npySources(in: folder) : folderSources(in: folder)
  }

  private static func npySources(in folder: URL) -> [URL] {
    (NPYDataset.arrays + [NPYDataset.classNamesFile, givenFile])
      .map(folder.appendingPathComponent).filter(DataFile.exists)
  }

  /// Folders are among them, since what comes into one or leaves it changes its time.
  private static func folderSources(in folder: URL) throws -> [URL] {
    var found = [folder.appendingPathComponent(givenFile)].filter(DataFile.exists)
    var open = ["train", "test"].map { folder.appendingPathComponent($0) }
    while let next = open.popLast() {
      found.append(next)
      guard DataFile.isFolder(next) else { continue }
      open += try DataFile.names(in: next).map(next.appendingPathComponent)
    }
    return found.sorted { $0.path < $1.path }
  }

  /// The folder that an identifier names by its path; nil when it does not.
  private static func place(of identifier: String) throws -> (url: URL, isNPY: Bool)? {
    for (form, isNPY) in [("folder:", false), ("npy:", true)] {
      guard identifier.hasPrefix(form) else { continue }
      let path = NSString(string: String(identifier.dropFirst(form.count))).expandingTildeInPath
      guard !path.isEmpty else {
        throw DatasetError(.unknown, "'\(identifier)' names no folder: expected \(form)PATH")
      }
      return (URL(fileURLWithPath: path, isDirectory: true), isNPY)
    }
    return nil
  }

  private static func isNPY(_ folder: URL) -> Bool {
    DataFile.exists(folder.appendingPathComponent(NPYDataset.trainImages))
  }

  /// Makes a data set of what was read: identifier, moments of the training pixels, given labels.
  ///
  /// - Throws: ``DatasetError`` when a part is empty or the given labels do not fit.
  static func dataset(
    _ folder: URL, shape: [Int], classNames: [String], train: ImageSet, test: ImageSet
  ) throws -> ImageDataset {
    for (part, set) in [("training", train), ("test", test)] where set.count == 0 {
      throw DatasetError(
        .damaged, "\(folder.path): expected at least one \(part) image, found none; add some")
    }
    let digest = ImageDataset.contentDigest(
      shape: shape, classes: classNames.count, parts: [train, test])
    let given = try GivenLabelFile.read(
      folder.appendingPathComponent(givenFile), clean: train.labels, classes: classNames.count)
    let (mean, deviation) = moments(of: train.pixels, shape: shape)
    return ImageDataset(
      identifier: prefix + digest.prefix(16), displayName: folder.lastPathComponent, shape: shape,
      classNames: classNames, mean: mean, standardDeviation: deviation, train: train, test: test,
      digests: ["content": digest], isVerified: false,
      givenLabels: given.map { [givenSet: $0] } ?? [:])
  }

  /// Mean and standard deviation (divisor n) of each channel on the 0...1 scale; a constant channel's deviation is 1.
  static func moments(of pixels: PixelBytes, shape: [Int]) -> (mean: [Float], deviation: [Float]) {
    let plane = shape[1] * shape[2]
    var histograms = [[Int]](repeating: [Int](repeating: 0, count: 256), count: shape[0])
    pixels.withUnsafeBytes { bytes in
      for start in stride(from: 0, to: bytes.count, by: plane) {
        let channel = start / plane % shape[0]
        for pixel in bytes[start..<(start + plane)] { histograms[channel][Int(pixel)] += 1 }
      }
    }
    let total = Double(pixels.count / shape[0])
    let moments = histograms.map { histogram -> (Float, Float) in
      let sum = histogram.enumerated().reduce(0) { $0 + $1.offset * $1.element }
      let squares = histogram.enumerated().reduce(0) { $0 + $1.offset * $1.offset * $1.element }
      let mean = Double(sum) / total
      let variance = max(0, Double(squares) / total - mean * mean)
      return (Float(mean / 255), variance == 0 ? 1 : Float(variance.squareRoot() / 255))
    }
    return (moments.map(\.0), moments.map(\.1))
  }
}
