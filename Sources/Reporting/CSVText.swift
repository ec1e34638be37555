/// Spells comma-separated values, quoted only where a field needs it.
enum CSVText {
  /// The lines of a file, each with its end.
  static func lines(_ lines: [[String]]) -> String {
    lines.map { $0.map(field).joined(separator: ",") + "\n" }.joined()
  }

  /// A number in full precision; empty for none.
  static func number(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }

  private static func field(_ text: String) -> String {
    guard text.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }
}
