import Foundation

/// Which process of which machine this is, in a form that another process can look up.
struct ProcessIdentity: Codable, Hashable, Sendable {
  /// The machine's name, for people.
  var host: String
  /// What tells one start of one machine from all others; empty where the system does not say.
  var boot: String
  /// The namespace that the process number counts in; containers of one machine differ.
  var namespace: String
  /// The process number.
  var process: Int32
  /// When the process started, in ticks since the machine's start: numbers are used again.
  var started: UInt64

  /// What is known of a process besides its number.
  enum Life: Hashable {
    case alive
    case dead
    /// It runs elsewhere, or the system does not say.
    case unknown
  }

  /// This process.
  static let own = ProcessIdentity(
    host: ProcessInfo.processInfo.hostName,
    boot: text(of: "/proc/sys/kernel/random/boot_id"),
    namespace: (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/ns/pid"))
      ?? "",
    process: getpid(), started: startTime(of: getpid()) ?? 0)

  /// Whether the process still runs, as far as this one can see.
  var life: Life {
    guard !boot.isEmpty, !namespace.isEmpty, started > 0, boot == Self.own.boot,
      namespace == Self.own.namespace
    else { return .unknown }
    return Self.startTime(of: process) == started ? .alive : .dead
  }

  /// The start of a process that has not ended; a zombie has.
  private static func startTime(of process: Int32) -> UInt64? {
    let line = text(of: "/proc/\(process)/stat")
    // The second field is a name in parentheses, which may hold anything.
    guard let name = line.lastIndex(of: ")") else { return nil }
    let fields = line[line.index(after: name)...].split(separator: " ")
    let (state, start) = (0, 19)
    guard fields.count > start, fields[state] != "Z", fields[state] != "X" else { return nil }
    return UInt64(fields[start])
  }

  private static func text(of path: String) -> String {
    ((try? String(contentsOfFile: path, encoding: .utf8)) ?? "")
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
