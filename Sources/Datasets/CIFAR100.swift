import Foundation

/// CIFAR-100: 50,000 training and 10,000 test photographs of 32 x 32 colour pixels in 100 classes of 20 super-classes.
///
/// Krizhevsky, "Learning multiple layers of features from tiny images", 2009; cs.toronto.edu/~kriz/cifar.html. Read from
/// `cifar-100-binary.tar.gz` (168,513,733 bytes), or from the unpacked `cifar-100-python` or `cifar-100-binary`. Labels
/// are the fine ones, whose order is that of the alphabet; ``ImageDataset/coarseMap`` gives each one's super-class as the
/// records hold it. Published digests: SHA-256 of the archive as in tensorflow/datasets, MD5 of the Python version's
/// files as in pytorch/vision.
public enum CIFAR100 {
  /// The identifier in specifications and on the command line.
  public static let identifier = "cifar-100"
  /// The mean of each channel: EchoAlign's transforms.py and its fellows.
  public static let mean: [Float] = [0.507, 0.487, 0.441]
  /// The standard deviation of each channel in the same sources.
  public static let standardDeviation: [Float] = [0.267, 0.256, 0.276]
  /// The class names in label order.
  public static let classNames = [
    "apple", "aquarium_fish", "baby", "bear", "beaver", "bed", "bee", "beetle", "bicycle", "bottle",
    "bowl", "boy", "bridge", "bus", "butterfly", "camel", "can", "castle", "caterpillar", "cattle",
    "chair", "chimpanzee", "clock", "cloud", "cockroach", "couch", "crab", "crocodile", "cup",
    "dinosaur", "dolphin", "elephant", "flatfish", "forest", "fox", "girl", "hamster", "house",
    "kangaroo", "keyboard", "lamp", "lawn_mower", "leopard", "lion", "lizard", "lobster", "man",
    "maple_tree", "motorcycle", "mountain", "mouse", "mushroom", "oak_tree", "orange", "orchid",
    "otter", "palm_tree", "pear", "pickup_truck", "pine_tree", "plain", "plate", "poppy",
    "porcupine", "possum", "rabbit", "raccoon", "ray", "road", "rocket", "rose", "sea", "seal",
    "shark", "shrew", "skunk", "skyscraper", "snail", "snake", "spider", "squirrel", "streetcar",
    "sunflower", "sweet_pepper", "table", "tank", "telephone", "television", "tiger", "tractor",
    "train", "trout", "tulip", "turtle", "wardrobe", "whale", "willow_tree", "wolf", "woman",
    "worm",
  ]
  /// The super-class names in the order of coarse labels.
  public static let coarseClassNames = [
    "aquatic_mammals", "fish", "flowers", "food_containers", "fruit_and_vegetables",
    "household_electrical_devices", "household_furniture", "insects", "large_carnivores",
    "large_man-made_outdoor_things", "large_natural_outdoor_scenes",
    "large_omnivores_and_herbivores", "medium_mammals", "non-insect_invertebrates", "people",
    "reptiles", "small_mammals", "trees", "vehicles_1", "vehicles_2",
  ]

  static let distribution = CIFARDistribution(
    displayName: "CIFAR-100",
    archive: .init(
      name: "cifar-100-binary.tar.gz", byteCount: 168_513_733,
      digest: "58a81ae192c23a4be8b1804d68e518ed807d710a4eb253b1f2a199162a40d8ec"),
    binaryFolder: "cifar-100-binary", pythonFolder: "cifar-100-python",
    members: [
      .init(
        binary: "train.bin", python: "train", md5: "16019d7e3df5f24257cddd939b257f8d",
        count: 50_000),
      .init(
        binary: "test.bin", python: "test", md5: "f0ef6b0ae62326f3e7ffdfab6717acfc",
        count: 10_000, isTest: true),
    ],
    classNames: classNames, coarseNames: coarseClassNames, namesFile: "fine_label_names.txt")

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
      isVerified: content.isOfficial, coarseMap: content.coarseMap,
      coarseClassNames: coarseClassNames)
  }
}
