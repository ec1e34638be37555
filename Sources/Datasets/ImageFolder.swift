import Foundation

/// Own images as files: `train/<class>/` and `test/<class>/` with PNG or JPEG images of one size.
///
/// Classes are the folders of `train`, in the order of their names' bytes, and images follow class by class in the same
/// order; so they are numbered in `given-labels.csv`, which may hold noisy labels of the training images. If any image has
/// colour, grey ones are read as colour too. On the command line: `folder:PATH`.
public enum ImageFolder {
  private struct Images {
    var images: [DecodedImage] = []
    var labels: [Int] = []
  }

  /// Reads the images.
  ///
  /// - Parameter folder: The folder that holds `train` and `test`.
  /// - Returns: The data set; mean and standard deviation are those of the training pixels.
  /// - Throws: ``DatasetError`` that names the file when something is missing, is no image, or has another size.
  public static func load(from folder: URL) throws -> ImageDataset {
    let trainFolder = folder.appendingPathComponent("train")
    let testFolder = folder.appendingPathComponent("test")
    for part in [trainFolder, testFolder] where !DataFile.isFolder(part) {
      throw DatasetError(
        .missing,
        "\(part.path): expected a folder with one folder of images a class, found none; make it, or "
          + "name another folder")
    }
    let classNames = try DataFile.names(in: trainFolder)
    guard classNames.count >= 2 else {
      throw DatasetError(
        .damaged,
        "\(trainFolder.path): expected the folders of at least two classes, found "
          + "\(classNames.count)")
    }
    for name in try DataFile.names(in: testFolder) where !classNames.contains(name) {
      throw DatasetError(
        .damaged,
        "\(testFolder.path): expected classes of \(trainFolder.path) only, found \(name)")
    }
    var size: [Int]?
    let train = try images(in: trainFolder, classNames, isTest: false, size: &size)
    let test = try images(in: testFolder, classNames, isTest: true, size: &size)
    let channels = (train.images + test.images).contains { $0.planes.count == 3 } ? 3 : 1
    func set(_ part: Images) -> ImageSet {
      ImageSet(
        pixels: part.images.flatMap { $0.pixels(channels: channels) }, labels: part.labels)
    }
    return try OwnImages.dataset(
      folder, shape: [channels] + (size ?? [0, 0]), classNames: classNames, train: set(train),
      test: set(test))
  }

  private static func images(
    in folder: URL, _ classNames: [String], isTest: Bool, size: inout [Int]?
  ) throws -> Images {
    var found = Images()
    for (label, name) in classNames.enumerated() {
      let classFolder = folder.appendingPathComponent(name)
      if isTest && !FileManager.default.fileExists(atPath: classFolder.path) { continue }
      guard DataFile.isFolder(classFolder) else {
        throw DatasetError(
          .damaged, "\(classFolder.path): expected the folder of a class, found a file; move it")
      }
      let files = try DataFile.names(in: classFolder)
      guard !files.isEmpty else {
        throw DatasetError(
          .damaged,
          "\(classFolder.path): expected at least one image, found none; remove the folder")
      }
      for file in files {
        let url = classFolder.appendingPathComponent(file)
        let image = try DecodedImage.decode(
          [UInt8](try DataFile.read(url, limit: 1 << 26)), ending: url.pathExtension,
          name: url.path)
        let expected = size ?? image.size
        guard image.size == expected else {
          throw DatasetError(
            .damaged,
            "\(url.path): expected \(expected[0]) x \(expected[1]) pixels (height x width) as in the "
              + "first image, found \(image.size[0]) x \(image.size[1]); scale it")
        }
        size = expected
        found.images.append(image)
        found.labels.append(label)
      }
    }
    return found
  }
}
