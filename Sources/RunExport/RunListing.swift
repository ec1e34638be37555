import Foundation
import RunStore

/// The runs of a store, one entry each.
///
/// Nothing is passed over: what cannot be read is listed as damaged, with the reason.
public struct RunListing: Codable, Hashable, Sendable {
  /// One run.
  public struct Entry: Codable, Hashable, Sendable {
    /// The run's key; for what is no run, its name.
    public var id: String
    /// How far it is.
    public var state: ListedState
    /// What it is, as far as its specification can be read.
    public var facts: RunFacts
    /// The epochs that are trained.
    public var epochs: Int
    /// The test accuracy of the last of them, in 0...1.
    public var lastTestAccuracy: Double?
    /// The bytes in its folder.
    public var bytes: Int
    /// When it ended, or else when its folder last changed; ISO 8601 in UTC.
    public var date: String
    /// Why it failed, or what is damaged.
    public var problem: String?
  }

  /// The entries in the order of their keys.
  public var entries: [Entry]

  /// Lists a store; one that does not exist has no runs.
  ///
  /// - Parameters:
  ///   - store: The store.
  ///   - names: How methods and networks are called.
  ///   - filter: Which entries to keep.
  /// - Throws: ``FileSystemError`` when a folder of runs cannot be read.
  public init(
    of store: RunStore, names: RunNames = .init(), filter: RunFilter = .init()
  ) throws {
    entries = try StoredRun.all(in: store)
      .map { try Entry($0, in: store, names: names) }
      .filter { filter.passes($0.facts, $0.state) }
  }

  /// The bytes of all entries.
  public var bytes: Int { entries.reduce(0) { $0 + $1.bytes } }

  /// The entries as canonical JSON.
  public func json() throws -> Data { try CanonicalJSON.encode(self, nonFinite: .text) }

  /// A head and one line a run, in columns: id, state, method, data set, noise, seeds, epochs, last test accuracy, size
  /// and date; a dash where there is nothing, and the problem at the end where there is one.
  public var lines: [String] {
    let head = [
      "id", "state", "method", "dataset", "noise", "seeds", "epochs", "test", "size", "date", "",
    ]
    let rows = [head] + entries.map(\.cells)
    let widths = head.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    let numeric: Set = [6, 7, 8]
    return rows.map { cells in
      let padded = cells.enumerated().map { column, cell in
        let space = String(repeating: " ", count: widths[column] - cell.count)
        return numeric.contains(column) ? space + cell : cell + space
      }
      let line = padded.joined(separator: "  ")
      return String(line.reversed().drop { $0 == " " }.reversed())
    }
  }
}

extension RunListing.Entry {
  /// Reads a run.
  init(_ run: StoredRun, in store: RunStore, names: RunNames) throws {
    let survey = try FolderSurvey(run.folder)
    id = run.name
    state = .damaged
    facts = RunFacts()
    epochs = 0
    bytes = survey.bytes
    date = FolderSurvey.text(survey.changed)
    guard let key = run.key else {
      problem = "no run has this name"
      return
    }
    do {
      if let record = try store.record(of: key) {
        facts = RunFacts(specification: record.specification, noise: record.noise, names: names)
        epochs = record.epochs.count
        lastTestAccuracy = record.epochs.last?.testAccuracy
        date = record.provenance.finished
        state = ListedState(record.outcome)
        if case .failed(let failure) = record.outcome {
          problem = "\(failure.cause.rawValue): \(failure.message)"
        }
        return
      }
      if let specification = try run.specification(in: store) {
        facts = RunFacts(specification: specification, names: names)
        let metrics = try store.metrics(of: key)
        epochs = metrics.count
        lastTestAccuracy = metrics.last?.testAccuracy
        state = .started
      } else {
        problem = "it has neither a specification nor a record"
      }
    } catch let error as any ReportableError {
      problem = error.message
      if let specification = try? run.specification(in: store) {
        facts = RunFacts(specification: specification, names: names)
      }
    }
  }

  /// The columns of ``RunListing/lines``.
  fileprivate var cells: [String] {
    let seeds = Set(facts.seeds.values)
    let seedText =
      seeds.count == 1
      ? seeds.map { String($0) }.joined()
      : facts.seeds.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        .joined(separator: " ")
    return [
      String(id.prefix(10)), state.rawValue, facts.method ?? "-", facts.dataset ?? "-",
      facts.noise ?? "-", seedText.isEmpty ? "-" : seedText, String(epochs),
      lastTestAccuracy.map { String(format: "%.2f %%", 100 * $0) } ?? "-",
      Self.size(bytes), date, problem ?? "",
    ]
  }

  /// Bytes in the largest decimal unit of which there is at least one.
  static func size(_ bytes: Int) -> String {
    var value = Double(bytes)
    var units = ["B", "kB", "MB", "GB", "TB"][...]
    while value >= 999.95, units.count > 1 {
      value /= 1000
      units.removeFirst()
    }
    return bytes < 1000 ? "\(bytes) B" : String(format: "%.1f ", value) + (units.first ?? "")
  }
}
