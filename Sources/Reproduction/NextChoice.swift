import Foundation
import Reporting
import RunStore

/// The claims that a budget was given to, kept in the store until their runs are done.
///
/// Runs that are finished change what the rest costs, so the choice is written down before the first of them: the same
/// command continues it after an interruption, and another budget chooses anew.
public struct NextChoice: Codable, Hashable, Sendable {
  /// A claim with the seeds of the look that it is to reach.
  public struct Target: Codable, Hashable, Sendable {
    /// The claim's identifier.
    public var claim: String
    /// How many seeds its cells are to have.
    public var total: Int
  }

  /// The budget.
  public var budget: TimeBudget
  /// What the reproduction was asked for, as the command that makes it.
  public var request: String
  /// The claims, the most informative first.
  public var targets: [Target]

  /// Creates the choice of a plan for one reproduction.
  public init(budget: TimeBudget, request: String, claims: [UndecidedClaim]) {
    self.budget = budget
    self.request = request
    targets = claims.map { Target(claim: $0.claim, total: $0.total) }
  }

  /// The places of the chosen claims in a list, in the order of the choice; claims that reached their look are in it no more.
  public func places(in claims: [UndecidedClaim]) -> [Int] {
    targets.compactMap { target in
      claims.firstIndex {
        $0.claim == target.claim && $0.total == target.total && !$0.jobs.isEmpty
      }
    }
  }

  /// Reads a choice; nil for none, or for one of another layout.
  ///
  /// - Throws: `FileSystemError` when the file is there and cannot be read.
  public static func read(from file: URL) throws -> NextChoice? {
    guard let data = try AtomicFile.contents(of: file) else { return nil }
    // A file that cannot be understood is no choice: the next one replaces it.
    return try? CanonicalJSON.decode(NextChoice.self, from: data)
  }

  /// Writes the choice.
  ///
  /// - Throws: `FileSystemError` when it cannot be written.
  public func write(to file: URL) throws {
    try AtomicFile.createFolder(file.deletingLastPathComponent())
    try AtomicFile.write(try CanonicalJSON.encode(self) + Data("\n".utf8), to: file)
  }
}
