import Foundation

/// CIFAR-10: 50,000 training and 10,000 test photographs of 32 x 32 colour pixels in ten classes.
///
/// Krizhevsky, "Learning multiple layers of features from tiny images", 2009; cs.toronto.edu/~kriz/cifar.html. Read from
/// `cifar-10-binary.tar.gz` (170,052,171 bytes), or from the unpacked `cifar-10-batches-py` or `cifar-10-batches-bin`.
/// Both versions hold the same images in the same order. Published digests: SHA-256 of the archive as in
/// tensorflow/datasets, MD5 of the Python version's files as in pytorch/vision.
public enum CIFAR10 {
  /// The identifier in specifications and on the command line.
  public static let identifier = "cifar-10"
  /// The mean of each channel: EchoAlign's transforms.py and its fellows.
  public static let mean: [Float] = [0.4914, 0.4822, 0.4465]
  /// The standard deviation of each channel in the same sources.
  ///
  /// It is the mean over images of each image's deviation; that of all pixels would be 0.247, 0.2435, 0.2616.
  public static let standardDeviation: [Float] = [0.2023, 0.1994, 0.2010]
  /// The class names in label order.
  public static let classNames = [
    "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck",
  ]

  static let distribution = CIFARDistribution(
    displayName: "CIFAR-10",
    archive: .init(
      name: "cifar-10-binary.tar.gz", byteCount: 170_052_171,
      digest: "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd"),
    binaryFolder: "cifar-10-batches-bin", pythonFolder: "cifar-10-batches-py",
    members: [
      .init(
        binary: "data_batch_1.bin", python: "data_batch_1",
        md5: "c99cafc152244af753f735de768cd75f", count: 10_000),
      .init(
        binary: "data_batch_2.bin", python: "data_batch_2",
        md5: "d4bba439e000b95fd0a9bffe97cbabec", count: 10_000),
      .init(
        binary: "data_batch_3.bin", python: "data_batch_3",
        md5: "54ebc095f3ab1f0389bbae665268c751", count: 10_000),
      .init(
        binary: "data_batch_4.bin", python: "data_batch_4",
        md5: "634d18415352ddfa80567beed471001a", count: 10_000),
      .init(
        binary: "data_batch_5.bin", python: "data_batch_5",
        md5: "482c414d41f54cd18b22e5b47cb7c3cb", count: 10_000),
      .init(
        binary: "test_batch.bin", python: "test_batch",
        md5: "40351d587109b95175f43aff81a1287e", count: 10_000, isTest: true),
    ],
    classNames: classNames, coarseNames: nil, namesFile: "batches.meta.txt")

  /// Reads and verifies the data set.
  ///
  /// - Parameters:
  ///   - folder: The folder of the archive or of an unpacked version; nil for ``DataFolder/standard(environment:home:)``.
  ///   - verification: Whether the files must be the published ones.
  /// - Returns: The data set; its identifier is the same for other files, which ``ImageDataset/isVerified`` tells.
  /// - Throws: ``DatasetError`` when a file is missing, altered, or cannot be verified.
  public static func load(
    from folder: URL? = nil, verification: DataVerification = .official
  ) throws -> ImageDataset {
    let content = try distribution.load(
      from: folder ?? DataFolder.standard(), verification: verification)
    return ImageDataset(
      identifier: identifier, displayName: distribution.displayName, shape: CIFARDistribution.shape,
      classNames: classNames, mean: mean, standardDeviation: standardDeviation,
      train: content.train, test: content.test, digests: content.digests,
      isVerified: content.isOfficial)
  }
}
