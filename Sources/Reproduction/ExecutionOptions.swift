import ArgumentParser
import Experiments
import Foundation
import RunStore
import Torch
import Workers

/// The options that say how work is done.
struct ExecutionOptions: ParsableArguments {
  @Option(help: "Where to train: auto, cpu, cuda or cuda:N.")
  var device = "cpu"

  @Option(help: "Worker processes; one a core, or one a GPU, when not given.")
  var jobs: Int?

  @Option(
    help: "Tensor threads of each worker; results are equal bit for bit for equal numbers only.")
  var threads = 1

  @Flag(help: "Say nothing but errors and results.")
  var quiet = false

  /// The device, checked.
  func checkedDevice() throws -> Device { try Device(parsing: device) }

  /// The number of workers on a device.
  func workerCount(on device: Device) throws -> Int {
    if let jobs {
      guard jobs >= 1 else { throw RequestError.badJobs(jobs) }
      return jobs
    }
    guard case .cuda = device else {
      return max(1, ProcessInfo.processInfo.activeProcessorCount / max(1, threads))
    }
    return self.device.contains(":") ? 1 : max(1, Device.cudaDeviceCount())
  }
}

/// The worker's side, which takes jobs from its parent; not for people.
struct WorkerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "worker", shouldDisplay: false)

  @Option var store: String
  @Option var device: String
  @Option var threads: Int
  @Option var dataDir: String?
  @Option var checkpointSeconds = 5.0

  func run() throws {
    Runtime.threads = threads
    Runtime.keepFreedMemory()
    let executor = RunExecutor(
      store: RunStore(root: URL(fileURLWithPath: store, isDirectory: true)),
      device: try Device(parsing: device),
      dataFolder: dataDir.map { URL(fileURLWithPath: $0, isDirectory: true) },
      checkpointInterval: checkpointSeconds)
    let status = try WorkerMain.run { item, report, isStopped in
      let job = try CanonicalJSON.decodeStrictly(Job.self, from: item.payload)
      let outcome = try executor.perform(
        job,
        report: { progress in
          report(
            WorkProgress(
              stage: progress.stage, epoch: progress.done, epochs: progress.total,
              loss: progress.loss, imagesPerSecond: progress.imagesPerSecond))
        }, isStopped: isStopped)
      switch outcome {
      case .finished: return .finished
      case .stopped: return .stopped
      case .failed(let failure):
        return .failed(WorkFailure(cause: failure.cause, message: failure.message))
      }
    }
    throw ExitCode(status.rawValue)
  }
}
