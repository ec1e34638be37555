import Foundation
import RunStore

/// Spells a report's document as one HTML file that needs nothing else: style and pictures are in
/// it, and it has no scripts.
struct HTMLWriter {
  /// The templates.
  let templates: HTMLTemplates
  /// The SVG bytes of each figure, by its identifier.
  let pictures: [String: [UInt8]]
  /// The style sheet.
  let style: String

  /// Creates a writer; throws when a template cannot be parsed.
  init(pictures: [String: [UInt8]], style: String = HTMLStyle.text) throws {
    templates = try HTMLTemplates()
    self.pictures = pictures
    self.style = style
  }

  /// Returns the whole page; its blocks are spelt on all cores.
  func text(of document: ReportDocument) throws -> String {
    let body = try document.blocks.concurrentMap { block($0) }
    let sections = document.blocks.compactMap { block -> [String: Any]? in
      guard case .heading(let name, let anchor) = block else { return nil }
      return ["name": name, "anchor": anchor]
    }
    return templates.page.render([
      "title": document.title, "subtitle": document.subtitle, "style": style,
      "sections": sections, "body": body.joined(separator: "\n"),
    ])
  }

  private func block(_ block: ReportDocument.Block) -> String {
    switch block {
    case .heading(let words, let anchor):
      return templates.block.render(["heading": ["words": words, "anchor": anchor]])
    case .subheading(let words, let anchor):
      var view: [String: Any] = ["words": words]
      view["anchor"] = anchor
      return templates.block.render(["subheading": view])
    case .paragraph(let content):
      return templates.block.render(["paragraph": inline(content)])
    case .list(let items):
      return templates.block.render(["list": ["items": items.map(inline)]])
    case .table(let table): return self.table(table)
    case .figures(let figures): return self.figures(figures)
    case .folded(let summary, let blocks):
      let body = blocks.map(self.block).joined(separator: "\n")
      return templates.block.render(["folded": ["summary": summary, "body": body]])
    }
  }

  private func table(_ table: ReportDocument.Table) -> String {
    let numeric = table.header.indices.map { column in
      table.rows.contains { column < $0.cells.count && $0.cells[column].isNumeric }
    }
    let rows = table.rows.map { row -> [String: Any] in
      let cells = row.cells.map { cell -> [String: Any] in
        var view: [String: Any] = [
          "body": inline(cell.content), "isHeader": cell.isHeader,
        ]
        view["anchor"] = cell.anchor
        view["classes"] = classes(of: cell)
        return view
      }
      return ["cells": cells, "isSetApart": row.isSetApart]
    }
    var view: [String: Any] = [
      "rows": rows,
      "label": table.caption.isEmpty ? table.header.joined(separator: ", ") : table.caption,
      "header": zip(table.header, numeric).map { ["words": $0, "isNumeric": $1] as [String: Any] },
    ]
    view["caption"] = table.caption.isEmpty ? nil : table.caption
    view["note"] = table.note
    return templates.table.render(view)
  }

  private func classes(of cell: ReportDocument.Cell) -> String? {
    var classes = cell.isNumeric ? ["number"] : []
    if let shade = cell.shade, shade != 0 {
      classes.append("heat-\(shade < 0 ? "n" : "p")\(abs(shade))")
    }
    return classes.isEmpty ? nil : classes.joined(separator: " ")
  }

  private func figures(_ figures: [ReportFigure]) -> String {
    let views = figures.map { figure -> [String: Any] in
      [
        "id": figure.id, "caption": figure.caption, "altText": figure.altText,
        "data": Data(pictures[figure.id] ?? []).base64EncodedString(),
      ]
    }
    return templates.figures.render([
      "figures": views, "areSmall": figures.allSatisfy(\.isSmall),
    ])
  }

  private func inline(_ content: [ReportDocument.Inline]) -> String {
    let pieces = content.compactMap { piece -> [String: Any]? in
      switch piece {
      case .text(let words): return ["isText": true, "words": words]
      case .strong(let words): return ["isStrong": true, "words": words]
      case .code(let words): return ["isCode": true, "words": words]
      case .link(let words, let anchor):
        return ["isLink": true, "words": words, "anchor": anchor]
      case .report(let words, let folder, let anchor):
        return [
          "isReport": true, "words": words,
          "address": ReportDocument.address(folder, file: "report.html", anchor),
        ]
      case .small(let words): return words.isEmpty ? nil : ["isSmall": true, "words": words]
      case .badge(let words, let tone):
        return ["isBadge": true, "words": words, "tone": tone.rawValue]
      case .quote(let words): return ["isQuote": true, "words": words]
      }
    }
    return templates.inline.render(["pieces": pieces])
  }
}
