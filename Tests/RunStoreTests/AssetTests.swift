import Foundation
import RunStore
import Testing

@Suite struct AssetTests {
  private struct Trouble: Error {}
  private let folder: TemporaryFolder
  private let store: RunStore
  private let key: RunKey

  init() throws {
    folder = try TemporaryFolder()
    store = RunStore(root: folder.url)
    key = try RunKey(of: ["generator": 1])
  }

  @Test func madeOnceAndFoundAgain() throws {
    #expect(try store.asset(kind: "generator", key: key) == nil)
    let made = try store.asset(kind: "generator", key: key) { folder in
      try AtomicFile.write(Data("w".utf8), to: folder.appendingPathComponent("weights.bin"))
    }
    let again = try store.asset(kind: "generator", key: key) { _ in
      Issue.record("an asset that is there was made again")
    }
    #expect(made == again)
    #expect(try store.asset(kind: "generator", key: key) == made)
    #expect(try store.asset(kind: "images", key: key) == nil)
  }

  @Test func failureLeavesNoAsset() throws {
    #expect(throws: Trouble.self) {
      try store.asset(kind: "images", key: key) { folder in
        try Data().write(to: folder.appendingPathComponent("part"))
        throw Trouble()
      }
    }
    #expect(try store.asset(kind: "images", key: key) == nil)
    _ = try store.asset(kind: "images", key: key) { folder in
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      #expect(names == [])
    }
  }

  @Test func workCanBeContinued() throws {
    #expect(throws: Trouble.self) {
      try store.asset(kind: "images", key: key, continues: true) { folder in
        try Data("1".utf8).write(to: folder.appendingPathComponent("part-1"))
        throw Trouble()
      }
    }
    let made = try #require(
      try store.asset(kind: "images", key: key, continues: true) { folder in
        #expect(try Data(contentsOf: folder.appendingPathComponent("part-1")) == Data("1".utf8))
        try Data("2".utf8).write(to: folder.appendingPathComponent("part-2"))
      })
    #expect(FileManager.default.fileExists(atPath: made.appendingPathComponent("part-1").path))
  }

  @Test func alteredFileIsFoundAndSetAside() throws {
    let made = try #require(
      try store.asset(kind: "images", key: key) { folder in
        try Data("123".utf8).write(to: folder.appendingPathComponent("a"))
      })
    for name in ["a", "manifest.json"] {
      let file = made.appendingPathComponent(name)
      let whole = try Data(contentsOf: file)
      try flipBit(of: file, at: whole.count / 2)
      let error = #expect(throws: StoreError.self) { try store.asset(kind: "images", key: key) }
      #expect(error?.exitStatus == .badData)
      try whole.write(to: file)
    }
    try FileManager.default.removeItem(at: made.appendingPathComponent("a"))
    #expect(throws: StoreError.self) { try store.asset(kind: "images", key: key) }
    #expect(try store.quarantineAsset(kind: "images", key: key) != nil)
    #expect(try store.asset(kind: "images", key: key) == nil)
  }

  @Test func twoMakersMakeOne() async throws {
    let store = store
    let key = key
    let counter = folder.url.appendingPathComponent("made")
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<3 {
        group.addTask {
          _ = try store.asset(kind: "images", key: key) { folder in
            try Data().write(to: counter.appendingPathExtension("\(number)"))
            try Data("x".utf8).write(to: folder.appendingPathComponent("a"))
          }
        }
      }
      try await group.waitForAll()
    }
    let made = try FileManager.default.contentsOfDirectory(atPath: store.root.path)
      .filter { $0.hasPrefix("made") }
    #expect(made.count == 1)
  }
}
