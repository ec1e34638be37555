/// Removes the date of creation from a PDF file of cairo.
///
/// Cairo 1.16 always writes one, and writes a given one in a form that readers do not accept. The
/// entry is overwritten with spaces, so that all offsets in the file stay right.
enum PDFDate {
  /// Returns the file without its date, at the same length.
  static func blanked(_ file: [UInt8]) -> [UInt8] {
    let key = Array("/CreationDate (".utf8)
    var result = file
    var index = 0
    while index + key.count <= result.count {
      guard result[index] == key[0], result[index...].starts(with: key) else {
        index += 1
        continue
      }
      while index < result.count, result[index] != UInt8(ascii: ")") {
        result[index] = UInt8(ascii: " ")
        index += 1
      }
      if index < result.count { result[index] = UInt8(ascii: " ") }
    }
    return result
  }
}
