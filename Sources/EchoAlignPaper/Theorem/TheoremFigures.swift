import Plotting
import Reporting

/// The maps of where the theorem's statements hold.
enum TheoremFigures {
  /// Every figure: a map of all set-ups, and a map of strength against label noise for each statement.
  static func all(_ study: TheoremStudy) -> [ReportFigure] {
    [
      setups(study, isDeterministic: true), setups(study, isDeterministic: false),
    ] + TheoremStatement.Form.all.map { map(of: $0, study) }
  }

  /// The share of conditions in which each statement holds, by how labels and features come about.
  private static func setups(_ study: TheoremStudy, isDeterministic: Bool) -> ReportFigure {
    let part = study.comparisons.filter {
      ($0.condition.generatorNoise == 0) == isDeterministic
    }
    let setups = TheoremCondition.Labels.allCases.flatMap { labels in
      TheoremCondition.Modification.allCases.map { (labels, $0) }
    }
    let forms = TheoremStatement.Form.all
    let readings = TheoremStatement.Reading.allCases
    let cells = setups.map { labels, modification -> [HeatMap.Cell] in
      let list = part.filter {
        $0.condition.labels == labels && $0.condition.modification == modification
      }
      return forms.map { form in
        percentage(TheoremStudy.share(list) { $0.holding.contains(form) })
      }
        + readings.map { reading in
          percentage(TheoremStudy.share(list) { $0.holdsAll(reading) })
        }
    }
    var map = HeatMap(
      rowNames: setups.map { "\($0.rawValue) labels, \($1.rawValue)" },
      columnNames: forms.map(\.name) + readings.map { "all four, \($0.name)" }, cells: cells,
      valueLabel: "Conditions in which it holds (%)", decimals: 0)
    map.range = 0...100
    map.rowLabel = "Labels and transformation"
    let words = isDeterministic ? "without" : "with"
    return ReportFigure(
      id: isDeterministic ? "theorem-setups" : "theorem-setups-generator-noise",
      caption:
        "In how many of the studied conditions each statement holds, \(words) noise of the generator's own. "
        + "Rows: how labels become noisy, and what is done to the features; each has all rates of label noise and "
        + "strengths of alignment.",
      altText:
        "A table of shares: a row a set-up, a column a statement, and two columns for all four together.",
      figure: Figure(map, title: "Where Theorem 3.1 holds, \(words) generator noise"))
  }

  /// Where one statement holds, by strength of alignment and label noise.
  private static func map(
    of form: TheoremStatement.Form, _ study: TheoremStudy
  ) -> ReportFigure {
    let cells = TheoremCondition.strengths.reversed().map { strength in
      TheoremCondition.rates.map { rate in
        percentage(
          TheoremStudy.share(
            study.comparisons.filter {
              $0.condition.strength == strength && $0.condition.rate == rate
            }
          ) { $0.holding.contains(form) })
      }
    }
    var map = HeatMap(
      rowNames: TheoremCondition.strengths.reversed().map { PlainNumber.text($0) },
      columnNames: TheoremCondition.rates.map { PlainNumber.text($0) }, cells: cells,
      valueLabel: "Holds (% of set-ups)", decimals: 0)
    map.range = 0...100
    map.rowLabel = "Strength of alignment a"
    map.columnLabel = "Label noise r"
    let setups =
      TheoremCondition.Labels.allCases.count * TheoremCondition.Modification.allCases.count
      * TheoremCondition.generatorNoises.count
    return ReportFigure(
      id: "theorem-\(form.identifier)",
      caption:
        "Statement \(form.name): the share of \(setups) set-ups (kinds of label noise, transformations, "
        + "generator noise) in which it holds, by alignment and label noise.",
      altText: "A map of shares by strength of alignment and label noise.",
      figure: Figure(map, width: Theme.standard.columnWidth, title: form.name), isSmall: true)
  }

  private static func percentage(_ share: Double) -> HeatMap.Cell { .value(100 * share) }
}
