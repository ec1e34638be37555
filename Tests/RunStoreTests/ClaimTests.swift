import Foundation
import RunStore
import Testing

@Suite struct ClaimTests {
  private let folder: TemporaryFolder
  private let store: RunStore

  init() throws {
    folder = try TemporaryFolder()
    store = RunStore(root: folder.url)
  }

  @Test func oneHolderAtATime() throws {
    let key = try RunKey(of: SampleSpecification())
    var first = try store.tryClaim(key)
    #expect(first != nil)
    #expect(try store.tryClaim(key) == nil)
    #expect(try store.tryClaim(RunKey(of: SampleSpecification(seed: 1))) != nil)
    #expect(try store.claim(key, isStopped: { true }) == nil)
    withExtendedLifetime(first) {}
    first = nil
    #expect(try store.tryClaim(key) != nil)
    let left = try FileManager.default.contentsOfDirectory(
      atPath: store.root.appendingPathComponent("locks").path)
    #expect(left == [])
  }

  @Test func manyThreadsNeverHoldItTogether() async throws {
    let store = store
    let key = try RunKey(of: SampleSpecification())
    let file = folder.url.appendingPathComponent("held")
    let entries = try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<4 {
        group.addTask {
          var count = 0
          for _ in 0..<500 {
            guard let claim = try store.tryClaim(key) else { continue }
            try withExtendedLifetime(claim) {
              let descriptor = open(file.path, O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
              try #require(descriptor >= 0, "two hold the claim")
              close(descriptor)
              unlink(file.path)
            }
            count += 1
          }
          return count
        }
      }
      return try await group.reduce(0, +)
    }
    #expect(entries > 0)
  }

  @Test func endsWithTheProcessThatHeldIt() throws {
    let key = try RunKey(of: SampleSpecification())
    let lock = store.root.appendingPathComponent("locks/\(key.text).lock")
    try FileManager.default.createDirectory(
      at: lock.deletingLastPathComponent(), withIntermediateDirectories: true)
    let holder = Process()
    holder.executableURL = URL(fileURLWithPath: "/usr/bin/flock")
    holder.arguments = [lock.path, "sh", "-c", "echo held; exec sleep 60"]
    let output = Pipe()
    holder.standardOutput = output
    try holder.run()
    #expect(String(decoding: output.fileHandleForReading.availableData, as: UTF8.self) == "held\n")
    #expect(try store.tryClaim(key) == nil)
    // flock(1) and its child share the lock: both must end.
    let family = Process()
    family.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    family.arguments = [
      "sh", "-c",
      "kill -9 $(ps -o pid= --ppid \(holder.processIdentifier)) \(holder.processIdentifier)",
    ]
    try family.run()
    family.waitUntilExit()
    holder.waitUntilExit()
    #expect(try store.claim(key) != nil)
  }
}
