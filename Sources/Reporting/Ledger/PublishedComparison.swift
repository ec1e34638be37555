import Statistics

/// Measured against published accuracies, cell by cell, read from one report's `table.csv`.
///
/// At the paper's scale a cell is measured minus published. At any other scale levels differ for
/// reasons that have nothing to do with a method, so the median difference of each column is taken
/// off: what is left says where the order differs.
struct PublishedComparison {
  /// A cell.
  enum Cell: Hashable {
    /// The difference as a fraction, and in units of √(s² + s′²) of both deviations where both are known.
    case difference(Double, deviations: Double?)
    /// Why there is none.
    case empty(String)
  }

  /// The selection rule that the measured numbers are read by.
  static let rule = SelectionRule.bestOnNoisyValidation
  /// What a cell says for which the paper prints no number.
  static let unpublished = "not published"
  /// What a cell says whose column has too few methods to compare their order.
  static let tooFew = "too few methods"
  /// How many methods of a column must have both numbers for their order to be compared.
  static let fewest = 3

  /// The report.
  let report: ReportFolder
  /// The rows for which the paper prints a number, in order of the report.
  let rows: [String]
  /// The rows for which it prints none.
  let rowsWithout: [String]
  /// The columns.
  let columns: [String]
  private let cells: [CellAddress: Cell]

  /// Whether numbers are compared as they are, without taking off a median.
  var isComparable: Bool { report.claims.profile.isPaperScale }

  /// Compares a report's numbers; nil when the paper prints none of them.
  init?(_ report: ReportFolder) {
    let read = report.cells.filter { $0.rule == Self.rule }
    guard read.contains(where: { $0.published != nil }) else { return nil }
    func distinct(_ names: [String]) -> [String] {
      var seen: Set<String> = []
      return names.filter { seen.insert($0).inserted }
    }
    let all = distinct(read.map(\.address.row))
    let printed = Set(read.filter { $0.published != nil }.map(\.address.row))
    self.report = report
    rows = all.filter(printed.contains)
    rowsWithout = all.filter { !printed.contains($0) }
    columns = distinct(read.map(\.address.column))
    let isComparable = report.claims.profile.isPaperScale
    var cells: [CellAddress: Cell] = [:]
    for column in columns {
      let line = read.filter { $0.address.column == column && printed.contains($0.address.row) }
      let differences = line.compactMap { cell in
        cell.mean.flatMap { mean in cell.published.map { mean - $0 } }
      }
      let isTooShort = !isComparable && differences.count < Self.fewest
      let level =
        isComparable || differences.isEmpty ? 0 : quantile(sorted: differences.sorted(), 0.5)
      for cell in line {
        guard let published = cell.published else {
          cells[cell.address] = .empty(Self.unpublished)
          continue
        }
        guard let mean = cell.mean else {
          cells[cell.address] = .empty(cell.state)
          continue
        }
        guard !isTooShort else {
          cells[cell.address] = .empty(Self.tooFew)
          continue
        }
        var deviations: Double?
        if isComparable, let ours = cell.spread, let theirs = cell.publishedSpread {
          let scale = (ours * ours + theirs * theirs).squareRoot()
          deviations = scale > 0 ? (mean - published) / scale : nil
        }
        cells[cell.address] = .difference(mean - published - level, deviations: deviations)
      }
    }
    self.cells = cells
  }

  /// The cell of a row and a column.
  func cell(row: String, column: String) -> Cell {
    cells[CellAddress(row: row, column: column)] ?? .empty(Self.unpublished)
  }

  /// The reasons of empty cells with their counts, the most frequent first.
  var emptyStates: [(reason: String, count: Int)] {
    var counts: [String: Int] = [:]
    for row in rows {
      for column in columns {
        if case .empty(let reason) = cell(row: row, column: column) {
          counts[reason, default: 0] += 1
        }
      }
    }
    return counts.map { ($0.key, $0.value) }.sorted { ($1.1, $0.0) < ($0.1, $1.0) }
  }

  /// What a reason for an empty cell means.
  static func explanation(of reason: String) -> String {
    switch reason {
    case unpublished: return "the paper prints no number here"
    case tooFew: return "fewer than \(fewest) methods of the column have both numbers"
    case "not run": return "the run was never started"
    case "not finished": return "the run is going on, or was stopped and can be continued"
    case "diverged": return "the loss was no longer finite"
    case "record damaged": return "the run's record cannot be read"
    case "no finite number": return "the run ended without a finite test accuracy"
    case "not applicable": return "the method does not apply to this noise"
    case "not available": return "data, weights or a generator that it needs are not here"
    default: return "the run ended early"
    }
  }
}
