import Foundation

/// The processes of one session, as `/proc` shows them.
///
/// Workers lead process groups of their own, so that the session is what they share with their launcher.
enum SessionProcesses {
  /// One process.
  struct Member {
    var process: pid_t
    /// Its arguments, the program's name first; empty for one that has ended.
    var arguments: [String]
  }

  /// The processes of a session that have not ended.
  static func members(of session: pid_t) -> [Member] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return names.compactMap { name in
      guard let process = pid_t(name), getsid(process) == session, !hasEnded(process) else {
        return nil
      }
      return Member(process: process, arguments: arguments(of: process))
    }
  }

  /// Ends all processes of a session and waits until they are gone.
  ///
  /// - Returns: Whether there were any.
  @discardableResult static func kill(session: pid_t) -> Bool {
    var found = false
    while true {
      let members = members(of: session)
      if members.isEmpty { return found }
      found = true
      for member in members { Foundation.kill(member.process, SIGKILL) }
      usleep(2_000)
    }
  }

  private static func hasEnded(_ process: pid_t) -> Bool {
    guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
      let name = text.lastIndex(of: ")")
    else { return true }
    let state = text[text.index(after: name)...].drop { $0 == " " }.first
    return state == "Z" || state == "X"
  }

  private static func arguments(of process: pid_t) -> [String] {
    let text = (try? String(contentsOfFile: "/proc/\(process)/cmdline", encoding: .utf8)) ?? ""
    return text.split(separator: "\0").map(String.init)
  }
}
