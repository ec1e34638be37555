import Plotting

/// One way to select samples, with what counts as a right sample.
///
/// EchoSelect calls a kept sample right when its GIVEN label is clean; BLTM trains kept samples on their PREDICTED label and
/// calls them right when that label is clean. The paper sets both counts beside each other; here BLTM is read in three ways.
public enum SelectionReading: String, CaseIterable, Hashable, Sendable {
  /// The highest similarities; right where the given label is clean.
  case echoSelect = "echoselect"
  /// The highest max p, right where the predicted label is clean: BLTM's own accuracy.
  case predicted = "bltm-predicted"
  /// The highest max p, right where the given label is clean: EchoSelect's accuracy.
  case given = "bltm-given"
  /// The highest max p among samples whose predicted label is the given one; right where that label is clean.
  case agreeing = "bltm-agreeing"

  /// The readings of the rival.
  public static let rivals: [SelectionReading] = [.predicted, .given, .agreeing]

  /// The name for tables and legends.
  public var name: String {
    switch self {
    case .echoSelect: "EchoSelect (given label clean)"
    case .predicted: "BLTM (predicted label clean)"
    case .given: "BLTM (given label clean)"
    case .agreeing: "BLTM, predicted = given only"
    }
  }

  /// The selection of some samples under this reading; nil where BLTM's run is missing.
  public func curve(_ samples: SelectionSamples) -> SelectionCurve? {
    let isRight = samples.isRight
    guard self != .echoSelect else {
      return SelectionCurve(scores: samples.similarities, isRight: isRight)
    }
    let predictions = samples.predictions
    guard !predictions.isEmpty else { return nil }
    let scores = predictions.map(\.confidence)
    switch self {
    case .echoSelect, .given: return SelectionCurve(scores: scores, isRight: isRight)
    case .predicted:
      return SelectionCurve(
        scores: scores, isRight: zip(predictions, samples.cleanLabels).map { $0.label == $1 })
    case .agreeing:
      let agreeing = predictions.indices.filter {
        predictions[$0].label == samples.givenLabels[$0]
      }
      return SelectionCurve(
        scores: agreeing.map { scores[$0] }, isRight: agreeing.map { isRight[$0] },
        poolCount: samples.count)
    }
  }

  /// The colour of its method.
  var series: SeriesKey {
    SeriesKey(self == .echoSelect ? "echo-selection" : SelectionSamples.rival, name: name)
  }

  /// The dash that tells the readings of one method apart.
  var dash: Dash {
    switch self {
    case .echoSelect, .predicted: .solid
    case .given: .dashed
    case .agreeing: .dotted
    }
  }
}
