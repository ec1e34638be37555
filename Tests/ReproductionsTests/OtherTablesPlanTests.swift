import EchoAlignPaper
import Experiments
import LabelNoise
import Reporting
import Reproduction
import RunStore
import Testing

@testable import echoalign_table1
@testable import echoalign_table2
@testable import echoalign_table3

/// Tables 2 and 3: their runs, shared with Table 1 where they are the same, and their claims.
@Suite struct OtherTablesPlanTests {
  private func request<Item: Reproduction>(_ item: Item.Type, _ profile: Profile) -> Request {
    Request(
      profile: profile, methods: Item.methods, columns: Item.columns(of: profile),
      seeds: profile.seeds, isSelection: false)
  }

  private static let nowhere = RunStore(root: .init(fileURLWithPath: "/nonexistent/store"))

  private func report<Item: Reproduction>(_ item: Item.Type, _ profile: Profile) throws -> Report {
    let request = request(item, profile)
    return try Item.report(
      request, results: request.results(in: Self.nowhere), store: Self.nowhere)
  }

  @Test(arguments: Profile.all.map(\.identifier))
  func tableThreeTrainsOnlyItsTwoAblations(_ identifier: String) throws {
    let profile = try Profile.named(identifier)
    let shared = Set(try request(Table1.self, profile).cells().map(\.key))
    let own = try request(Table3.self, profile).cells().filter { !shared.contains($0.key) }
    let hasEcho = profile.benchmarks.contains { $0.outside != nil }
    #expect(
      Set(own.map(\.method.identifier))
        == (hasEcho ? ["echo-modification", "echo-selection"] : []))
  }

  @Test func smallScalesNeverCallTheirNoiseHuman() throws {
    for profile in [Profile.smoke, .quick] {
      let columns = Table2.columns(of: profile)
      #expect(
        columns.map(\.identifier)
          == ["random1", "random2", "random3", "worst"].map { "annotator-like-\($0)" })
      #expect(columns.allSatisfy { $0.displayName.hasPrefix("Annotator-like") })
      let facts = try report(Table2.self, profile).profile
      #expect(facts.dataSets["CIFAR-10N"]?.contains("annotator-like") == true)
      #expect(facts.differences.contains { $0.topic == "Label noise" })
    }
    for profile in [Profile.cifar, .paper] {
      #expect(
        Table2.columns(of: profile).map(\.identifier)
          == ["random1", "random2", "random3", "worst"].map { "given-\($0)" })
    }
  }

  @Test func publishedNumbersAreReadForEveryPrintedCell() throws {
    let two = try #require(try report(Table2.self, .quick).tables.first)
    #expect(two.cells(ofRow: "ce").map { $0.published?.printed } == [83.17, 82.74, 82.90, 76.57])
    let three = try #require(try report(Table3.self, .paper).tables.first)
    #expect(
      three.cells(ofRow: "echo-modification").map { $0.published?.printed }
        == [42.77, 44.98, 15.69, 16.36])
    #expect(three.cells(ofRow: "echo-selection").first?.published?.printedSpread == nil)
  }

  @Test func paperScaleSaysWhatIsNotAvailable() throws {
    let report = try report(Table1.self, .paper)
    let cell = report.results.measurement(
      at: .init(row: "echoalign-b", column: "symmetric-50"), rule: .lastEpoch)
    let reason = try #require(cell.missing.first?.reason)
    #expect(reason.label == "not available")
    #expect(reason.explanation.contains("no generator"))
    #expect(report.results.columns.count == 10 && report.profile.isPaperScale)
    #expect(report.profile.dataSets.keys.sorted() == ["CIFAR-10", "CIFAR-100"])
  }

  @Test func unverifiedDataMarkTheReportAndChangeEveryKey() throws {
    var profile = Profile.paper
    profile.benchmarks = profile.benchmarks.map { $0.reading(content: "abc") }
    let report = try report(Table1.self, profile)
    #expect(!report.profile.isPaperScale)
    #expect(report.profile.dataSets["CIFAR-10"]?.contains("unverified") == true)
    #expect(report.profile.differences.contains { $0.here.contains("NOT VERIFIED") })
    let keys = Set(try request(Table1.self, profile).cells().map(\.key))
    #expect(keys.isDisjoint(with: Set(try request(Table1.self, .paper).cells().map(\.key))))
  }

  @Test func claimsHaveDistinctNamesAndKnownCells() {
    for (claims, rows, columns) in [
      (
        Table2Claims.all(columns: Table2.columns(of: .paper)), Table2.methods,
        Table2.columns(of: .paper)
      ),
      (Table3Claims.all, Table3.methods, Table3.columns(of: .paper)),
    ] {
      #expect(Set(claims.map(\.id)).count == claims.count)
      for address in claims.flatMap(\.rule.addresses) {
        #expect(rows.contains { $0.identifier == address.row }, "\(address)")
        #expect(columns.contains { $0.identifier == address.column }, "\(address)")
      }
    }
  }
}
