import Foundation
import Testing

/// A process group that is killed with `SIGKILL`, and what the next call makes of what is left.
@Suite struct KillTests {
  private let command = BuiltCommand(name: "echoalign-table1")

  /// Both kinds of networks, several stages, and the generator with everything that hangs on it.
  private let arguments = [
    "run", "--profile", "smoke", "--methods", "ce,co-teaching,echoalign-b", "--noise",
    "symmetric-50,pairflip-45", "--seeds", "1", "--quiet", "--checkpoint-seconds", "0",
  ]

  private func table(in scratch: ScratchFolder) throws -> Data {
    try Data(
      contentsOf: scratch.file("reports/echoalign-table1-smoke-selection/table.csv"))
  }

  @Test(.enabled(if: hasFashionMNIST, "needs Fashion-MNIST"))
  func threeKillsLeaveTheSameTable() throws {
    let undisturbed = try ScratchFolder()
    let start = ContinuousClock.now
    #expect(try command.run(arguments, in: undisturbed.url).status == 0)
    let whole = (ContinuousClock.now - start) / .seconds(1)
    let expected = try table(in: undisturbed)

    let disturbed = try ScratchFolder()
    var kills = 0
    // Each attempt goes on where the one before was killed, so the moments lie in different parts of the work.
    for share in [0.35, 0.3, 0.25]
    where try command.runAndKill(
      arguments, after: share * whole, in: disturbed.url)
    {
      kills += 1
    }
    #expect(kills >= 2, "the work ended before it could be killed")
    let outcome = try command.run(arguments, in: disturbed.url)
    #expect(outcome.status == 0, "found: \(outcome.errors)")
    #expect(try table(in: disturbed) == expected)
  }

  @Test(.enabled(if: hasFashionMNIST, "needs Fashion-MNIST"))
  func termEndsWith75AndTheNextCallFinishes() throws {
    let scratch = try ScratchFolder()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
      .deletingLastPathComponent().appendingPathComponent("echoalign-table1")
    process.arguments = arguments.filter { $0 != "--quiet" }
    process.currentDirectoryURL = scratch.url
    let errors = Pipe()
    process.standardError = errors
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    // The first finished job shows that the work is under way; a signal before that may find the command starting.
    var seen = Data()
    while !String(decoding: seen, as: UTF8.self).contains("[1/") {
      let more = errors.fileHandleForReading.availableData
      if more.isEmpty { break }
      seen += more
    }
    process.terminate()
    seen += errors.fileHandleForReading.readDataToEndOfFile()
    let text = String(decoding: seen, as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 75, "found: \(text)")
    #expect(text.contains("the same command continues"))
    #expect(try command.run(arguments, in: scratch.url).status == 0)
  }
}
