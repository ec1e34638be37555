import Foundation
import RunStore
import Testing

@testable import RunExport

@Suite struct RunBundleTests {
  private let temporary = TemporaryStore()
  private let elsewhere = TemporaryStore()
  private var file: URL { elsewhere.root.appendingPathComponent("runs.tar") }

  @discardableResult private func write(
    _ store: RunStore? = nil, assets: Bool = false, filter: RunFilter = .init(), to file: URL? = nil
  ) throws -> RunBundle.Summary {
    try RunBundle(
      store ?? temporary.store, filter: filter, references: FilledStore.references,
      includesAssets: assets
    ).write(to: file ?? self.file)
  }

  private func open(_ file: URL? = nil) throws -> OpenedBundle {
    try OpenedBundle(
      file ?? self.file, in: elsewhere.root, references: FilledStore.references)
  }

  /// The number of a bundle's runs.
  private func count(_ file: URL) throws -> Int {
    let bundle = try open(file)
    return try withExtendedLifetime(bundle) { try bundle.store.keys().count }
  }

  @Test func bundleHoldsWhatItSays() throws {
    let keys = try temporary.fill()
    let before = try temporary.files()
    let summary = try write(assets: true)
    #expect(summary.runs == 3 && summary.noiseFiles == 1 && summary.assets == 1)
    #expect(try temporary.files() == before)
    let bundle = try open()
    #expect(
      try bundle.store.keys() == [keys.done, keys.second, keys.failed].sorted())
    for key in try bundle.store.keys() {
      #expect(try bundle.store.record(of: key) == temporary.store.record(of: key))
      #expect(try bundle.store.metrics(of: key) == temporary.store.metrics(of: key))
    }
    #expect(try bundle.store.asset(kind: "generator", key: keys.asset) != nil)
    #expect(try write().assets == 0)
    #expect(try write(filter: .init(states: [.failed])).runs == 1)
  }

  /// Another folder, another order of writing, another time and other permissions give the same bytes.
  @Test func sameRunsGiveTheSameBytes() throws {
    _ = try temporary.fill()
    try write(assets: true)
    let bytes = try Data(contentsOf: file)
    // Mode, user, group and time of the first file's head, as tar writes numbers: in octal.
    #expect(bytes[100..<108].elementsEqual("0000644\0".utf8))
    #expect(bytes[108..<124].elementsEqual("0000000\00000000\0".utf8))
    #expect(bytes[136..<148].elementsEqual("00000000000\0".utf8))
    let copy = TemporaryStore()
    try FileManager.default.copyItem(at: temporary.root, to: copy.root)
    for path in try copy.contents() {
      let item = copy.root.appendingPathComponent(path).path
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSince1970: 1e9), .posixPermissions: 0o700],
        ofItemAtPath: item)
    }
    let other = elsewhere.root.appendingPathComponent("--other:name.tar")
    try write(copy.store, assets: true, to: other)
    #expect(try Data(contentsOf: other) == bytes)
    #expect(try count(other) == 3)
  }

  @Test func nothingIsLeftBehind() throws {
    _ = try temporary.fill()
    try write()
    do { _ = try open() }
    #expect(try elsewhere.contents() == ["runs.tar"])
  }

  @Test func damageIsNotCarriedOn() throws {
    let keys = try temporary.fill()
    try temporary.alter(temporary.path(keys.done, "metrics.jsonl")) { $0[30] ^= 1 }
    #expect(throws: StoreError.self) { try write() }
    try temporary.store.resetMetrics(
      to: [Sample.epoch(1), Sample.epoch(2)], of: keys.done)
    try temporary.alter("noise/labels.csv") { $0[20] ^= 1 }
    #expect(throws: StoreError.self) { try write() }
    #expect(try elsewhere.contents().isEmpty)
  }

  // MARK: - What is no bundle

  @Test func everyAlteredPartIsRefused() throws {
    _ = try temporary.fill()
    try write(assets: true)
    let whole = try Data(contentsOf: file)
    for part in 0..<60 {
      // Blocks after the archive's end hold nothing.
      let place = whole.count * part / 60
      if whole[place...].allSatisfy({ $0 == 0 }) { continue }
      var altered = whole
      altered[place] ^= 1
      try altered.write(to: file)
      // Padding of a member and unused fields of its head may change without a change of the content.
      do {
        let bundle = try open()
        #expect(try RunComparison(of: bundle.store, with: temporary.store).different.isEmpty)
      } catch let error as BundleError {
        #expect(error.exitStatus == .badData && !error.message.contains("\n"))
      }
      try whole.prefix(place).write(to: file)
      #expect(throws: BundleError.self, "cut to \(place)") { try open() }
    }
    #expect(throws: FileSystemError.self) {
      try open(elsewhere.root.appendingPathComponent("none.tar"))
    }
    #expect(try elsewhere.contents() == ["runs.tar"])
  }

  /// Unpacks the bundle, changes its files, and packs it again with the given tar options.
  private func repack(
    _ names: [String]? = nil, options: [String] = [], _ change: (URL) throws -> Void = { _ in }
  ) throws -> URL {
    let folder = elsewhere.root.appendingPathComponent("content", isDirectory: true)
    try AtomicFile.createFolder(folder)
    try tar(["-xf", file.path, "-C", folder.path])
    try change(folder)
    let result = elsewhere.root.appendingPathComponent("repacked.tar")
    let all =
      try names
      ?? FileManager.default.subpathsOfDirectory(atPath: folder.path).filter {
        !RunPruning.isFolder(folder.appendingPathComponent($0))
      }
    try tar(["-cf", result.path, "-C", folder.path] + options + all)
    try FileManager.default.removeItem(at: folder)
    return result
  }

  private func tar(_ arguments: [String]) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["tar"] + arguments
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }

  private func expectRefusal(_ file: URL, _ text: String) {
    let error = #expect(throws: BundleError.self) { try open(file) }
    #expect(error?.message.contains(text) == true, "\(error?.message ?? "")")
  }

  @Test func linksAndPathsThatLeadOutAreRefused() throws {
    let keys = try temporary.fill()
    try write()
    let record = temporary.path(keys.done, "record.json")
    #expect(try count(try repack()) == 3)
    expectRefusal(
      try repack { folder in
        try FileManager.default.removeItem(at: folder.appendingPathComponent(record))
        symlink("/etc/passwd", folder.appendingPathComponent(record).path)
      }, "link")
    expectRefusal(
      try repack { folder in
        let place = folder.appendingPathComponent(record)
        try FileManager.default.removeItem(at: place)
        link(folder.appendingPathComponent("manifest.json").path, place.path)
      }, "link")
    let folder = URL(fileURLWithPath: record).deletingLastPathComponent().relativePath
    for options in [
      ["--transform=s|^noise|../noise|"], ["-P", "--transform=s|^noise|/noise|"],
      ["-P", "--transform=s|^\(folder)|/tmp/\(folder)|"],
    ] { expectRefusal(try repack(options: ["-P"] + options), "which its manifest does not name") }
  }

  @Test func filesTooManyOrTooFewAreRefused() throws {
    let keys = try temporary.fill()
    try write()
    let metrics = temporary.path(keys.done, "metrics.jsonl")
    expectRefusal(
      try repack {
        try Data("x".utf8).write(to: $0.appendingPathComponent("noise/extra.csv"))
      }, "noise/extra.csv, which its manifest does not name")
    expectRefusal(
      try repack { try FileManager.default.removeItem(at: $0.appendingPathComponent(metrics)) },
      "found no \(metrics)")
    expectRefusal(try repack(["manifest.json"]), "which its manifest names")
    expectRefusal(try repack(["noise/labels.csv"]), "manifest.json")
    expectRefusal(try repack(options: ["-z"]), "no plain tar")
    expectRefusal(
      try repack { folder in
        try Data("altered".utf8).write(to: folder.appendingPathComponent(metrics))
      }, "another digest")
  }

  /// A manifest that is whole and names what no store has, or a version of later.
  @Test func strangeManifestsAreRefused() throws {
    _ = try temporary.fill()
    try write()
    for path in ["../x", "/x", "runs/x", "noise/.x", "noise/a/b", "assets/a/b/c", "", "locks/a"] {
      #expect(!BundleManifest.isPlace(path), "\(path)")
      let strange = try repack { folder in
        var manifest = BundleManifest()
        manifest.files[path] = .init(bytes: 0, sha256: "")
        try SealedFile.encode(manifest).write(to: folder.appendingPathComponent("manifest.json"))
      }
      expectRefusal(strange, "which no store has")
    }
    let later = try repack { folder in
      var manifest = BundleManifest()
      manifest.version = 2
      try SealedFile.encode(manifest).write(to: folder.appendingPathComponent("manifest.json"))
    }
    let error = #expect(throws: StoreError.self) { try open(later) }
    #expect(error?.exitStatus == .badData && error?.message.contains("version 2") == true)
  }

  // MARK: - Forgery

  /// A number that is altered with every digest around it: found within the bundle unless the whole course is forged, and
  /// then by comparing with another copy.
  @Test func forgedNumberIsFound() throws {
    let keys = try temporary.fill()
    try write()
    let honest = try open()
    func reseal(_ folder: URL, course: Bool) throws {
      let store = RunStore(root: folder)
      var record = try #require(try store.record(of: keys.done))
      record.epochs[1].testAccuracy = 0.99
      try SealedFile.encode(record).write(
        to: store.folder(of: keys.done).appendingPathComponent("record.json"))
      if course { try store.resetMetrics(to: record.epochs, of: keys.done) }
      var manifest = BundleManifest()
      for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path)
      where BundleManifest.isPlace(path) {
        let data = try Data(contentsOf: folder.appendingPathComponent(path))
        manifest.files[path] = .init(bytes: data.count, sha256: Digest.sha256(of: data))
      }
      try SealedFile.encode(manifest).write(to: folder.appendingPathComponent("manifest.json"))
    }
    expectRefusal(try repack { try reseal($0, course: false) }, "epoch 2")
    let forged = try open(try repack { try reseal($0, course: true) })
    let comparison = try RunComparison(of: forged.store, with: honest.store)
    #expect(comparison.equal.count == 2 && comparison.different.map(\.key) == [keys.done])
    #expect(
      comparison.different.first?.reason
        == "epoch 2 test accuracy 0.99 and epoch 2 test accuracy 0.6666666666666666")
  }
}
