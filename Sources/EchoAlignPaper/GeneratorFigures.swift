import Experiments
import Foundation
import Plotting
import Reporting

/// The figures about the generator.
enum GeneratorFigures {
  /// Label agreement against edge overlap, along control and along guidance.
  static func tradeOff(_ quality: GeneratorQuality) -> ReportFigure {
    guard let own = quality.points.first else {
      preconditionFailure("a measured generator has at least its own operating point")
    }
    func mark(_ point: GeneratorQuality.Point, _ key: SeriesKey, _ label: String)
      -> ScatterChart.Mark
    {
      .init(
        key, x: Estimate(point.edgeOverlap), y: Estimate(point.labelAgreement), label: label)
    }
    let control = quality.points.filter {
      $0.sampling.controlWeight != own.sampling.controlWeight
    }.map {
      mark(
        $0, SeriesKey("control", name: "other weight of control"),
        "c \($0.sampling.controlWeight)")
    }
    let guidance = quality.points.filter { $0.sampling.guidance != own.sampling.guidance }.map {
      mark(
        $0, SeriesKey("guidance", name: "other weight of guidance"), "g \($0.sampling.guidance)")
    }
    let used = mark(
      own, SeriesKey("used", name: "in use"),
      "c \(own.sampling.controlWeight), g \(own.sampling.guidance)")
    let chart = ScatterChart(
      points: [used] + control + guidance,
      horizontalAxis: Axis("Edge overlap with the original (F1)"),
      verticalAxis: Axis("Recognised as the changed label"), showsIdentity: false)
    return ReportFigure(
      id: "generator-trade-off",
      caption: String(
        format:
          "The generator's trade between fitting the changed label and keeping the structure, by the "
          + "weight of control (c) and of guidance (g), on %d images. Unrelated real images of the "
          + "changed label overlap by %.2f.", quality.imageCount, quality.unrelatedOverlap),
      altText: "Label agreement falls as edge overlap rises.",
      figure: Figure(
        chart, width: Theme.standard.columnWidth, title: "Generator: label against structure"),
      isSmall: true)
  }

  /// Some originals, their edges and what was made of them.
  static func examples(_ quality: GeneratorQuality) -> ReportFigure {
    let shown = quality.examples.prefix(10)
    func raster(_ bytes: [UInt8], channels: Int) -> Raster {
      let count = bytes.count / channels
      let side = Int(Double(count).squareRoot())
      // The store keeps plane after plane; a raster has the channels of a pixel side by side.
      let pixels = (0..<count).flatMap { place in
        (0..<channels).map { bytes[$0 * count + place] }
      }
      return Raster(width: side, height: side, channels: channels, bytes: pixels)
    }
    func image(_ bytes: [UInt8], like edges: [UInt8]) -> Raster {
      raster(bytes, channels: bytes.count / max(1, edges.count))
    }
    let grid = ImageGrid(
      rowTitles: ["original", "edges", "modified"],
      columnTitles: shown.map { "\($0.cleanLabel) → \($0.label)" },
      items: [
        shown.map { .init(image($0.original, like: $0.edges)) },
        shown.map { .init(raster($0.edges.map { $0 * 255 }, channels: 1)) },
        shown.map { .init(image($0.modified, like: $0.edges)) },
      ])
    return ReportFigure(
      id: "generator-examples",
      caption:
        "The first ten measured images: original, Canny edges, and the image made under the changed "
        + "label (clean class → changed class).",
      altText: "Rows of small images: originals, edges and modified images.",
      figure: Figure(grid, title: "What the generator makes"))
  }
}
