import ArgumentParser
import Experiments
import Foundation
import RunStore
import Torch
import Workers

/// The options that say how work is done.
public struct ExecutionOptions: ParsableArguments {
  @Option(help: "Where to train: auto, cpu, cuda or cuda:N.")
  var device = "cpu"

  @Option(
    help:
      "Worker processes; when not given, one a GPU, or one a core unless make bench-workers found fewer to be as fast."
  )
  var jobs: Int?

  @Option(
    help: "Tensor threads of each worker; results are equal bit for bit for equal numbers only.")
  var threads = 1

  @Option(
    help:
      "The memory that all workers together may take, such as 12G; beyond, there are fewer workers. Nine tenths of the machine's when not given."
  )
  var memoryLimit: ByteCount?

  @Flag(help: "Say nothing but errors and results.")
  var quiet = false

  /// Creates the options' defaults.
  public init() {}

  /// What is said to people.
  public var console: Console { Console(isQuiet: quiet) }

  /// The device, checked.
  ///
  /// - Throws: ``Torch/DeviceError`` when there is none of the name.
  public func checkedDevice() throws -> Device { try Device(parsing: device) }

  /// Sets threads and memory of this process.
  public func configureProcess() {
    Runtime.threads = threads
    Runtime.keepFreedMemory()
  }

  /// The bytes of memory that all workers together may take; nil where the machine does not say what it has.
  var memoryLimitBytes: Int? {
    memoryLimit?.bytes ?? ProcessMemory.limit().map { $0 / 10 * 9 }
  }

  /// The number of workers on a device.
  ///
  /// - Throws: An error of usage when the number asked for is below one.
  public func workerCount(on device: Device) throws -> Int {
    if let jobs {
      guard jobs >= 1 else { throw RequestError.badJobs(jobs) }
      return jobs
    }
    guard case .cuda = device else {
      let cores = ProcessInfo.processInfo.activeProcessorCount
      let measured = WorkerMeasurement.stored(
        processor: ProvenanceCollector.processorName(), cores: cores)
      if threads == 1, let best = measured?.bestWorkers { return best }
      return max(1, cores / max(1, threads))
    }
    return self.device.contains(":") ? 1 : max(1, Device.cudaDeviceCount())
  }
}

extension ByteCount: ExpressibleByArgument {
  /// Reads an argument such as `12G`.
  public init?(argument: String) { self.init(argument) }
}
