extension ReportDocument {
  /// The protocol lens: the rules side by side, and who wins under which.
  static func lens(_ lens: ProtocolLens) -> [Block] {
    let rules = ProtocolLens.rules
    let showsPublished = lens.isComparable && lens.entries.contains { $0.published != nil }
    let rows = lens.entries.map { entry -> Row in
      let numbers = rules.map { rule -> Cell in
        guard let mean = entry.mean(rule) else {
          let reason = entry.measurements.first?.emptiness?.label
          return Cell(
            content: [.text("–")] + (reason.map { [.small($0)] } ?? []), isNumeric: true)
        }
        let link = Inline.link(
          PrintedNumber.percent(mean),
          to: CellAddress(row: entry.row.id, column: entry.column.id).anchor)
        guard rule != .lastEpoch, let gain = entry.gain(rule) else {
          return Cell(content: [link], isNumeric: true)
        }
        return Cell(
          content: [link, .small(PrintedNumber.points(gain))], isNumeric: true)
      }
      let published: [Cell] =
        showsPublished
        ? [
          .number(entry.published.map { PrintedNumber.percent($0.value) } ?? "–"),
          .text(entry.closestToPublished?.markedName ?? "–"),
        ] : []
      return Row(
        cells: [.header(entry.row.name), .text(entry.column.name)] + numbers + published,
        isSetApart: entry.column.id == lens.columns.first?.id)
    }
    let table = Table(
      caption: "One training, read by four rules",
      header: ["Method", "Noise"] + rules.map(\.markedName)
        + (showsPublished ? ["Published", "Nearest rule"] : []),
      rows: rows,
      note: "Mean test accuracy in percent; below it the difference to the last epoch in points. "
        + "† Test labels choose the epoch.")
    let winners = Table(
      caption: "The highest mean of each column, by rule",
      header: ["Noise"] + rules.map(\.markedName),
      rows: lens.columns.map { column in
        Row(
          cells: [.header(column.name)]
            + rules.map { .text(lens.winner(column: column.id, rule: $0)?.name ?? "–") })
      })
    return [
      .heading("Protocol lens", anchor: "lens"),
      .list(lens.findings.map { [.text($0)] }), .table(winners),
      .folded("All cells under the four rules", [.table(table)]),
    ]
  }

  /// The noise audit: rates, conventions, warnings and matrices.
  static func audit(_ audit: NoiseAuditSection, figures: [ReportFigure]) -> [Block] {
    let rows = audit.settings.flatMap { setting -> [Row] in
      guard !setting.draws.isEmpty else {
        let dashes = (0..<7).map { _ in Cell.text("–") }
        return [Row(cells: [.header(setting.column.name)] + dashes)]
      }
      return setting.draws.map { draw in
        let audit = draw.audit
        let rates = audit.perClassRates.compactMap { $0 }
        let perClass = rates.min().flatMap { low in rates.max().map { (low, $0) } }
        func percent(_ rate: Double) -> String { PrintedNumber.percent(rate, decimals: 1) }
        return Row(
          cells: [
            .header(setting.column.name), .number("\(draw.seed)"), .number("\(audit.count)"),
            .number(percent(audit.nominalRate)), .number(percent(audit.expectedRate)),
            .number(
              "\(percent(audit.realisedRate)) "
                + "(\(percent(audit.realisedLower))–\(percent(audit.realisedUpper)))"),
            .number(perClass.map { "\(percent($0.0))–\(percent($0.1))" } ?? "–"),
            Cell(content: [.code(String(audit.digest.prefix(10)))]),
          ], isSetApart: draw.seed == setting.draws.first?.seed)
      }
    }
    let table = Table(
      caption: "Label noise as it was drawn",
      header: [
        "Noise", "Seed", "Labels", "Nominal %", "Expected %", "Realised % (95 %)", "Per class %",
        "Labels' digest",
      ], rows: rows)
    let conventions = audit.settings.compactMap { setting -> [Inline]? in
      guard let first = setting.draws.first else { return nil }
      return [.strong(setting.column.name + ": "), .text(first.audit.convention)]
    }
    let warnings = audit.settings.flatMap { setting in
      setting.warnings.map { [Inline.strong(setting.column.name + ": "), Inline.text($0)] }
    }
    var blocks: [Block] = [
      .heading("Noise audit", anchor: "noise"), .table(table), .list(conventions),
    ]
    if !warnings.isEmpty {
      blocks.append(
        .folded(PrintedNumber.count(warnings.count, "remark") + " on the draws", [.list(warnings)]))
    }
    let matrices = figures.filter(\.isSmall)
    if !matrices.isEmpty { blocks.append(.folded("Transition matrices", [.figures(matrices)])) }
    return blocks
  }

  /// The register of differences between paper and code.
  static func register(_ entries: [CodeDifference]) -> [Block] {
    let rows = entries.map { entry in
      Row(cells: [
        .header(entry.topic), .text(entry.paper), .text(entry.code), .text(entry.followed),
        .text(entry.effect ?? "not known"),
      ])
    }
    return [
      .heading("Paper against code", anchor: "register"),
      .table(
        Table(
          caption: "Where the paper and its released code differ",
          header: ["Topic", "Paper", "Released code", "Followed here", "Effect"], rows: rows)),
    ]
  }

  /// What differs between the paper's protocol and the profile's.
  static func protocolDifferences(_ profile: ProfileFacts) -> [Block] {
    [
      .heading("Paper against this profile", anchor: "profile"),
      .table(
        Table(
          caption: "What the profile \(profile.name) does differently",
          header: ["Topic", "Paper", "Here"],
          rows: profile.differences.map {
            Row(cells: [.header($0.topic), .text($0.paper), .text($0.here)])
          })),
    ]
  }
}
