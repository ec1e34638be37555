import Foundation
import RunStore
import Testing

@Suite struct AtomicFileTests {
  @Test func writesReplacesAndMakesFolders() throws {
    let folder = try TemporaryFolder()
    let file = folder.url.appendingPathComponent("a/b/c.txt")
    try AtomicFile.write(Data("one".utf8), to: file)
    try AtomicFile.write(Data("two".utf8), to: file, durable: false)
    #expect(try Data(contentsOf: file) == Data("two".utf8))
    #expect(try names(in: file.deletingLastPathComponent()) == ["c.txt"])
  }

  @Test func failureLeavesTheOldFileAndNoOther() throws {
    let folder = try TemporaryFolder()
    let target = folder.url.appendingPathComponent("taken", isDirectory: true)
    try FileManager.default.createDirectory(
      at: target.appendingPathComponent("x"), withIntermediateDirectories: true)
    #expect(throws: FileSystemError.self) { try AtomicFile.write(Data("new".utf8), to: target) }
    #expect(try names(in: folder.url) == ["taken"])
  }

  @Test func aFileInsteadOfAFolderIsExplained() throws {
    let folder = try TemporaryFolder()
    try Data().write(to: folder.url.appendingPathComponent("file"))
    let error = #expect(throws: FileSystemError.self) {
      try AtomicFile.write(Data(), to: folder.url.appendingPathComponent("file/inner/x"))
    }
    #expect(error?.cause.contains("not a folder") == true)
    #expect(error?.exitStatus == .cannotCreate)
  }

  @Test(.enabled(if: SmallFileSystem.isPossible, "needs the right to mount a tmpfs"))
  func fullDiskKeepsWhatIsThere() throws {
    let folder = try TemporaryFolder()
    let disk = try #require(SmallFileSystem(at: folder.url, options: "size=64k"))
    let file = disk.folder.appendingPathComponent("record.json")
    try AtomicFile.write(Data("old".utf8), to: file)
    let error = #expect(throws: FileSystemError.self) {
      try AtomicFile.write(Data(repeating: 1, count: 1 << 20), to: file)
    }
    #expect(error?.errorNumber == ENOSPC)
    #expect(error?.exitStatus == .cannotCreate)
    #expect(try Data(contentsOf: file) == Data("old".utf8))
    #expect(try names(in: disk.folder) == ["record.json"])
    try AtomicFile.write(Data("new".utf8), to: file)
    #expect(try Data(contentsOf: file) == Data("new".utf8))
  }

  @Test(.enabled(if: SmallFileSystem.isPossible, "needs the right to mount a tmpfs"))
  func readOnlyDiskIsNamedAndCanBeRead() throws {
    let folder = try TemporaryFolder()
    let disk = try #require(SmallFileSystem(at: folder.url, options: "size=1m"))
    let store = RunStore(root: disk.folder)
    let record = try Sample.record()
    try store.start(SampleSpecification())
    try store.finish(record)
    #expect(disk.remount("ro"))
    #expect(try store.records() == [record])
    let error = #expect(throws: FileSystemError.self) {
      try store.start(SampleSpecification(seed: 9))
    }
    #expect(error?.errorNumber == EROFS)
    #expect(error?.exitStatus == .cannotCreate)
    #expect(throws: FileSystemError.self) { try store.tryClaim(RunKey(of: SampleSpecification())) }
  }

  private func names(in folder: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path)
  }
}
