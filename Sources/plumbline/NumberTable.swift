import Foundation

/// Numbers from comma-separated text, with or without a heading.
///
/// Every line has as many fields as the first; blank lines are passed over. The first line is a
/// heading if one of its fields is no number. Fields may stand in double quotes (RFC 4180).
struct NumberTable {
  /// Where it was read from; messages name it.
  let path: String
  /// The names of the columns; nil without a heading.
  let heading: [String]?
  /// The number of columns.
  let columns: Int
  /// The numbers, row after row.
  let values: [Double]

  /// The number of rows.
  var rows: Int { columns == 0 ? 0 : values.count / columns }

  /// Reads a table from a file's bytes.
  init(_ data: Data, path: String) throws {
    var reader = LineReader(bytes: [UInt8](data) + [0])
    var heading: [String]?
    var columns = 0
    var values: [Double] = []
    while let line = try reader.nextLine(of: path) {
      if columns == 0 {
        columns = line.count
        if line.contains(where: { $0.number == nil }) {
          heading = line.map { Self.name($0.text(in: reader.bytes)) }
          continue
        }
      }
      guard line.count == columns else {
        throw StatisticsInputError.badData(
          path,
          "line \(reader.line): expected \(columns) fields as in the first line, "
            + "found \(line.count)")
      }
      for (place, field) in line.enumerated() {
        guard let number = field.number else {
          throw StatisticsInputError.badData(
            path,
            "line \(reader.line), column \(place + 1): expected a number, "
              + "found '\(field.text(in: reader.bytes).prefix(40))'")
        }
        values.append(number)
      }
    }
    self.path = path
    self.heading = heading
    self.columns = columns
    self.values = values
  }

  /// The numbers of one column.
  func column(_ index: Int) -> [Double] {
    guard columns > 0 else { return [] }
    return stride(from: index, to: values.count, by: columns).map { values[$0] }
  }

  /// A name as written, without the mark that NumPy's `savetxt` puts before a heading.
  private static func name(_ text: String) -> String {
    (text.hasPrefix("#") ? String(text.dropFirst()) : text).trimmingCharacters(in: .whitespaces)
  }
}

/// One field of a line: its place in the bytes, and its number if it is one.
private struct Field {
  let range: Range<Int>
  let isQuoted: Bool
  let number: Double?

  func text(in bytes: [UInt8]) -> String {
    let text = String(decoding: bytes[range], as: UTF8.self)
    return isQuoted
      ? text.replacing("\"\"", with: "\"") : text.trimmingCharacters(in: .whitespaces)
  }
}

/// Splits bytes that end with a zero into lines of fields.
private struct LineReader {
  let bytes: [UInt8]
  private(set) var line = 0
  private var position = 0

  init(bytes: [UInt8]) {
    self.bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  private var end: Int { bytes.count - 1 }

  /// The next line that is not blank, or nil at the end.
  mutating func nextLine(of path: String) throws -> [Field]? {
    while position < end {
      line += 1
      let first = afterBlanks(position)
      if first == end || isBreak(bytes[first]) {
        position = afterBreak(first)
        continue
      }
      var fields: [Field] = []
      while true {
        let field = try nextField(of: path)
        fields.append(field.field)
        position = field.next
        guard position < end, bytes[position] == UInt8(ascii: ",") else { break }
        position += 1
      }
      position = afterBreak(position)
      return fields
    }
    return nil
  }

  private func nextField(of path: String) throws -> (field: Field, next: Int) {
    let start = afterBlanks(position)
    if bytes[start] == UInt8(ascii: "\"") {
      var close = start + 1
      while close < end {
        if bytes[close] != UInt8(ascii: "\"") {
          close += 1
        } else if bytes[close + 1] == UInt8(ascii: "\"") {
          close += 2
        } else {
          break
        }
      }
      let next = afterBlanks(min(close + 1, end))
      guard close < end, next == end || isSeparator(bytes[next]) else {
        throw StatisticsInputError.badData(
          path, "line \(line): expected a closing quote before a comma or the line's end")
      }
      return (
        Field(range: start + 1..<close, isQuoted: true, number: number(start + 1, close)), next
      )
    }
    var stop = start
    while stop < end, !isSeparator(bytes[stop]) { stop += 1 }
    return (Field(range: start..<stop, isQuoted: false, number: number(start, stop)), stop)
  }

  /// The number that fills a range but for blanks; nil if there is none.
  private func number(_ start: Int, _ stop: Int) -> Double? {
    let first = afterBlanks(start)
    guard first < stop else { return nil }
    return bytes.withUnsafeBufferPointer { buffer -> Double? in
      guard let base = buffer.baseAddress else { return nil }
      let text = UnsafeRawPointer(base + first).assumingMemoryBound(to: CChar.self)
      var after: UnsafeMutablePointer<CChar>?
      let value = strtod(text, &after)
      guard let after, after != text, afterBlanks(first + (UnsafePointer(after) - text)) == stop
      else { return nil }
      return value
    }
  }

  private func isBreak(_ byte: UInt8) -> Bool { byte == 10 || byte == 13 }

  private func isSeparator(_ byte: UInt8) -> Bool { byte == UInt8(ascii: ",") || isBreak(byte) }

  private func afterBlanks(_ start: Int) -> Int {
    var place = start
    while place < end, bytes[place] == 32 || bytes[place] == 9 { place += 1 }
    return place
  }

  private func afterBreak(_ start: Int) -> Int {
    if start + 1 < end, bytes[start] == 13, bytes[start + 1] == 10 { return start + 2 }
    return min(start + 1, end)
  }
}
