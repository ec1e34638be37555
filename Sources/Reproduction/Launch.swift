import Experiments
import Foundation
import RunStore
import Torch
import Workers

/// Does the jobs of a plan in worker processes of this executable.
struct Launch {
  let options: RequestOptions
  let execution: ExecutionOptions
  /// The least seconds between two checkpoints of a run.
  var checkpointSeconds = 5.0

  /// Does everything that a plan holds.
  ///
  /// - Throws: ``DeviceError``, and ``WorkerError`` when workers cannot be started.
  func perform(_ plan: JobPlan) throws -> PoolReport {
    let device = try execution.checkedDevice()
    let workers = try execution.workerCount(on: device)
    let store = options.runStore
    var arguments = [
      "worker", "--store", store.root.path, "--device", device.description, "--threads",
      String(execution.threads), "--checkpoint-seconds", String(checkpointSeconds),
    ]
    if let folder = options.dataFolder { arguments += ["--data-dir", folder.path] }
    let items = try plan.entries.map { entry in
      WorkItem(
        id: entry.identifier, label: entry.label, dependencies: entry.dependencies,
        payload: try CanonicalJSON.encode(entry.job), cost: JobCost.nominalSeconds(of: entry.job))
    }
    let pool = WorkerPool(
      executable: Self.executable, arguments: arguments, workers: min(workers, max(1, items.count)),
      // A worker of several on CUDA sees one device, under the first number.
      environmentOfWorker: { number in
        guard case .cuda = device, workers > 1 else { return [:] }
        return ["CUDA_VISIBLE_DEVICES": String(number - 1)]
      })
    return try pool.run(
      items, observer: ProgressDisplay(noun: "jobs", verbosity: execution.quiet ? .quiet : .normal))
  }

  /// This executable, also when it was found by `PATH`.
  private static var executable: URL {
    let own = URL(fileURLWithPath: "/proc/self/exe")
    return own.resolvingSymlinksInPath()
  }
}
