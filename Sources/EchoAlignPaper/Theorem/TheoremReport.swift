import Foundation
import Reporting
import Reproduction
import RunStore

/// The report of Theorem 3.1: a linear-Gaussian study of when its four statements hold.
public enum TheoremReport {
  /// The report of a request, of which only the seeds matter.
  ///
  /// - Throws: ``RunStore/StoreError`` never; the signature is that of all reports.
  public static func report(_ request: Request, store: RunStore) throws -> Report {
    let study = TheoremStudy()
    let simulations = request.seeds.map { seed in
      TheoremStudy(TheoremSimulation.conditions).comparisons.map {
        TheoremSimulation($0, seed: UInt64(seed))
      }
    }
    var content = EchoAlignItem.Content()
    content.quantities =
      shares(study) + TheoremCheck.quantities(simulations, seeds: request.seeds)
    content.listings = [
      TheoremListings.statements(study), TheoremListings.proofSteps(study),
      TheoremListings.deviations(study), TheoremListings.examples(),
      TheoremCheck.listing(simulations),
    ]
    content.figures = TheoremFigures.all(study)
    content.notes = TheoremFindings.all(study)
    return try EchoAlignItem(
      identifier: "echoalign-theorem31", name: "Theorem 3.1", introduction: introduction,
      claims: TheoremClaims.all
    ).report(request, content, store: store)
  }

  /// The identifier of a share among the conditions that meet the premises.
  static func premised(_ what: String) -> String { "share/\(what)/premises" }

  /// The shares that claims are judged on, and the same over all conditions.
  private static func shares(_ study: TheoremStudy) -> [Quantity] {
    let groups = [
      ("premises", "informative labels, deterministic transformation", study.premised),
      ("all", "all conditions", study.comparisons),
    ]
    return groups.flatMap { group, words, list in
      TheoremStatement.Form.all.map { form in
        Quantity(
          exact: TheoremStudy.share(list) { $0.holding.contains(form) },
          id: "share/\(form.identifier)/\(group)",
          name: "Share in which \(form.name) holds, \(words)")
      }
        + TheoremStatement.Reading.allCases.map { reading in
          Quantity(
            exact: TheoremStudy.share(list) { $0.holdsAll(reading) },
            id: "share/all-four-\(reading.rawValue)/\(group)",
            name: "Share in which all four hold \(reading.name), \(words)")
        }
    }
  }

  private static let introduction = [
    "Theorem 3.1 says that modified images improve alignment, error, stability and generalisation. Here all four are computed "
      + "in closed form where that is possible: features X ~ N(0, I) in \(TheoremCondition.dimensions) dimensions, labels "
      + "Y = b'X + e, noisy labels Ỹ of four kinds, and modified features X′ = KX + a(Ỹ − b̃'X)v + gω, with b̃ the regression of Ỹ "
      + "on X. A linear model is trained on Ỹ, with X or with X′. No data set is needed.",
    "Labels are noisy in four ways: independent (Ỹ = Y + noise), replacing (the same, shrunk towards the mean as labels are "
      + "that flip), instance-dependent (a bias along another feature), and uninformative (nothing of Y). The label noise r means "
      + "that Ỹ correlates with Y by 1 − r. The transformation writes the label along the true direction, off it, or along it "
      + "while halving all other directions (contracting); a is its strength, and g the noise that a generator adds of its own.",
    "Each statement is read twice: as the theorem and its proof write it, and as it matters to a user, whose test images are not "
      + "modified. Under the theorem's premises (labels tell of Y, T is deterministic) a statement has to hold in every "
      + "condition to be called reproduced.",
  ]
}
