import Experiments
import Reporting
import RunStore
import Torch

/// What jobs will take on this machine: by records of the same cell, or by a short measurement.
struct JobPricing {
  private let measurement: RateMeasurement
  private let recorded: [String: Double]

  /// Prepares prices.
  ///
  /// Records count whose hardware, device and threads are those of this machine and command.
  ///
  /// - Parameters:
  ///   - runs: The runs that are to be priced.
  ///   - results: The records that are there.
  ///   - device: Where the work will be done.
  ///   - threads: The tensor threads of a worker.
  ///   - shelf: Where the size of own images is read.
  init(
    _ runs: [Request.PlannedCell], results: ResultSet, device: Device, threads: Int,
    shelf: DataShelf
  ) {
    measurement = RateMeasurement(device: device, shelf: shelf)
    let here = ProvenanceCollector().provenance(
      device: device, started: "", seconds: 0, resumed: 0, digests: [:])
    var seconds: [CellAddress: Double] = [:]
    for address in Set(runs.map(\.address)) {
      let times = results.finishedRecords(at: address).map(\.provenance).filter {
        $0.hardware == here.hardware && $0.device == here.device && $0.threads == threads
          && $0.seconds > 0
      }.map(\.seconds)
      if !times.isEmpty { seconds[address] = times.reduce(0, +) / Double(times.count) }
    }
    recorded = Dictionary(
      runs.compactMap { run in seconds[run.address].map { (run.key.text, $0) } },
      uniquingKeysWith: max)
  }

  /// The prices of a plan's jobs, in its order.
  ///
  /// - Throws: ``Datasets/DatasetError`` when own images cannot be read.
  func prices(of plan: JobPlan) throws -> [JobPrice] {
    var chain: [String: Double] = [:]
    return try plan.entries.map { entry in
      let isRun = if case .run = entry.job { true } else { false }
      let seconds = try recorded[entry.identifier] ?? measurement.seconds(of: entry.job)
      let before = entry.dependencies.compactMap { chain[$0] }.max() ?? 0
      chain[entry.identifier] = before + seconds
      return JobPrice(
        identifier: entry.identifier, isRun: isRun, seconds: seconds, chain: before + seconds)
    }
  }
}
