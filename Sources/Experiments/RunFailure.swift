import Foundation
import RunStore
import Torch

/// A run that ended without a result of its own, for a reason that may go away.
public struct RunFailure: ReportableError, Hashable {
  /// Class, message and last lines.
  public let failure: RunRecord.Failure

  /// Creates an error.
  public init(failure: RunRecord.Failure) { self.failure = failure }

  /// What happened.
  public var message: String { failure.message }
  /// 1: a run failed.
  public var exitStatus: ExitStatus { .failure }
}

extension RunStore {
  /// Keeps why a run failed that could not say so itself, since its worker died for example.
  ///
  /// The record holds the epochs that are known, and no audit of the noise. Nothing is kept when the run has a record, or
  /// another process is at work on it.
  ///
  /// - Parameters:
  ///   - failure: Class, message and last lines.
  ///   - specification: The run.
  ///   - device: Where it was trained.
  /// - Throws: What writing the store throws.
  public func keep(
    _ failure: RunRecord.Failure, of specification: RunSpecification, on device: Device
  ) throws {
    let key = try specification.key()
    guard let claim = try tryClaim(key) else { return }
    try withExtendedLifetime(claim) {
      switch try state(of: key) {
      case .done, .damaged: return
      case .failed: try reopen(key)
      case .absent, .started: break
      }
      try start(specification)
      let now = ProvenanceCollector.timestamp()
      let epochs = (try? metrics(of: key)) ?? []
      try finish(
        RunRecord(
          key: key.text, specification: try CanonicalJSON.tree(of: specification),
          outcome: .failed(failure), epochs: epochs, scalars: [:], noise: .null,
          provenance: ProvenanceCollector().provenance(
            device: device, started: now, seconds: 0, resumed: 0, digests: [:])),
        keepsCheckpoint: true)
    }
  }
}
