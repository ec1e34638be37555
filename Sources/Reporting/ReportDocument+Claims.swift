extension ReportDocument {
  /// The claims with their evidence.
  static func claims(_ report: Report, digest: String) -> [Block] {
    var blocks: [Block] = [
      .heading("Claims and evidence", anchor: "claims"),
      .paragraph([
        .text(
          "Claims and rules were declared as data before the runs; verdicts are computed. The list "
            + "has the SHA-256 digest "), .code(digest),
        .text(
          ". Each verdict word has its own family of p-values, corrected by Holm's method over the "
            + "claims of this report; the chance of any false word of one kind is at most "
            + "\(PrintedNumber.probability(report.alpha))."),
      ]),
    ]
    if let looks = report.results.looks { blocks.append(.paragraph([.text(looks.explanation)])) }
    for judgement in report.judgements { blocks += claim(judgement) }
    return blocks
  }

  private static func claim(_ judgement: Judgement) -> [Block] {
    let claim = judgement.claim
    var blocks: [Block] = [
      .subheading(claim.id, anchor: anchor(of: judgement)),
      .paragraph([
        .quote(claim.quotation), .text(" (\(claim.place), \(claim.version); \(claim.rule.kind))"),
      ]),
      .paragraph([
        .badge(judgement.verdict.text, tone(of: judgement.verdict.word)),
        .text(judgement.explanation.isEmpty ? "" : " " + judgement.explanation),
      ]),
    ]
    if let reading = judgement.publishedReading { blocks.append(.paragraph([.text(reading)])) }
    if let remark = claim.remark { blocks.append(.paragraph([.text(remark)])) }
    if let evidence = judgement.evidence {
      blocks.append(.folded("Evidence of \(claim.id)", evidenceBlocks(evidence, judgement)))
    }
    return blocks
  }

  private static func evidenceBlocks(_ evidence: Evidence, _ judgement: Judgement) -> [Block] {
    let table = evidence.readings.map { readings($0, evidence) } ?? settings(evidence)
    var lines: [[Inline]] = [
      p("the claim", evidence.holds), p("the opposite of the claim", evidence.reversed),
      p("the absence of what it claims", evidence.absent),
    ].compactMap { $0 }
    if let look = evidence.look { lines.append([.text(look.explanation)]) }
    lines += evidence.besides.map { [.text(upperFirst($0) + ".")] }
    for other in judgement.otherEvidence {
      guard let p = other.holds else { continue }
      let mark = other.usesTestLabels ? " †" : ""
      lines.append([
        .text(
          "Read by \(other.protocolName)\(mark): supported in \(other.supporting) of "
            + "\(other.settings.count), for the claim \(PrintedNumber.relation("p", p.raw)), "
            + "corrected \(PrintedNumber.probability(p.adjusted)).")
      ])
    }
    var blocks: [Block] = [.table(table), .list(lines)]
    guard !(evidence.runs.isEmpty && evidence.readings != nil) else { return blocks }
    let joined = evidence.runs.flatMap { [Inline.code($0), Inline.text(" ")] }
    blocks.append(
      .paragraph(
        [.text("Runs: ")] + joined + [.text("(rerun one by "), .code("make cell ID=…"), .text(")")])
    )
    return blocks
  }

  private static func readings(_ readings: [Evidence.Reading], _ evidence: Evidence) -> Table {
    let number = PrintedNumber.significant
    let rows = readings.map { reading -> Row in
      let unit = reading.unit.isEmpty ? "" : " \(reading.unit)"
      let interval = reading.lower.flatMap { lower in
        reading.upper.map { "\(number(lower)) to \(number($0))" }
      }
      return Row(cells: [
        .header(reading.name), .number(reading.isExact ? "exact" : "\(reading.n)"),
        .number(reading.mean.map { number($0) + unit } ?? "–"), .number(interval ?? "–"),
        .text(reading.bound),
        .number(
          reading.isExact
            ? (reading.p == 0 ? "0, by its value" : "1, by its value")
            : reading.p.map(PrintedNumber.probability) ?? "–"),
      ])
    }
    return Table(
      caption: "Measured quantities and their bounds",
      header: ["Quantity", "n", "Mean", "95 % interval", "Bound", "p"], rows: rows,
      note:
        "p decides; it is the probability of data at least as extreme if the bound were not kept: "
        + "\(evidence.test).")
  }

  private static func settings(_ evidence: Evidence) -> Table {
    let rows = evidence.settings.map { setting in
      Row(cells: [
        .header(setting.name), .text(setting.rival ?? "–"), .number("\(setting.n)"),
        .number(setting.effect.map { PrintedNumber.points($0) } ?? "–"),
        .number(interval(setting)),
        .number(setting.statistic.map { PrintedNumber.fixed($0, decimals: 2) } ?? "–"),
        .number(setting.p.map(PrintedNumber.probability) ?? "–"),
        .number(setting.exactP.map(PrintedNumber.probability) ?? "–"),
      ])
    }
    return Table(
      caption: "Hardest rival of each setting, \(evidence.protocolName)",
      header: [
        "Setting", "Against", "n", "Difference (points)", "95 % interval", "t", "p", "exact p",
      ], rows: rows,
      note:
        "p decides; it is the probability of data at least as extreme if the claim did not hold: "
        + "\(evidence.test). The exact sign-flip p stands beside it; with n pairs it cannot be below "
        + "1/2ⁿ.")
  }

  private static func interval(_ setting: Evidence.Setting) -> String {
    guard let lower = setting.lower, let upper = setting.upper else { return "–" }
    return "\(PrintedNumber.points(lower)) to \(PrintedNumber.points(upper))"
  }

  private static func p(_ what: String, _ value: Evidence.PValue?) -> [Inline]? {
    value.map {
      [
        .text(
          "For \(what): \(PrintedNumber.relation("p", $0.raw)), corrected "
            + "\(PrintedNumber.probability($0.adjusted)).")
      ]
    }
  }

  private static func upperFirst(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst()
  }
}
