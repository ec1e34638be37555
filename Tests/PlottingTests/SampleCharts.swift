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

  static let twoAxes = LineChart(
    lines: [
      .init(
        SeriesKey("kept-count", name: "kept"),
        samples: [.init(0.3, 48_000), .init(0.4, 30_000), .init(0.5, 9000)]),
      .init(
        SeriesKey("selection-accuracy", name: "accuracy"),
        samples: [.init(0.3, 0.72), .init(0.4, 0.9), .init(0.5, 0.98)], axis: .right),
    ], horizontalAxis: Axis("τ", fit: .tight), verticalAxis: Axis("Kept"),
    rightAxis: Axis("Selection accuracy"))

  static let growth = LineChart(
    lines: [
      .init(.level(0, of: 3, name: "batch 1"), samples: [.init(256, 4.5), .init(768, 52)])
    ], horizontalAxis: Axis("Pixels", kind: .logarithmic, fit: .padded, ticks: [256, 512, 768]),
    verticalAxis: Axis("Hours", kind: .logarithmic, fit: .padded),
    guides: [.init("quadratic", samples: [.init(256, 5), .init(768, 45)])])

  static func cloud(count: Int) -> PointCloud {
    var generator = SplitMix(state: 7)
    let dots = (0..<count).map { index in
      PointCloud.Dot(
        group: index * 3 / count, x: .random(in: -9...9, using: &generator),
        y: .random(in: -4...4, using: &generator))
    }
    return PointCloud(
      embedding: dots, groups: ["cat", "dog", "ship"].enumerated().map(SeriesKey.imageClass))
  }

  static let density = DensityChart(
    samples: [
      .init(SeriesKey("original-images", name: "X"), values: [0.2, 0.5, 0.55, 0.7]),
      .init(SeriesKey("modified-images", name: "X′"), values: [0.6, 0.8, 0.95, 1]),
    ], axis: Axis("Probability"), bounds: 0...1, threshold: .init(0.5, label: "τ"),
    highlight: .init(0.6...0.7, label: "kept besides"))

  static let confusion = ConfusionMatrix(
    classNames: ["cat", "dog", "ship"], counts: [[97, 3, 0], [1, 999, 1], [0, 0, 0]])

  static let diagram = Diagram(
    nodes: [
      .init(
        "data", "noisy data", detail: "(X, Ỹ)", kind: .data, row: 0, column: 0,
        picture: Raster(width: 2, height: 1, channels: 1, bytes: [0, 255])),
      .init("edit", "modify the image", detail: "edges, prompt", kind: .process, row: 0, column: 1),
      .init("model", "classifier", kind: .model, row: 1, column: 1, series: echo),
      .init("z", "Z", detail: "hidden", kind: .latent, row: 1, column: 0),
      .init("y", "Ỹ", detail: "given label", kind: .observed, row: 2, column: 0.5),
      .init("note", "a remark", kind: .note, row: 2, column: 1),
    ],
    edges: [
      .init(from: "data", to: "edit", "one by one"),
      .init(from: "edit", to: "model", route: .straight, dash: .dashed),
      .init(from: "z", to: "y", "causes", route: .curved(0.2), series: ce),
      .init(from: "data", to: "model", "originals", route: .steppedAcross),
    ], groups: [.init("EchoMod", members: ["edit", "model"])])

  static let all: [(name: String, chart: any Chart)] = [
    ("bars", bars), ("scatter", scatter), ("lines", lines), ("multiples", multiples),
    ("histogram", histogram), ("images", images), ("heat", heat), ("two-axes", twoAxes),
    ("growth", growth), ("cloud", cloud(count: 12)), ("pixels", cloud(count: 1200)),
    ("density", density), ("confusion", confusion), ("diagram", diagram),
  ]
}
