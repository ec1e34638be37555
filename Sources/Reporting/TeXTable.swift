/// Spells a measured table as LaTeX for the `booktabs` package.
struct TeXTable {
  /// The table.
  var table: MeasuredTable
  /// The profile's name, for the caption.
  var profile: String

  /// Returns a complete `table` environment, with the runs of each row as comments.
  var text: String {
    let best = table.best
    var lines = [
      "% \(comment(table.caption)); profile \(comment(profile)); rule \(table.rule.rawValue)",
      "% \\usepackage{booktabs}", "\\begin{table}", "  \\centering",
      "  \\caption{\(Self.escape(table.caption)). \(Self.escape(table.legend)) Profile: "
        + "\(Self.escape(profile)).}",
      "  \\label{tab:\(table.id)}",
      "  \\begin{tabular}{l\(String(repeating: "c", count: table.columns.count))}",
      "    \\toprule",
      "    " + row(["Method"] + table.columns.map { Self.escape($0.name) }), "    \\midrule",
    ]
    var previous: MethodRow?
    for (method, line) in zip(table.rows, table.cells) {
      if method.isControl && previous?.isControl == false { lines.append("    \\midrule") }
      previous = method
      for cell in line where !cell.measurement.values.isEmpty {
        lines.append(
          "    % \(comment(cell.measurement.address.description)): "
            + cell.measurement.shortIDs.map { PlannedRun.command(shortID: $0) }
            .joined(separator: "; "))
      }
      let cells = zip(table.columns, line).map { column, cell -> String in
        let text = CellText(cell)
        guard text.isPresent else { return "-- (\(Self.escape(text.remark ?? "")))" }
        let number = Self.escape(text.measured)
        let shown = best[column.id] == method.id ? "\\textbf{\(number)}" : number
        return text.remark.map { "\(shown) (\(Self.escape($0)))" } ?? shown
      }
      lines.append("    " + row([Self.escape(method.name)] + cells))
      if line.contains(where: { $0.published != nil }) {
        let printed = line.map { cell in
          CellText(cell).published.map(Self.escape) ?? "--"
        }
        lines.append("    " + row(["\\quad published"] + printed))
      }
    }
    lines += ["    \\bottomrule", "  \\end{tabular}", "\\end{table}"]
    return lines.joined(separator: "\n") + "\n"
  }

  private func row(_ cells: [String]) -> String { cells.joined(separator: " & ") + " \\\\" }

  private func comment(_ text: String) -> String {
    String(text.map { $0.isNewline ? " " : $0 })
  }

  /// Text in which nothing is read as a command.
  static func escape(_ text: String) -> String {
    var escaped = ""
    for character in text {
      switch character {
      case "\\": escaped += "\\textbackslash{}"
      case "&", "%", "$", "#", "_", "{", "}": escaped += "\\\(character)"
      case "~": escaped += "\\textasciitilde{}"
      case "^": escaped += "\\textasciicircum{}"
      case "−": escaped += "$-$"
      case "±": escaped += "$\\pm$"
      case "†": escaped += "$\\dagger$"
      case "–": escaped += "--"
      case "<": escaped += "\\textless{}"
      case ">": escaped += "\\textgreater{}"
      case "|": escaped += "\\textbar{}"
      case "≤": escaped += "$\\leq$"
      case "≥": escaped += "$\\geq$"
      case "×": escaped += "$\\times$"
      case "→": escaped += "$\\rightarrow$"
      case "τ": escaped += "$\\tau$"
      case "…": escaped += "\\ldots{}"
      case _ where character.isNewline: escaped += " "
      default: escaped.append(character)
      }
    }
    return escaped
  }
}
