import Experiments
import Foundation
import Plotting
import Reporting
import Reproduction
import RunStore
import Statistics

/// How far modified images are from their originals, one by one and as a whole: Figure 7a.
public struct ShiftStudy: Sendable {
  /// How often a modification loses its original, in one draw of labels.
  struct Characteristic: Sendable {
    /// The median similarity of originals that have nothing to do with each other.
    var unrelated: Double
    /// The share of modified images that are less similar to their originals than that.
    var share: Double
    /// The same among samples whose given label is wrong; nil without any.
    var shareOfWrong: Double?
    /// The same among samples whose given label is right; nil without any.
    var shareOfRight: Double?

    /// Measures it; nil with fewer than two samples.
    ///
    /// Unrelated are the originals half the list apart.
    init?(_ images: EchoSimilarities) {
      let count = images.similarities.count
      guard count > 1 else { return nil }
      let features = images.originalFeatures
      let width = images.featureCount
      func product(_ one: Int, _ other: Int) -> Double {
        (0..<width).reduce(0.0) {
          $0 + Double(features[one * width + $1]) * Double(features[other * width + $1])
        }
      }
      let lengths = (0..<count).map { product($0, $0).squareRoot() }
      let cosines = (0..<count).map { index -> Double in
        let other = (index + count / 2) % count
        let scale = lengths[index] * lengths[other]
        return scale > 0 ? product(index, other) / scale : 0
      }
      let median = quantile(sorted: cosines.sorted(), 0.5)
      let isLost = images.similarities.map { $0 < median }
      func lost(_ isWrong: Bool) -> Double? {
        let own = zip(isLost, images.isWrong).filter { $0.1 == isWrong }.map(\.0)
        return own.isEmpty ? nil : Double(own.count { $0 }) / Double(own.count)
      }
      unrelated = median
      share = Double(isLost.count { $0 }) / Double(count)
      shareOfWrong = lost(true)
      shareOfRight = lost(false)
    }
  }

  /// The comparison of images by seed, without features.
  let characteristics: [(seed: Int, value: Characteristic)]
  /// The shift of the distributions by seed, with its control.
  let shifts: [(seed: Int, shift: Double, control: Double?)]
  /// The examples of the first seed.
  let lowest: [EchoSimilarities.Example]
  /// The examples of the first seed.
  let highest: [EchoSimilarities.Example]

  /// Creates a study from what was measured.
  init(
    similarities: [(seed: Int, value: EchoSimilarities)],
    information: [(seed: Int, value: InformationEstimates)]
  ) {
    characteristics = similarities.compactMap { seed, images in
      Characteristic(images).map { (seed, $0) }
    }
    shifts = information.compactMap { seed, estimates in
      estimates.shift.map { (seed, $0.nats, estimates.shiftControl?.nats) }
    }
    lowest = similarities.first?.value.lowest ?? []
    highest = similarities.first?.value.highest ?? []
  }

  /// Reads what the store has of a request's first column.
  ///
  /// - Throws: ``RunStore/StoreError`` when it is damaged.
  public init(_ request: Request, store: RunStore) throws {
    let specifications = InformationStudy.specifications(of: request)
    self.init(
      similarities: try specifications.compactMap { seed, specification in
        try EchoSimilarities.stored(for: specification.similarities, in: store).map { (seed, $0) }
      }, information: try InformationStudy(request, store: store).estimates)
  }

  /// The measurements that it needs.
  public static func analyses(of request: Request) -> [Analysis] {
    InformationStudy.specifications(of: request).flatMap { _, specification in
      [.similarities(specification.similarities), .information(specification)]
    }
  }

