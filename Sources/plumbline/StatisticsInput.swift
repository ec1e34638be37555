import Foundation
import RunStore

/// Reads what the statistics commands work on, from NPY files and comma-separated text.
///
/// A file is NPY if it begins as one or is named `.npy`, otherwise text. Errors name the file, what
/// was expected and what was found: 66 for a file that cannot be read, 65 for one that holds
/// something else, 64 for options that do not fit it.
enum StatisticsInput {
  /// Numbers in a list: a one-dimensional array, or one column of a table.
  ///
  /// A NaN is refused; infinite values are not.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - column: The column's name in the heading, or its number from 1; nil where there is one.
  /// - Returns: The numbers, at least one.
  /// - Throws: ``StatisticsInputError`` or a file error.
  static func values(_ path: String, column: String? = nil) throws -> [Double] {
    let values: [Double]
    switch try contents(path) {
    case .array(let array):
      values = try list(array.numbers(), shape: array.shape, path: path, column: column)
    case .table(let table):
      values = table.column(try index(of: column, in: table))
    }
    guard !values.isEmpty else {
      throw StatisticsInputError.badData(path, "expected numbers, found none")
    }
    if let place = values.firstIndex(where: \.isNaN) {
      throw StatisticsInputError.badData(
        path, "value \(place + 1) of \(values.count) is NaN; remove it or give it a number")
    }
    return values
  }

  /// Numbers in a list, as ``values(_:column:)``, none of them infinite.
  static func finiteValues(_ path: String, column: String? = nil) throws -> [Double] {
    let values = try values(path, column: column)
    if let place = values.firstIndex(where: \.isInfinite) {
      throw StatisticsInputError.badData(
        path, "value \(place + 1) of \(values.count) is infinite; expected finite numbers")
    }
    return values
  }

  /// Features, one row a sample: a two-dimensional array (a list is one column), or a whole table.
  ///
  /// Numbers that are not finite in single precision are refused.
  static func matrix(_ path: String) throws -> (rows: Int, columns: Int, values: [Float]) {
    let (rows, columns): (Int, Int)
    let values: [Float]
    switch try contents(path) {
    case .array(let array):
      guard (1...2).contains(array.shape.count) else {
        throw StatisticsInputError.badData(
          path, "expected rows and columns, found shape \(array.shape); reshape to n x d")
      }
      (rows, columns) = (array.shape[0], array.shape.count == 2 ? array.shape[1] : 1)
      values = array.numbers()
    case .table(let table):
      (rows, columns) = (table.rows, table.columns)
      values = table.values.map { Float($0) }
    }
    guard !values.isEmpty else {
      throw StatisticsInputError.badData(path, "expected numbers, found none")
    }
    if let place = values.firstIndex(where: { !$0.isFinite }) {
      throw StatisticsInputError.badData(
        path,
        "row \(place / columns + 1), column \(place % columns + 1): "
          + "expected a finite number, found \(values[place])")
    }
    return (rows, columns, values)
  }

  /// Class labels: whole numbers in a list.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - column: The column's name in the heading, or its number from 1; nil where there is one.
  /// - Returns: The labels, at least one.
  /// - Throws: ``StatisticsInputError`` or a file error.
  static func labels(_ path: String, column: String? = nil) throws -> [Int] {
    let labels: [Int]
    switch try contents(path) {
    case .array(let array):
      guard let numbers = array.wholeNumbers() else {
        throw StatisticsInputError.badData(
          path,
          "expected labels as whole numbers, found element type \(array.element.rawValue); "
            + "save with astype('int64')")
      }
      labels = try list(numbers, shape: array.shape, path: path, column: column)
    case .table(let table):
      labels = try table.column(try index(of: column, in: table)).enumerated().map {
        place, number in
        guard let label = Int(exactly: number) else {
          throw StatisticsInputError.badData(
            path, "label \(place + 1): expected a whole number, found \(number)")
        }
        return label
      }
    }
    guard !labels.isEmpty else {
      throw StatisticsInputError.badData(path, "expected labels, found none")
    }
    return labels
  }

  /// Refuses two files that should have one entry per sample each, and have not.
  static func requireEqualCounts(
    _ first: Int, of firstPath: String, _ second: Int, of secondPath: String
  ) throws {
    guard first == second else {
      throw StatisticsInputError.badData(
        secondPath, "expected \(first) entries as in \(firstPath), found \(second)")
    }
  }

  private enum Contents {
    case array(NumberArray)
    case table(NumberTable)
  }

  private static func contents(_ path: String) throws -> Contents {
    let url = URL(fileURLWithPath: path)
    guard let data = try AtomicFile.contents(of: url) else {
      throw FileSystemError(path: path, operation: .read, errorNumber: ENOENT)
    }
    guard !data.isEmpty else {
      throw StatisticsInputError.badData(
        path, "the file is empty; expected an NPY array or comma-separated numbers")
    }
    if data.starts(with: NumberArray.magic) || url.pathExtension.lowercased() == "npy" {
      return .array(try NumberArray(data, path: path))
    }
    guard !data.contains(0) else {
      throw StatisticsInputError.badData(
        path, "expected an NPY array or comma-separated numbers, found other binary data")
    }
    return .table(try NumberTable(data, path: path))
  }

  /// The entries of an array that is a list, or of one column of an array with rows and columns.
  private static func list<Entry>(
    _ entries: [Entry], shape: [Int], path: String, column: String?
  ) throws -> [Entry] {
    if shape.count == 1 {
      guard column == nil || column == "1" else {
        throw StatisticsInputError.usage("\(path): no column '\(column ?? "")' in a list")
      }
      return entries
    }
    guard shape.count == 2 else {
      throw StatisticsInputError.badData(
        path, "expected a list of numbers, found shape \(shape); flatten it")
    }
    guard column != nil || shape[1] == 1 else {
      throw StatisticsInputError.badData(
        path,
        "expected a list of numbers, found shape \(shape); name one of the columns "
          + "1 to \(shape[1]) with --column")
    }
    guard let number = Int(column ?? "1"), number >= 1, number <= shape[1] else {
      throw StatisticsInputError.usage(
        "\(path): no column '\(column ?? "")', expected 1 to \(shape[1])")
    }
    return stride(from: number - 1, to: entries.count, by: shape[1]).map { entries[$0] }
  }

  private static func index(of column: String?, in table: NumberTable) throws -> Int {
    let names = table.heading.map { "one of \($0.joined(separator: ", "))" }
    let expected = [names, "a number from 1 to \(table.columns)"].compactMap(\.self)
      .joined(separator: " or ")
    guard let column else {
      if table.columns <= 1 { return 0 }
      throw StatisticsInputError.usage(
        "\(table.path): found \(table.columns) columns; name one with --column: \(expected)")
    }
    if let place = table.heading?.firstIndex(of: column) { return place }
    if let number = Int(column), number >= 1, number <= table.columns { return number - 1 }
    throw StatisticsInputError.usage("\(table.path): no column '\(column)', expected \(expected)")
  }
}
