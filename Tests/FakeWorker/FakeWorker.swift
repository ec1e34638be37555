import Foundation
import RunStore
import Workers

/// A worker that trains nothing, and a pool of such workers, for the tests of the module `Workers`.
///
/// `FakeWorker worker` is a worker; `FakeWorker broken` ends at once; `FakeWorker pool <folder>
/// <items> <epochs>` runs a pool of two workers and prints how it ended.
@main enum FakeWorker {
  /// What an item asks a worker to do.
  struct Task: Codable {
    /// `finish`, `fail`, `die`, `die-once`, `no-memory`, `out-of-memory`, `out-of-memory-once`, `exit`, `hang`, `busy`,
    /// `busy-thrice`.
    var kind: String
    /// Where the worker leaves its traces.
    var folder: URL
    var epochs = 1
    var milliseconds = 1
  }

  static func main() throws {
    switch CommandLine.arguments.dropFirst().first {
    case "worker": exit(try WorkerMain.run(handle).rawValue)
    case "pool": exit(try runPool(Array(CommandLine.arguments.dropFirst(2))).rawValue)
    default:
      FileHandle.standardError.write(Data("no data here\n".utf8))
      exit(ExitStatus.inputMissing.rawValue)
    }
  }

  static func handle(
    item: WorkItem, report: (WorkProgress) -> Void, isStopped: () -> Bool
  ) throws -> WorkOutcome {
    let task = try JSONDecoder().decode(Task.self, from: item.payload)
    let marker = task.folder.appendingPathComponent("\(item.id).tried")
    let wasTried = FileManager.default.fileExists(atPath: marker.path)
    try Data("\(getpid())".utf8).write(to: marker)
    print("chatter on standard output")
    FileHandle.standardError.write(Data("last words of \(item.id)\n".utf8))
    switch task.kind {
    case "fail": throw StoreError.damaged(path: "/data/images", reason: "short")
    case "die": raise(SIGKILL)
    case "die-once" where !wasTried: raise(SIGKILL)
    case "no-memory":
      FileHandle.standardError.write(Data("terminate called: std::bad_alloc\n".utf8))
      abort()
    case "out-of-memory", "out-of-memory-once":
      if task.kind == "out-of-memory" || !wasTried {
        throw WorkFailure(cause: .outOfMemory, message: "no memory for 3 tensors")
      }
    case "busy": return .busy
    case "busy-thrice":
      let looks = task.folder.appendingPathComponent("\(item.id).looks")
      let count = ((try? Data(contentsOf: looks))?.count ?? 0) + 1
      try Data(count: count).write(to: looks)
      if count <= 3 { return .busy }
    case "exit": exit(3)
    case "hang": while true { usleep(100_000) }
    default: break
    }
    return try train(item, task, report: report, isStopped: isStopped)
  }

  /// Counts epochs in a file, and so continues where it was stopped.
  private static func train(
    _ item: WorkItem, _ task: Task, report: (WorkProgress) -> Void, isStopped: () -> Bool
  ) throws -> WorkOutcome {
    let file = task.folder.appendingPathComponent("\(item.id).epoch")
    let stored = try? String(contentsOf: file, encoding: .utf8)
    var epoch = stored.flatMap { Int($0) } ?? 0
    while epoch < task.epochs {
      usleep(UInt32(task.milliseconds) * 1_000)
      epoch += 1
      try AtomicFile.write(Data("\(epoch)".utf8), to: file, durable: false)
      report(WorkProgress(epoch: epoch, epochs: task.epochs, loss: 1, imagesPerSecond: 1_000))
      if epoch < task.epochs && isStopped() { return .stopped }
    }
    let environment = ProcessInfo.processInfo.environment["OMP_NUM_THREADS"] ?? "unset"
    try AtomicFile.write(
      Data("\(getpid()) \(environment)".utf8),
      to: task.folder.appendingPathComponent("\(item.id).done"))
    return .finished
  }

  private static func runPool(_ arguments: [String]) throws -> ExitStatus {
    let folder = URL(fileURLWithPath: arguments[0])
    let kind = arguments.count > 3 ? arguments[3] : "finish"
    let task = Task(
      kind: kind, folder: folder, epochs: Int(arguments[2]) ?? 1, milliseconds: 50)
    let items = try (0..<(Int(arguments[1]) ?? 1)).map { number in
      WorkItem(
        id: "item-\(number)", label: "item \(number)", payload: try JSONEncoder().encode(task))
    }
    let executable = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    let pool = WorkerPool(
      executable: executable, arguments: ["worker"], workers: 2, graceSeconds: 1)
    let report = try pool.run(items, observer: ProgressDisplay())
    print(report.isInterrupted ? "interrupted" : "complete")
    return report.isInterrupted ? .resumable : .success
  }
}
