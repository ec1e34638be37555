import Foundation
import RunStore

/// A bundle that was unpacked into a hidden folder and checked: a store to read from, for as long as this value lives.
public final class OpenedBundle {
  /// The bundle's runs, labels and assets.
  public let store: RunStore
  private let scratch: ScratchFolder

  /// Unpacks a bundle and compares everything in it with its manifest, and its runs with themselves as ``Verification`` does.
  ///
  /// - Parameters:
  ///   - file: The bundle.
  ///   - folder: Where the hidden folder goes; created where it is missing.
  ///   - references: What specifications refer to.
  /// - Throws: ``BundleError`` for what is no bundle, for a link, a path that leads out of it, a file too many or too few, and
  ///   any altered byte; ``StoreError/unknownSchema(path:found:supported:)`` for one of a newer program; ``FileSystemError``.
  public init(_ file: URL, in folder: URL, references: RunReferences = .init()) throws {
    let archive = file.path
    func refuse(_ reason: String) -> BundleError { BundleError(path: archive, reason: reason) }
    try Self.checkForm(file)
    scratch = try ScratchFolder(in: folder, for: "import")
    let content = scratch.url.appendingPathComponent("content", isDirectory: true)
    try AtomicFile.createFolder(content)
    store = RunStore(root: content)
    let tar = SystemTar(scratch: scratch.url)
    do {
      let manifest = try BundleManifest(
        tar.contents(of: BundleManifest.name, in: file), path: "\(archive): manifest")
      let names = try tar.names(in: file).sorted()
      let expected = (manifest.files.keys + [BundleManifest.name]).sorted()
      if names != expected {
        let (found, named) = (Set(names), Set(expected))
        if let extra = found.subtracting(named).min() {
          throw refuse("found \(extra), which its manifest does not name")
        }
        if let missing = named.subtracting(found).min() {
          throw refuse("found no \(missing), which its manifest names")
        }
        throw refuse("found a file twice")
      }
      try tar.unpack(file, into: content)
      try Self.compare(content, with: manifest, refuse: refuse)
    } catch let error as TarError where error.exitStatus == .badData {
      throw refuse("found that \(error.reason)")
    } catch StoreError.damaged(_, let reason) {
      throw refuse("found a manifest of which \(reason)")
    }
    let verification = try Verification(of: store, references: references)
    if let damage = verification.damages.first {
      throw refuse("found \(damage.path) damaged: \(damage.reason)")
    }
    for key in try store.keys() where try store.record(of: key) == nil {
      throw refuse("found run \(key.short) without a record")
    }
  }

  /// Refuses what is no plain archive, a compressed one too: `tar` would unpack it to any size.
  private static func checkForm(_ file: URL) throws {
    let descriptor = open(file.path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw FileSystemError(path: file.path, operation: .read, errorNumber: errno)
    }
    defer { close(descriptor) }
    var magic = [UInt8](repeating: 0, count: 5)
    let count = pread(descriptor, &magic, magic.count, 257)
    guard count == magic.count, magic.elementsEqual("ustar".utf8) else {
      throw BundleError(path: file.path, reason: "found no plain tar archive")
    }
  }

  /// Compares every file with its digest; only regular files of one name may be there.
  private static func compare(
    _ folder: URL, with manifest: BundleManifest, refuse: (String) -> BundleError
  ) throws {
    func walk(_ path: String) throws {
      for name in try FolderSurvey.names(in: folder.appendingPathComponent(path)) {
        let place = path.isEmpty ? name : "\(path)/\(name)"
        var found = stat()
        guard lstat(folder.appendingPathComponent(place).path, &found) == 0 else { continue }
        if found.st_mode & S_IFMT == S_IFDIR {
          try walk(place)
          continue
        }
        guard found.st_mode & S_IFMT == S_IFREG, found.st_nlink == 1 else {
          throw refuse("found \(place), which is a link or a device")
        }
        if place == BundleManifest.name { continue }
        guard let expected = manifest.files[place] else {
          throw refuse("found \(place), which its manifest does not name")
        }
        let isSame =
          try Int(found.st_size) == expected.bytes
          && Digest.sha256(ofFile: folder.appendingPathComponent(place)) == expected.sha256
        guard isSame else { throw refuse("found \(place) with another digest than its manifest's") }
      }
    }
    try walk("")
    let missing = manifest.files.keys.filter {
      !RunPruning.exists(folder.appendingPathComponent($0))
    }
    if let first = missing.min() { throw refuse("found no \(first), which its manifest names") }
    unlink(folder.appendingPathComponent(BundleManifest.name).path)
  }
}
