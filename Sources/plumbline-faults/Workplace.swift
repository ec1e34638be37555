import Foundation

/// What the trials run, and where.
struct Workplace: Sendable {
  /// The reproduction's executable.
  var program: URL
  /// The tool that verifies and repairs a store.
  var plumbline: URL
  /// The folder of all trials.
  var scratch: URL
  /// The seconds after which a call counts as hanging.
  var patience: Double
  /// The library that gives a process a clock that can be set, if it was built.
  let clockLibrary = Self.builtClockLibrary()

  /// Whether this process may mount file systems.
  ///
  /// Tried once: a right to mount has too many conditions to be worked out.
  let canMount: Bool

  init(program: URL, plumbline: URL, scratch: URL, patience: Double) {
    self.program = program
    self.plumbline = plumbline
    self.scratch = scratch
    self.patience = patience
    canMount = Self.tryToMount(in: scratch)
  }

  /// The environment of the programs, with additions.
  static func environment(adding additions: [String: String]) -> [String: String] {
    ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("PLUMBLINE_") }
      .merging(additions) { $1 }
  }

  private static func tryToMount(in scratch: URL) -> Bool {
    guard geteuid() == 0,
      let disk = try? ScratchDisk(at: scratch.appendingPathComponent("can-mount"), bytes: 1 << 16)
    else { return false }
    disk.unmount()
    return true
  }

  /// It is built beside this executable.
  private static func builtClockLibrary() -> URL? {
    let library = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
      .deletingLastPathComponent().appendingPathComponent("libPlumblineClock.so")
    return FileManager.default.fileExists(atPath: library.path) ? library : nil
  }
}
