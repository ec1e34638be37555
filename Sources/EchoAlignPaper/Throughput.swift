import Experiments
import Foundation
import Reporting
import Reproduction
import RunStore

/// The measured rates of a profile's generator on one device of this machine, beside the published hours.
struct Throughput: Sendable {
  /// A number of images with what it stands for.
  struct Workload: Hashable, Sendable {
    /// The paper's name of the data set.
    var dataset: String
    /// The number of its training images.
    var images: Int

    /// CIFAR-10's training images.
    static let cifar10 = Workload(dataset: "CIFAR-10", images: 50_000)
    /// The number with its thousands apart.
    var text: String {
      let digits = String(images)
      return digits.indices.reduce(into: "") { text, index in
        let left = digits.distance(from: index, to: digits.endIndex)
        text += (!text.isEmpty && left % 3 == 0 ? "," : "") + String(digits[index])
      }
    }

    /// Clothing1M's training images.
    static let clothing1M = Workload(dataset: "Clothing1M", images: 1_000_000)
  }

  /// One measured image size and batch.
  struct Point: Sendable {
    /// The side of the images in pixels.
    var side: Int
    /// The images made at a time.
    var batch: Int
    /// The seconds an image of each repeat.
    var secondsPerImage: [Double]

    /// The mean seconds an image.
    var mean: Double { secondsPerImage.reduce(0, +) / Double(max(secondsPerImage.count, 1)) }

    /// The hours that a number of images takes.
    func hours(_ workload: Workload) -> Double { mean * Double(workload.images) / 3600 }
  }

  /// The device, such as `cpu`.
  var device: String
  /// The machine that it was measured on, as its provenance names it.
  var hardware: String
  /// The points, by side and then by batch.
  var points: [Point]
  /// The sides, ascending.
  var sides: [Int] { Array(Set(points.map(\.side))).sorted() }
  /// The batches, ascending.
  var batches: [Int] { Array(Set(points.map(\.batch))).sorted() }

  /// The point of a side and a batch.
  func point(side: Int, batch: Int) -> Point? {
    points.first { $0.side == side && $0.batch == batch }
  }

  /// What is to be measured for a request; nil where the profile has no generator.
  static func specification(
    for request: Request, device: String? = nil
  ) -> ThroughputSpecification? {
    request.profile.benchmarks.lazy.compactMap {
      ThroughputSpecification($0, device: device ?? request.device, threads: request.threads)
    }.first
  }

  /// The measurement of a device, if the store has it.
  ///
  /// - Throws: ``RunStore/StoreError`` when it is damaged.
  static func stored(
    for request: Request, device: String, in store: RunStore
  ) throws -> Throughput? {
    guard let specification = specification(for: request, device: device),
      let measured = try GenerationThroughput.stored(for: specification, in: store)
    else { return nil }
    let provenance = try Analysis.throughput(specification).provenance(in: store)
    return Throughput(
      device: device, hardware: provenance?.hardware ?? specification.machine, measured: measured)
  }

  /// Creates rates from stored times.
  init(device: String, hardware: String, measured: GenerationThroughput) {
    self.device = device
    self.hardware = hardware
    points = measured.points.map { point in
      Point(
        side: point.side, batch: point.batch,
        secondsPerImage: point.seconds.map { $0 / Double(point.batch) })
    }
  }

  /// The devices whose measurements a report looks for: the one asked for, then those that a machine usually has.
  static func devices(of request: Request) -> [String] {
    [request.device, "cpu", "cuda:0"].reduce(into: []) {
      if !$0.contains($1) { $0.append($1) }
    }
  }
}

/// The hours that Tables 6 and 7 print.
struct PrintedHours {
  /// The sides of Table 6 in pixels.
  static let sides = [256, 512, 768]
  /// The batches of Table 6.
  static let batches = [1, 8, 16]
  /// The device of Table 6.
  static let device = "V100-SXM2"
  /// The devices of Table 7.
  static let devices = ["V100-SXM2", "RTX4090"]
  /// The side and the batch that Table 7 says it is of.
  static let compared = (side: 512, batch: 8)

  /// The numbers.
  let published: PublishedNumbers

  /// The hours of Table 6, or of Table 7 for its own side and batch; nil where none are printed.
  func hours(
    table: String = "6", _ workload: Throughput.Workload, device: String = Self.device, side: Int,
    batch: Int
  ) -> Double? {
    published.value(
      table: table, workload.dataset, "\(device);resolution=\(side)x\(side);batch=\(batch)",
      "EchoMod", "gpu_hours")
  }
}
