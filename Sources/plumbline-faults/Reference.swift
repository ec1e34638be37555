import Foundation
import RunStore

/// What an undisturbed call gives.
struct Reference: Sendable {
  /// The cells.
  let selection: Selection
  /// The bytes of `table.csv`.
  let table: Data
  /// The keys of its runs.
  let keys: [RunKey]
  /// The finished store, to be copied.
  let store: URL
  /// The number of records and assets.
  let resultCount: Int
  /// The bytes that the finished store takes.
  let pageBytes: Int
  /// Seconds from start to end.
  let seconds: Double
  /// Seconds until the store got its first file.
  let secondsToWork: Double
  /// Where and by what it was made.
  let provenance: Provenance

  /// Makes it.
  ///
  /// - Throws: ``TrialProblem`` when the program does not work undisturbed.
  init(_ selection: Selection, in workplace: Workplace) throws {
    let folder = workplace.scratch.appendingPathComponent("reference-\(selection.rawValue)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let root = folder.appendingPathComponent("runs", isDirectory: true)
    let reports = folder.appendingPathComponent("reports", isDirectory: true)
    let start = ContinuousClock.now
    func elapsed() -> Double { (ContinuousClock.now - start) / .seconds(1) }
    let sitting = try Sitting(
      workplace.program,
      selection.arguments + ["--store", root.path, "--reports", reports.path, "--jobs", "1"],
      environment: Workplace.environment(adding: [:]),
      errors: folder.appendingPathComponent("errors"))
    defer { sitting.killAll() }
    _ = try sitting.wait(atMost: workplace.patience) {
      access(root.appendingPathComponent("locks").path, F_OK) == 0
    }
    secondsToWork = elapsed()
    let ending = try sitting.wait(atMost: workplace.patience)
    seconds = elapsed()
    guard ending == .exit(0) else {
      throw TrialProblem("the undisturbed call ends with \(ending): \(sitting.lastWords)")
    }
    let store = RunStore(root: root)
    self.selection = selection
    self.store = root
    table = try Data(contentsOf: Self.tableFile(in: reports))
    keys = try store.keys()
    guard let key = keys.first, let record = try store.record(of: key) else {
      throw TrialProblem("the undisturbed call leaves no record in \(root.path)")
    }
    provenance = record.provenance
    let contents = StoreContents(root: root)
    resultCount = contents.resultCount
    pageBytes = contents.pageBytes
  }

  /// The table's file in a folder of reports.
  static func tableFile(in reports: URL) -> URL {
    reports.appendingPathComponent("\(Selection.report)/table.csv")
  }
}
