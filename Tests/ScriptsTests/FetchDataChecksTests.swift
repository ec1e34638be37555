import Foundation
import TestSupport
import Testing

/// What scripts/fetch-data does without a download: copying, estimates and refusals.
@Suite(.enabled(if: FileServer.isPossible, "needs python3 and curl"), .serialized)
struct FetchDataChecksTests {
  private let work: FetchWorkplace

  init() throws { work = try FetchWorkplace() }

  @Test func offlineFolderIsCopiedFrom() throws {
    try work.place(Data(count: 9), as: "a.bin.part")
    let outcome = try work.fetch([], ["OFFLINE": work.served.path])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("a.bin: copied and verified"))
    #expect(work.names == ["a.bin", "b.bin", "c.bin"])
    for file in FetchWorkplace.files { #expect(work.fetched(file.name) == file.content) }
    #expect(work.requests == [])
  }

  @Test func offlineFolderMustHoldTheRightFiles() throws {
    let offline = ["OFFLINE": work.served.path]
    try Data("other".utf8).write(to: work.served.appendingPathComponent("a.bin"))
    let wrong = try work.fetch([], offline)
    #expect(wrong.status == 65)
    #expect(wrong.errors.contains("a.bin is not the published file (5 bytes, expected 50000"))
    #expect(work.names == ["b.bin", "c.bin"])
    try FileManager.default.removeItem(at: work.served.appendingPathComponent("a.bin"))
    let missing = try work.fetch([], offline)
    #expect(missing.status == 66)
    #expect(missing.errors.contains("lacks a.bin\n"))
    let nowhere = try work.fetch([], ["OFFLINE": "/nonexistent"])
    #expect(nowhere.status == 66)
    #expect(nowhere.errors.contains("OFFLINE=/nonexistent is no folder"))
  }

  @Test func tooLittleDiskIsSaidBeforeAnythingIsFetched() throws {
    try work.list("plain", size: 1_000_000_000_000_000)
    let outcome = try work.fetch()
    #expect(outcome.status == 73)
    #expect(outcome.errors.contains("3000000.0 GB do not fit on the disk of \(work.data.path)"))
    #expect(work.requests == [])
    #expect(work.names == [])
  }

  @Test func selectionTakesKnownNamesOnly() throws {
    let unknown = try work.fetch([], ["DATASETS": "two,three"])
    #expect(unknown.status == 64)
    #expect(unknown.errors.contains("unknown data set \"three\" in DATASETS; known: one, two"))
    #expect(try work.fetch([], ["DATASETS": "two"]).status == 0)
    #expect(work.names == ["c.bin"])
    #expect(try work.fetch([], ["DATASETS": "two,one"]).status == 0)
    #expect(work.names == ["a.bin", "b.bin", "c.bin"])
  }

  @Test func printingFetchesNothing() throws {
    let outcome = try work.fetch(["--print"])
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("To fetch into \(work.data.path):"))
    #expect(work.requests == [])
    #expect(!FileManager.default.fileExists(atPath: work.data.path))
    #expect(try work.fetch(["--prin"]).status == 64)
    #expect(try work.fetch(["--print", "x"]).status == 64)
  }

  @Test(arguments: [
    (["DATA_DIR": "/x/d", "PLUMBLINE_DATA": "/x/p", "XDG_CACHE_HOME": "/x/c"], "/x/d"),
    (["PLUMBLINE_DATA": "/x/p", "XDG_CACHE_HOME": "/x/c"], "/x/p"),
    (["XDG_CACHE_HOME": "/x/c"], "/x/c/plumbline"),
    (["XDG_CACHE_HOME": "c", "HOME": "/x/h"], "/x/h/.cache/plumbline"),
    (["HOME": "/x/h"], "/x/h/.cache/plumbline"),
  ])
  func folderIsChosenInOrder(variables: [String: String], folder: String) throws {
    let outcome = try work.fetch(["--print"], ["DATA_DIR": ""].merging(variables) { $1 })
    #expect(outcome.output.hasPrefix("To fetch into \(folder):\n"), "\(outcome.errors)")
  }

  @Test func folderThatCannotBeMadeIsRefused() throws {
    try Data().write(to: work.folder.appendingPathComponent("file"))
    let place = work.folder.appendingPathComponent("file/data").path
    let outcome = try work.fetch([], ["DATA_DIR": place])
    #expect(outcome.status == 73)
    #expect(outcome.errors.contains("cannot write to \(place)"))
    #expect(try work.fetch([], ["DATA_DIR": "", "HOME": ""]).status == 64)
  }

  @Test func missingCurlIsSaid() throws {
    let tools = work.folder.appendingPathComponent("tools", isDirectory: true)
    try FileManager.default.createDirectory(at: tools, withIntermediateDirectories: true)
    let path = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    for name in [
      "awk", "bash", "cut", "df", "dirname", "paste", "sed", "sha256sum", "tr", "uniq", "wc",
    ] {
      let found = path.map { "\($0)/\(name)" }.first {
        FileManager.default.isExecutableFile(atPath: $0)
      }
      try FileManager.default.createSymbolicLink(
        atPath: tools.appendingPathComponent(name).path,
        withDestinationPath: try #require(found))
    }
    let outcome = try work.fetch([], ["PATH": tools.path])
    #expect(outcome.status == 69)
    #expect(outcome.errors.contains("curl is missing"))
    #expect(outcome.errors.contains("OFFLINE=/folder"))
  }

  @Test func damagedListNamesItsLine() throws {
    let list = work.folder.appendingPathComponent("list")
    for line in [
      "file one a.bin 5 abc http://x/a", "fil one", "file one ../a 5 \(digest) http://x",
    ] {
      try Data("# A list.\n\(line)\n".utf8).write(to: list)
      let outcome = try work.fetch()
      #expect(outcome.status == 65)
      #expect(outcome.errors.contains("\(list.path):2:"))
    }
    try FileManager.default.removeItem(at: list)
    #expect(try work.fetch().status == 66)
  }

  private let digest = String(repeating: "0", count: 64)

  @Test func theProjectsOwnListIsInOrder() throws {
    let outcome = try work.fetch(["--print"], ["PLUMBLINE_DATA_MANIFEST": ""])
    #expect(outcome.status == 0, "\(outcome.errors)")
    for name in [
      "cifar-10-binary.tar.gz", "cifar-100-binary.tar.gz", "CIFAR-10_human.pt",
      "CIFAR-100_human.pt",
    ] {
      #expect(outcome.output.contains("  \(name) "))
    }
    #expect(outcome.output.contains("In all 341967870 bytes (342.0 MB)"))
    #expect(outcome.output.contains("CC BY-NC 4.0"))
    #expect(outcome.output.contains("cs.toronto.edu is slow"))
    let humans = try work.fetch(
      ["--print"], ["PLUMBLINE_DATA_MANIFEST": "", "DATASETS": "cifar-n"])
    #expect(!humans.output.contains("toronto"))
    #expect(humans.output.contains("In all 3401966 bytes"))
  }
}
