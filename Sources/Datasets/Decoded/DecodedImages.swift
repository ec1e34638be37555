import Foundation
import RunStore

/// Data sets in the form in which they are used, in files that all processes of a machine map and share.
///
/// Reading a published data set inflates, checks and rearranges it, and its pixels then lie in the memory of that process
/// alone. Here the first process that reads it writes pixels and labels to a file named by its own SHA-256, and a small one
/// of facts, named by what was asked for; every process after it maps the first. A file is used only while all that the
/// data were read from is unchanged to the file system (``SourceState``), and only after its whole digest was compared, by
/// each process for itself: that takes a third of a second a gigabyte to two, needs no trust between processes, and holds
/// for workers on other machines. What is damaged, cut off or of another format is made again. Where nothing can be written,
/// data stay in the memory of the process, as do data below ``minimumByteCount``.
public struct DecodedImages: Sendable {
  /// The environment variable that names the folder; `off` for none.
  public static let variable = "PLUMBLINE_DECODED"
  /// The version of the layout; a change of what any loader gives must change it.
  static let format = 1

  /// Where the files are; nil when data stay in memory.
  public let folder: URL?
  /// The least number of bytes that are worth a file.
  let minimumByteCount: Int
  /// The seconds that a file must have been left alone before its times are trusted.
  let settlingSeconds: Int

  /// Uses a folder, which is made when something is written; nil for none.
  public init(folder: URL?) {
    self.init(folder: folder, minimumByteCount: 4 << 20, settlingSeconds: 2)
  }

  init(folder: URL?, minimumByteCount: Int, settlingSeconds: Int) {
    self.folder = folder
    self.minimumByteCount = minimumByteCount
    self.settlingSeconds = settlingSeconds
  }

  /// `$PLUMBLINE_DECODED`, else `decoded` in `$XDG_CACHE_HOME/plumbline` or `~/.cache/plumbline`.
  ///
  /// - Parameters:
  ///   - environment: The environment variables.
  ///   - home: The user's home folder.
  /// - Returns: The folder's images, whether or not it exists.
  public static func standard(
    environment: [String: String] = ProcessInfo.processInfo.environment,
    home: URL = FileManager.default.homeDirectoryForCurrentUser
  ) -> DecodedImages {
    if let named = environment[variable], !named.isEmpty {
      return DecodedImages(
        folder: named == "off" ? nil : URL(fileURLWithPath: named, isDirectory: true))
    }
    // The folder of the data files may be one that nobody may write to.
    let cache = environment.filter { $0.key == "XDG_CACHE_HOME" }
    return DecodedImages(
      folder: DataFolder.standard(environment: cache, home: home)
        .appendingPathComponent("decoded", isDirectory: true))
  }

  /// Reads a data set as ``DatasetCatalog/load(_:from:verification:)`` does, with the same result, sharing its bytes with
  /// other processes where that is possible.
  ///
  /// - Throws: ``DatasetError`` for an unknown name, and for missing or altered files.
  public func load(
    _ identifier: String, from folder: URL? = nil, verification: DataVerification = .official
  ) throws -> ImageDataset {
    func sources() throws -> [SourceState]? {
      try DatasetCatalog.sources(of: identifier, from: folder).flatMap(SourceState.all)
    }
    guard self.folder != nil, let before = try? sources() else {
      return try DatasetCatalog.load(identifier, from: folder, verification: verification)
    }
    let name = Self.name(identifier, verification, before)
    if let stored = stored(name, sources: before) { return stored }
    let dataset = try DatasetCatalog.load(identifier, from: folder, verification: verification)
    guard dataset.train.pixels.count + dataset.test.pixels.count >= minimumByteCount,
      before.allSatisfy({ $0.isSettled(for: settlingSeconds) }), (try? sources()) == before
    else { return dataset }
    return share(dataset, name: name, sources: before) ?? dataset
  }

