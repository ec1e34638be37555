import Foundation
import RunStore

/// Writes the ledger beside the reports that it was computed from.
public struct LedgerWriter: Sendable {
  /// Creates a writer.
  public init() {}

  /// Returns the contents of the files by name: `claims.json`, `claims.md` and `index.html`.
  ///
  /// Equal ledgers give equal bytes. Throws `StoreError` for a value that cannot be written as JSON.
  public func files(of ledger: Ledger) throws -> [String: Data] {
    let document = ReportDocument(ledger)
    let markdown = MarkdownWriter { "figures/\($0.id).png" }
    let html = try HTMLWriter(pictures: [:], style: "\(HTMLStyle.text)\n\(LedgerStyle.text)")
    return [
      "claims.json": try json(of: ledger), "claims.md": Data(markdown.text(of: document).utf8),
      "index.html": Data(try html.text(of: document).utf8),
    ]
  }

  /// Returns the ledger as canonical JSON; see ``LedgerDocument``.
  public func json(of ledger: Ledger) throws -> Data {
    try CanonicalJSON.encode(LedgerDocument(ledger), nonFinite: .text) + Data("\n".utf8)
  }

  /// Writes the files into the folder of the reports; throws `FileSystemError` with path and cause.
  @discardableResult
  public func write(_ ledger: Ledger, to folder: URL) throws -> [URL] {
    try files(of: ledger).sorted { $0.key < $1.key }.map { name, data in
      let file = folder.appendingPathComponent(name)
      try AtomicFile.write(data, to: file, durable: false)
      return file
    }
  }
}
