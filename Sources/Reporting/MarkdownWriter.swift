/// Spells a report's document as Markdown, for readers of a repository.
struct MarkdownWriter {
  /// The address of a figure's picture.
  var figureAddress: (ReportFigure) -> String

  /// Returns the whole text.
  func text(of document: ReportDocument) -> String {
    let head = ["# \(Self.escape(document.title))", Self.escape(document.subtitle)]
    return (head + document.blocks.map(block)).filter { !$0.isEmpty }.joined(separator: "\n\n")
      + "\n"
  }

  private func block(_ block: ReportDocument.Block) -> String {
    switch block {
    case .heading(let text, let anchor):
      return "<a id=\"\(anchor)\"></a>\n\n## \(Self.escape(text))"
    case .subheading(let text, let anchor):
      let place = anchor.map { "<a id=\"\($0)\"></a>\n\n" } ?? ""
      return "\(place)### \(Self.escape(text))"
    case .paragraph(let content): return inline(content)
    case .list(let items): return items.map { "- \(inline($0))" }.joined(separator: "\n")
    case .table(let table): return self.table(table)
    case .figures(let figures):
      return figures.map { figure in
        "![\(Self.escape(figure.altText))](\(figureAddress(figure)))\n\n"
          + "*\(Self.escape(figure.caption))*"
      }.joined(separator: "\n\n")
    case .folded(let summary, let blocks):
      let inner = blocks.map(self.block).joined(separator: "\n\n")
      return "<details><summary>\(Self.escape(summary))</summary>\n\n\(inner)\n\n</details>"
    }
  }

  private func table(_ table: ReportDocument.Table) -> String {
    func line(_ cells: [String]) -> String { "| \(cells.joined(separator: " | ")) |" }
    let numeric = table.header.indices.map { column in
      table.rows.contains { column < $0.cells.count && $0.cells[column].isNumeric }
    }
    var lines = [
      line(table.header.map(Self.escape)), line(numeric.map { $0 ? "---:" : ":---" }),
    ]
    for row in table.rows {
      lines.append(
        line(
          row.cells.map { cell in
            (cell.anchor.map { "<a id=\"\($0)\"></a>" } ?? "") + inline(cell.content)
          }))
    }
    var text = lines.joined(separator: "\n")
    if !table.caption.isEmpty { text = "**\(Self.escape(table.caption))**\n\n" + text }
    if let note = table.note { text += "\n\n" + Self.escape(note) }
    return text
  }

  private func inline(_ content: [ReportDocument.Inline]) -> String {
    var text = ""
    for piece in content {
      switch piece {
      case .text(let words): text += Self.escape(words)
      case .strong(let words): text += Self.strong(words)
      case .badge(let words, _): text += Self.strong(words)
      case .code(let words): text += "`\(words.filter { $0 != "`" && !$0.isNewline })`"
      case .link(let words, let anchor): text += "[\(Self.escape(words))](#\(anchor))"
      case .report(let words, let folder, let anchor):
        let address = ReportDocument.address(folder, file: "report.md", anchor)
        text += "[\(Self.escape(words))](\(address))"
      case .small(let words):
        guard !words.isEmpty else { continue }
        text += (text.isEmpty ? "" : "<br>") + "<sub>\(Self.escape(words))</sub>"
      case .quote(let words): text += "“\(Self.escape(words))”"
      }
    }
    return text
  }

  /// Text set in bold, its outer spaces left outside.
  private static func strong(_ words: String) -> String {
    let inner = words.trimmingPrefix(while: \.isWhitespace)
    let leading = words.prefix(words.count - inner.count)
    let core = String(String(inner.reversed()).trimmingPrefix(while: \.isWhitespace).reversed())
    let trailing = inner.dropFirst(core.count)
    return core.isEmpty ? words : "\(leading)**\(escape(core))**\(trailing)"
  }

  /// Text in which nothing is read as Markdown or HTML, on one line.
  static func escape(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\\", "`", "*", "_", "[", "]", "|", "#", "~", "$": escaped += "\\\(scalar)"
      case "\n", "\r", "\u{2028}", "\u{2029}", "\t": escaped += " "
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
