import Experiments
import Foundation
import RunStore
import Torch
import Workers

/// Does the jobs of a plan in worker processes of this executable.
public struct Launch {
  let store: RunStore
  let data: DataSource
  let execution: ExecutionOptions
  /// The least seconds between two checkpoints of a run.
  let checkpointSeconds: Double
  /// Seconds that workers have to reach the end of an epoch when the work is stopped.
  var graceSeconds = 10.0
  /// What a second signal means.
  var insistence = WorkerPool.Insistence.stopsAtOnce

  /// Creates a launch; the executable of this process must have the command ``WorkerCommand``.
  public init(
    store: RunStore, data: DataSource, execution: ExecutionOptions, checkpointSeconds: Double
  ) {
    self.store = store
    self.data = data
    self.execution = execution
    self.checkpointSeconds = checkpointSeconds
  }

  /// Does everything that a plan holds, and keeps in the store why a run failed.
  ///
  /// - Throws: ``ResumableError`` when it was stopped on the way, ``Torch/DeviceError``, and
  ///   ``Workers/WorkerError`` when workers cannot be started.
  public func perform(_ plan: JobPlan) throws -> PoolReport {
    let device = try execution.checkedDevice()
    let workers = try execution.workerCount(on: device)
    let arguments =
      [
        "worker", "--store", store.root.path, "--device", device.description, "--threads",
        String(execution.threads), "--checkpoint-seconds", String(checkpointSeconds),
      ] + data.arguments
    // Decoded once here, and mapped by every worker.
    DataShelf.prepare(for: plan.entries.map(\.job), source: data)
    let items = try plan.entries.map { entry in
      WorkItem(
        id: entry.identifier, label: entry.label, dependencies: entry.dependencies,
        payload: try CanonicalJSON.encode(entry.job), cost: JobCost.seconds(of: entry.job))
    }
    let pool = WorkerPool(
      executable: Self.executable, arguments: arguments, workers: min(workers, max(1, items.count)),
      // A worker of several on CUDA sees one device, under the first number.
      environmentOfWorker: { number in
        guard case .cuda = device, workers > 1 else { return [:] }
        return ["CUDA_VISIBLE_DEVICES": String(number - 1)]
      }, graceSeconds: graceSeconds, insistence: insistence,
      memoryLimit: execution.memoryLimitBytes)
    let report = try pool.run(
      items, observer: ProgressDisplay(noun: "jobs", verbosity: execution.quiet ? .quiet : .normal))
    try keepFailures(report, of: plan, on: device)
    guard !report.isInterrupted else {
      throw ResumableError(
        message:
          "stopped; finished runs are kept in \(store.root.relativePath), and the same command "
          + "continues the others where they were")
    }
    return report
  }

  /// Writes records of runs that could not write their own.
  private func keepFailures(_ report: PoolReport, of plan: JobPlan, on device: Device) throws {
    let jobs = Dictionary(
      plan.entries.map { ($0.identifier, $0.job) }, uniquingKeysWith: { first, _ in first })
    for (identifier, failure) in report.failures {
      guard case .run(let specification) = jobs[identifier], !failure.cause.isFinal else {
        continue
      }
      do {
        try store.keep(
          .init(
            cause: failure.cause, message: failure.message, lastLines: failure.lastLines.suffix(20)),
          of: specification, on: device)
      } catch let error as FileSystemError where failure.exitStatus == error.exitStatus {
        // What failed is the disk: the failure itself tells that.
      }
    }
  }

  /// Throws for a failure that is no result of its own, as a diverged run is.
  public static func check(_ report: PoolReport?, console: Console) throws {
    let failures = report?.failures ?? []
    if !failures.isEmpty { console.note("\(failures.count) job(s) failed") }
    if let serious = failures.first(where: { $0.failure.cause != .nonFinite }) {
      throw FailedJobsError(
        message: "\(serious.id.prefix(10)): \(serious.failure.message)",
        exitStatus: serious.failure.exitStatus)
    }
  }

  /// This executable, also when it was found by `PATH`.
  static var executable: URL {
    let own = URL(fileURLWithPath: "/proc/self/exe")
    return own.resolvingSymlinksInPath()
  }
}

/// Work that was stopped and can be continued.
public struct ResumableError: ReportableError {
  /// What happened and how to go on.
  public let message: String
  /// 75.
  public var exitStatus: ExitStatus { .resumable }
}

/// Work of which a part failed for another reason than its own result.
public struct FailedJobsError: ReportableError {
  /// What failed and why.
  public let message: String
  /// The status that the failure names.
  public let exitStatus: ExitStatus

  /// Creates an error.
  public init(message: String, exitStatus: ExitStatus) {
    self.message = message
    self.exitStatus = exitStatus
  }
}
