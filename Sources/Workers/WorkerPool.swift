import Foundation
import Logging

/// Does a list of items in worker processes, each item after those it depends on.
///
/// A worker is an executable that calls ``WorkerMain/run(_:)``. It takes items one after another,
/// so that it loads its libraries and data once. A worker that dies is started again, and its item
/// is tried once more; an item that fails does not hold up the others.
public struct WorkerPool: Sendable {
  /// The worker's executable.
  public var executable: URL
  /// Its arguments.
  public var arguments: [String]
  /// The number of worker processes, at least 1.
  public var workers: Int
  /// What is added to this process's environment; wins over the pool's own settings.
  public var environment: [String: String]
  /// What is added to the environment of one worker (numbered from 1), for example the device it
  /// may see.
  public var environmentOfWorker: @Sendable (Int) -> [String: String]
  /// Seconds that workers have to reach a stopping place after an interrupt; those that do not are
  /// killed.
  public var graceSeconds: Double
  /// What a second signal to stop means.
  public enum Insistence: Hashable, Sendable {
    /// That nobody wants to wait: the workers are killed.
    case stopsAtOnce
    /// Nothing: whoever sends signals may send several for one reason.
    case ignored
  }

  /// What a second signal to stop means.
  public var insistence: Insistence
  /// How often an item is started before the death of its worker counts as its failure.
  public var attempts: Int
  /// The bytes that all workers together may take; nil means no limit.
  ///
  /// Beyond it the pool goes on with fewer workers, and always with one.
  public var memoryLimit: Int?
  /// Where starts and ends of processes are logged, at the level `debug`.
  public var logger: Logger

  /// One thread for each tensor library, since every worker has a core to itself; no spinning while
  /// waiting; and no stack trace after a crash, which would push a worker's last words out of
  /// sight.
  static let baseEnvironment = [
    "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1",
    "OMP_WAIT_POLICY": "passive", "SWIFT_BACKTRACE": "enable=no",
  ]

  /// Creates a pool; nothing is started yet.
  public init(
    executable: URL, arguments: [String], workers: Int, environment: [String: String] = [:],
    environmentOfWorker: @escaping @Sendable (Int) -> [String: String] = { _ in [:] },
    graceSeconds: Double = 10, insistence: Insistence = .stopsAtOnce, attempts: Int = 2,
    memoryLimit: Int? = nil,
    logger: Logger = Logger(label: "plumbline.workers")
  ) {
    precondition(workers >= 1, "a pool of \(workers) workers")
    precondition(attempts >= 1, "\(attempts) attempts")
    self.executable = executable
    self.arguments = arguments
    self.workers = workers
    self.environment = environment
    self.environmentOfWorker = environmentOfWorker
    self.graceSeconds = graceSeconds
    self.insistence = insistence
    self.attempts = attempts
    self.memoryLimit = memoryLimit
    self.logger = logger
  }

  /// Does the items and tells what became of each.
  ///
  /// While it works, `SIGINT`, `SIGTERM` and `SIGHUP` to this process ask the workers to stop at
  /// their next stopping place, and a second such signal kills them at once; either way the report
  /// says that it was interrupted. `SIGPIPE` is ignored from then on.
  ///
  /// - Parameters:
  ///   - items: The work; every dependency is another item of the list or one of `completed`.
  ///   - completed: Names that count as finished.
  ///   - observer: Told what happens, on the calling thread.
  /// - Returns: What became of every item.
  /// - Throws: ``WorkerError`` for a list that cannot be worked off, and when workers cannot be started at all.
  public func run(
    _ items: [WorkItem], completed: Set<String> = [], observer: (any PoolObserver)? = nil
  ) throws -> PoolReport {
    let plan = try WorkPlan(items, completed: completed)
    signal(SIGPIPE, SIG_IGN)
    let run = PoolRun(pool: self, plan: plan, observer: observer)
    let mailbox = run.mailbox
    let signals = StopSignals { _ in mailbox.post(.interrupt) }
    defer { signals.cancel() }
    return try run.run()
  }

  func environment(ofWorker number: Int) -> [String: String] {
    let layers = [
      ProcessInfo.processInfo.environment, Self.baseEnvironment, environment,
      environmentOfWorker(number),
    ]
    return layers.reduce(into: [:]) { result, layer in result.merge(layer) { $1 } }
  }
}
