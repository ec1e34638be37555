import Experiments
import Foundation
import Plotting
import Reporting
import Reproduction
import RunStore

/// The similarities of Figure 3: of rightly and of wrongly labelled samples.
public struct SelectionSimilarities: Sendable {
  /// The selection accuracy of the figure, in percent.
  public static let percent = 96
  /// The significance level of the paper's test.
  public static let level = 0.001

  /// One draw with what the figure shows of it.
  struct Draw: Sendable {
    var samples: SelectionSamples
    /// Nil where all labels are right, or all wrong.
    var separation: SelectionSeparation?
    /// EchoSelect's selection at the accuracy.
    var ours: SelectionComparison.Kept?
    /// The rival's, by its own notion of a right sample.
    var theirs: SelectionComparison.Kept?

    /// The similarity at which as many samples are kept as the rival keeps.
    var line: Double? {
      guard let count = theirs?.point?.kept else { return nil }
      return SelectionReading.echoSelect.curve(samples)?.point(keepingAtLeast: count)?.threshold
    }
  }

  let draws: [Draw]
  let setting: String

  /// The measurement of a request's first column.
  ///
  /// - Throws: ``SelectionMismatch``, and what reading the store throws.
  public init(_ request: Request, store: RunStore) throws {
    guard let column = request.columns.first else {
      self.init(setting: "", samples: [])
      return
    }
    self.init(
      setting: column.displayName,
      samples: try SelectionSamples.stored(column, of: request, in: store))
  }

  /// The measurement of some draws.
  public init(setting: String, samples: [SelectionSamples]) {
    self.setting = setting
    draws = samples.map { samples in
      let comparison = SelectionComparison(column: setting, samples: [samples])
      return Draw(
        samples: samples, separation: SelectionSeparation(samples),
        ours: comparison.kept(.echoSelect, at: Self.percent).first,
        theirs: comparison.kept(.predicted, at: Self.percent).first)
    }
  }

  /// Quantities, tables, figures and notes.
  public var content: EchoAlignItem.Content {
    var content = EchoAlignItem.Content()
    content.quantities = quantities
    content.listings = [tests, levels, classes]
    content.figures = figures
    content.notes = notes
    return content
  }

  private var quantities: [Quantity] {
    let separated = draws.compactMap { draw in draw.separation.map { (draw.samples.seed, $0) } }
    func quantity(
      _ id: String, _ name: String, unit: String = "", _ value: (SelectionSeparation) -> Double?
    ) -> Quantity {
      let values = separated.compactMap { seed, separation in
        value(separation).map { (seed, $0) }
      }
      return Quantity(
        id: id, name: name, unit: unit, values: values.map(\.1), seeds: values.map(\.0))
    }
    return [
      quantity("mean-difference", "Mean similarity, rightly minus wrongly labelled") {
        $0.meanDifference
      },
      quantity("auc", "Chance that a rightly labelled sample has the higher similarity (AUC)") {
        $0.areaUnderCurve
      },
      quantity("cohens-d", "Difference of means by the pooled deviation (Cohen's d)") {
        $0.standardisedDifference
      },
      quantity("ks-d", "Kolmogorov-Smirnov distance D") { $0.distance },
      quantity("ks-log10-p", "Logarithm to base 10 of the Kolmogorov-Smirnov p-value") {
        $0.logarithmicP
      },
    ]
  }

