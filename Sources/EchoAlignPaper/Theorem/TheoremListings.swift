import Foundation
import Reporting

/// The plain tables and the findings of the study.
enum TheoremListings {
  /// Where each statement holds, by group of conditions.
  static func statements(_ study: TheoremStudy) -> Listing {
    let groups: [(String, [TheoremComparison])] = [
      ("all conditions", study.comparisons),
      ("premises: informative labels, g = 0", study.premised),
      ("premises, strongest information of each setting", strongest(study.premised)),
      (
        "informative labels, generator noise",
        study.comparisons.filter {
          $0.condition.labels.isInformative && $0.condition.generatorNoise > 0
        }
      ),
      (
        "uninformative labels", study.comparisons.filter { !$0.condition.labels.isInformative }
      ),
    ]
    return Listing(
      id: "theorem-statements", caption: "Share of conditions in which each statement holds, in %.",
      header: ["Conditions", "Number"] + TheoremStatement.Form.all.map(\.name)
        + TheoremStatement.Reading.allCases.map { "all four \($0.name)" },
      rows: groups.map { name, list in
        [name, "\(list.count)"]
          + TheoremStatement.Form.all.map { form in
            percent(TheoremStudy.share(list) { $0.holding.contains(form) })
          }
          + TheoremStatement.Reading.allCases.map { reading in
            percent(TheoremStudy.share(list) { $0.holdsAll(reading) })
          }
      },
      note:
        "“As written”: error over X′, variance with equal σ², Rademacher complexity. “As it matters”: error over original "
        + "test features, variance with each model's own σ², gap between the error on fresh originals and that on the training "
        + "samples. Third row: of each setting only the strength a at which I(X′;Ỹ) is largest, since the theorem chooses θ so."
    )
  }

  /// Of each setting, the strengths at which the information is largest.
  private static func strongest(_ list: [TheoremComparison]) -> [TheoremComparison] {
    var groups: [TheoremCondition: [TheoremComparison]] = [:]
    for comparison in list {
      var setting = comparison.condition
      setting.strength = 0
      groups[setting, default: []].append(comparison)
    }
    return groups.values.compactMap { group in
      group.max {
        ($0.modified.information, $0.condition.strength)
          < ($1.modified.information, $1.condition.strength)
      }
    }
  }

  /// The steps that the proofs take for granted.
  static func proofSteps(_ study: TheoremStudy) -> Listing {
    let premised = study.premised
    return Listing(
      id: "theorem-proof-steps",
      caption:
        "The steps that the proofs take without showing them: how often each is right, in %.",
      header: [
        "Step", "Proof of", "Right, all", "Right, premises", "Statement holds where right",
        "Statement holds where wrong",
      ],
      rows: TheoremProofStep.allCases.map { step in
        let right = study.comparisons.filter(step.isRight)
        let wrong = study.comparisons.filter { !step.isRight($0) }
        func conclusion(_ list: [TheoremComparison]) -> String {
          list.isEmpty
            ? "–" : percent(TheoremStudy.share(list) { $0.holds(step.statement, .asWritten) })
        }
        return [
          step.words, "statement \(step.statement.rawValue)",
          percent(TheoremStudy.share(study.comparisons, where: step.isRight)),
          percent(TheoremStudy.share(premised, where: step.isRight)), conclusion(right),
          conclusion(wrong),
        ]
      },
      note:
        "The statements are those as written. H is the differential entropy; the step about E[(β′X′)²] is about models trained on "
        + "the true labels, as the proof has it.")
  }

  /// The statements by how far X′ is from X.
  static func deviations(_ study: TheoremStudy) -> Listing {
    let bounds: [(String, Range<Double>)] = [
      ("below 0.01", 0..<0.01), ("0.01 to 0.1", 0.01..<0.1), ("0.1 to 1", 0.1..<1),
      ("1 and above", 1..<(.infinity)),
    ]
    return Listing(
      id: "theorem-deviation",
      caption:
        "The same under the premises, by the distance of X′ from X, which the theorem wants small: share in %.",
      header: ["KL(X′ ‖ X) in nats", "Number"] + TheoremStatement.Form.all.map(\.name)
        + TheoremStatement.Reading.allCases.map { "all four \($0.name)" },
      rows: bounds.map { name, range in
        let list = study.premised.filter { range.contains(max(0, $0.deviation)) }
        func share(_ isSo: (TheoremComparison) -> Bool) -> String {
          list.isEmpty ? "–" : percent(TheoremStudy.share(list, where: isSo))
        }
        return [name, "\(list.count)"]
          + TheoremStatement.Form.all.map { form in share { $0.holding.contains(form) } }
          + TheoremStatement.Reading.allCases.map { reading in share { $0.holdsAll(reading) } }
      })
  }

  /// The numbers of some conditions, in the middle of the ranges.
  static func examples() -> Listing {
    let conditions = TheoremCondition.Labels.allCases.flatMap { labels in
      TheoremCondition.Modification.allCases.flatMap { modification in
        [0, 0.5].map {
          TheoremCondition(
            labels: labels, rate: 0.3, modification: modification, strength: 0.5,
            generatorNoise: $0)
        }
      }
    }
    return Listing(
      id: "theorem-conditions",
      caption: "Values of training on X and on X′ at r = 0.3 and a = 0.5, each as X → X′.",
      header: ["Condition"] + TheoremStatement.Form.all.map(\.name),
      rows: TheoremStudy(conditions).comparisons.map { comparison in
        [name(comparison.condition)]
          + TheoremStatement.Form.all.map { form in
            let (old, new) = (form.value(comparison.original), form.value(comparison.modified))
            return "\(PlainNumber.significant(old)) → \(PlainNumber.significant(new))"
              + (comparison.holding.contains(form) ? "" : " ✗")
          }
      },
      note:
        "✗: the statement does not hold. Information in nats; n = \(TheoremCondition.samples) samples, d = "
        + "\(TheoremCondition.dimensions) features, Var e = \(PlainNumber.text(TheoremCondition.errorVariance))."
    )
  }

  /// A condition in few words.
  static func name(_ condition: TheoremCondition) -> String {
    "\(condition.labels.rawValue), \(condition.modification.rawValue), g = \(PlainNumber.text(condition.generatorNoise))"
  }

  static func percent(_ share: Double) -> String { String(format: "%.1f", 100 * share) }
}
