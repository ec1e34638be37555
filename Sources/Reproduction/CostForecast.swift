import Datasets
import Experiments
import Foundation
import RunStore
import Workers

/// What a list of runs will cost on this machine, measured by a few steps of each kind of work.
public struct CostForecast {
  /// The runs asked for, those with a record, and the jobs that are still to be done.
  public let runs: Int
  /// The runs that have a record.
  public let cached: Int
  /// The jobs that are still to be done.
  public let jobs: Int
  /// The seconds until the last job ends.
  public let seconds: Double
  /// The seconds of work, summed over the workers.
  public let workSeconds: Double
  /// What a busy worker draws.
  public let power: PowerDraw
  /// The number of workers.
  public let workers: Int
  /// The bytes that checkpoints, records and generated images will take.
  public let diskBytes: Int
  /// The bytes that have to be fetched first.
  public let downloadBytes: Int
  private let place: String

  /// Measures and adds up.
  ///
  /// - Throws: What reading the store throws, and an error of usage for an impossible number of workers or power.
  public init(
    _ runs: [(label: String, specification: RunSpecification)], analyses: [Analysis] = [],
    store: RunStore,
    data: DataSource, execution: ExecutionOptions, energy: EnergyOptions
  ) throws {
    let plan = try JobPlan(runs: runs, store: store, analyses: analyses)
    let device = try execution.checkedDevice()
    execution.configureProcess()
    workers = try execution.workerCount(on: device)
    place = device.description
    power = try energy.draw(of: device, threads: execution.threads)
    self.runs = runs.count
    cached = try runs.count { try Job.run($0.specification).isDone(in: store) }
    jobs = plan.entries.count
    let shelf = DataShelf(source: data, device: .cpu)
    let measurement = RateMeasurement(device: device, shelf: shelf)
    var chain: [String: Double] = [:]
    var total = 0.0
    for entry in plan.entries {
      let cost = try measurement.seconds(of: entry.job)
      total += cost
      chain[entry.identifier] = cost + (entry.dependencies.compactMap { chain[$0] }.max() ?? 0)
    }
    // No plan is shorter than its longest chain of dependent jobs.
    workSeconds = total
    seconds = max(total / Double(workers), chain.values.max() ?? 0)
    diskBytes = try plan.entries.reduce(0) { try $0 + $1.job.diskBytes(shelf: shelf) }
    downloadBytes = Set(runs.map(\.specification.data.dataset)).reduce(0) { sum, dataset in
      sum + DatasetCatalog.downloadBytes(of: dataset, into: data.folder)
    }
  }

  /// The energy of all work, in kWh; that of machines that wait is not in it.
  public var kilowattHours: Double { power.kilowattHours(seconds: workSeconds) }

  private static func size(_ bytes: Int) -> String {
    String(format: "%.1f MB", Double(bytes) / 1e6)
  }

  /// Everything in one line.
  public var line: String {
    [
      "\(runs) cells (\(cached) cached)", String(format: "%.2f h", seconds / 3600),
      PowerDraw.text(kilowattHours: kilowattHours), "\(Self.size(diskBytes)) on disk",
      downloadBytes == 0 ? "no download" : "\(Self.size(downloadBytes)) to fetch by make data",
    ].joined(separator: ", ")
  }

  /// One fact a line.
  public var text: String {
    [
      "cells      \(runs), \(cached) of them cached",
      "jobs       \(jobs) to do, with \(workers) worker(s) on \(place)",
      String(
        format: "time       about %@ (%.2f h)", DurationText.short(seconds: seconds),
        seconds / 3600),
      "energy     about \(PowerDraw.text(kilowattHours: kilowattHours)) (\(power.basis))",
      "disk       about \(Self.size(diskBytes))",
      "download   \(downloadBytes == 0 ? "nothing" : Self.size(downloadBytes) + ", by make data")",
    ].joined(separator: "\n")
  }
}
