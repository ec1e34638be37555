extension ReportDocument {
  /// Lays out a report.
  init(_ report: Report, claimsDigest: String) {
    title = report.title
    subtitle = "\(report.paper.item) of “\(report.paper.title)” (\(report.paper.version))"
    blocks = Self.opening(report)
    if !report.judgements.isEmpty { blocks += Self.verdicts(report) }
    blocks += Self.tables(report)
    if !report.listings.isEmpty { blocks += Self.listings(report.listings) }
    if !report.quantities.isEmpty { blocks += Self.quantities(report) }
    if report.tables.isEmpty && !report.notes.isEmpty { blocks += Self.notes(report.notes) }
    if !report.figures.isEmpty { blocks += Self.figures(report) }
    if !report.judgements.isEmpty { blocks += Self.claims(report, digest: claimsDigest) }
    if let lens = report.lens { blocks += Self.lens(lens) }
    if let audit = report.audit { blocks += Self.audit(audit, figures: report.figures) }
    if !report.register.isEmpty { blocks += Self.register(report.register) }
    if !report.profile.differences.isEmpty { blocks += Self.protocolDifferences(report.profile) }
    if !report.results.addresses.isEmpty { blocks += Self.runs(report.results) }
    if !(report.results.addresses.isEmpty && report.origins.isEmpty) {
      blocks += Self.provenance(report)
    }
  }

  private static func opening(_ report: Report) -> [Block] {
    var blocks = report.introduction.map { Block.paragraph([.text($0)]) }
    blocks.append(
      .paragraph([
        .strong("Profile \(report.profile.name). "), .text(report.profile.scopeNote),
      ]))
    if let regime = report.regime { blocks.append(.paragraph([.text(regime.text)])) }
    blocks.append(
      .paragraph([.text("This report is made by "), .code(report.command), .text(".")]))
    return blocks
  }

  private static func verdicts(_ report: Report) -> [Block] {
    let counts = report.verdictCounts.flatMap { word, count -> [Inline] in
      [.badge("\(count) \(word.rawValue)", tone(of: word)), .text(" ")]
    }.dropLast()
    let rows = report.judgements.map { judgement in
      Row(cells: [
        Cell(content: [.link(judgement.claim.id, to: anchor(of: judgement))], isHeader: true),
        Cell(content: [
          .badge(judgement.verdict.text, tone(of: judgement.verdict.word)),
          .small(scopeText(judgement)),
        ]),
        Cell(content: [.quote(judgement.claim.quotation)]),
      ])
    }
    return [
      .heading("Verdicts", anchor: "verdicts"), .paragraph(Array(counts)),
      .table(Table(caption: "", header: ["Claim", "Verdict", "In the paper's words"], rows: rows)),
    ]
  }

  private static func scopeText(_ judgement: Judgement) -> String {
    let readings = judgement.evidence?.readings ?? []
    let n =
      (judgement.evidence?.settings.map(\.n) ?? [])
      .min() ?? readings.filter { !$0.isExact }.map(\.n).min()
    let seeds = n.map { ", n = \($0)" } ?? ""
    return judgement.evidence == nil ? "" : judgement.scope.rawValue + seeds
  }

  private static func tables(_ report: Report) -> [Block] {
    guard !report.tables.isEmpty else { return [] }
    var blocks: [Block] = [.heading("Measured and published", anchor: "table")]
    for table in report.tables {
      blocks.append(.table(self.table(table)))
    }
    blocks += report.notes.map { .paragraph([.text($0)]) }
    return blocks
  }

  private static func notes(_ notes: [String]) -> [Block] {
    [.heading("Notes", anchor: "notes")] + notes.map { .paragraph([.text($0)]) }
  }

  /// The main table, a link in each cell leading to its runs.
  private static func table(_ table: MeasuredTable) -> Table {
    let best = table.best
    var previous: MethodRow?
    let rows = zip(table.rows, table.cells).map { row, line in
      let cells = zip(table.columns, line).map { column, cell -> Cell in
        let text = CellText(cell)
        var content: [Inline] = [.link(text.measured, to: cell.measurement.address.anchor)]
        if text.isPresent && best[column.id] == row.id { content.append(.strong(" ▲")) }
        if let remark = text.remark { content.append(.small(remark)) }
        if let published = text.published { content.append(.small("paper \(published)")) }
        return Cell(content: content, isNumeric: true)
      }
      let note =
        row.isControl
        ? ["control", row.note].compactMap { $0 }.joined(separator: "; ")
        : row.note
      let isSetApart = row.isControl && previous?.isControl == false
      previous = row
      return Row(cells: [.header(row.name, note: note)] + cells, isSetApart: isSetApart)
    }
    return Table(
      caption: table.caption, header: ["Method"] + table.columns.map(\.name), rows: rows,
      note: table.legend + " ▲ marks the highest mean of a column, controls left out. Each number "
        + "leads to its runs and the commands that rerun them.")
  }

  private static func figures(_ report: Report) -> [Block] {
    let figures = report.figures.filter { !$0.isSmall }
    guard !figures.isEmpty else { return [] }
    return [.heading("Figures", anchor: "figures"), .figures(figures)]
  }

  private static func runs(_ results: ResultSet) -> [Block] {
    let rows = results.addresses.flatMap { address -> [Row] in
      let method = results.row(address.row)?.name ?? address.row
      let noise = results.column(address.column)?.name ?? address.column
      let runs = results.runs(at: address)
      guard !runs.isEmpty else {
        let reason = results.measurement(at: address, rule: .lastEpoch).emptiness?.explanation
        var first = Cell.header(method)
        first.anchor = address.anchor
        return [
          Row(cells: [
            first, .text(noise), .text("–"), .text("–"), .text(reason ?? "not run"), .text("–"),
          ])
        ]
      }
      return runs.enumerated().map { index, run in
        var first = Cell.header(method)
        first.anchor = index == 0 ? address.anchor : nil
        let state = run.emptiness(under: .lastEpoch)?.explanation ?? "done"
        return Row(cells: [
          first, .text(noise), .number("\(run.seed)"), Cell(content: [.code(run.shortID)]),
          .text(state), Cell(content: [.code(run.command)]),
        ])
      }
    }
    let table = Table(
      caption: "Every planned run", header: ["Method", "Noise", "Seed", "Run", "State", "Command"],
      rows: rows,
      note: "The run is the first ten digits of its key, the SHA-256 digest of its specification; "
        + "records.jsonl has the whole records.")
    return [.heading("Runs", anchor: "runs"), .table(table)]
  }

  private static func provenance(_ report: Report) -> [Block] {
    let summary = report.provenance
    var rows: [(String, String)] = []
    if !report.results.addresses.isEmpty {
      rows.append(
        ("Runs", "\(summary.runs) of \(report.results.runs.count) planned have a record"))
    }
    if !report.origins.isEmpty { rows.append(("Measurements", "\(report.origins.count)")) }
    rows.append(("Commit", PrintedNumber.list(summary.commits)))
    for (name, values) in summary.versions.sorted(by: { $0.key < $1.key }) {
      rows.append((name, PrintedNumber.list(values)))
    }
    rows.append(("Machine", summary.machines.joined(separator: "; ")))
    rows.append(
      ("Work", "\(PrintedNumber.duration(summary.seconds)) of training, summed over the runs"))
    if summary.resumedRuns > 0 {
      rows.append(("Resumed", "\(PrintedNumber.count(summary.resumedRuns, "run")) after a stop"))
    }
    if let first = summary.firstStarted, let last = summary.lastFinished {
      rows.append(("Between", "\(first) and \(last)"))
    }
    let table = Table(
      caption: "", header: ["What", "Value"],
      rows: rows.map { Row(cells: [.header($0.0), .text($0.1.isEmpty ? "–" : $0.1)]) })
    return [.heading("Provenance", anchor: "provenance"), .table(table)]
  }

  static func anchor(of judgement: Judgement) -> String { "claim-\(judgement.claim.id)" }

  static func tone(of word: Verdict.Word) -> Tone {
    switch word {
    case .reproduced: return .good
    case .reproducedUnderAnotherProtocol: return .fair
    case .inconclusive: return .open
    case .notReproduced, .contradicted: return .bad
    case .notTestable, .notRun: return .none
    }
  }
}
