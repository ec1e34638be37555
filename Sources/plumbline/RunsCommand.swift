import ArgumentParser
import Experiments
import Foundation
import Methods
import Models
import Reporting
import Reproduction
import RunExport
import RunStore

/// The store of runs: what is in it, in which forms it can leave, and what may go.
struct RunsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runs",
    abstract: "List, show, export, verify, prune, bundle and compare stored runs.",
    subcommands: [
      List.self, Show.self, Export.self, Verify.self, Prune.self, Bundle.self, Import.self,
      Compare.self,
    ])

  /// Which store, and which of its runs.
  struct Selection: ParsableArguments {
    @Option(help: "The folder of runs.")
    var store = "runs"

    @Option(help: "Only runs of these methods, as a list of identifiers.")
    var methods: String?

    @Option(help: "Only runs under these noises, as a list such as symmetric-50.")
    var noise: String?

    @Option(help: "Only runs in these states: done, failed, started or damaged.")
    var states: String?

    /// The store, which must be there.
    func runStore() throws -> RunStore { try RunsCommand.store(store) }

    func filter() throws -> RunFilter {
      func names(_ list: String?) -> Set<String> {
        Set((list ?? "").split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) })
      }
      let states = try names(states).map { name in
        guard let state = ListedState(rawValue: name) else {
          throw CellError(
            message: "unknown state '\(name)': expected one of "
              + ListedState.allCases.map(\.rawValue).joined(separator: ", "))
        }
        return state
      }
      return RunFilter(methods: names(methods), noises: names(noise), states: Set(states))
    }
  }

  /// Methods and networks as the catalogues call them.
  static let names = RunNames(
    method: { tree in
      (try? CanonicalJSON.encode(tree)).flatMap {
        try? CanonicalJSON.decode(MethodConfiguration.self, from: $0).identifier
      }
    },
    model: { tree in
      (try? CanonicalJSON.encode(tree)).flatMap {
        try? CanonicalJSON.decode(ModelConfiguration.self, from: $0).displayName
      }
    })

  static func store(_ path: String) throws -> RunStore {
    let root = URL(fileURLWithPath: path, isDirectory: true)
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: root.path, isDirectory: &isFolder),
      isFolder.boolValue
    else {
      throw FailedJobsError(
        message: "\(path): expected a folder of runs, found none; name it with --store",
        exitStatus: .inputMissing)
    }
    return RunStore(root: root)
  }

  /// One line a run.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "One line a run.")

    @OptionGroup var selection: Selection
    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
      let listing = try RunListing(
        of: selection.runStore(), names: RunsCommand.names, filter: selection.filter())
      if json {
        Console.result(String(decoding: try listing.json(), as: UTF8.self))
      } else {
        for line in listing.lines { Console.result(line) }
      }
    }
  }

  /// Everything about one run.
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Specification, numbers and provenance of one run.")

    @Argument(help: "The first digits of the run's id.")
    var id: String

    @Option(help: "The folder of runs.")
    var store = "runs"

    @Flag(help: "Print the whole record as JSON, every epoch included.")
    var json = false

    func run() throws {
      let store = try RunsCommand.store(store)
      let keys = try store.keys().filter { $0.text.hasPrefix(id.lowercased()) }
      guard let key = keys.first, keys.count == 1 else {
        throw CellError(
          message: "\(keys.count) runs begin with '\(id)': list them with plumbline runs list")
      }
      guard let record = try store.record(of: key) else {
        throw FailedJobsError(
          message: "\(key.short) has no record yet: it is running, or was stopped",
          exitStatus: .inputMissing)
      }
      if json {
        Console.result(
          String(decoding: try CanonicalJSON.encode(record, nonFinite: .text), as: UTF8.self))
        return
      }
      Console.result("id             \(key.text)")
      Console.result("outcome        \(Self.text(of: record.outcome))")
      for rule in SelectionRule.allCases {
        guard let value = rule.select(from: record)?.value else { continue }
        Console.result(String(format: "%6.2f %%       ", 100 * value) + rule.markedName)
      }
      for (name, value) in record.scalars.sorted(by: { $0.key < $1.key }) {
        Console.result("\(name) = \(value)")
      }
      let specification = String(
        decoding: try CanonicalJSON.encode(record.specification), as: UTF8.self)
      Console.result("specification  \(specification)")
      Console.result("seconds        \(record.provenance.seconds)")
      Console.result("commit         \(record.provenance.commit)")
    }

    private static func text(of outcome: RunRecord.Outcome) -> String {
      switch outcome {
      case .done: "done"
      case .failed(let failure): "failed (\(failure.cause.rawValue)): \(failure.message)"
      }
    }
  }

  /// Results for other programs.
  struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Write results as CSV, one line a number, or as an SQLite database.")

    @OptionGroup var selection: Selection

    @Option(help: "The CSV file to write.")
    var csv: String?

    @Option(help: "The SQLite database to write, with the tables runs, epochs and scalars.")
    var sqlite: String?

    func validate() throws {
      guard csv != nil || sqlite != nil else {
        throw ValidationError("expected --csv FILE or --sqlite FILE")
      }
    }

    func run() throws {
      let exporter = RunExporter(
        try selection.runStore(), names: RunsCommand.names, filter: try selection.filter())
      for (path, write) in [(csv, exporter.writeCSV), (sqlite, exporter.writeSQLite)] {
        guard let path else { continue }
        let summary = try write(URL(fileURLWithPath: path))
        Console.result("\(path): \(summary.runs) runs, \(summary.measurements) measurements")
      }
    }
  }

  /// What may go.
  struct Prune: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Say what can be removed and how much that frees; remove it with --apply.",
      discussion: "A finished run goes only when it is named.")

    @Option(help: "The folder of runs.")
    var store = "runs"

    @Option(help: "Runs that go whatever their state, as a list of whole ids.")
    var runs: String?

    @Option(help: "The least age in days of unfinished work that goes.")
    var days = 14.0

    @Flag(inversion: .prefixedNo, help: "Whether failed runs go.")
    var failed = true

    @Flag(help: "Remove it; without this, nothing is changed.")
    var apply = false

    func run() throws {
      let store = try RunsCommand.store(store)
      let named = try (runs ?? "").split(separator: ",").map { try RunKey(String($0)) }
      let plan = try RunPruning(
        of: store,
        options: .init(
          unfinishedAge: days * 86_400, includesFailed: failed, named: Set(named)))
      for item in plan.items {
        Console.result("\(item.reason.rawValue)  \(item.bytes)  \(item.path)")
      }
      for remark in plan.remarks { Console.result(remark) }
      guard apply else {
        Console.result("\(plan.items.count) items, \(plan.bytes) bytes; --apply removes them")
        return
      }
      let outcome = try plan.apply(to: store)
      for kept in outcome.kept { Console.result("kept  \(kept)") }
      Console.result("\(outcome.removed.count) items removed, \(outcome.bytes) bytes freed")
    }
  }
}
