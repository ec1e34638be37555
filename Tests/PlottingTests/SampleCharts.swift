@testable import Plotting

/// One small chart of each kind, for tests that hold for all of them.
enum SampleCharts {
  static let ce = SeriesKey("ce", name: "CE")
  static let echo = SeriesKey("echoalign-a", name: "EchoAlign A")

  static let bars = GroupedBarChart(
    groups: ["Symmetric 50 %", "Clean"], series: [ce, echo],
    cells: [
      [.init(Estimate(50, plusMinus: 5, count: 3), published: Estimate(52)), .init(Estimate(80))],
      [.init(Estimate(90, plusMinus: 1, count: 2)), .init(absent: .diverged)],
    ], valueAxis: Axis("Test accuracy (%)", range: 0...100), spreadMeaning: "± 1 sd",
    plannedCount: 3)

  static let scatter = ScatterChart(
    points: [
      .init(ce, x: Estimate(50, plusMinus: 2), y: Estimate(48, plusMinus: 1), label: "S50"),
      .init(echo, x: Estimate(80), y: Estimate(83), label: "S50"),
    ], horizontalAxis: Axis("Published (%)", fit: .padded),
    verticalAxis: Axis("Measured (%)", fit: .padded), showsIdentity: true)

  static let lines = LineChart(
    lines: [
      .init(ce, samples: [.init(1, 10, band: 8...12), .init(2, 30, band: 25...35), .init(3, nil)]),
      .init(echo, samples: [.init(1, 12), .init(2, 40), .init(3, 60)]),
    ], horizontalAxis: Axis("Epoch", fit: .tight), verticalAxis: Axis("Test accuracy (%)"),
    events: [.init(at: 2, label: "stage 2")], bandMeaning: "± 1 sd")

  static let multiples = SmallMultiples(
    panels: [.init("a", lines), .init("b", lines), .init("c", lines)], columns: 2)

  static let histogram = Histogram(
    samples: [
      .init(SeriesKey("clean-labels", name: "clean"), values: [0.5, 0.7, 0.8, 0.9]),
      .init(SeriesKey("noisy-labels", name: "flipped"), values: [0.1, 0.2, 0.4]),
    ], axis: Axis("Similarity"), bins: 4, threshold: .init(0.5, label: "τ", band: 0.45...0.55))

  static let images = ImageGrid(
    rowTitles: ["original"], columnTitles: ["grey", "colour", "none"],
    items: [
      [
        .init(Raster(width: 2, height: 2, channels: 1, bytes: [0, 80, 160, 255]), caption: "0.1"),
        .init(
          Raster(width: 2, height: 1, planes: [255, 0, 0, 255, 0, 0])), .init(absent: .failed),
      ]
    ])

  static let heat = HeatMap(
    rowNames: ["CE", "EchoAlign"], columnNames: ["S30", "S50"],
    cells: [[.value(-1.25), .value(2)], [.value(0), .absent(.notRun)]],
    valueLabel: "Measured − published", colorMap: .diverging)

  static let all: [(name: String, chart: any Chart)] = [
    ("bars", bars), ("scatter", scatter), ("lines", lines), ("multiples", multiples),
    ("histogram", histogram), ("images", images), ("heat", heat),
  ]
}
