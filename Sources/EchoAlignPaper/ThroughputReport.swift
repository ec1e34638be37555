import Experiments
import Foundation
import Reporting
import Reproduction
import RunStore

/// The reports of Tables 6 and 7: how long generation takes.
public enum ThroughputReport {
  /// What must be measured for a request.
  public static func analyses(of request: Request) -> [Analysis] {
    Throughput.specification(for: request).map { [.throughput($0)] } ?? []
  }

  /// The report of Table 6: resolution and batch.
  ///
  /// - Throws: ``Reporting/PublishedTableError``, and ``RunStore/StoreError`` when a measurement is damaged.
  public static func resolutions(
    _ request: Request, publishedCSV: String, store: RunStore
  ) throws -> Report {
    let identifier = "echoalign-table6"
    let printed = PrintedHours(
      published: try PublishedNumbers(csv: publishedCSV, item: identifier))
    let throughput = try Throughput.stored(for: request, device: request.device, in: store)
    var content = EchoAlignItem.Content()
    content.quantities = ThroughputClaims.quantities(throughput)
    content.listings = [ThroughputListings.resolutions(throughput, printed)]
    content.figures = [ThroughputFigures.hours(throughput, printed)]
    content.notes = notes(throughput, request)
    return try EchoAlignItem(
      identifier: identifier, name: "Table 6",
      introduction: [
        "How long the modification of images takes, by their size and by how many are made at a time. The generator of this "
          + "suite is timed on this machine with untrained weights, which are as fast as trained ones.",
        warning,
      ], claims: ThroughputClaims.resolutions
    ).report(request, content, analyses: analyses(of: request), store: store)
  }

  /// The report of Table 7: devices, and what the printed hours say of each other.
  ///
  /// - Throws: ``Reporting/PublishedTableError``, and ``RunStore/StoreError`` when a measurement is damaged.
  public static func devices(
    _ request: Request, publishedCSV: String, store: RunStore
  ) throws -> Report {
    let identifier = "echoalign-table7"
    let printed = PrintedHours(
      published: try PublishedNumbers(csv: publishedCSV, item: identifier))
    let devices = Throughput.devices(of: request)
    let measured = try devices.compactMap {
      try Throughput.stored(for: request, device: $0, in: store)
    }
    var content = EchoAlignItem.Content()
    content.quantities = PrintedRatio.all(printed).map { ratio in
      Quantity(
        exact: ratio.quotient, id: ThroughputClaims.ratio(ratio.identifier),
        name: "Printed over expected ratio: \(ratio.name)")
    }
    content.listings = [
      ThroughputListings.devices(measured, printed), ThroughputListings.contradictions(printed),
    ]
    content.figures = [ThroughputFigures.devices(measured, printed)]
    content.notes = notes(measured.first, request)
    return try EchoAlignItem(
      identifier: identifier, name: "Table 7",
      introduction: [
        "How long the modification of images takes by device: those of this machine that were measured, beside the printed ones. "
          + "The claims are about the printed hours themselves, and are judged by dividing them.",
        warning,
      ], claims: ThroughputClaims.devices
    ).report(
      request, content,
      analyses: devices.compactMap {
        Throughput.specification(for: request, device: $0).map { .throughput($0) }
      }, store: store)
  }

  private static let warning =
    "The hours are not comparable with the printed ones: Stable Diffusion with ControlNet has about a thousand million parameters and "
    + "makes images of 512 x 512 pixels. What can be compared is the order of sizes and batches."

  private static func notes(_ throughput: Throughput?, _ request: Request) -> [String] {
    guard let throughput else {
      return [
        Throughput.specification(for: request) == nil
          ? "The \(request.profile.identifier) profile has no generator of its own, so nothing is measured."
          : "Nothing is measured on \(request.device) in this store yet; run does it in under a minute."
      ]
    }
    let repeats = throughput.points.first?.secondsPerImage.count ?? 0
    return [
      "Measured on \(throughput.hardware), \(throughput.device), \(request.threads) tensor thread(s). Each of the \(repeats) values "
        + "of a time is a repeat on this machine, not a seed; other work on the machine lengthens them.",
      "Images of other sizes than the generator was trained on are made of noise alone; only their time is of interest.",
    ]
  }
}
