import Foundation
import RunStore

extension PoolRun {
  /// The failure that a worker's death means for its item.
  ///
  /// Memory is blamed when the kernel's count of processes killed for want of memory rose, or when
  /// the worker's last words say so; both are signs, not proofs, and the message tells which it
  /// was.
  static func failure(
    _ ending: ChildProcess.Ending, lines: [String], memoryRanOut: Bool
  ) -> WorkFailure {
    let words = lines.joined(separator: "\n").lowercased()
    let saysMemory = [
      "bad_alloc", "out of memory", "can't allocate memory", "cannot allocate memory",
    ]
    .contains { words.contains($0) }
    let died = "the worker died (\(ending.text))"
    if memoryRanOut && ending == .signal(SIGKILL) {
      return WorkFailure(
        cause: .outOfMemory,
        message:
          "\(died); the kernel killed a process for want of memory at that time: use fewer workers",
        lastLines: lines)
    }
    if saysMemory {
      return WorkFailure(
        cause: .outOfMemory, message: "\(died); its last lines speak of memory: use fewer workers",
        lastLines: lines)
    }
    switch ending {
    case .signal(SIGKILL):
      return WorkFailure(
        cause: .signal, message: "\(died); if nobody killed it, memory may have run out",
        lastLines: lines)
    case .signal: return WorkFailure(cause: .signal, message: died, lastLines: lines)
    case .exit(let code):
      return WorkFailure(
        cause: .other, message: died, exitStatus: ExitStatus(rawValue: code) ?? .failure,
        lastLines: lines)
    }
  }
}

/// Watches the kernel's count of processes that it killed for want of memory (`oom_kill` in
/// `/proc/vmstat`).
struct OutOfMemoryCounter {
  private var last = Self.read()

  /// Whether the count rose since the last look; false where there is no such count.
  mutating func hasRisen() -> Bool {
    let now = Self.read()
    defer { last = now }
    guard let last, let now else { return false }
    return now > last
  }

  private static func read() -> Int? {
    // Foundation's own reading of a file ends after the first 4 kB of one in /proc.
    guard let data = try? AtomicFile.contents(of: URL(fileURLWithPath: "/proc/vmstat")) else {
      return nil
    }
    let line = String(decoding: data, as: UTF8.self).split(separator: "\n").first {
      $0.hasPrefix("oom_kill ")
    }
    return line.flatMap { Int($0.dropFirst("oom_kill ".count)) }
  }
}
