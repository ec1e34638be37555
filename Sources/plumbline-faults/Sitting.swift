import Foundation

/// One call of a program, as the leader of a session of its own.
final class Sitting {
  /// How a program ended.
  enum Ending: Hashable, CustomStringConvertible {
    case exit(Int32)
    case signal(Int32)

    /// The ending in words.
    var description: String {
      switch self {
      case .exit(let status): "status \(status)"
      case .signal(let number): "signal \(number)"
      }
    }
  }

  private static let pollMicroseconds: UInt32 = 8_000
  /// `POSIX_SPAWN_SETSID` of glibc's `spawn.h`, which shows it to GNU sources only.
  private static let startsSession: Int16 = 0x80

  /// The process number, which is that of the session too.
  let leader: pid_t
  private let errorsFile: URL
  private var ending: Ending?

  /// Starts a program; its results go nowhere, its errors to a file.
  init(
    _ executable: URL, _ arguments: [String], environment: [String: String], errors: URL
  ) throws {
    errorsFile = errors
    let words = [executable.path] + arguments
    let variables = environment.map { "\($0.key)=\($0.value)" }
    var process = pid_t()
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addopen(
      &actions, STDERR_FILENO, errors.path, O_WRONLY | O_CREAT | O_APPEND, 0o666)
    // What this program does to its own signals must not be the child's.
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    for number in [SIGINT, SIGTERM, SIGHUP, SIGPIPE] { sigaddset(&signals, number) }
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(
      &attributes,
      Self.startsSession | Int16(POSIX_SPAWN_SETSIGDEF) | Int16(POSIX_SPAWN_SETSIGMASK))
    let result = withCStrings(words) { words in
      withCStrings(variables) { variables in
        posix_spawn(&process, executable.path, &actions, &attributes, words, variables)
      }
    }
    guard result == 0 else {
      throw TrialProblem("cannot start \(executable.path): \(String(cString: strerror(result)))")
    }
    leader = process
  }

  /// How it ended, or nil while it runs.
  func poll() -> Ending? {
    if let ending { return ending }
    var status: Int32 = 0
    guard waitpid(leader, &status, WNOHANG) == leader else { return nil }
    let signal = status & 0x7f
    ending = signal == 0 ? .exit((status >> 8) & 0xff) : .signal(signal)
    return ending
  }

  /// Waits for the end.
  ///
  /// - Throws: ``TrialProblem`` when it takes longer than a limit, and ``InterruptedError``.
  func wait(atMost seconds: Double) throws -> Ending {
    guard try wait(atMost: seconds, until: { false }), let ending = poll() else {
      throw TrialProblem(
        "hangs: no end after \(Int(seconds)) s"
          + (errors.isEmpty ? "" : "; its last words: \(lastWords)"))
    }
    return ending
  }

  /// Waits for the end or something else, whichever comes first.
  ///
  /// - Returns: Whether one of them came before the limit.
  func wait(atMost seconds: Double, until isReached: () -> Bool) throws -> Bool {
    let limit = ContinuousClock.now + .seconds(seconds)
    while poll() == nil && !isReached() {
      try Interruption.check()
      if ContinuousClock.now >= limit { return false }
      usleep(Self.pollMicroseconds)
    }
    return true
  }

  /// The workers that it has now.
  var workers: [pid_t] {
    SessionProcesses.members(of: leader)
      .filter { $0.process != leader && $0.arguments.dropFirst().first == "worker" }
      .map(\.process)
  }

  /// Sends a signal to the launcher alone.
  func signal(_ number: Int32) { if poll() == nil { kill(leader, number) } }

  /// Ends all its processes with `SIGKILL`.
  ///
  /// - Returns: Whether any was left.
  @discardableResult func killAll() -> Bool {
    let found = SessionProcesses.kill(session: leader)
    while poll() == nil { usleep(1_000) }
    return found
  }

  /// What it wrote to its standard error.
  var errors: String {
    (try? String(contentsOf: errorsFile, encoding: .utf8))?
      .trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
  }

  /// The last lines of ``errors`` in one.
  var lastWords: String { errors.split(separator: "\n").suffix(3).joined(separator: " | ") }
}

/// Calls a function with the array of C strings that system calls take.
private func withCStrings<Result>(
  _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
) -> Result {
  let pointers = strings.map { strdup($0) }
  defer { for pointer in pointers { free(pointer) } }
  return body(pointers + [nil])
}
