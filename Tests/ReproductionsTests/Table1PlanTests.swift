import Experiments
import LabelNoise
import Reporting
import Reproduction
import RunStore
import Testing

@testable import echoalign_table1

@Suite struct Table1PlanTests {
  private func request(_ profile: Profile) -> Request {
    Request(
      profile: profile, methods: Table1.methods, columns: Table1.columns(of: profile),
      seeds: profile.seeds, isSelection: false)
  }

  @Test(arguments: Profile.all.map(\.identifier))
  func planHasEveryCellOnce(profile identifier: String) throws {
    let profile = try Profile.named(identifier)
    let cells = try request(profile).cells()
    let columns = profile.benchmarks.reduce(0) { count, benchmark in
      count + 5 * Table1.methods.count
        - (benchmark.outside == nil ? 5 * 3 : 0)
    }
    #expect(cells.count == columns * profile.seeds.count)
    // The control sees no noisy label, so its five columns share a run.
    let control = cells.filter { $0.method.identifier == "external-only" }
    let controls = profile.benchmarks.count { $0.outside != nil }
    #expect(Set(control.map(\.key)).count == controls * profile.seeds.count)
    let others = cells.filter { $0.method.identifier != "external-only" }
    #expect(Set(others.map(\.key)).count == others.count)
  }

  @Test func profilesNeverShareRuns() throws {
    let keys = try Profile.all.map { Set(try request($0).cells().map(\.key)) }
    for (index, one) in keys.enumerated() {
      for other in keys.dropFirst(index + 1) { #expect(one.isDisjoint(with: other)) }
    }
  }

  @Test func unknownProfileNamesTheValidOnes() {
    #expect(throws: ProfileError(identifier: "huge")) { try Profile.named("huge") }
    #expect(ProfileError(identifier: "huge").message.contains("smoke, quick, cifar, paper"))
  }

  @Test func publishedNumbersAreReadForEveryPrintedCell() throws {
    let store = RunStore(root: .init(fileURLWithPath: "/nonexistent/store"))
    let request = request(.quick)
    let report = try Table1.report(request, results: request.results(in: store), store: store)
    let table = try #require(report.tables.first)
    let ce = table.cells(ofRow: "ce")
    #expect(ce.map { $0.published?.printed } == [73.17, 52.59, 51.49, 71.56, 49.20])
    #expect(table.cells(ofRow: "echoalign-b").first?.published?.printedSpread == 0.20)
    #expect(table.cells(ofRow: "apl-nce-mae").allSatisfy { $0.published == nil })
  }

  @Test func emptyStoreGivesNoVerdictAndSaysWhy() throws {
    let store = RunStore(root: .init(fileURLWithPath: "/nonexistent/store"))
    let request = request(.quick)
    let report = try Table1.report(request, results: request.results(in: store), store: store)
    let words = Set(report.judgements.map(\.verdict.word))
    #expect(words == [.notRun, .notTestable])
    #expect(report.hasFailedCheck)
  }

  @Test func claimsHaveDistinctNamesAndKnownCells() {
    let claims = Table1Claims.all
    #expect(Set(claims.map(\.id)).count == claims.count)
    let rows = Set(Table1.methods.map(\.identifier))
    let columns = Set(Table1.columns(of: .paper).map(\.identifier))
    for address in claims.flatMap(\.rule.addresses) {
      #expect(rows.contains(address.row) && columns.contains(address.column))
    }
  }
}
