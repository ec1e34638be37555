import Foundation
import LabelNoise
import TestSupport
import Testing

private let own = NoiseModel.given(GivenLabels(set: "own-labels", rate: 0.25))

@Test func givenLabelsAreUsedAsTheyAre() throws {
  let labels = try own.corrupt([0, 1, 2, 0], classes: 3, seed: 7, given: [0, 2, 2, 0])
  #expect(labels.noisy == [0, 2, 2, 0])
  #expect(labels.clean == [0, 1, 2, 0])
  #expect(labels.isWrong == [false, true, false, false])
  #expect(labels.model == own)
  #expect(own.needsGivenLabels)
  #expect(!own.needsPixels)
  #expect(try own.transitionMatrix(classes: 3) == nil)
  #expect(try own.expectedRate(classCounts: [9, 1, 0]) == 0.25)
}

@Test func noSeedChangesGivenLabels() throws {
  let first = try own.corrupt([0, 1], classes: 2, seed: 1, given: [1, 1])
  #expect(try own.corrupt([0, 1], classes: 2, seed: 2, given: [1, 1]) == first)
  #expect(first.fileName(dataset: "mine") == "mine-n2-given-own-labels-anyseed.csv")
  let told = NoiseModel.given(GivenLabels(set: "own-labels", rate: 0.3))
  let other = try told.corrupt([0, 1], classes: 2, seed: 3, given: [1, 1])
  #expect(other.fileName(dataset: "mine") == first.fileName(dataset: "mine"))
  #expect(other.csv == first.csv)
}

@Test func givenLabelsReadBackUnderAnySeed() throws {
  let labels = try own.corrupt([0, 1], classes: 2, seed: 1, given: [1, 1])
  let read = try NoisyLabels(csv: labels.csv, classes: 2, model: own, seed: 9, clean: [0, 1])
  #expect(read == labels)
}

@Test func wrongGivenLabelsGiveTypedErrors() {
  #expect(throws: NoiseError.givenLabelsMissing(set: "own-labels")) {
    try own.corrupt([0, 1], classes: 2, seed: 1)
  }
  #expect(throws: NoiseError.givenLabelCount(set: "own-labels", given: 3, labels: 2)) {
    try own.corrupt([0, 1], classes: 2, seed: 1, given: [0, 1, 0])
  }
  for label in [-1, 2] {
    #expect(
      throws: NoiseError.givenLabelOutOfRange(
        set: "own-labels", index: 1, label: label, classes: 2)
    ) {
      try own.corrupt([0, 1], classes: 2, seed: 1, given: [0, label])
    }
  }
  // The labels of CIFAR-10N would fit the count and the range of CIFAR-100.
  #expect(
    throws: NoiseError.wrongClassCount(kind: "given:random1", required: "10", found: 100)
  ) {
    try NoiseModel.given(.random1).corrupt([0, 1], classes: 100, seed: 1, given: [0, 1])
  }
  #expect(
    throws: NoiseError.wrongClassCount(kind: "given:noisy-fine", required: "100", found: 10)
  ) {
    try NoiseModel.given(.noisyFine).corrupt([0, 1], classes: 10, seed: 1, given: [0, 1])
  }
  let message = NoiseError.givenLabelCount(set: "mine", given: 3, labels: 2).description
  #expect(message == "given:mine: 3 labels were given for 2 clean labels")
}

@Test func namesAndRatesOfSetsAreChecked() {
  for set in ["", "Own", "own labels", "own--labels", "-own", "own-", "own:2", "größe", "a/b"] {
    #expect(throws: NoiseError.self, "\"\(set)\"") {
      try GivenLabels(set: set, rate: 0.1).validate()
    }
  }
  for rate in [-0.1, 1, .nan] {
    #expect(throws: NoiseError.self) { try GivenLabels(set: "own", rate: rate).validate() }
  }
}

@Test func knownSetsHaveTheMeasuredRates() {
  let expected = [
    "aggregate": 0.0901, "random1": 0.1723, "random2": 0.1812, "random3": 0.1764,
    "worst": 0.4021, "noisy-fine": 0.4020,
  ]
  #expect(GivenLabels.known.count == expected.count)
  for (set, rate) in expected { #expect(GivenLabels.known(set)?.rate == rate) }
  #expect(GivenLabels.known("own") == nil)
}

@Test func auditOfGivenLabelsSaysWhatMethodsAreTold() throws {
  let clean = (0..<1000).map { $0 % 2 }
  let given = clean.enumerated().map { $0.offset < 250 ? 1 - $0.element : $0.element }
  let labels = try own.corrupt(clean, classes: 2, seed: 1, given: given)
  let audit = try NoiseAudit(labels, digest: "")
  #expect(audit.warnings == [])
  #expect(audit.seed == 0)
  #expect(audit.identifier == "given-own-labels-25")
  expectClose(audit.nominalRate, 0.25)
  expectClose(audit.expectedRate, 0.25)
  expectClose(audit.realisedRate, 0.25)
  #expect(audit.transitionCounts == [[375, 125], [125, 375]])
  let misled = try NoiseModel.given(GivenLabels(set: "own", rate: 0.4))
    .corrupt(clean, classes: 2, seed: 1, given: given)
  #expect(
    try NoiseAudit(misled, digest: "").warnings
      == ["Methods are told a rate of 0.4, but 0.25 of these labels are wrong."])
}
