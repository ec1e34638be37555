import Foundation
import LabelNoise
import TestSupport
import Testing

/// A draw with given counts, read from a label file.
private func labels(_ pairs: [(Int, Int, Int)], classes: Int, model: NoiseModel) throws
  -> NoisyLabels
{
  var csv = "index,clean,noisy\n"
  var index = 0
  for (clean, noisy, count) in pairs {
    for _ in 0..<count {
      csv += "\(index),\(clean),\(noisy)\n"
      index += 1
    }
  }
  return try NoisyLabels(csv: csv, classes: classes, model: model, seed: 1)
}

@Test func auditByHand() throws {
  let draw = try labels(
    [(0, 0, 59), (0, 1, 41), (1, 1, 50), (1, 2, 50)], classes: 3, model: .pairflip(rate: 0.45))
  let audit = try NoiseAudit(draw, digest: "abc")
  #expect(audit.transitionCounts == [[59, 41, 0], [0, 50, 50], [0, 0, 0]])
  #expect(audit.perClassRates == [0.41, 0.5, nil])
  #expect(audit.nominalRate == 0.45)
  expectClose(audit.expectedRate, 0.45)
  expectClose(audit.realisedRate, 0.455)
  // SciPy: binomtest(91, 200).proportion_ci(method="wilson")
  expectClose(audit.realisedLower, 0.387482193098835)
  expectClose(audit.realisedUpper, 0.524213886275119)
  #expect(audit.identifier == "pairflip-45")
  #expect(audit.digest == "abc")
  #expect(audit.warnings.count == 3)
  #expect(
    audit.warnings[0].hasPrefix("Class 0: its own label (59) ties with its flip target 1 (41)"))
  #expect(audit.warnings[1].hasPrefix("Class 1: its own label (50) ties with its flip target 2"))
  #expect(audit.warnings[2] == "Class 2 has no labels.")
}

@Test func otherConventionsAreFlagged() throws {
  let clean = (0..<20_000).map { $0 % 10 }
  let exclusive = try NoiseModel.symmetric(rate: 0.5).corrupt(clean, classes: 10, seed: 1)
  #expect(try NoiseAudit(exclusive, digest: "").warnings == [])
  let inclusive = try NoiseModel.symmetricInclusive(rate: 0.5).corrupt(clean, classes: 10, seed: 1)
  let audit = try NoiseAudit(inclusive, digest: "")
  expectClose(audit.expectedRate, 0.45)
  #expect(audit.warnings.count == 1)
  #expect(audit.warnings[0].hasPrefix("The nominal rate 0.5 means a real rate of 0.45"))
  // Inclusive labels under an exclusive name.
  let misnamed = try NoisyLabels(
    csv: inclusive.csv, classes: 10, model: .symmetric(rate: 0.5), seed: 1)
  let warnings = try NoiseAudit(misnamed, digest: "").warnings
  #expect(warnings.count == 1)
  #expect(warnings[0].contains("more than four standard errors from the expected 0.5"))
}

@Test func auditSurvivesJSON() throws {
  let draw = try labels([(0, 0, 3), (0, 1, 1)], classes: 2, model: .symmetric(rate: 0.2))
  let audit = try NoiseAudit(draw, digest: "d")
  let data = try JSONEncoder().encode(audit)
  #expect(try JSONDecoder().decode(NoiseAudit.self, from: data) == audit)
}
