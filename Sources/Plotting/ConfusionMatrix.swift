import Foundation

/// How often each class was taken for each other: counts, coloured by their share of the row.
///
/// A cell shows the percentage of its row and, below it, the count; the colours go from 0 to 100 %.
/// Where cells are too narrow for both, the count is left to the table; with more than 20 classes,
/// both are, and a bar explains the colours. A row without items is hatched.
public struct ConfusionMatrix: Chart {
  /// The names of the classes, in the order of rows and columns.
  public let classNames: [String]
  /// The counts: one row per class that an item has, one column per class it was taken for.
  public let counts: [[Int]]
  /// What the rows are.
  public var rowLabel: String
  /// What the columns are.
  public var columnLabel: String

  /// Creates a matrix from counts that are not negative.
  public init(
    classNames: [String], counts: [[Int]], rowLabel: String = "True class",
    columnLabel: String = "Predicted class"
  ) {
    precondition(
      counts.count == classNames.count && counts.allSatisfy { $0.count == classNames.count },
      "\(counts.map(\.count)) counts for \(classNames.count) classes")
    precondition(counts.allSatisfy { $0.allSatisfy { $0 >= 0 } }, "a count is negative")
    self.classNames = classNames
    self.counts = counts
    self.rowLabel = rowLabel
    self.columnLabel = columnLabel
  }

  private static let emptyRow = Absence(mark: "–", explanation: "no items of this class")
  /// The number of classes up to which cells have room for numbers, which explain the colours.
  private static let mostWithTexts = 20

  private var heatMap: HeatMap {
    let cells = counts.map { row -> [HeatMap.Cell] in
      let total = row.reduce(0, +)
      return row.map { count in
        guard total > 0 else { return .absent(Self.emptyRow) }
        let percentage = 100 * Double(count) / Double(total)
        return .value(
          percentage, text: count == 0 ? "0" : "\(Self.text(percentage))\n\(count)")
      }
    }
    var map = HeatMap(
      rowNames: classNames, columnNames: classNames, cells: cells, valueLabel: "% of row")
    map.range = 0...100
    map.rowLabel = rowLabel
    map.columnLabel = columnLabel
    map.showsTexts = classNames.count <= Self.mostWithTexts
    map.showsColorBar = !map.showsTexts
    return map
  }

  /// A percentage without decimals; what is not nothing or all does not look so.
  private static func text(_ percentage: Double) -> String {
    if percentage > 0, percentage < 1 { return "<1" }
    if percentage > 99, percentage < 100 { return ">99" }
    return String(format: "%.0f", percentage)
  }

  /// Counts are always drawable: throws nothing.
  public func validate() throws(PlotError) {}

  /// Returns the reason of hatched rows, if there are any.
  public func legend(theme: Theme) -> [LegendEntry] { heatMap.legend(theme: theme) }

  /// The plotted data: one row per cell, with its count and its share of the row in 0...1.
  public var table: DataTable {
    var table = DataTable(columns: ["row", "column", "count", "row_total", "share"])
    for (row, line) in counts.enumerated() {
      let total = line.reduce(0, +)
      for (column, count) in line.enumerated() {
        table.append([
          .text(classNames[row]), .text(classNames[column]), .count(count), .count(total),
          total > 0 ? .number(Double(count) / Double(total)) : .empty,
        ])
      }
    }
    return table
  }

  /// Returns a size in millimetres that suits the matrix at a width.
  public func preferredSize(width: Double, context: LayoutContext) -> Size {
    heatMap.preferredSize(width: width, context: context)
  }

  /// Lays the matrix out in a rectangle.
  public func primitives(in rect: Rect, context: LayoutContext) -> [Primitive] {
    heatMap.primitives(in: rect, context: context)
  }
}
