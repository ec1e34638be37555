import Foundation
import Reporting
import Statistics

/// The plain tables and numbers of generation time.
enum ThroughputListings {
  /// The measured point that stands beside Table 7's: the middle size, eight at a time.
  static func compared(_ throughput: Throughput) -> Throughput.Point? {
    guard throughput.sides.count > 1 else { return nil }
    return throughput.point(side: throughput.sides[1], batch: PrintedHours.compared.batch)
  }

  /// Table 6 with the measured times in place of the printed ones, which stand beside.
  static func resolutions(_ throughput: Throughput?, _ printed: PrintedHours) -> Listing {
    let places = PrintedHours.sides.enumerated().flatMap { index, side in
      PrintedHours.batches.map { (index, side, $0) }
    }
    return Listing(
      id: "resolutions", caption: "Time of generation by size of the images and batch.",
      header: [
        "Size", "Batch", "Images a second", "Seconds an image", "Hours, 50,000", "Hours, 1,000,000",
        "Times its smallest size", "Printed for", "Printed, CIFAR-10", "Printed, Clothing1M",
        "Printed, times its 256 px",
      ],
      rows: places.map { index, printedSide, batch in
        let side = throughput.flatMap { $0.sides.indices.contains(index) ? $0.sides[index] : nil }
        let point = side.flatMap { throughput?.point(side: $0, batch: batch) }
        let smallest = throughput.flatMap { known in
          known.sides.first.flatMap { known.point(side: $0, batch: batch) }
        }
        let hours = printed.hours(.cifar10, side: printedSide, batch: batch)
        let base = printed.hours(.cifar10, side: PrintedHours.sides[0], batch: batch)
        return [
          side.map { "\($0) × \($0)" } ?? "not measured", "\(batch)",
          point.map(rate) ?? "–", point.map { PlainNumber.significant($0.mean) } ?? "–",
          point.map { PlainNumber.significant($0.hours(.cifar10)) } ?? "–",
          point.map { PlainNumber.significant($0.hours(.clothing1M)) } ?? "–",
          ratio(point?.mean, smallest?.mean), "\(printedSide) × \(printedSide)",
          hours.map { PlainNumber.text($0) } ?? "–",
          printed.hours(.clothing1M, side: printedSide, batch: batch)
            .map { PlainNumber.text($0) } ?? "–",
          ratio(hours, base),
        ]
      },
      note:
        "Measured: the mean of the repeats, ± their standard deviation, after one call to warm up; hours are extrapolated from "
        + "it. Each size is the same multiple of the smallest as in the paper.")
  }

  private static func rate(_ point: Throughput.Point) -> String {
    guard let summary = Summary(point.secondsPerImage.map { 1 / $0 }) else { return "–" }
    let mean = PlainNumber.significant(summary.mean)
    return summary.standardDeviation.map { "\(mean) ± \(PlainNumber.significant($0, digits: 2))" }
      ?? mean
  }

  private static func ratio(_ one: Double?, _ other: Double?) -> String {
    guard let one, let other, other > 0 else { return "–" }
    return String(format: "%.2f", one / other)
  }

  /// Table 7: devices of this machine and the printed ones.
  static func devices(_ measured: [Throughput], _ printed: PrintedHours) -> Listing {
    let own = measured.compactMap { throughput -> [String]? in
      guard let point = compared(throughput) else { return nil }
      return [
        "\(throughput.device): \(throughput.hardware)", "measured",
        "\(point.side) × \(point.side), batch \(point.batch)",
        PlainNumber.significant(point.hours(.cifar10)),
        PlainNumber.significant(point.hours(.clothing1M)),
      ]
    }
    let (side, batch) = PrintedHours.compared
    let theirs = PrintedHours.devices.map { device in
      [device, "printed", "\(side) × \(side), batch \(batch)"]
        + [Throughput.Workload.cifar10, .clothing1M].map {
          printed.hours(table: "7", $0, device: device, side: side, batch: batch)
            .map { PlainNumber.text($0) } ?? "–"
        }
    }
    return Listing(
      id: "devices", caption: "Hours by device.",
      header: ["Device", "Source", "Images", "Hours, 50,000", "Hours, 1,000,000"],
      rows: own + theirs,
      note:
        "Measured with the generator of this suite, which is far smaller than Stable Diffusion; the printed hours are said to "
        + "be GPU-hours for CIFAR-10 and, estimated, for Clothing1M.")
  }

