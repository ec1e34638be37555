import Dispatch
import Foundation
import RunStore
import Torch

/// What is known about this process and machine, for provenance.
public struct ProvenanceCollector: Sendable {
  /// The suite's own version.
  public static let version = "0.1.0"

  private let commit: String
  private let isDirty: Bool
  private let hardware: String

  /// Looks at the machine and at the repository around the working directory, once a process.
  public init() {
    (commit, isDirty) = Self.repository()
    hardware = Self.processorName()
  }

  /// The provenance of a run that ends now.
  public func provenance(
    device: Device, started: String, seconds: Double, resumed: Int, digests: [String: String]
  ) -> Provenance {
    let system = ProcessInfo.processInfo
    return Provenance(
      commit: commit, dirty: isDirty,
      versions: [
        "plumbline": Self.version, "libtorch": Runtime.version, "swift": Self.swiftVersion,
      ],
      device: device.description, hardware: hardware, threads: Runtime.threads,
      platform: system.operatingSystemVersionString + " " + Self.architecture, started: started,
      finished: Self.timestamp(), seconds: seconds, resumed: resumed, digests: digests,
      peakBytes: Self.peakBytes())
  }

  /// The most memory that this process had resident so far.
  private static func peakBytes() -> Int? {
    var usage = rusage()
    guard getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0 else { return nil }
    return Int(usage.ru_maxrss) * 1024
  }

  /// The time now, ISO 8601 in UTC.
  public static func timestamp() -> String { Date().formatted(.iso8601) }

  private static var architecture: String {
    #if arch(x86_64)
      "x86_64"
    #elseif arch(arm64)
      "arm64"
    #else
      "unknown architecture"
    #endif
  }

  private static var swiftVersion: String {
    #if compiler(>=6.3)
      "6.3"
    #elseif compiler(>=6.2)
      "6.2"
    #else
      "6.1"
    #endif
  }

  /// The processor's own name.
  public static func processorName() -> String {
    let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    let line = text.split(separator: "\n").first { $0.hasPrefix("model name") }
    let name = line?.split(separator: ":", maxSplits: 1).last
    return name?.trimmingCharacters(in: .whitespaces) ?? "unknown processor"
  }

  /// The commit and whether tracked files differ from it, as git says.
  private static func repository() -> (String, Bool) {
    guard let head = git(["rev-parse", "HEAD"]), !head.isEmpty else { return ("unknown", false) }
    let changes =
      git([
        "status", "--porcelain", "--untracked-files=no", "--", ":/", ":(top,exclude)reports",
      ]) ?? ""
    return (head, !changes.isEmpty)
  }

  private static func git(_ arguments: [String]) -> String? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["git"] + arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    let ended = DispatchSemaphore(value: 0)
    process.terminationHandler = { _ in ended.signal() }
    guard (try? process.run()) != nil else { return nil }
    let data = output.fileHandleForReading.readDataToEndOfFile()
    // Not waitUntilExit(), which looks at dates and hangs where the clock is not the machine's.
    ended.wait()
    guard process.terminationStatus == 0 else { return nil }
    return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
