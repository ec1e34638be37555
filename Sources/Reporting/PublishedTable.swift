import Foundation

/// The numbers that a paper prints, read from `published.csv`.
///
/// The file has the columns `table,dataset,condition,method,metric,value,std`, one line a number;
/// `std` may be empty. No field is quoted and no line is passed over: what cannot be read is an
/// error with its line.
public struct PublishedTable: Hashable, Sendable {
  /// The columns of the file.
  public static let header = "table,dataset,condition,method,metric,value,std"

  /// The numbers, in the order of the file.
  public let values: [PublishedValue]

  /// Reads a file; throws ``PublishedTableError``.
  public init(file: URL) throws(PublishedTableError) {
    let data: Data
    do {
      data = try Data(contentsOf: file)
    } catch {
      let exists = FileManager.default.fileExists(atPath: file.path)
      throw .unreadable(
        path: file.path, reason: exists ? "it cannot be opened" : "there is no such file")
    }
    guard let text = String(data: data, encoding: .utf8) else {
      throw .unreadable(path: file.path, reason: "it is not UTF-8 text")
    }
    try self.init(csv: text, path: file.path)
  }

  /// Reads the text of a file whose path is named in errors; throws ``PublishedTableError``.
  public init(csv text: String, path: String) throws(PublishedTableError) {
    var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .map(String.init)
    if lines.last == "" { lines.removeLast() }
    guard lines.first == Self.header else {
      throw .wrongHeader(path: path, expected: Self.header, found: lines.first ?? "")
    }
    var values: [PublishedValue] = []
    var seen: [[String]: Int] = [:]
    for (index, line) in lines.enumerated().dropFirst() {
      let number = index + 1
      let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      guard fields.count == 7 else {
        throw .wrongLine(
          path: path, line: number, reason: "expected 7 fields, found \(fields.count)")
      }
      if let first = seen.updateValue(number, forKey: Array(fields[..<5])) {
        throw .duplicate(path: path, line: number, firstLine: first)
      }
      do {
        values.append(try Self.value(of: fields))
      } catch {
        throw .wrongLine(path: path, line: number, reason: error.reason)
      }
    }
    self.values = values
  }

  /// Why a line is no number.
  private struct Refusal: Error { var reason: String }

  private static func value(of fields: [String]) throws(Refusal) -> PublishedValue {
    for (name, field) in zip(header.split(separator: ","), fields).prefix(5) where field.isEmpty {
      throw Refusal(reason: "the field '\(name)' is empty")
    }
    let isPercent = fields[4].hasSuffix("_percent")
    let printed = try decimal(fields[5], name: "value", shift: 0)
    let value = try decimal(fields[5], name: "value", shift: isPercent ? -2 : 0)
    if isPercent && !(0...100).contains(printed) {
      throw Refusal(reason: "\(fields[5]) is no percentage")
    }
    var printedSpread: Double?
    var spread: Double?
    if !fields[6].isEmpty {
      printedSpread = try decimal(fields[6], name: "std", shift: 0)
      spread = try decimal(fields[6], name: "std", shift: isPercent ? -2 : 0)
      if let printedSpread, printedSpread < 0 {
        throw Refusal(reason: "the std \(fields[6]) is negative")
      }
    }
    return PublishedValue(
      table: fields[0], dataset: fields[1], condition: fields[2], method: fields[3],
      metric: fields[4], printed: printed, printedSpread: printedSpread, value: value,
      spread: spread)
  }

  /// Reads a plain decimal and moves its point, without a rounding of its own.
  private static func decimal(
    _ text: String, name: String, shift: Int
  ) throws(Refusal) -> Double {
    let isPlain = text.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2E || $0 == 0x2D }
    guard isPlain, let number = Double("\(text)e\(shift)"), number.isFinite else {
      throw Refusal(reason: "the \(name) '\(text)' is no number")
    }
    return number
  }

  /// The number of a table's place, if the paper prints one.
  public func value(
    table: String, dataset: String, condition: String, method: String,
    metric: String = "test_accuracy_percent"
  ) -> PublishedValue? {
    values.first {
      $0.table == table && $0.dataset == dataset && $0.condition == condition
        && $0.method == method && $0.metric == metric
    }
  }

  /// The numbers of one table and data set at the cells of ours.
  ///
  /// - Parameters:
  ///   - table: the number of the paper's table.
  ///   - dataset: the data set, as the paper names it.
  ///   - methods: the paper's name of each row, by the row's identifier; a row without one has no
  ///     published number.
  ///   - conditions: the paper's condition of each column, by the column's identifier.
  /// - Returns: the numbers that the paper prints.
  public func cells(
    table: String, dataset: String, methods: [String: String], conditions: [String: String]
  ) -> [CellAddress: PublishedValue] {
    var cells: [CellAddress: PublishedValue] = [:]
    for (row, method) in methods {
      for (column, condition) in conditions {
        cells[CellAddress(row: row, column: column)] = value(
          table: table, dataset: dataset, condition: condition, method: method)
      }
    }
    return cells
  }
}