  private var tests: Listing {
    let number = PrintedNumber.fixed
    return Listing(
      id: "separation",
      caption: "Similarity of rightly and wrongly labelled samples under \(setting), seed by seed.",
      header: [
        "Seed", "Right", "Wrong", "Mean right", "Mean wrong", "Cohen's d", "AUC", "Cliff's delta",
        "KS D", "at S", "log10 p", "D for p = \(Self.level)",
      ],
      rows: draws.compactMap { draw in
        guard let one = draw.separation else { return nil }
        return [
          "\(draw.samples.seed)", "\(one.rightCount)", "\(one.wrongCount)",
          number(one.rightMean, 3), number(one.wrongMean, 3),
          one.standardisedDifference.map { number($0, 2) } ?? "–", number(one.areaUnderCurve, 4),
          number(one.cliffsDelta, 3), number(one.distance, 3), number(one.location, 3),
          number(one.logarithmicP, 1), number(one.leastDistance(atLevel: Self.level), 3),
        ]
      },
      note: "The last column is the least D that is significant with these numbers of samples. "
        + "Where p is below 1e−300, its logarithm is that of the limit's leading term, "
        + "2 exp(−2 D² n m / (n + m)), which is larger than the exact p at such distances.")
  }

  private var levels: Listing {
    let number = PrintedNumber.fixed
    return Listing(
      id: "levels",
      caption: "The dashed line and the yellow band: numbers kept at \(Self.percent) % selection "
        + "accuracy, and the similarities above which they are kept.",
      header: [
        "Seed", "BLTM keeps", "dashed line at S", "EchoSelect keeps", "down to S",
        "EchoSelect minus BLTM",
      ],
      rows: draws.map { draw in
        [
          "\(draw.samples.seed)", draw.theirs.map { String($0.count) } ?? "–",
          draw.line.map { number($0, 3) } ?? "–", draw.ours.map { String($0.count) } ?? "–",
          draw.ours?.point.map { number($0.threshold, 3) } ?? "–",
          draw.ours.flatMap { ours in
            draw.theirs.map { number(Double(ours.count - $0.count), 0) }
          } ?? "–",
        ]
      },
      note: "BLTM by its own notion, the predicted label being clean, as in the printed 17,673; "
        + "the printed number of EchoSelect is 26,524, both of 50,000. Table 4 has both notions.")
  }

  private var classes: Listing {
    let separations = draws.map { SelectionSeparation.byGivenLabel($0.samples) }
    let labels = Set(separations.flatMap(\.keys)).sorted()
    return Listing(
      id: "by-given-label",
      caption:
        "The same within the samples of each given label, mean ± standard deviation over seeds.",
      header: ["Given label", "Right", "Wrong", "Mean right", "Mean wrong", "AUC", "KS D"],
      rows: labels.map { label in
        let own = separations.compactMap { $0[label] }
        func mean(_ decimals: Int, _ value: (SelectionSeparation) -> Double) -> String {
          SelectionText.mean(own.map(value), decimals: decimals)
        }
        return [
          "class \(label)", mean(0) { Double($0.rightCount) }, mean(0) { Double($0.wrongCount) },
          mean(3) { $0.rightMean }, mean(3) { $0.wrongMean }, mean(3) { $0.areaUnderCurve },
          mean(3) { $0.distance },
        ]
      })
  }

  private var notes: [String] {
    var notes = [
      "A p-value says little here: with thousands of samples on either side the test calls differences significant that are too "
        + "small to select by. At 35,000 rightly and 15,000 wrongly labelled samples, as in the paper, every D above 0.019 has p < "
        + "0.001. D, AUC and the difference of the means say how large the difference is.",
      "Seeds share most images and the generator; they differ in label noise and in the training split. The test is made for each "
        + "seed alone, because samples of several seeds are not independent.",
      "The features are those of a classifier of the same classes, trained on outside images with clean labels, not CLIP's: "
        + "the positions on the axis cannot be compared with the paper's, and the separation may be larger.",
    ]
    if !draws.isEmpty, draws.contains(where: { $0.separation == nil }) {
      notes.append("A seed whose labels are all right, or all wrong, has nothing to compare.")
    }
    let unreached = draws.filter { $0.theirs != nil && $0.theirs?.point == nil }
    if !unreached.isEmpty {
      notes.append(
        "BLTM reaches \(Self.percent) % on no 1 % of the samples for seed "
          + "\(unreached.map { String($0.samples.seed) }.joined(separator: ", ")), which has no dashed line."
      )
    }
    return notes
  }
}
