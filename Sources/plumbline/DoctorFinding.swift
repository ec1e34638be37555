import Foundation
import RunStore

/// One line of what `plumbline doctor` found.
struct DoctorFinding: Codable, Hashable {
  /// How it stands with what was looked at.
  enum State: String, Codable {
    /// As it should be.
    case ok
    /// It works, but not as well as it could.
    case warn
    /// It does not work.
    case fail

    /// The word in front of the line.
    var mark: String { self == .fail ? "FAIL" : rawValue }
  }

  /// What was looked at.
  var name: String
  /// How it stands.
  var state: State
  /// What was found, and what to do where it is not as it should be.
  var text: String
  /// The same as numbers and words.
  var facts: [String: JSONValue]
  /// The status that a failure of this kind ends the command with.
  var failure: ExitStatus

  init(
    _ name: String, _ state: State = .ok, _ text: String, facts: [String: JSONValue] = [:],
    failure: ExitStatus = .failure
  ) {
    self.name = name
    self.state = state
    self.text = text
    self.facts = facts
    self.failure = failure
  }
}

/// Everything that `plumbline doctor` found.
struct DoctorReport {
  var findings: [DoctorFinding] = []

  /// 69 when libtorch or the device is unusable, else 65 when data are damaged, else 1 when anything else fails, else 0.
  var status: ExitStatus {
    let failures = Set(findings.filter { $0.state == .fail }.map(\.failure))
    for status in [ExitStatus.unavailable, .badData] where failures.contains(status) {
      return status
    }
    return failures.isEmpty ? .success : .failure
  }

  /// One page of aligned lines; a long text goes on below its beginning.
  var text: String {
    let width = findings.map(\.name.count).max() ?? 0
    var lines = findings.flatMap { finding -> [String] in
      let name = finding.name.padding(toLength: width, withPad: " ", startingAt: 0)
      let mark = finding.state.mark.padding(toLength: 4, withPad: " ", startingAt: 0)
      let head = "\(mark)  \(name)  "
      let rows = Self.wrapped(finding.text, to: 100 - head.count)
      return rows.enumerated().map { row in
        (row.offset == 0 ? head : String(repeating: " ", count: head.count)) + row.element
      }
    }
    let failed = findings.count { $0.state == .fail }
    let warned = findings.count { $0.state == .warn }
    lines.append(
      failed + warned == 0
        ? "everything is as it should be" : "\(failed) failed, \(warned) with a warning")
    return lines.joined(separator: "\n")
  }

  /// The same as data.
  func json() throws -> String {
    struct Document: Encodable {
      struct Entry: Encodable {
        var name: String
        var state: DoctorFinding.State
        var text: String
        var facts: [String: JSONValue]
      }
      var status: Int32
      var findings: [Entry]
    }
    let document = Document(
      status: status.rawValue,
      findings: findings.map {
        .init(name: $0.name, state: $0.state, text: $0.text, facts: $0.facts)
      })
    return String(decoding: try CanonicalJSON.encode(document, nonFinite: .text), as: UTF8.self)
  }

  /// Breaks a text between words; a longer word stays whole.
  static func wrapped(_ text: String, to width: Int) -> [String] {
    var lines = [""]
    for word in text.split(separator: " ") {
      let last = lines[lines.count - 1]
      if last.isEmpty {
        lines[lines.count - 1] = String(word)
      } else if last.count + 1 + word.count <= width {
        lines[lines.count - 1] = "\(last) \(word)"
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }
}
