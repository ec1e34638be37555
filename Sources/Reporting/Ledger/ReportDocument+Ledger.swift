extension ReportDocument {
  /// Lays out a ledger: one page for everything that was reproduced of a paper.
  init(_ ledger: Ledger) {
    let declaration = ledger.declaration
    title = declaration.title
    subtitle = "“\(declaration.paper.title)” (\(declaration.paper.version))"
    blocks = Self.overview(ledger)
    for word in Verdict.Word.allCases {
      let verdicts = ledger.verdicts.filter { $0.verdict.word == word }
      guard !verdicts.isEmpty else { continue }
      blocks.append(
        .heading(
          "\(word.rawValue.prefix(1).uppercased() + word.rawValue.dropFirst()): "
            + PrintedNumber.count(verdicts.count, "claim"), anchor: Self.anchor(of: word)))
      blocks += verdicts.flatMap { Self.claim($0, in: ledger) }
    }
    blocks += Self.others(ledger)
    blocks += Self.comparisons(ledger)
    blocks += Self.lenses(ledger)
    if !declaration.register.isEmpty { blocks += Self.register(declaration.register) }
    blocks += Self.reports(ledger)
  }

  private static func overview(_ ledger: Ledger) -> [Block] {
    let total = ledger.verdicts.count
    let rows = ledger.counts.map { word, count -> Row in
      let numbers = ledger.verdicts.filter { $0.verdict.word == word }.map(\.entry.number)
      let links = numbers.flatMap { number -> [Inline] in
        [.link("\(number)", to: anchor(ofClaim: number)), .text(" ")]
      }.dropLast()
      return Row(cells: [
        Cell(content: [.badge(word.rawValue, tone(of: word))], isHeader: true),
        .number("\(count)"), Cell(content: Array(links)),
      ])
    }
    return [
      .paragraph([
        .text(
          "\(PrintedNumber.count(total, "claim")) of the paper, each with the rule that was fixed before its measurement, and with "
            + "the verdict that follows from \(PrintedNumber.count(ledger.reports.count, "report")). Every verdict is "
            + "computed; this page is made by "), .code(declarationCommand(ledger)),
        .text(" and holds nothing that was written into it by hand."),
      ]),
      .heading("Verdicts", anchor: "verdicts"),
      .table(Table(caption: "", header: ["Verdict", "Claims", "Numbers"], rows: rows)),
      .folded(
        "How the parts of a claim make one word",
        Ledger.combination.map {
          .paragraph([.text($0)])
        }),
    ]
  }

  private static func declarationCommand(_ ledger: Ledger) -> String { ledger.declaration.command }

  private static func claim(_ verdict: LedgerVerdict, in ledger: Ledger) -> [Block] {
    let entry = verdict.entry
    let words: Inline = entry.isQuotation ? .quote(entry.words) : .text(entry.words)
    var blocks: [Block] = [
      .subheading("Claim \(entry.number)", anchor: anchor(ofClaim: entry.number)),
      .paragraph([
        words,
        .text(
          " (\(entry.isQuotation ? "" : "paraphrase; ")\(entry.place), \(entry.version); "
            + "\(entry.kind.rawValue))"),
      ]),
    ]
    var judged: [Inline] = [
      .badge(verdict.verdict.text, tone(of: verdict.verdict.word)), .text(" "),
    ]
    if let reason = verdict.verdict.reason { judged.append(.text(sentence(reason) + " ")) }
    judged += [.strong("Rule: "), .text(entry.rule)]
    blocks.append(.paragraph(judged))
    if let warning = entry.warning {
      blocks.append(.paragraph([.strong("⚠ "), .text(warning)]))
    }
    blocks += evidence(verdict, in: ledger)
    if !verdict.needs.isEmpty {
      blocks.append(
        .paragraph([
          .strong("What more is needed: "), .text(verdict.needs.joined(separator: " ")),
        ]))
    }
    return blocks
  }

  private static func evidence(_ verdict: LedgerVerdict, in ledger: Ledger) -> [Block] {
    let items = verdict.parts.map { part($0, in: ledger) }
    guard let first = items.first else { return [] }
    if items.count == 1 { return [.paragraph([.strong("Evidence: ")] + first)] }
    let aside = verdict.parts.count - verdict.counted.count
    let remark = aside > 0 ? ", \(aside) of them set aside" : ""
    return [.folded("Evidence: \(items.count) parts\(remark)", [.list(items)])]
  }

  /// One part: the claim as a link into its report, the scale and what was decided there.
  private static func part(_ part: LedgerPart, in ledger: Ledger) -> [Inline] {
    let report = ledger.reports.first { $0.name == part.folder }
    let data = report?.claims.profile.dataSets[part.dataset].map { ", \($0)" } ?? ""
    var content: [Inline] = [
      .report(part.claim, folder: part.folder, anchor: "claim-\(part.claim)"),
      .text(" (\(part.profile) profile\(data)): "),
      .badge(part.verdict.text, part.setAside == nil ? tone(of: part.verdict.word) : .none),
    ]
    let reasons = [part.verdict.reason, part.setAside.map { "set aside: \($0)" }]
      .compactMap { $0 }
    if !reasons.isEmpty { content.append(.text(" " + reasons.joined(separator: "; "))) }
    return content
  }

  private static func others(_ ledger: Ledger) -> [Block] {
    guard !ledger.others.isEmpty else { return [] }
    return [
      .heading("Declared besides", anchor: "besides"),
      .paragraph([.text("Claims of reports that are none of the numbered ones.")]),
      .list(ledger.others.map { part($0, in: ledger) }),
    ]
  }

  private static func sentence(_ text: String) -> String {
    let opened = text.prefix(1).uppercased() + text.dropFirst()
    return opened.hasSuffix(".") ? opened : opened + "."
  }

  private static func anchor(ofClaim number: Int) -> String { "claim-\(number)" }

  private static func anchor(of word: Verdict.Word) -> String {
    word.rawValue.replacing(" ", with: "-")
  }
}
