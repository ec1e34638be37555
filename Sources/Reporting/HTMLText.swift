import Mustache

/// Text for HTML, in elements and in quoted attributes.
///
/// It goes by bytes: a combining mark after `<` makes one character of both, and the escape of a
/// character-wise writer would miss it.
struct HTMLText: MustacheContentType {
  /// The name that templates call this type by.
  static let name = "PLUMBLINE_HTML"

  /// Makes the type known to templates, once a process.
  static let registered: Bool = {
    MustacheContentTypes.register(HTMLText(), named: name)
    return true
  }()

  /// Returns the text with `&`, `<`, `>` and both quotes replaced by references.
  func escapeText(_ text: String) -> String {
    var escaped: [UInt8] = []
    escaped.reserveCapacity(text.utf8.count)
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "&"): escaped += "&amp;".utf8
      case UInt8(ascii: "<"): escaped += "&lt;".utf8
      case UInt8(ascii: ">"): escaped += "&gt;".utf8
      case UInt8(ascii: "\""): escaped += "&quot;".utf8
      case UInt8(ascii: "'"): escaped += "&#39;".utf8
      default: escaped.append(byte)
      }
    }
    return String(decoding: escaped, as: UTF8.self)
  }
}
