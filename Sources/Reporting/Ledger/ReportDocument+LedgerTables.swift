extension ReportDocument {
  /// Published against measured accuracies of every report that has both.
  static func comparisons(_ ledger: Ledger) -> [Block] {
    let comparisons = ledger.reports.compactMap(PublishedComparison.init)
    guard !comparisons.isEmpty else { return [] }
    let words =
      "Measured minus published test accuracy in points, \(PublishedComparison.rule.name). At the paper's scale the "
      + "difference itself, in small type in units of both standard deviations; at any other scale the median "
      + "difference of the column is taken off first, because data and network set its level, so a number says where "
      + "a method stands higher or lower among the others than in the paper, and is no verdict. Blue is higher here, "
      + "orange lower, in three steps from 1, 3 and 10 points. A number leads to its runs."
    var blocks: [Block] = [
      .heading("Published against measured", anchor: "published"), .paragraph([.text(words)]),
    ]
    for comparison in comparisons { blocks += self.blocks(comparison, ledger) }
    return blocks
  }

  private static func blocks(_ comparison: PublishedComparison, _ ledger: Ledger) -> [Block] {
    let report = comparison.report
    func name(_ row: String) -> String {
      ledger.declaration.methods.first { $0.id == row }?.name ?? row
    }
    let rows = comparison.rows.map { row in
      Row(
        cells: [.header(name(row))]
          + comparison.columns.map { column -> Cell in
            switch comparison.cell(row: row, column: column) {
            case .empty(let reason):
              return Cell(content: [.text("–"), .small(reason)], isNumeric: true)
            case .difference(let difference, let deviations):
              let address = CellAddress(row: row, column: column)
              let link = Inline.report(
                PrintedNumber.points(difference, decimals: 1), folder: report.name,
                anchor: address.anchor)
              let small = deviations.map {
                [Inline.small("\(PrintedNumber.fixed($0, decimals: 1)) sd")]
              }
              return Cell(
                content: [link] + (small ?? []), isNumeric: true, shade: shade(of: difference))
            }
          })
    }
    var notes: [String] = []
    let states = comparison.emptyStates.map { reason, count in
      "\(reason), \(PublishedComparison.explanation(of: reason)) "
        + "(\(PrintedNumber.count(count, "cell")))"
    }
    if !states.isEmpty { notes.append("Empty cells: \(states.joined(separator: "; ")).") }
    if !comparison.rowsWithout.isEmpty {
      notes.append(
        "Left out, because the paper prints no number for them: "
          + PrintedNumber.list(comparison.rowsWithout.map(name)) + ".")
    }
    let facts = report.claims.profile
    let kind =
      comparison.isComparable ? "differences" : "differences without the median of their column"
    return [
      .paragraph([.strong("\(report.claims.paper.item), \(facts.name) profile: \(kind)")]),
      .table(
        Table(
          caption: "", header: ["Method"] + comparison.columns, rows: rows,
          note: notes.isEmpty ? nil : notes.joined(separator: " "))),
    ]
  }

  /// From -3 to 3: below one point none, then from 1, 3 and 10 points.
  private static func shade(of difference: Double) -> Int {
    let size = [0.01, 0.03, 0.1].count { difference.magnitude >= $0 }
    return difference < 0 ? -size : size
  }

  /// What the selection rule is worth, a line a report.
  static func lenses(_ ledger: Ledger) -> [Block] {
    let controls = Set(ledger.declaration.methods.filter(\.isControl).map(\.id))
    let summaries = ledger.reports.compactMap { LensSummary($0, controls: controls) }
    guard !summaries.isEmpty else { return [] }
    let rules = ProtocolLens.rules.filter { $0 != .lastEpoch }
    let rows = summaries.map { summary in
      Row(
        cells: [
          Cell(
            content: [
              .report(summary.report.name, folder: summary.report.name, anchor: "lens")
            ], isHeader: true), .number("\(summary.cellCount)"),
        ]
          + rules.map { rule in
            .number(summary.gains[rule].map { PrintedNumber.points($0) } ?? "–")
          } + [.text("\(summary.contested.count) of \(summary.columnCount)")])
    }
    return [
      .heading("Protocol lens, in short", anchor: "lens"),
      .paragraph([
        .text(
          "The same runs read by four rules: mean difference to the last epoch in points, and in how many columns the best "
            + "method depends on the rule. † Test labels choose the epoch: an oracle that no user has."
        )
      ]),
      .table(
        Table(
          caption: "What the choice of the epoch is worth",
          header: ["Report", "Cells"] + rules.map(\.markedName) + ["Columns that depend on it"],
          rows: rows)),
    ]
  }

  /// Every report with its scale and where it was made, without times.
  static func reports(_ ledger: Ledger) -> [Block] {
    guard !ledger.reports.isEmpty else {
      return [
        .heading("Reports", anchor: "reports"),
        .paragraph([.text("There is no report yet; make help lists the commands that make them.")]),
      ]
    }
    let rows = ledger.reports.map { report -> Row in
      let claims = report.claims
      let counts = Verdict.Word.allCases.compactMap { word -> String? in
        let count = claims.judgements.count { $0.verdict.word == word }
        return count > 0 ? "\(count) \(word.rawValue)" : nil
      }
      let data = claims.profile.dataSets.sorted { $0.key < $1.key }
        .map { $0.key == $0.value ? $0.key : "\($0.key): \($0.value)" }
      let provenance = report.provenance
      return Row(cells: [
        Cell(
          content: [
            .report(report.name, folder: report.name, anchor: nil), .small(claims.paper.item),
          ], isHeader: true),
        Cell(content: [
          .text(claims.profile.name), .small(data.joined(separator: "; ")),
        ]),
        Cell(content: [
          .text(counts.isEmpty ? "–" : PrintedNumber.list(counts)),
          .small(standingText(ledger.standing(of: report))),
        ]),
        .number(provenance.map { $0.runs > 0 ? "\($0.runs)" : "–" } ?? "–"),
        Cell(content: provenance.map(made) ?? [.text("–")]),
      ])
    }
    return [
      .heading("Reports", anchor: "reports"),
      .table(
        Table(
          caption: "Every report", header: ["Report", "Profile", "Its claims", "Runs", "Made by"],
          rows: rows,
          note: "Each report's own provenance has machines, times and the digests of its data.")),
    ]
  }

  private static func standingText(_ standing: Ledger.Standing) -> String {
    switch standing {
    case .declared: return "the declared claims"
    case .stale: return "STALE: not the declared claims, counted nowhere"
    case .undeclared: return "no digest of its claims is declared"
    }
  }

  private static func made(_ provenance: ProvenanceSummary) -> [Inline] {
    let commits = provenance.commits.map { commit in
      let parts = commit.split(separator: " ", maxSplits: 1)
      return
        ([parts.first.map { String($0.prefix(10)) } ?? ""] + parts.dropFirst().map(String.init))
        .joined(separator: " ")
    }
    let versions = provenance.versions.sorted { $0.key < $1.key }.map {
      "\($0.key) \($0.value.joined(separator: ", "))"
    }
    return [
      .text(commits.isEmpty ? "–" : commits.joined(separator: ", ")),
      .small(versions.joined(separator: "; ")),
    ]
  }
}
