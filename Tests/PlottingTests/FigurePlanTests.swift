import Testing

@testable import Plotting

@Suite struct FigurePlanTests {
  @Test func tinyChartByHand() throws {
    let chart = LineChart(
      lines: [.init(SampleCharts.ce, samples: [.init(0, 0), .init(10, 100)])],
      horizontalAxis: Axis("", range: 0...10), verticalAxis: Axis("", range: 0...100))
    let theme = Theme.standard
    let context = LayoutContext(theme: theme, measurer: RecordingRenderer())
    let scale = { (axis: Axis) in AxisScale(axis, extent: nil, atMost: 3) }
    let frame = PlotFrame(
      rect: Rect(x: 10, y: 5, width: 20, height: 40), horizontal: scale(chart.horizontalAxis),
      vertical: scale(chart.verticalAxis))
    let style = theme.palette.style(for: "ce")
    let marker = { (center: Point) in
      Primitive.circle(
        center: center, radius: theme.markerSize * 0.45, fill: style.color,
        stroke: Stroke(style.color, width: theme.outlineWidth))
    }
    #expect(
      chart.marks(in: frame, context: context) == [
        .beginClip(Rect(x: 10, y: 5, width: 20, height: 40)),
        .polyline(
          points: [Point(10, 45), Point(30, 5)],
          stroke: Stroke(style.color, width: theme.lineWidth)),
        .endClip, marker(Point(10, 45)), marker(Point(30, 5)),
      ])
  }

  @Test(arguments: [
    "bars", "scatter", "lines", "multiples", "histogram", "images", "heat", "two-axes", "growth",
    "cloud", "confusion", "diagram",
  ])
  func planEqualsReference(name: String) throws {
    let chart = try #require(SampleCharts.all.first { $0.name == name }?.chart)
    let recorder = RecordingRenderer()
    let figure = Figure(chart, width: 85, title: "Title of a figure", note: "A note.")
    let plan = try figure.plan(measurer: recorder)
    plan.draw(on: recorder)
    #expect(recorder.primitives == plan.primitives)
    try Fixtures.expect(recorder.transcript, equals: "\(name).txt")
  }

  @Test func referenceLinesCarryTheirLabel() throws {
    for (ceiling, isAbove) in [(60.0, true), (100, false)] {
      var bars = SampleCharts.bars
      bars.referenceLine = .init(ceiling, meaning: "ceiling", label: "ln 10")
      let plan = try Figure(bars, width: 85).plan(measurer: RecordingRenderer())
      let plot = try #require(plan.primitives.firstClip)
      let y = plot.bottom - ceiling / 100 * plot.height
      let labels = plan.primitives.compactMap { primitive -> TextLabel? in
        if case .text(let label) = primitive, label.text == "ln 10" { return label }
        return nil
      }
      let label = try #require(labels.first)
      #expect(labels.count == 1 && plot.contains(label.position))
      #expect((label.position.y < y) == isAbove)
      #expect(bars.table.csv.contains("reference-line,ceiling,\(ceiling)"))
    }
  }

  @Test(arguments: [40.0, 85, 120, 175])
  func nothingLeavesThePage(width: Double) throws {
    let measurer = try CairoTextMeasurer()
    for (name, chart) in SampleCharts.all {
      for legend in [Figure.LegendPosition.below, .hidden] {
        let figure = Figure(chart, width: width, title: "A title that wraps", legend: legend)
        let plan = try figure.plan(measurer: measurer)
        let page = Rect(x: 0, y: 0, width: plan.size.width, height: plan.size.height)
        for case .text(let label) in plan.primitives where label.rotation == 0 {
          let length = measurer.width(of: label.text, font: label.font)
          let shift: Double =
            switch label.anchor {
            case .start: 0
            case .middle: -length / 2
            case .end: -length
            }
          let left = label.position.x + shift
          #expect(
            page.contains(Point(left, label.position.y - label.font.capHeight))
              && page.contains(Point(left + length, label.position.y)),
            "\(name) at \(width): \(label.text)")
        }
      }
    }
  }

  @Test func legendNeverCoversThePlot() throws {
    let measurer = try CairoTextMeasurer()
    let context = LayoutContext(theme: .standard, measurer: measurer)
    let entries = SampleCharts.bars.legend(theme: .standard)
    for position in [Figure.LegendPosition.below, .right] {
      var figure = Figure(SampleCharts.bars, width: 120, legend: position)
      let with = try figure.plan(measurer: measurer)
      figure.legendPosition = .hidden
      let without = try figure.plan(measurer: measurer)
      let legend = LegendLayout(
        entries, limit: 117, context: context, oneColumn: position == .right)
      if position == .below {
        #expect(with.size.height >= without.size.height + legend.size.height)
      }
      let texts = Set(entries.map(\.text))
      let plot = try #require(with.primitives.firstClip)
      for case .text(let label) in with.primitives where texts.contains(label.text) {
        #expect(!plot.contains(label.position), "\(label.text) stands in the plot")
      }
    }
  }
}

extension [Primitive] {
  fileprivate var firstClip: Rect? {
    for case .beginClip(let rect) in self { return rect }
    return nil
  }
}
