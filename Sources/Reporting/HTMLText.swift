import Mustache

/// Text for HTML, in elements and in quoted attributes.
///
/// It goes by Unicode scalars: a combining mark after `<` makes one character of both, and the
/// escape of a character-wise writer would miss it.
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
    var escaped = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped.append(contentsOf: "&amp;".unicodeScalars)
      case "<": escaped.append(contentsOf: "&lt;".unicodeScalars)
      case ">": escaped.append(contentsOf: "&gt;".unicodeScalars)
      case "\"": escaped.append(contentsOf: "&quot;".unicodeScalars)
      case "'": escaped.append(contentsOf: "&#39;".unicodeScalars)
      default: escaped.append(scalar)
      }
    }
    return String(escaped)
  }
}
