import Foundation
import Plotting
import Reporting

/// The charts of generation time.
enum ThroughputFigures {
  /// Hours for 50,000 images against the side of the images, measured and printed, a line a batch.
  static func hours(_ throughput: Throughput?, _ printed: PrintedHours) -> ReportFigure {
    let batches = throughput?.batches ?? PrintedHours.batches
    func key(_ batch: Int) -> SeriesKey {
      let index = batches.firstIndex(of: batch) ?? 0
      return .level(
        index, of: max(batches.count, 1),
        name: batch == 1 ? "1 image at a time" : "\(batch) at a time")
    }
    func chart(
      _ sides: [Int], _ hours: (_ side: Int, _ batch: Int) -> Double?
    ) -> LineChart {
      LineChart(
        lines: batches.map { batch in
          .init(
            key(batch),
            samples: sides.compactMap { side in
              hours(side, batch).map { LineChart.Sample(Double(side), $0) }
            })
        }.filter { !$0.samples.isEmpty },
        horizontalAxis: Axis(
          "Side of the images (pixels)", kind: .logarithmic, fit: .padded,
          ticks: sides.map(Double.init)),
        verticalAxis: Axis("Hours for 50,000 images", kind: .logarithmic, fit: .padded),
        guides: squares(sides, hours))
    }
    var panels: [SmallMultiples.Panel] = []
    if let throughput {
      panels.append(
        .init(
          "Measured here: \(throughput.hardware)",
          chart(throughput.sides) {
            throughput.point(side: $0, batch: $1)?.hours(.cifar10)
          }))
    }
    panels.append(
      .init(
        "Printed: \(PrintedHours.device)",
        chart(PrintedHours.sides) { printed.hours(.cifar10, side: $0, batch: $1) }))
    return ReportFigure(
      id: "hours-by-resolution",
      caption:
        "Hours for 50,000 images by the side of the images and the number made at a time"
        + (throughput == nil
          ? ", as printed; nothing is measured in this store."
          : ": left as measured here with the "
            + "generator of this suite, right as printed for Stable Diffusion with ControlNet. The two generators are "
            + "different ones, so that levels cannot be compared, only orders. Dotted: time in proportion to the number of pixels."),
      altText: "Lines that rise with the side of the images, one for each batch.",
      figure: Figure(
        SmallMultiples(panels: panels, columns: 2, sharing: .none),
        title: "Generation time by resolution and batch"))
  }

  /// Growth with the number of pixels, through the first point of the largest batch.
  private static func squares(
    _ sides: [Int], _ hours: (_ side: Int, _ batch: Int) -> Double?
  ) -> [LineChart.Guide] {
    guard let first = sides.first, sides.count > 1,
      let start = PrintedHours.batches.reversed().compactMap({ hours(first, $0) }).first
    else { return [] }
    return [
      .init(
        "∝ pixels",
        samples: sides.map { side in
          let ratio = Double(side) / Double(first)
          return .init(Double(side), start * ratio * ratio)
        })
    ]
  }

  /// A cell of hours, coloured by their logarithm.
  private static func hours(_ hours: Double) -> HeatMap.Cell {
    .value(log10(max(hours, .leastNormalMagnitude)), text: PlainNumber.significant(hours))
  }

  /// Hours by device, measured and printed, for both data sets.
  static func devices(_ measured: [Throughput], _ printed: PrintedHours) -> ReportFigure {
    let workloads = [Throughput.Workload.cifar10, .clothing1M]
    var names: [String] = []
    var cells: [[HeatMap.Cell]] = []
    for throughput in measured {
      guard let point = ThroughputListings.compared(throughput) else { continue }
      names.append("\(throughput.device), measured")
      cells.append(workloads.map { hours(point.hours($0)) })
    }
    for device in PrintedHours.devices {
      let printedHours = workloads.map {
        printed.hours(
          table: "7", $0, device: device, side: PrintedHours.compared.side,
          batch: PrintedHours.compared.batch)
      }
      names.append("\(device), printed")
      cells.append(printedHours.map { $0.map(hours) ?? .absent(.notPublished) })
    }
    var map = HeatMap(
      rowNames: names,
      columnNames: workloads.map { "\($0.dataset), \($0.text) images" }, cells: cells,
      valueLabel: "Hours, logarithm")
    map.showsColorBar = false
    return ReportFigure(
      id: "hours-by-device",
      caption:
        "Hours for the images of both data sets by device: measured with the generator of this suite at twice the side of its "
        + "images, and printed for Stable Diffusion at 512 x 512, eight at a time. Generators differ, so levels cannot be compared.",
      altText: "A table of hours by device and data set.",
      figure: Figure(map, width: Theme.standard.columnWidth, title: "Hours by device"))
  }
}
