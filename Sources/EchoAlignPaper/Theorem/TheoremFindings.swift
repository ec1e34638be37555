/// What the study found, in sentences whose numbers are computed from it.
enum TheoremFindings {
  /// Every finding, statement by statement.
  static func all(_ study: TheoremStudy) -> [String] {
    [alignment(study), error(study), stability(), exclusion(study), gap(study), limits]
  }

  private static func alignment(_ study: TheoremStudy) -> String {
    let noisy = study.comparisons.filter { $0.condition.generatorNoise > 0 }
    let still = study.comparisons.filter { $0.condition.generatorNoise == 0 }
    func losing(_ list: [TheoremComparison]) -> String {
      "\(list.count { !$0.holds(.alignment, .asWritten) }) of \(list.count)"
    }
    return
      "Statement 1: without generator noise X′ tells less of Ỹ than X in \(losing(still)) conditions, with it in "
      + "\(losing(noisy)). The proof sets H(T | Ỹ, X) to 0, but a diffusion model draws at random."
  }

  private static func error(_ study: TheoremStudy) -> String {
    let step = study.comparisons.filter(TheoremProofStep.signal.isRight)
    let falling = step.count { $0.modified.provenError < $0.original.provenError * (1 - 1e-9) }
    return
      "Statement 2: at the least-squares optimum E(Y − β'X)² = E Y² − E(β'X)², so the proof's step E[(β′X′)²] ≤ E[(βX)²] says that "
      + "the error of its model does not fall; it falls in \(falling) of the \(step.count) conditions in which the step is "
      + "right. Besides, the error is taken over X′, into which the label was written; test images are originals."
  }

  /// Noise alone, without any alignment.
  private static func stability() -> String {
    let condition = TheoremCondition(
      labels: .independent, rate: 0.3, modification: .along, strength: 0, generatorNoise: 0.5)
    guard let comparison = TheoremComparison(condition) else { return "" }
    func change(_ value: (TheoremValues) -> Double) -> String {
      PlainNumber.significant(value(comparison.original)) + " to "
        + PlainNumber.significant(value(comparison.modified))
    }
    return
      "Statement 3: with σ² taken as equal, (XᵀX)⁻¹ measures the size of the features and not what they tell. A generator that "
      + "aligns nothing and adds noise of standard deviation 0.5 takes the variance of the proof from "
      + "\(change(\.unitVariance)), while the information falls from \(change(\.information)) nats."
  }

  private static func exclusion(_ study: TheoremStudy) -> String {
    let all = study.comparisons
    let steps = all.count {
      TheoremProofStep.largerSpread.isRight($0) && TheoremProofStep.smallerSpread.isRight($0)
    }
    let conclusions = all.count {
      $0.holds(.stability, .asWritten) && $0.holds(.generalisation, .asWritten)
    }
    return
      "Statements 3 and 4 as proved exclude each other: the first needs features that vary more in every direction, the second "
      + "features that vary less. Both steps are right in \(steps) of \(all.count) conditions, and both conclusions hold in "
      + "\(conclusions)."
  }

  private static func gap(_ study: TheoremStudy) -> String {
    let share = TheoremStudy.share(study.comparisons) { $0.holds(.generalisation, .asItMatters) }
    let premised = TheoremStudy.share(study.premised) { $0.holds(.generalisation, .asItMatters) }
    return
      "The gap between test and training error, which the Rademacher complexity is to bound, is smaller with X′ in "
      + "\(TheoremListings.percent(share)) % of all conditions and in \(TheoremListings.percent(premised)) % of those "
      + "under the premises: features that hold their label are fitted better in training than fresh originals can be."
  }

  private static let limits =
    "What the study is: linear models, Gaussian variables, one family of transformations. A counter-example refutes a theorem "
    + "that names no conditions on these; it does not say that modification cannot help elsewhere."
}
