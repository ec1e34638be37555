import Foundation
import RunStore

/// Fashion-MNIST: 60,000 training and 10,000 test images of 28 x 28 grey pixels in ten classes of clothing.
///
/// Xiao, Rasul and Vollgraf, 2017; zalandoresearch/fashion-mnist, MIT licence. Read from the four IDX files of Debian's
/// `dataset-fashion-mnist` package, gzip-compressed or not. Size and SHA-256 of the uncompressed content are checked,
/// since archives compress it differently.
public enum FashionMNIST {
  /// The identifier in specifications and on the command line.
  public static let identifier = "fashion-mnist"
  static let shape = [1, 28, 28]
  /// Where Debian's package puts the files.
  public static let defaultFolder = URL(fileURLWithPath: "/usr/share/datasets/fashion-mnist")

  private struct File {
    let name: String
    let byteCount: Int
    let digest: String
  }

  private static let trainImages = File(
    name: "train-images-idx3-ubyte", byteCount: 47_040_016,
    digest: "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888")
  private static let trainLabels = File(
    name: "train-labels-idx1-ubyte", byteCount: 60_008,
    digest: "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9")
  private static let testImages = File(
    name: "t10k-images-idx3-ubyte", byteCount: 7_840_016,
    digest: "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b")
  private static let testLabels = File(
    name: "t10k-labels-idx1-ubyte", byteCount: 10_008,
    digest: "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34")

  /// Reads and verifies the data set.
  ///
  /// - Parameters:
  ///   - folder: The folder of the four IDX files.
  ///   - verification: Whether the content must be the published one; its size must be in any case.
  /// - Returns: The data set.
  /// - Throws: ``DatasetError`` when a file is missing or altered.
  public static func load(
    from folder: URL = defaultFolder, verification: DataVerification = .official
  ) throws -> ImageDataset {
    var digests: [String: String] = [:]
    func part(_ images: File, _ labels: File) throws -> ImageSet {
      let pixels = try read(images, in: folder, verification, &digests)
      let classes = try read(labels, in: folder, verification, &digests)
      guard pixels.shape == [classes.elements.count] + shape[1...],
        classes.elements.allSatisfy({ $0 < 10 })
      else {
        throw DatasetError(
          .damaged, "\(folder.path): expected 28 x 28 images with one label of 0...9 each")
      }
      return ImageSet(pixels: pixels.elements, labels: classes.elements.map(Int.init))
    }
    return ImageDataset(
      identifier: identifier, displayName: "Fashion-MNIST", shape: shape,
      classNames: [
        "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag",
        "Ankle boot",
      ],
      mean: [0.2860], standardDeviation: [0.3530],
      train: try part(trainImages, trainLabels), test: try part(testImages, testLabels),
      digests: digests, isVerified: isOfficial(digests))
  }

  /// The files that would be read from a folder; nil when one is missing.
  static func sources(in folder: URL) -> [URL]? {
    let found = files.compactMap { place(of: $0, in: folder) }
    return found.count == files.count ? found : nil
  }

  private static var files: [File] { [trainImages, trainLabels, testImages, testLabels] }

  private static func place(of file: File, in folder: URL) -> URL? {
    [file.name, file.name + ".gz"].map(folder.appendingPathComponent).first(where: DataFile.exists)
  }

  private static func isOfficial(_ digests: [String: String]) -> Bool {
    files.allSatisfy { digests[$0.name] == $0.digest }
  }

  private static func read(
    _ file: File, in folder: URL, _ verification: DataVerification,
    _ digests: inout [String: String]
  ) throws -> IDXFile {
    guard let url = place(of: file, in: folder) else {
      throw DatasetError(
        .missing,
        "\(folder.path): expected \(file.name) or \(file.name).gz, found neither; run 'make deps', "
          + "or name the folder of the IDX files with --data-dir (make: DATA_DIR=)")
    }
    // Deflate never adds as much as a sixteenth.
    let data = try DataFile.read(url, limit: file.byteCount + file.byteCount / 16)
    let bytes =
      Gzip.isCompressed(data)
      ? try Gzip.inflate(data, limit: file.byteCount, name: url.path) : [UInt8](data)
    guard bytes.count == file.byteCount else {
      throw DatasetError(
        .damaged,
        "\(url.path): expected \(file.byteCount) bytes of content, found \(bytes.count); "
          + "the file is cut off or another one: fetch it again")
    }
    let found = Digest.sha256(ofPieces: [bytes])
    guard verification == .unverified || found == file.digest else {
      throw DatasetError(
        .damaged,
        "\(url.path): expected content of SHA-256 \(file.digest), found \(found); "
          + "the file was altered: fetch it again, or accept it with --unverified-data")
    }
    digests[file.name] = found
    return try IDXFile(decoding: bytes, name: url.path)
  }
}