  /// The name of the facts: what was asked for and where it is, whatever it holds now.
  private static func name(
    _ identifier: String, _ verification: DataVerification, _ sources: [SourceState]
  ) -> String {
    let parts = ["\(format)", identifier, verification.rawValue] + sources.map(\.path)
    return String(Digest.sha256(of: Data(parts.joined(separator: "\n").utf8)).prefix(32))
  }

  // MARK: Files

  private static let factsEnding = "json"
  private static let bodyEnding = "pixels"

  private func file(_ name: String, _ ending: String) -> URL? {
    folder?.appendingPathComponent("\(name).\(ending)")
  }

  private func facts(_ name: String) -> DecodedFacts? {
    file(name, Self.factsEnding).flatMap { try? AtomicFile.contents(of: $0) }
      .flatMap(DecodedFacts.init(decoding:))
  }

  private func stored(_ name: String, sources: [SourceState]) -> ImageDataset? {
    guard let facts = facts(name), facts.sources == SourceState.digest(of: sources) else {
      return nil
    }
    return dataset(of: facts)
  }

  /// Maps and checks the body that facts name.
  private func dataset(of facts: DecodedFacts) -> ImageDataset? {
    guard let file = file(facts.body, Self.bodyEnding),
      let body = DecodedBody(
        imageSize: facts.shape.reduce(1) { $0.multipliedReportingOverflow(by: $1).partialValue },
        counts: facts.counts, givenSets: facts.givenSets.count),
      let memory = PixelMemory.mapping(file, count: body.byteCount), memory.digest == facts.body
    else { return nil }
    return body.dataset(facts, in: memory)
  }

  /// Writes a data set, body first, and maps what was written; nil when that is not possible.
  private func share(
    _ dataset: ImageDataset, name: String, sources: [SourceState]
  ) -> ImageDataset? {
    guard let body = DecodedBody(of: dataset), let memory = body.memory(of: dataset) else {
      return nil
    }
    let facts = DecodedFacts(of: dataset, sources: sources, body: memory.digest)
    guard let bodyFile = file(facts.body, Self.bodyEnding),
      let factsFile = file(name, Self.factsEnding)
    else { return nil }
    do {
      // Of several processes that come here at once, one file wins and all map that one.
      let isNew =
        (try? memory.withData { try AtomicFile.writeNew($0, to: bodyFile) })
        ?? FileManager.default.fileExists(atPath: bodyFile.path)
      var shared = self.dataset(of: facts)
      if shared == nil {
        // It is there and damaged, or the file system has no hard links.
        try memory.withData { try AtomicFile.write($0, to: bodyFile, durable: false) }
        shared = self.dataset(of: facts)
      }
      guard let shared, shared == dataset else { return nil }
      try AtomicFile.write(try facts.encoded(), to: factsFile, durable: false)
      if isNew { forgetWhatHasGone() }
      return shared
    } catch {
      return nil
    }
  }

  /// Removes facts whose data set is no longer where it was, bodies that no facts name, and unfinished files.
  private func forgetWhatHasGone() {
    guard let folder, let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
    else { return }
    var wanted: Set<String> = []
    var others: [URL] = []
    for name in names {
      let url = folder.appendingPathComponent(name)
      guard url.pathExtension == Self.factsEnding, !name.hasPrefix(".") else {
        others.append(url)
        continue
      }
      if let facts = facts(url.deletingPathExtension().lastPathComponent),
        SourceState(of: URL(fileURLWithPath: facts.place)) != nil
      {
        wanted.insert(facts.body)
      } else {
        unlink(url.path)
      }
    }
    // What another process writes just now has no facts yet.
    for url in others
    where [Self.bodyEnding, "tmp"].contains(url.pathExtension)
      && !wanted.contains(url.deletingPathExtension().lastPathComponent)
      && SourceState(of: url)?.isSettled(for: 3600) == true
    {
      unlink(url.path)
    }
  }
}
