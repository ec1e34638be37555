import Foundation
import Torch

/// Own images as NumPy arrays: `train-images.npy`, `train-labels.npy`, `test-images.npy` and `test-labels.npy`.
///
/// Images are unsigned bytes, n x channels x height x width with 1 or 3 channels, or n x height x width; labels are n
/// integers of 64 bits or unsigned bytes, from 0. Class names may be given in `classes.txt`, one a line, and noisy labels of
/// the training images in `given-labels.csv`. On the command line: `npy:PATH`.
public enum NPYDataset {
  static let trainImages = "train-images.npy"
  private static let testImages = "test-images.npy"
  private static let trainLabels = "train-labels.npy"
  private static let testLabels = "test-labels.npy"
  /// The files that must be there.
  static let arrays = [trainImages, testImages, trainLabels, testLabels]
  /// The file of the class names, which may be there.
  static let classNamesFile = "classes.txt"

  /// Reads the arrays.
  ///
  /// - Parameter folder: The folder that holds them.
  /// - Returns: The data set; mean and standard deviation are those of the training pixels.
  /// - Throws: ``DatasetError`` that names the file when one is missing, or its shape or type is another.
  public static func load(from folder: URL) throws -> ImageDataset {
    func url(_ name: String) -> URL { folder.appendingPathComponent(name) }
    let train = try images(url(trainImages))
    let test = try images(url(testImages))
    guard test.shape == train.shape else {
      throw DatasetError(
        .damaged,
        "\(url(testImages).path): expected images of shape \(train.shape) as in training, "
          + "found \(test.shape)")
    }
    let named = try classNames(url(classNamesFile))
    let trainLabels = try labels(url(Self.trainLabels), count: train.count, classes: named?.count)
    let testLabels = try labels(url(Self.testLabels), count: test.count, classes: named?.count)
    let classes = (trainLabels + testLabels).reduce(0) { max($0, $1 + 1) }
    guard named != nil || classes >= 2 else {
      throw DatasetError(
        .damaged, "\(folder.path): expected labels of at least two classes, found \(classes)")
    }
    return try OwnImages.dataset(
      folder, shape: train.shape, classNames: named ?? (0..<classes).map { "class \($0)" },
      train: ImageSet(pixels: train.pixels, labels: trainLabels),
      test: ImageSet(pixels: test.pixels, labels: testLabels))
  }

  private static func tensor(_ url: URL) throws -> Tensor {
    do {
      return try NPYFile.read(url)
    } catch let error as TensorFileError {
      throw DatasetError(
        error.kind == .unreadable ? .missing : .damaged,
        "\(error.description); write it with numpy.save")
    }
  }

  private static func images(_ url: URL) throws -> (pixels: [UInt8], shape: [Int], count: Int) {
    let tensor = try tensor(url)
    let shape = tensor.shape.count == 3 ? [1] + tensor.shape[1...] : Array(tensor.shape.dropFirst())
    guard tensor.type == .uint8, shape.count == 3, shape[0] == 1 || shape[0] == 3 else {
      throw DatasetError(
        .damaged,
        "\(url.path): expected unsigned bytes of n x 1 x h x w, n x 3 x h x w or n x h x w, found "
          + "\(tensor.summary); transpose with numpy.moveaxis")
    }
    try DecodedImage.checkSize(height: shape[1], width: shape[2], name: url.path)
    return (tensor.array(of: UInt8.self), shape, tensor.shape[0])
  }

  private static func labels(_ url: URL, count: Int, classes: Int?) throws -> [Int] {
    let tensor = try tensor(url)
    guard tensor.type == .int64 || tensor.type == .uint8, tensor.shape == [count] else {
      throw DatasetError(
        .damaged,
        "\(url.path): expected \(count) integers (int64 or uint8), one an image, found "
          + tensor.summary)
    }
    let labels = tensor.to(.int64).array(of: Int.self)
    // As many classes as this would be a mistake in the labels; the bound also keeps later tables small.
    let bound = classes ?? 10_000
    for (index, label) in labels.enumerated() where !(0..<bound).contains(label) {
      throw DatasetError(
        .damaged, "\(url.path): image \(index): expected a label in 0..<\(bound), found \(label)")
    }
    return labels
  }

  private static func classNames(_ url: URL) throws -> [String]? {
    guard DataFile.exists(url) else { return nil }
    let text = String(decoding: try DataFile.read(url, limit: 1 << 20), as: UTF8.self)
    let names = text.split(whereSeparator: \.isNewline)
      .map { $0.trimmingCharacters(in: .whitespaces) }
    guard names.count >= 2, Set(names).count == names.count, !names.contains("") else {
      throw DatasetError(
        .damaged,
        "\(url.path): expected at least two different class names, one a line, found \(names.count) "
          + "with repeats or blanks")
    }
    return names
  }
}
