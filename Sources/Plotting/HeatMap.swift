import Foundation

/// A table of numbers as coloured cells with text; empty cells are hatched and explained.
public struct HeatMap: Chart {
  /// One cell.
  public enum Cell: Hashable, Sendable {
    /// A number; the text in the cell is the number unless another one is given.
    ///
    /// Lines after the first, parted by line breaks, are left out where the cells are too narrow.
    case value(Double, text: String? = nil)
    /// No number, for a reason.
    case absent(Absence)

    /// The number, if there is one.
    var number: Double? {
      if case .value(let number, _) = self { return number }
      return nil
    }
  }

  /// The names of the rows, from the top.
  public let rowNames: [String]
  /// The names of the columns, from the left.
  public let columnNames: [String]
  /// The cells, row by row.
  public let cells: [[Cell]]
  /// What the numbers are, with unit; stands beside the colour bar.
  public let valueLabel: String
  /// What the rows are; empty for no label.
  public var rowLabel = ""
  /// What the columns are; empty for no label.
  public var columnLabel = ""
  /// The range of the colours; nil for that of the data, symmetric around 0 for signed colours.
  public var range: ClosedRange<Double>?
  /// The colours.
  public var colorMap: ColorMap
  /// The decimals of the texts in the cells.
  public var decimals: Int
  /// Whether cells carry their texts; without, they may be small, and only some names are shown.
  public var showsTexts = true
  /// Whether a bar beside the map explains the colours.
  public var showsColorBar = true

  /// Creates a map.
  public init(
    rowNames: [String], columnNames: [String], cells: [[Cell]], valueLabel: String,
    colorMap: ColorMap = .sequential, decimals: Int = 1
  ) {
    precondition(
      cells.count == rowNames.count && cells.allSatisfy { $0.count == columnNames.count },
      "\(cells.map(\.count)) cells for \(rowNames.count) rows of \(columnNames.count)")
    precondition((0...9).contains(decimals), "\(decimals) decimals")
    self.rowNames = rowNames
    self.columnNames = columnNames
    self.cells = cells
    self.valueLabel = valueLabel
    self.colorMap = colorMap
    self.decimals = decimals
  }

  /// The range that the colours cover.
  var colorRange: ClosedRange<Double> {
    if let range { return range }
    let numbers = cells.flatMap { $0 }.compactMap(\.number)
    guard let extent = ClosedRange.covering(numbers) else { return 0...1 }
    if colorMap == .diverging {
      let reach = max(abs(extent.lowerBound), abs(extent.upperBound))
      return reach == 0 ? -1...1 : -reach...reach
    }
    return extent.lowerBound < extent.upperBound
      ? extent : Axis("").domain(for: extent)
  }

  /// Throws when a number or the range is not finite.
  public func validate() throws(PlotError) {
    for (row, line) in cells.enumerated() {
      for (column, cell) in line.enumerated() where !(abs(cell.number ?? 0) < 1e290) {
        throw .notFinite(
          chart: "heat map", item: "the cell \(rowNames[row]), \(columnNames[column])")
      }
    }
    if let range {
      guard range.lowerBound.isFinite, range.upperBound.isFinite else {
        throw .notFinite(chart: "heat map", item: "the range of the colours")
      }
      guard range.lowerBound < range.upperBound else {
        throw .unsuitable(chart: "heat map", reason: "the range \(range) has no length")
      }
    }
  }

  /// Returns the reasons of absence.
  public func legend(theme: Theme) -> [LegendEntry] {
    var seen: Set<Absence> = []
    return cells.flatMap { $0 }.compactMap { cell -> Absence? in
      if case .absent(let absence) = cell { return absence }
      return nil
    }.filter { seen.insert($0).inserted }.map {
      LegendEntry(.absence($0.mark, hatched: true), $0.explanation, isNote: true)
    }
  }

  /// The plotted data: one row per cell.
  public var table: DataTable {
    var table = DataTable(columns: ["row", "column", "value", "text", "absence"])
    for (row, line) in cells.enumerated() {
      for (column, cell) in line.enumerated() {
        let names: [DataTable.Field] = [.text(rowNames[row]), .text(columnNames[column])]
        switch cell {
        case .value(let number, _):
          table.append(names + [.number(number), .text(text(of: cell)), .empty])
        case .absent(let absence):
          table.append(names + [.empty, .text(absence.mark), .text(absence.explanation)])
        }
      }
    }
    return table
  }

  /// Returns the text in a cell.
  func text(of cell: Cell) -> String {
    switch cell {
    case .absent(let absence): return absence.mark
    case .value(_, .some(let text)): return text
    case .value(let number, nil):
      let digits = String(format: "%.\(decimals)f", abs(number))
      let isZero = !digits.contains { ("1"..."9").contains($0) }
      if isZero || number >= 0 {
        return colorMap == .diverging && !isZero ? "+\(digits)" : digits
      }
      return "\u{2212}\(digits)"
    }
  }
}
