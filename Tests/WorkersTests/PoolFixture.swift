import Foundation
import Workers

/// A folder, and items that `FakeWorker` works off in it.
final class PoolFixture {
  private struct Task: Codable {
    var kind: String
    var folder: URL
    var epochs: Int
    var milliseconds: Int
  }

  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("plumbline-test-\(UUID().uuidString)", isDirectory: true)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// The executable that the package builds beside the tests.
  static var executable: URL {
    URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
      .deletingLastPathComponent().appendingPathComponent("FakeWorker")
  }

  func item(
    _ id: String, _ kind: String = "finish", after dependencies: [String] = [], epochs: Int = 2,
    milliseconds: Int = 1, cost: Double = 1
  ) throws -> WorkItem {
    let task = Task(kind: kind, folder: folder, epochs: epochs, milliseconds: milliseconds)
    return WorkItem(
      id: id, label: "label of \(id)", dependencies: dependencies,
      payload: try JSONEncoder().encode(task), cost: cost)
  }

  func pool(workers: Int = 2, argument: String = "worker", grace: Double = 5) -> WorkerPool {
    WorkerPool(
      executable: Self.executable, arguments: [argument], workers: workers, graceSeconds: grace)
  }

  /// What a worker left in the folder under a name.
  func trace(_ name: String) -> String? {
    try? String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
  }

  /// Waits until a worker has left something under a name.
  func wait(for name: String) -> Bool {
    for _ in 0..<200 {
      if trace(name) != nil { return true }
      usleep(50_000)
    }
    return false
  }

  /// Starts a pool in a process of its own.
  func startPool(items: Int, epochs: Int, kind: String = "finish") throws -> (Process, Pipe) {
    let process = Process()
    process.executableURL = Self.executable
    process.arguments = ["pool", folder.path, "\(items)", "\(epochs)", kind]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    return (process, output)
  }
}

/// An observer that remembers what it was told.
final class RecordingObserver: PoolObserver {
  var events: [PoolEvent] = []
  var snapshots: [PoolSnapshot] = []
  var ended = 0

  func pool(did event: PoolEvent, snapshot: PoolSnapshot) {
    events.append(event)
    snapshots.append(snapshot)
  }
  func pool(at snapshot: PoolSnapshot) { snapshots.append(snapshot) }
  func poolEnded(snapshot: PoolSnapshot) { ended += 1 }
}
