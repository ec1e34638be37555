import Testing

@testable import Plotting

@Suite struct DegenerateInputTests {
  private func drawn(_ chart: any Chart) throws -> RecordingRenderer {
    let recorder = RecordingRenderer()
    try Figure(chart, width: 85).plan(measurer: recorder).draw(on: recorder)
    for format in FigureFormat.allCases {
      _ = try Figure(chart, width: 85).bytes(as: format)
    }
    return recorder
  }

  @Test func emptyChartsSaySo() throws {
    let axis = Axis("x")
    let empty: [any Chart] = [
      LineChart(lines: [], horizontalAxis: axis, verticalAxis: axis),
      LineChart(
        lines: [.init(SampleCharts.ce, samples: [])], horizontalAxis: axis, verticalAxis: axis),
      ScatterChart(points: [], horizontalAxis: axis, verticalAxis: axis, showsIdentity: true),
      GroupedBarChart(groups: [], series: [], cells: [], valueAxis: axis),
      GroupedBarChart(groups: ["a"], series: [], cells: [[]], valueAxis: axis),
      Histogram(samples: [], axis: axis), SmallMultiples(panels: [], columns: 2),
      LineChart(lines: [], horizontalAxis: axis, verticalAxis: axis, rightAxis: axis),
      PointCloud(groups: [], dots: [], horizontalAxis: axis, verticalAxis: axis),
      PointCloud(embedding: [], groups: [SampleCharts.ce]), DensityChart(samples: [], axis: axis),
      DensityChart(samples: [.init(SampleCharts.ce, values: [])], axis: axis, bounds: 0...1),
      Diagram(nodes: [], edges: []),
    ]
    for chart in empty {
      #expect(try drawn(chart).transcript.contains("no data"), "\(chart)")
    }
    _ = try drawn(HeatMap(rowNames: [], columnNames: [], cells: [], valueLabel: "v"))
    _ = try drawn(ImageGrid(items: []))
    _ = try drawn(ConfusionMatrix(classNames: [], counts: []))
  }

  @Test func onePointAndEqualValues() throws {
    let axis = Axis("x")
    for value in [0.0, 5, -3, 1e-12, 1e12] {
      _ = try drawn(
        LineChart(
          lines: [.init(SampleCharts.ce, samples: [.init(value, value)])], horizontalAxis: axis,
          verticalAxis: axis))
      _ = try drawn(
        ScatterChart(
          points: [.init(SampleCharts.ce, x: Estimate(value), y: Estimate(value))],
          horizontalAxis: axis, verticalAxis: axis, showsIdentity: true))
      _ = try drawn(
        Histogram(
          samples: [.init(SampleCharts.ce, values: Array(repeating: value, count: 9))],
          axis: axis))
      _ = try drawn(
        GroupedBarChart(
          groups: ["a"], series: [SampleCharts.ce], cells: [[.init(Estimate(value))]],
          valueAxis: axis))
      _ = try drawn(
        HeatMap(
          rowNames: ["r"], columnNames: ["c"], cells: [[.value(value)]], valueLabel: "v"))
      _ = try drawn(
        LineChart(
          lines: [
            .init(SampleCharts.ce, samples: [.init(value, value)]),
            .init(SampleCharts.echo, samples: [.init(value, value)], axis: .right),
          ], horizontalAxis: axis, verticalAxis: axis, rightAxis: Axis("y")))
      for count in [1, 5] {
        let dots = Array(repeating: PointCloud.Dot(group: 0, x: value, y: value), count: count)
        _ = try drawn(PointCloud(embedding: dots, groups: [SampleCharts.ce]))
        _ = try drawn(
          DensityChart(
            samples: [.init(SampleCharts.ce, values: Array(repeating: value, count: count))],
            axis: axis))
      }
    }
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity])
  func numbersThatAreNotFiniteAreRefused(value: Double) {
    let axis = Axis("x")
    let key = SampleCharts.ce
    let charts: [any Chart] = [
      LineChart(
        lines: [.init(key, samples: [.init(1, value)])], horizontalAxis: axis, verticalAxis: axis),
      LineChart(
        lines: [.init(key, samples: [.init(value, 1)])], horizontalAxis: axis, verticalAxis: axis),
      ScatterChart(
        points: [.init(key, x: Estimate(value), y: Estimate(1))], horizontalAxis: axis,
        verticalAxis: axis),
      GroupedBarChart(
        groups: ["a"], series: [key], cells: [[.init(Estimate(value))]], valueAxis: axis),
      GroupedBarChart(
        groups: ["a"], series: [key], cells: [[.init(absent: .notRun, published: Estimate(value))]],
        valueAxis: axis),
      GroupedBarChart(
        groups: ["a"], series: [key],
        cells: [[.init(Estimate(1, plusMinus: abs(value)))]], valueAxis: axis),
      Histogram(samples: [.init(key, values: [1, value])], axis: axis),
      HeatMap(rowNames: ["r"], columnNames: ["c"], cells: [[.value(value)]], valueLabel: "v"),
      PointCloud(embedding: [.init(group: 0, x: value, y: 1)], groups: [key]),
      DensityChart(samples: [.init(key, values: [1, value])], axis: axis),
      DensityChart(
        samples: [.init(key, values: [1])], axis: axis, threshold: .init(value, label: "")),
      LineChart(
        lines: [], horizontalAxis: axis, verticalAxis: axis,
        guides: [.init("g", samples: [.init(1, value)])]),
      Diagram(nodes: [.init("a", "a", kind: .data, row: value, column: 0)], edges: []),
    ]
    for chart in charts {
      #expect {
        try Figure(chart).plan(measurer: RecordingRenderer())
      } throws: { error in
        guard case .notFinite? = error as? PlotError else { return false }
        return true
      }
    }
  }

  @Test func axesThatCannotShowTheDataAreRefused() {
    let logarithmic = Axis("x", kind: .logarithmic)
    let samples: [LineChart.Sample] = [.init(0, 1), .init(2, 3)]
    let backwards: [LineChart.Sample] = [.init(2, 1), .init(1, 3)]
    let charts: [any Chart] = [
      DensityChart(
        samples: [.init(SampleCharts.ce, values: [0.5, 1.5])], axis: Axis("p"), bounds: 0...1),
      LineChart(
        lines: [.init(SampleCharts.ce, samples: samples, axis: .right)],
        horizontalAxis: Axis("x"), verticalAxis: Axis("y")),
      LineChart(
        lines: [.init(SampleCharts.ce, samples: samples)], horizontalAxis: logarithmic,
        verticalAxis: Axis("y")),
      LineChart(
        lines: [.init(SampleCharts.ce, samples: backwards)], horizontalAxis: Axis("x"),
        verticalAxis: Axis("y")),
      LineChart(
        lines: [.init(SampleCharts.ce, samples: samples)], horizontalAxis: Axis("x", range: 1...1),
        verticalAxis: Axis("y")),
    ]
    for chart in charts {
      #expect {
        try Figure(chart).plan(measurer: RecordingRenderer())
      } throws: { error in
        guard case .unsuitable? = error as? PlotError else { return false }
        return true
      }
    }
  }
}
