import Foundation
import RunStore

/// CIFAR-10N and CIFAR-100N: labels that people gave to CIFAR's training images.
///
/// Wei, Zhu, Cheng, Liu, Niu and Liu, "Learning with noisy labels revisited", ICLR 2022; UCSC-REAL/cifar-10-100n at 49df7d8.
/// Licence: CC BY-NC 4.0, so the files are fetched and never shipped. Read from `CIFAR-10_human.pt` and
/// `CIFAR-100_human.pt`, each a zip archive whose pickle holds arrays of 50,000 labels in CIFAR's own order. Sizes and
/// digests are those of that commit; nothing in the pickle is executed. Measured noise: aggregate 9.01 %, random1
/// 17.23 %, random2 18.12 %, random3 17.64 %, worst 40.21 %; noisy-fine 40.20 %.
public enum CIFARN {
  /// Labels under their name here and in the file.
  struct LabelSet {
    var name: String
    var key: String
    /// The key of the clean labels that go with them.
    var cleanKey = "clean_label"
    var isCoarse = false
  }

  /// A file with its content.
  struct File {
    var dataset: String
    var name: String
    var byteCount: Int
    var digest: String
    var sets: [LabelSet]
  }

  static let files = [
    File(
      dataset: CIFAR10.identifier, name: "CIFAR-10_human.pt", byteCount: 2_401_007,
      digest: "873e69c39cb9b5e97fb6bae2d60bb59b38a5cbc31d2b868f7903dcb2b9dd2310",
      sets: [
        LabelSet(name: "aggregate", key: "aggre_label"),
        LabelSet(name: "random1", key: "random_label1"),
        LabelSet(name: "random2", key: "random_label2"),
        LabelSet(name: "random3", key: "random_label3"),
        LabelSet(name: "worst", key: "worse_label"),
      ]),
    File(
      dataset: CIFAR100.identifier, name: "CIFAR-100_human.pt", byteCount: 1_000_959,
      digest: "bd2d80409754d420292d622e15e25248ba21e37d27429efac49c8da723f44394",
      sets: [
        LabelSet(name: "noisy-fine", key: "noisy_label"),
        LabelSet(
          name: "noisy-coarse", key: "noisy_coarse_label", cleanKey: "clean_coarse_label",
          isCoarse: true),
      ]),
  ]

  /// The names of the label sets of a data set, in the order of lists; empty where there are none.
  public static func sets(of dataset: String) -> [String] {
    files.first { $0.dataset == dataset }?.sets.map(\.name) ?? []
  }

  /// Reads and verifies one set of labels.
  ///
  /// - Parameters:
  ///   - set: One of ``sets(of:)``.
  ///   - dataset: CIFAR-10 or CIFAR-100, verified or not, in the archive's order.
  ///   - folder: The folder of the `.pt` file; nil for ``DataFolder/standard(environment:home:)``.
  /// - Returns: One label a training image; those of `noisy-coarse` are super-classes, 0..<20.
  /// - Throws: ``DatasetError`` for an unknown set, a missing or altered file, and training labels that differ from the
  ///   file's clean ones: those images are other ones, or in another order.
  public static func labels(
    _ set: String, for dataset: ImageDataset, from folder: URL? = nil
  ) throws -> [Int] {
    guard let file = files.first(where: { $0.dataset == dataset.identifier }),
      let labels = file.sets.first(where: { $0.name == set })
    else {
      let known = sets(of: dataset.identifier)
      throw DatasetError(
        .unknown,
        "\(dataset.identifier) has no given labels '\(set)': expected "
          + (known.isEmpty ? "another data set" : "one of " + known.joined(separator: ", ")))
    }
    let url = (folder ?? DataFolder.standard()).appendingPathComponent(file.name)
    guard DataFile.exists(url) else {
      throw DatasetError(
        .missing,
        "\(url.path): expected the labels of \(dataset.displayName)N, found no file; run 'make data', "
          + "or name its folder with --data-dir")
    }
    let data = try DataFile.read(url, limit: 1 << 24)
    try DataFile.check(data, byteCount: file.byteCount, name: url.path)
    guard Digest.sha256(of: data) == file.digest else {
      throw DatasetError(
        .damaged,
        "\(url.path): expected SHA-256 \(file.digest), found \(Digest.sha256(of: data)); "
          + "the file was altered: fetch it again")
    }
    return try decode(data, name: url.path, labels, dataset: dataset)
  }

  /// The labels in a file's bytes, checked against the data set.
  static func decode(
    _ data: Data, name: String, _ set: LabelSet, dataset: ImageDataset
  ) throws -> [Int] {
    let archive = try ZipArchive(decoding: data, name: name)
    guard let path = archive.paths.first(where: { $0.hasSuffix("/data.pkl") }) else {
      throw DatasetError(.damaged, "\(name): expected an entry data.pkl, found none")
    }
    let value = try RestrictedPickle.decode(
      [UInt8](try archive.content(of: path, limit: 1 << 26)), name: "\(name): \(path)")
    let classes = set.isCoarse ? dataset.coarseClassNames?.count ?? 0 : dataset.classNames.count
    func read(_ key: String, below bound: Int) throws -> [Int] {
      guard let labels = value[key]?.integers, labels.count == dataset.train.count else {
        throw DatasetError(
          .damaged,
          "\(name): expected \(dataset.train.count) integers under '\(key)', found "
            + "\(value[key]?.integers?.count ?? 0)")
      }
      for (index, label) in labels.enumerated() where !(0..<bound).contains(label) {
        throw DatasetError(
          .damaged,
          "\(name): '\(key)' \(index): expected a label in 0..<\(bound), found \(label)")
      }
      return labels
    }
    func check(_ key: String, below bound: Int, against labels: [Int]) throws {
      let clean = try read(key, below: bound)
      guard let index = clean.indices.first(where: { clean[$0] != labels[$0] }) else { return }
      throw DatasetError(
        .damaged,
        "\(name): training image \(index): expected clean label \(clean[index]), found "
          + "\(labels[index]) in \(dataset.displayName); its images are in another order: use the "
          + "binary or Python version from the University of Toronto")
    }
    try check("clean_label", below: dataset.classNames.count, against: dataset.train.labels)
    if set.isCoarse, let map = dataset.coarseMap {
      try check(set.cleanKey, below: classes, against: dataset.train.labels.map { map[$0] })
    }
    return try read(set.key, below: classes)
  }
}