  /// The shares of lost originals, and the shift of the distributions.
  public var quantities: [Quantity] {
    func share(
      _ id: String, _ name: String, _ value: (Characteristic) -> Double?
    ) -> Quantity {
      let found = characteristics.compactMap { seed, measured in
        value(measured).map { (seed, $0) }
      }
      return Quantity(id: id, name: name, values: found.map(\.1), seeds: found.map(\.0))
    }
    let controls = shifts.compactMap { shift in shift.control.map { (shift.seed, $0) } }
    return [
      share(
        "lost/all",
        "share of modified images less similar to their originals than unrelated originals",
        \.share),
      share("lost/wrong", "the same among wrongly labelled samples", \.shareOfWrong),
      share("lost/right", "the same among rightly labelled samples", \.shareOfRight),
      Quantity(
        id: "shift", name: "divergence of modified images from originals, at least", unit: "nats",
        values: shifts.map(\.shift), seeds: shifts.map(\.seed)),
      Quantity(
        id: "shift/control", name: "the same between two halves of the originals", unit: "nats",
        values: controls.map(\.1), seeds: controls.map(\.0)),
    ]
  }

  /// Originals above what was made of them: those that lost most and those that lost least.
  ///
  /// - Parameter classNames: The names of the classes; indices stand for missing ones.
  /// - Returns: The figure; nil where there are no examples.
  public func figure(classNames: [String]) -> ReportFigure? {
    let count = min(10, lowest.count, highest.count)
    guard count > 0 else { return nil }
    func name(_ label: Int) -> String {
      classNames.indices.contains(label) ? classNames[label] : "class \(label)"
    }
    func rows(_ examples: [EchoSimilarities.Example]) -> [[ImageGrid.Item]] {
      let shown = examples.prefix(count)
      return [
        shown.map { Self.item($0.original, name($0.cleanLabel)) },
        shown.map {
          Self.item(
            $0.modified,
            "\(name($0.givenLabel)) (\(Self.number($0.similarity, decimals: 2)))")
        },
      ]
    }
    let grid = ImageGrid(
      rowTitles: [
        "lowest S: original", "modified", "highest S: original", "modified",
      ], items: rows(lowest) + rows(highest))
    return ReportFigure(
      id: "characteristic-shift",
      caption:
        "Characteristic shift: the \(count) training images whose modified images are least similar to them, and for "
        + "contrast the \(count) most similar ones, by feature similarity S and not by hand. Under an original stands its clean "
        + "class, under a modified image the given class that it was made to fit and, in brackets, S.",
      altText:
        "Rows of small images: originals and modified images with the lowest and the highest similarity.",
      figure: Figure(grid, title: "What modification loses, and what it keeps"))
  }

  /// A number with a true minus sign.
  private static func number(_ value: Double, decimals: Int) -> String {
    String(format: "%.\(decimals)f", value).replacing("-", with: "−")
  }

  /// The square image of some bytes, one or three planes; an absence for other shapes.
  private static func item(_ bytes: [UInt8], _ caption: String) -> ImageGrid.Item {
    for planes in [1, 3] {
      let side = Int((Double(bytes.count) / Double(planes)).squareRoot())
      if side > 0, planes * side * side == bytes.count {
        return .init(Raster(width: side, height: side, planes: bytes), caption: caption)
      }
    }
    return .init(absent: Absence(mark: "□", explanation: "not square"), caption: caption)
  }

  /// What a reader must know of the shift.
  public var notes: [String] {
    var notes = [
      "Characteristic shift is read as: a modified image is less similar to its original than two originals that have "
        + "nothing to do with each other are in the median. Similarity is that of the extractor's features, so what a classifier "
        + "of these classes does not see is not counted.",
      "Distribution shift is measured as what a linear probe on the principal components of the features can tell of whether an "
        + "image is an original or a modified one: a lower bound of the Jensen-Shannon divergence, between 0 and ln 2 = 0.693 "
        + "nats. Two halves of the originals are the control.",
    ]
    if let first = characteristics.first?.value {
      notes.append(
        "Unrelated originals have a median similarity of \(Self.number(first.unrelated, decimals: 3))."
      )
    } else {
      notes.append(
        "Modified images were not compared with their originals: these settings have no generator of their own here, or it "
          + "was not run.")
    }
    return notes
  }
}
