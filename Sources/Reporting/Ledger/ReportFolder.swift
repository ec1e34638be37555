import Foundation
import RunStore

/// A report as it lies in its folder, read back for the ledger.
public struct ReportFolder: Sendable {
  /// The folder's name, such as `echoalign-table1-cifar`.
  public let name: String
  /// The claims with their verdicts.
  public let claims: ClaimsDocument
  /// Where its runs were made; nil without `provenance.json`.
  public let provenance: ProvenanceSummary?
  /// The cells of its accuracy tables under every rule; empty without `table.csv`.
  public let cells: [TableCell]

  /// Creates a report from its parts.
  public init(
    name: String, claims: ClaimsDocument, provenance: ProvenanceSummary? = nil,
    cells: [TableCell] = []
  ) {
    self.name = name
    self.claims = claims
    self.provenance = provenance
    self.cells = cells
  }

  /// Reads every report in a folder, in order of names.
  ///
  /// A subfolder without `claims.json` is no report and is passed over; so are hidden ones.
  ///
  /// - Parameter folder: The folder of reports.
  /// - Returns: The reports.
  /// - Throws: ``LedgerError`` with the path, and `FileSystemError` for a file that cannot be opened.
  public static func all(in folder: URL) throws -> [ReportFolder] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: folder.path, isDirectory: &isFolder),
      isFolder.boolValue
    else { throw LedgerError.missingFolder(path: folder.path) }
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    return try names.filter { !$0.hasPrefix(".") }.compactMap { name in
      try ReportFolder(folder.appendingPathComponent(name, isDirectory: true))
    }
  }

  /// Reads one report; nil when the folder is none.
  private init?(_ folder: URL) throws {
    let file = folder.appendingPathComponent("claims.json")
    guard FileManager.default.fileExists(atPath: file.path),
      let data = try AtomicFile.contents(of: file)
    else { return nil }
    let claims = try Self.read(ClaimsDocument.self, data, file)
    guard claims.schema == ClaimsDocument.currentSchema else {
      throw LedgerError.damaged(
        path: file.path,
        reason: "layout version \(claims.schema), expected \(ClaimsDocument.currentSchema)")
    }
    guard try PaperClaim.digest(of: claims.judgements.map(\.claim)) == claims.claimsDigest else {
      throw LedgerError.damaged(
        path: file.path, reason: "its claims do not have the digest \(claims.claimsDigest)")
    }
    self.init(
      name: folder.lastPathComponent, claims: claims,
      provenance: try Self.provenance(folder.appendingPathComponent("provenance.json")),
      cells: try Self.cells(folder.appendingPathComponent("table.csv")))
  }

  private static func provenance(_ file: URL) throws -> ProvenanceSummary? {
    struct Head: Decodable { var summary: ProvenanceSummary }
    guard let data = try AtomicFile.contents(of: file) else { return nil }
    do {
      return try CanonicalJSON.decode(Head.self, from: data).summary
    } catch {
      throw LedgerError.damaged(path: file.path, reason: ErrorReport(error).message)
    }
  }

  private static func cells(_ file: URL) throws -> [TableCell] {
    guard let data = try AtomicFile.contents(of: file) else { return [] }
    do {
      return try TableCell.cells(csv: String(decoding: data, as: UTF8.self))
    } catch {
      throw LedgerError.damaged(path: file.path, reason: error.reason)
    }
  }

  private static func read<Value: Codable>(
    _ type: Value.Type, _ data: Data, _ file: URL
  ) throws -> Value {
    do {
      return try CanonicalJSON.decodeStrictly(type, from: data)
    } catch {
      throw LedgerError.damaged(path: file.path, reason: ErrorReport(error).message)
    }
  }
}
