import ArgumentParser
import Experiments
import Foundation
import Reporting
import RunStore
import Torch

/// Runs one cell again, from its first epoch, and compares it with what is stored.
struct CellCommand<Item: Reproduction>: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "cell", abstract: "Run one cell again by the id that a report prints.")
  }

  @Argument(help: "The first digits of the run's id, as the report prints them.")
  var id: String

  @Flag(help: "Run nothing; tell by the exit status (0 or 1) whether the table has such a run.")
  var exists = false

  @OptionGroup var options: RequestOptions
  @OptionGroup var execution: ExecutionOptions

  func run() throws {
    if exists {
      guard (try? find()) != nil else { throw ExitCode(ExitStatus.failure.rawValue) }
      return
    }
    let cell = try find()
    let store = options.runStore
    let stored = try store.record(of: cell.key)
    let folder = store.root.appendingPathComponent("rerun-\(UUID().uuidString)", isDirectory: true)
    let scratch = try store.scratch(at: folder)
    defer { try? FileManager.default.removeItem(at: folder) }
    execution.configureProcess()
    let console = execution.console
    console.note("\(cell.key.short) \(cell.label)")
    let executor = RunExecutor(
      store: scratch, device: try execution.checkedDevice(), data: options.data.source,
      checkpointInterval: .infinity)
    let watch = ExecutionWatch(report: { progress in
      console.note("  \(progress.stage) \(progress.done)/\(progress.total)")
    })
    _ = try executor.perform(.run(cell.specification), watch: watch)
    guard let record = try scratch.record(of: cell.key) else {
      throw FailedJobsError(message: "the run left no record", exitStatus: .internalError)
    }
    if case .failed(let failure) = record.outcome {
      Console.result("failed (\(failure.cause.rawValue)): \(failure.message)")
    }
    for rule in SelectionRule.allCases {
      guard let value = rule.select(from: record)?.value else { continue }
      Console.result(String(format: "%.2f %%  ", 100 * value) + rule.markedName)
    }
    if let stored {
      Console.result(
        stored.epochs == record.epochs
          ? "equal in every epoch to the stored run"
          : "differs from the stored run, which was made on \(stored.provenance.hardware) "
            + "with libtorch \(stored.provenance.versions["libtorch"] ?? "?")")
    } else {
      try store.adopt(record)
      Console.result("the store had no such run; it has it now")
    }
  }

  /// The planned cell whose key begins with the id, at any profile, with the seeds asked for.
  private func find() throws -> Request.PlannedCell {
    guard !Item.methods.isEmpty else { throw RequestError.noCells(item: Item.title) }
    var options = options
    var found: [Request.PlannedCell] = []
    for profile in Profile.all {
      options.profile = profile.identifier
      guard !Item.columns(of: profile).isEmpty else { continue }
      let cells = try options.request(for: Item.self).cells()
      found += cells.filter { cell in
        cell.key.text.hasPrefix(id.lowercased()) && !found.contains { $0.key == cell.key }
      }
    }
    guard let cell = found.first, !id.isEmpty else { throw RequestError.unknownCell(id: id) }
    guard found.count == 1 else { throw RequestError.ambiguousCell(id: id) }
    return cell
  }
}

extension RunStore {
  /// A store of its own that reads the artefacts of this one.
  fileprivate func scratch(at folder: URL) throws -> RunStore {
    try AtomicFile.createFolder(folder)
    for name in ["assets", "echo"] {
      let shared = root.appendingPathComponent(name, isDirectory: true)
      try AtomicFile.createFolder(shared)
      try FileManager.default.createSymbolicLink(
        at: folder.appendingPathComponent(name), withDestinationURL: shared)
    }
    return RunStore(root: folder)
  }

  /// Takes over a record that was made elsewhere from the same specification.
  fileprivate func adopt(_ record: RunRecord) throws {
    try start(record.specification)
    try finish(record)
  }
}