  /// What the printed hours say of each other.
  static func contradictions(_ printed: PrintedHours) -> Listing {
    Listing(
      id: "printed-ratios", caption: "What the printed hours say of each other.",
      header: ["Ratio", "Printed", "Expected", "Expected because"],
      rows: PrintedRatio.all(printed).map { ratio in
        [
          ratio.name, String(format: "%.3f", ratio.value), String(format: "%.3f", ratio.expected),
          ratio.reason,
        ]
      })
  }
}

/// A ratio of printed hours beside the one that it should equal.
struct PrintedRatio {
  /// The identifier in kebab-case.
  var identifier: String
  /// What is divided by what.
  var name: String
  /// The printed ratio.
  var value: Double
  /// The ratio that it should equal.
  var expected: Double
  /// Why it should.
  var reason: String

  /// The printed ratio in units of the expected one.
  var quotient: Double { value / expected }

  /// Every ratio whose numbers are printed.
  static func all(_ printed: PrintedHours) -> [PrintedRatio] {
    let (side, batch) = PrintedHours.compared
    let (slow, fast) = (PrintedHours.devices[0], PrintedHours.devices[1])
    func seven(_ workload: Throughput.Workload, _ device: String) -> Double? {
      printed.hours(table: "7", workload, device: device, side: side, batch: batch)
    }
    func six(_ workload: Throughput.Workload, side: Int, batch: Int) -> Double? {
      printed.hours(workload, side: side, batch: batch)
    }
    func ratio(_ one: Double?, _ other: Double?) -> Double? {
      guard let one, let other, other > 0 else { return nil }
      return one / other
    }
    let sizes =
      Double(Throughput.Workload.clothing1M.images) / Double(Throughput.Workload.cifar10.images)
    let large = PrintedHours.batches[2]
    var ratios: [PrintedRatio] = []
    func add(
      _ identifier: String, _ name: String, _ value: Double?, _ expected: Double?, _ reason: String
    ) {
      guard let value, let expected else { return }
      ratios.append(
        .init(
          identifier: identifier, name: name, value: value, expected: expected, reason: reason))
    }
    add(
      "devices", "\(slow) over \(fast), Clothing1M",
      ratio(seven(.clothing1M, slow), seven(.clothing1M, fast)),
      ratio(seven(.cifar10, slow), seven(.cifar10, fast)),
      "the same work on the same devices takes CIFAR-10's factor")
    add(
      "batch", "batch \(batch) (Table 7) over batch \(large) (Table 6), Clothing1M",
      ratio(seven(.clothing1M, slow), six(.clothing1M, side: side, batch: large)),
      ratio(
        six(.cifar10, side: side, batch: batch), six(.cifar10, side: side, batch: large)),
      "the same batches of CIFAR-10 differ by this factor")
    add(
      "sizes", "Clothing1M over CIFAR-10, batch \(batch) (Table 7)",
      ratio(seven(.clothing1M, slow), seven(.cifar10, slow)), sizes,
      "hours for images of one size grow with their number")
    for side in PrintedHours.sides {
      add(
        "sizes-\(side)", "Clothing1M over CIFAR-10, batch \(large), \(side) px (Table 6)",
        ratio(six(.clothing1M, side: side, batch: large), six(.cifar10, side: side, batch: large)),
        sizes, "hours for images of one size grow with their number")
    }
    return ratios
  }
}
