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
    let holder = Process()
    holder.executableURL = URL(fileURLWithPath: "/usr/bin/sleep")
    holder.arguments = ["60"]
    try holder.run()
    try writeLease(of: key, process: holder.processIdentifier)
    #expect(try store.tryClaim(key) == nil)
    kill(holder.processIdentifier, SIGKILL)
    holder.waitUntilExit()
    #expect(try store.tryClaim(key) != nil)
    #expect(try locks() == [])
  }

  @Test func anotherProcessOfTheSameNumberIsNotTheHolder() throws {
    let key = try RunKey(of: SampleSpecification())
    try writeLease(of: key, process: getpid(), started: 1)
    #expect(try store.tryClaim(key) != nil)
  }

  @Test func endsWithoutASignOfLife() throws {
    let key = try RunKey(of: SampleSpecification())
    try writeLease(of: key, host: "elsewhere", seconds: 0.5)
    #expect(try store.tryClaim(key) == nil)
    // The date of the file says nothing: clocks differ and jump.
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: 0)], ofItemAtPath: lock(of: key).path)
    #expect(try store.tryClaim(key) == nil)
    let claim = try #require(try store.claim(key))
    #expect(claim.isHeld())
    #expect(try locks().count == 2)
  }

  @Test func aSignOfLifeKeepsIt() throws {
    let key = try RunKey(of: SampleSpecification())
    try writeLease(of: key, host: "elsewhere", seconds: 0.4)
    for beat in 1...12 {
      #expect(try store.tryClaim(key) == nil)
      usleep(100_000)
      try writeLease(of: key, host: "elsewhere", seconds: 0.4, count: beat)
    }
  }

  @Test func aPauseOfTheObserverIsNoEvidence() throws {
    let key = try RunKey(of: SampleSpecification())
    try writeLease(of: key, host: "elsewhere", seconds: 0.3)
    #expect(try store.tryClaim(key) == nil)
    usleep(600_000)
    #expect(try store.tryClaim(key) == nil)
  }

  @Test func whoWasSucceededNoticesAndTakesNothingAway() throws {
    let key = try RunKey(of: SampleSpecification())
    var paused = try store.tryClaim(key)
    #expect(paused?.isHeld() == true)
    let content = try String(contentsOf: lock(of: key), encoding: .utf8)
    let token = try #require(content.split(separator: "\"").dropLast().last.map(String.init))
    try writeLease(of: key, after: token, host: "elsewhere")
    #expect(paused?.isHeld() == false)
    paused = nil
    #expect(try locks().count == 2)
    #expect(try store.tryClaim(key) == nil)
  }

  @Test func oneOfManySucceedsADeadHolder() async throws {
    let store = store
    for seed in 0..<20 {
      let key = try RunKey(of: SampleSpecification(seed: seed))
      try writeLease(of: key, process: getpid(), started: 1)
      let claims = try await withThrowingTaskGroup(of: RunClaim?.self) { group in
        for _ in 0..<8 { group.addTask { try store.tryClaim(key) } }
        return try await group.reduce(into: [RunClaim]()) { all, claim in
          claim.map { all.append($0) }
        }
      }
      #expect(claims.count == 1)
    }
  }

  @Test func filesThatSayNothing() throws {
    let empty = try RunKey(of: SampleSpecification())
    try AtomicFile.write(Data(), to: lock(of: empty))
    #expect(try store.tryClaim(empty) != nil)
    let odd = try RunKey(of: SampleSpecification(seed: 1))
    try AtomicFile.write(Data("no lease".utf8), to: lock(of: odd))
    #expect(try store.tryClaim(odd) == nil)
  }

  private func locks() throws -> [String] {
    try FileManager.default.contentsOfDirectory(
      atPath: store.root.appendingPathComponent("locks").path)
  }

  private func lock(of key: RunKey, after token: String? = nil) -> URL {
    store.root.appendingPathComponent(
      "locks/" + [key.text, token, "lock"].compactMap { $0 }.joined(separator: "."))
  }

  /// Writes the file of a claim as a process of this machine, or of another one, would.
  private func writeLease(
    of key: RunKey, after token: String? = nil, host: String = "here", process: Int32 = 1,
    started: UInt64? = nil, seconds: Double = 60, count: Int = 0
  ) throws {
    func text(_ path: String) throws -> String {
      try String(contentsOfFile: path, encoding: .utf8).trimmingCharacters(in: .newlines)
    }
    let boot = host == "here" ? try text("/proc/sys/kernel/random/boot_id") : "another start"
    let namespace = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/ns/pid")
    let field = try text("/proc/\(process)/stat").split(separator: " ")[21]
    let holder =
      "{\"boot\":\"\(boot)\",\"host\":\"\(host)\",\"namespace\":\"\(namespace)\","
      + "\"process\":\(process),\"started\":\(started.map(String.init) ?? String(field))}"
    let terms = "{\"holder\":\(holder),\"seconds\":\(seconds),\"token\":\"0123456789abcdef\"}"
    try AtomicFile.write(
      Data((String(format: "%020d", count) + "\n" + terms + "\n").utf8),
      to: lock(of: key, after: token))
  }
}
