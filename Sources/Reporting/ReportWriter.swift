import Foundation
import Plotting
import RunStore

/// Writes a report's folder, whole or not at all.
public struct ReportWriter: Sendable {
  /// The names that a report has in its folder; anything else there is the user's and kept.
  static let names: Set<String> = [
    "report.md", "report.html", "table.csv", "table.tex", "records.jsonl", "claims.json",
    "provenance.json", "figures", "listings", "quantities.csv",
  ]

  /// Creates a writer.
  public init() {}

  /// Returns the contents of every file of a report, by its path in the folder.
  ///
  /// Equal reports give equal bytes. Throws `PlotError` for a figure that cannot be drawn, and
  /// `StoreError` for a value that cannot be written as JSON.
  public func files(of report: Report) throws -> [String: Data] {
    let digest = try PaperClaim.digest(of: report.judgements.map(\.claim))
    let document = ReportDocument(report, claimsDigest: digest)
    var files: [String: Data] = [:]
    var pictures: [String: [UInt8]] = [:]
    let drawings = report.figures.flatMap { figure in
      FigureFormat.allCases.map { (figure: figure, format: $0) }
    }
    let drawn = try drawings.concurrentMap { try $0.figure.figure.bytes(as: $0.format) }
    for ((figure, format), bytes) in zip(drawings, drawn) {
      files["figures/\(figure.id).\(format.rawValue)"] = Data(bytes)
      if format == .svg { pictures[figure.id] = bytes }
    }
    for figure in report.figures {
      files["figures/\(figure.id).csv"] = Data(figure.figure.chart.table.csv.utf8)
    }
    let markdown = MarkdownWriter { "figures/\($0.id).png" }
    files["report.md"] = Data(markdown.text(of: document).utf8)
    files["report.html"] = Data(try HTMLWriter(pictures: pictures).text(of: document).utf8)
    files.merge(tables(of: report)) { first, _ in first }
    if !report.results.addresses.isEmpty {
      let lines = try report.results.records.concurrentMap {
        try CanonicalJSON.encode($0, nonFinite: .text) + Data("\n".utf8)
      }
      files["records.jsonl"] = lines.reduce(into: Data()) { $0 += $1 }
    }
    let claims = try ClaimsDocument(report)
    files["claims.json"] = try CanonicalJSON.encode(claims, nonFinite: .text) + Data("\n".utf8)
    let provenance = ProvenanceDocument(report)
    files["provenance.json"] =
      try CanonicalJSON.encode(provenance, nonFinite: .text) + Data("\n".utf8)
    return files
  }

  /// The tables alone, as comma-separated values and as TeX; what a report has none of has no file.
  private func tables(of report: Report) -> [String: Data] {
    let profile = report.profile.name
    var files: [String: Data] = [:]
    if !report.tables.isEmpty { files["table.csv"] = Data(csv(of: report).utf8) }
    for listing in report.listings { files["listings/\(listing.id).csv"] = Data(listing.csv.utf8) }
    var tex = report.tables.map { TeXTable(table: $0, profile: profile).text }
    tex += report.listings.map { ListingTeX(listing: $0, profile: profile).text }
    if !report.quantities.isEmpty {
      let csv = QuantitiesCSV(report: report.id, profile: profile).text(of: report.quantities)
      files["quantities.csv"] = Data(csv.utf8)
      let table = Listing(quantities: report.quantities, profile: report.profile)
      tex.append(ListingTeX(listing: table, profile: profile).text)
    }
    if !tex.isEmpty { files["table.tex"] = Data(tex.joined(separator: "\n").utf8) }
    return files
  }

  private func csv(of report: Report) -> String {
    var published: [CellAddress: PublishedValue] = [:]
    for cell in report.tables.flatMap({ $0.cells.flatMap { $0 } }) {
      if let value = cell.published { published[cell.measurement.address] = value }
    }
    return TableCSV(report: report.id, profile: report.profile.name, published: published)
      .text(of: report.results)
  }

  /// Writes a report into a folder, which is made when it is missing.
  ///
  /// Everything is written to a hidden folder beside it, which then takes the name, so that the
  /// folder always holds one whole report; a user's own files in it are carried over.
  ///
  /// - Parameters:
  ///   - report: the report.
  ///   - folder: the folder.
  /// - Returns: the files, sorted by path.
  /// - Throws: `FileSystemError` with path and cause, or what ``files(of:)`` throws.
  @discardableResult
  public func write(_ report: Report, to folder: URL) throws -> [URL] {
    let files = try self.files(of: report)
    let swap = FolderSwap(folder: folder)
    try swap.recover()
    try AtomicFile.createFolder(folder.deletingLastPathComponent())
    do {
      for (path, data) in files.sorted(by: { $0.key < $1.key }) {
        try AtomicFile.write(data, to: swap.fresh.appendingPathComponent(path), durable: false)
      }
      try swap.carryOver(except: Self.names)
      try swap.exchange()
    } catch {
      swap.abandon()
      throw error
    }
    return files.keys.sorted().map { folder.appendingPathComponent($0) }
  }
}
