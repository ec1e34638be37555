import ArgumentParser
import Datasets
import Experiments
import Foundation
import RunStore
import Torch
import Workers

/// The worker's side, which takes jobs from its parent; not for people.
public struct WorkerCommand: ParsableCommand {
  /// The name, which help does not show.
  public static let configuration = CommandConfiguration(
    commandName: "worker", shouldDisplay: false)

  @Option var store: String
  @Option var device: String
  @Option var threads: Int
  @OptionGroup var data: DataOptions
  @Option var checkpointSeconds = 5.0

  /// Creates the command.
  public init() {}

  /// Does jobs until there are no more.
  public func run() throws {
    Runtime.threads = threads
    Runtime.keepFreedMemory()
    let executor = RunExecutor(
      store: RunStore(root: URL(fileURLWithPath: store, isDirectory: true)),
      device: try Device(parsing: device), data: data.source,
      checkpointInterval: checkpointSeconds, waitsForOthers: false)
    let status = try WorkerMain.run { item, report, isStopped in
      let job = try CanonicalJSON.decodeStrictly(Job.self, from: item.payload)
      let watch = ExecutionWatch(
        report: { progress in
          report(
            WorkProgress(
              stage: progress.stage, epoch: progress.done, epochs: progress.total,
              loss: progress.loss, imagesPerSecond: progress.imagesPerSecond))
        }, isStopped: isStopped)
      switch try Self.perform(job, by: executor, watch: watch) {
      case .finished: return .finished
      case .stopped: return .stopped
      case .busy: return .busy
      case .failed(let failure):
        return .failed(WorkFailure(cause: failure.cause, message: failure.message))
      }
    }
    throw ExitCode(status.rawValue)
  }

  private static func perform(
    _ job: Job, by executor: RunExecutor, watch: ExecutionWatch
  ) throws -> ExecutionOutcome {
    do {
      return try executor.perform(job, watch: watch)
    } catch let error as RunFailure {
      throw WorkFailure(cause: error.failure.cause, message: error.failure.message)
    } catch let error as TorchError where error.isOutOfMemory {
      throw WorkFailure(cause: .outOfMemory, message: error.description)
    }
  }
}
