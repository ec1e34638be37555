import Testing

@testable import Plotting

@Suite struct TwoAxisTests {
  private let chart = SampleCharts.twoAxes

  private func layout(_ chart: LineChart) -> AxesLayout {
    AxesLayout(
      chart, in: Rect(x: 0, y: 0, width: 85, height: 55),
      context: LayoutContext(theme: .standard, measurer: RecordingRenderer()))
  }

  /// Left 48,000 in 20,000s up to 60,000, right 0.72...0.98 in tenths from 0.7 to 1: four each.
  @Test func ticksStandLevelOnBothSides() throws {
    let frame = layout(chart).frame
    let right = try #require(frame.right)
    #expect(frame.vertical.ticks.map(\.value) == [0, 20_000, 40_000, 60_000])
    #expect(right.ticks.map(\.value) == [0.7, 0.8, 0.9, 1])
    let levels = frame.vertical.ticks.map { frame.y($0.value) }
    let others = right.ticks.map { frame.y($0.value, on: .right) }
    #expect(zip(levels, others).allSatisfy { abs($0 - $1) < 1e-9 })
  }

  @Test func aRangeOfItsOwnIsKept() throws {
    var fixed = chart
    fixed.rightAxis?.range = 0.5...1
    #expect(try #require(layout(fixed).frame.right).domain == 0.5...1)
  }

  @Test func axesHaveTheColoursOfTheirLines() {
    let theme = Theme.standard
    let inks = AxisSide.allCases.map { chart.ink(of: $0, theme: theme) }
    #expect(inks[0] != inks[1] && !inks.contains(theme.ink))
    #expect(inks.allSatisfy { $0.lightness <= 45.1 }, "too pale for text")
    #expect(SampleCharts.lines.ink(of: .left, theme: theme) == theme.ink)
    #expect(
      chart.legend(theme: theme).map(\.text) == ["kept (left axis)", "accuracy (right axis)"])
  }

  @Test func tableSaysWhichAxis() {
    let rows = chart.table.rows
    #expect(chart.table.columns.last == "axis")
    #expect(rows.filter { $0.last == .text("left") }.count == 3)
    #expect(rows.filter { $0.last == .text("right") }.count == 3)
    #expect(!SampleCharts.lines.table.columns.contains("axis"))
  }

  @Test func panelsShareTheRightAxisAndLabelItOnce() throws {
    var lower = chart
    lower.verticalAxis.label = "Kept"
    let panels = SmallMultiples(
      panels: [.init("a", chart), .init("b", lower), .init("c", chart)], columns: 3)
    let recorder = RecordingRenderer()
    let plan = try Figure(panels, width: 175).plan(measurer: recorder)
    func count(_ text: String) -> Int {
      plan.primitives.filter { primitive in
        if case .text(let label) = primitive { return label.text == text }
        return false
      }.count
    }
    #expect(count("Selection accuracy") == 1 && count("Kept") == 1)
    #expect(count("0.8") == 1)
  }
}
