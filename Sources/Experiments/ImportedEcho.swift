import Datasets
import Foundation
import LabelNoise
import Methods
import RunStore
import Torch
import Training

/// Modified images that were made elsewhere, for example by Stable Diffusion with ControlNet, named by their content.
///
/// Two NPY files belong to a draw of noisy labels: `<name>-images.npy`, uint8 of n x c x h x w, and
/// `<name>-similarities.npy`, float32 of n, both in the order of the pool, where `<name>` is
/// ``name(dataset:noise:seed:)``. The labels that images must fit are those that `plumbline noise` writes for the same noise
/// and seed.
public struct ImportedEcho: Codable, Hashable, Sendable {
  /// SHA-256 of the file of images.
  public var images: String
  /// SHA-256 of the file of similarities.
  public var similarities: String

  /// The name that both files begin with, such as `cifar-10-symmetric-50-seed1`.
  public static func name(dataset: String, noise: NoiseModel, seed: UInt64) -> String {
    "\(dataset)-\(noise.identifier)-seed\(seed)"
  }

  /// The files of a draw of noisy labels in a folder.
  static func files(
    in folder: URL, dataset: String, noise: NoiseModel, seed: UInt64
  ) -> (images: URL, similarities: URL) {
    let name = name(dataset: dataset, noise: noise, seed: seed)
    return (
      folder.appendingPathComponent("\(name)-images.npy"),
      folder.appendingPathComponent("\(name)-similarities.npy")
    )
  }

  /// Names the files of a draw by their content; nil where they are not there.
  ///
  /// - Throws: ``DatasetError`` when one of two is missing, and ``FileSystemError`` when they cannot be read.
  public static func find(
    in folder: URL, dataset: String, noise: NoiseModel, seed: UInt64
  ) throws -> ImportedEcho? {
    let files = files(in: folder, dataset: dataset, noise: noise, seed: seed)
    let images = try AtomicFile.contents(of: files.images)
    let similarities = try AtomicFile.contents(of: files.similarities)
    guard let images, let similarities else {
      guard images == nil, similarities == nil else {
        let missing = images == nil ? files.images : files.similarities
        throw DatasetError(
          .missing, "\(missing.path): expected beside its partner, found no such file")
      }
      return nil
    }
    return ImportedEcho(
      images: Digest.sha256(of: images), similarities: Digest.sha256(of: similarities))
  }
}

/// Modified images read from files.
final class ImportedEchoSource: EchoSource {
  private let images: Tensor
  private let similarities: [Double]

  /// Reads and checks the files that a run names.
  ///
  /// - Throws: ``DatasetError`` when they are missing, others than those named, or of another shape.
  init(_ run: RunSpecification, imported: ImportedEcho, dataset: ImageDataset, folder: URL?) throws
  {
    images = try Self.images(
      imported, of: run.data, noise: run.noise, seed: run.seeds.noise, dataset: dataset,
      folder: folder)
    let file = try Self.files(run.data, run.noise, run.seeds.noise, folder: folder).similarities
    similarities = try Self.read(
      file, digest: imported.similarities, type: .float32, shape: [run.data.poolCount]
    ).array(of: Float.self).map(Double.init)
    guard similarities.allSatisfy(\.isFinite) else {
      throw DatasetError(
        .damaged, "\(file.path): expected finite numbers, found one that is not")
    }
  }

  /// The modified images of a draw of noisy labels, in the order of the pool.
  ///
  /// - Throws: ``DatasetError`` when the file is missing, another than that named, or of another shape.
  static func images(
    _ imported: ImportedEcho, of data: DataSpecification, noise: NoiseModel, seed: UInt64,
    dataset: ImageDataset, folder: URL?
  ) throws -> Tensor {
    try read(
      try files(data, noise, seed, folder: folder).images, digest: imported.images, type: .uint8,
      shape: [data.poolCount] + dataset.shape)
  }

  private static func files(
    _ data: DataSpecification, _ noise: NoiseModel, _ seed: UInt64, folder: URL?
  ) throws -> (images: URL, similarities: URL) {
    guard let folder else {
      throw DatasetError(
        .missing, "this run reads modified images from files: name their folder with --echo-dir")
    }
    return ImportedEcho.files(in: folder, dataset: data.dataset, noise: noise, seed: seed)
  }

  private static func read(
    _ url: URL, digest: String, type: ElementType, shape: [Int]
  ) throws -> Tensor {
    guard let data = try AtomicFile.contents(of: url) else {
      throw DatasetError(.missing, "\(url.path): expected modified images, found no such file")
    }
    let found = Digest.sha256(of: data)
    guard found == digest else {
      throw DatasetError(
        .damaged,
        "\(url.path): expected content of SHA-256 \(digest), found \(found): it was changed since the "
          + "run was planned")
    }
    let tensor = try NPYFile.decode(data, name: url.path)
    guard tensor.type == type, tensor.shape == shape else {
      throw DatasetError(
        .damaged, "\(url.path): expected \(type) of \(shape), found \(tensor.summary)")
    }
    return tensor
  }

  /// The echo of samples, by their places in the pool.
  func echo(of samples: TrainingSet) throws -> Echo {
    let places = Tensor.from(samples.identifiers, shape: [samples.count])
    return Echo(
      images: images.select(places).to(on: samples.device),
      similarities: samples.identifiers.map { similarities[$0] })
  }
}
