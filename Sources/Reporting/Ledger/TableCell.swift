/// A line of a report's `table.csv`: one cell of its table under one selection rule.
public struct TableCell: Hashable, Sendable {
  /// Row and column.
  public var address: CellAddress
  /// The selection rule.
  public var rule: SelectionRule
  /// The number of seeds with a number.
  public var n: Int
  /// The mean test accuracy as a fraction; nil without a number.
  public var mean: Double?
  /// The standard deviation over seeds; nil with fewer than two.
  public var spread: Double?
  /// The published accuracy as a fraction; nil where the paper prints none.
  public var published: Double?
  /// The published standard deviation; nil where the paper prints none.
  public var publishedSpread: Double?
  /// `complete`, or what is missing and why.
  public var state: String

  /// Why a text is no table.
  struct Refusal: Error {
    /// The line and what is wrong with it.
    var reason: String
  }

  /// Reads the text of a `table.csv`.
  static func cells(csv text: String) throws(Refusal) -> [TableCell] {
    let lines = try CSVText.parsed(text)
    guard lines.first == TableCSV.header else {
      throw Refusal(
        reason: "line 1 does not name the columns \(TableCSV.header.joined(separator: ","))")
    }
    var cells: [TableCell] = []
    for (index, fields) in lines.enumerated().dropFirst() {
      let place = "line \(index + 1)"
      guard fields.count == TableCSV.header.count else {
        throw Refusal(
          reason: "\(place) has \(fields.count) fields, expected \(TableCSV.header.count)")
      }
      guard let rule = SelectionRule(rawValue: fields[4]), let n = Int(fields[6]) else {
        throw Refusal(reason: "\(place) has no known rule or count")
      }
      let numbers = [fields[8], fields[9], fields[12], fields[13]]
      for number in numbers where !number.isEmpty && Double(number)?.isFinite != true {
        throw Refusal(reason: "\(place): '\(number)' is no number")
      }
      cells.append(
        TableCell(
          address: CellAddress(row: fields[2], column: fields[3]), rule: rule, n: n,
          mean: Double(numbers[0]), spread: Double(numbers[1]), published: Double(numbers[2]),
          publishedSpread: Double(numbers[3]), state: fields[14]))
    }
    return cells
  }
}

extension CSVText {
  /// The fields of every line of a text with quoted fields.
  static func parsed(_ text: String) throws(TableCell.Refusal) -> [[String]] {
    var lines: [[String]] = []
    var fields: [String] = []
    var field = ""
    var isQuoted = false
    var wasQuote = false
    for character in text {
      if isQuoted {
        guard character == "\"" else {
          field.append(character)
          continue
        }
        isQuoted = false
        wasQuote = true
        continue
      }
      switch character {
      case "\"":
        // A quote right after a closed one stands for itself.
        if wasQuote { field.append(character) }
        isQuoted = true
      case ",":
        fields.append(field)
        field = ""
      case _ where character.isNewline:
        lines.append(fields + [field])
        (fields, field) = ([], "")
      default: field.append(character)
      }
      wasQuote = false
    }
    guard !isQuoted else { throw .init(reason: "a quoted field does not end") }
    if !field.isEmpty || !fields.isEmpty { lines.append(fields + [field]) }
    return lines
  }
}
