import Testing

@testable import Plotting

@Suite struct ConfusionMatrixTests {
  private func texts(_ chart: any Chart, width: Double) throws -> [String] {
    let measurer = try CairoTextMeasurer()
    return try Figure(chart, width: width).plan(measurer: measurer).primitives.compactMap {
      if case .text(let label) = $0 { return label.text }
      return nil
    }
  }

  @Test func cellsShowPercentagesAndCounts() throws {
    let shown = try texts(SampleCharts.confusion, width: 85)
    for text in ["97", "3", "0", "<1", ">99", "999", "no items of this class"] {
      #expect(shown.contains(text), "\(text) is not among \(shown)")
    }
    let lines = SampleCharts.confusion.table.csv.split(separator: "\n")
    #expect(lines[0] == "row,column,count,row_total,share" && lines.count == 10)
    #expect(lines[1] == "cat,cat,97,100,0.97" && lines[9] == "ship,ship,0,0,")
  }

  @Test func tenClassesFitAColumnWithCounts() throws {
    let names = [
      "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck",
    ]
    let counts = (0..<10).map { row in (0..<10).map { $0 == row ? 4321 : 20 + $0 } }
    let shown = try texts(ConfusionMatrix(classNames: names, counts: counts), width: 85)
    #expect(shown.filter { $0 == "4321" }.count == 10)
    #expect(names.allSatisfy(shown.contains))
  }

  @Test func aHundredClassesAreAPicture() throws {
    let counts = (0..<100).map { row in (0..<100).map { $0 == row ? 50 : 1 } }
    let chart = ConfusionMatrix(classNames: (0..<100).map { "c\($0)" }, counts: counts)
    let plan = try Figure(chart, width: 175).plan(measurer: CairoTextMeasurer())
    #expect(plan.primitives.count < 1000 && plan.size.height < 200)
    #expect(try texts(chart, width: 175).contains("% of row"))
  }
}
