import Foundation
import RunStore

/// Writes lines of comma-separated fields as RFC 4180 quotes them, with a line feed at each line's end.
struct CSVWriter: ~Copyable {
  private static let capacity = 1 << 20

  private let file: URL
  private let descriptor: Int32
  private var buffer: [UInt8] = []

  /// Creates a file, or empties it.
  init(_ file: URL) throws {
    self.file = file
    descriptor = open(file.path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw ExportFile.failure(file) }
  }

  deinit { close(descriptor) }

  /// Writes one line; nil is an empty field.
  mutating func write(_ fields: [String?]) throws {
    try write(line: Self.line(fields))
  }

  /// Writes a line that is ready.
  mutating func write(line: String) throws {
    buffer.append(contentsOf: line.utf8)
    buffer.append(UInt8(ascii: "\n"))
    if buffer.count >= Self.capacity { try flush() }
  }

  /// Hands what was written so far to the system.
  mutating func flush() throws {
    try buffer.withUnsafeBytes { bytes in
      var rest = bytes[...]
      while !rest.isEmpty {
        let count = Foundation.write(
          descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        if count < 0 && errno == EINTR { continue }
        guard count >= 0 else { throw ExportFile.failure(file) }
        rest = rest.dropFirst(count)
      }
    }
    buffer.removeAll(keepingCapacity: true)
  }

  static func line(_ fields: [String?]) -> String {
    fields.map { $0.map(quoted) ?? "" }.joined(separator: ",")
  }

  /// A field in quotation marks where it has a comma, a quotation mark or a line break; quotation marks are doubled.
  static func quoted(_ field: String) -> String {
    let isPlain = field.utf8.allSatisfy {
      $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\n")
        && $0 != UInt8(ascii: "\r")
    }
    return isPlain ? field : "\"\(field.replacing("\"", with: "\"\""))\""
  }

  /// The shortest text that reads back as the same number; `NaN`, `Infinity` and `-Infinity` for what is not finite.
  static func text(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Infinity" : "Infinity" }
    return value.description
  }
}
