import Foundation
import LabelNoise
import Testing

private let named: [(NoiseModel, String)] = [
  (.clean, "clean"),
  (.symmetric(rate: 0.5), "symmetric-50"),
  (.symmetric(rate: 0.125), "symmetric-12.5"),
  (.symmetric(rate: 0), "symmetric-0"),
  (.symmetric(rate: 0.00001), "symmetric-0.001"),
  (.symmetricInclusive(rate: 0.29), "symmetric-inclusive-29"),
  (.pairflip(rate: 0.45), "pairflip-45"),
  (.asymmetric(rate: 0.333), "asymmetric-33.3"),
  (.instance(InstanceDependentNoise(rate: 0.3)), "instance-30"),
  (.instance(InstanceDependentNoise(rate: 0.3, pixelScale: .byte)), "instance-30-byte"),
  (
    .instance(
      InstanceDependentNoise(rate: 0.5, standardDeviation: 0.05, truncation: 0...0.6)),
    "instance-50-sd0.05-in0to0.6"
  ),
  (.asymmetricSuperclass(rate: 0.2), "asymmetric-superclass-20"),
  (.asymmetricBlocks(rate: 0.4), "asymmetric-blocks-40"),
  (.asymmetricNext(rate: 0.125), "asymmetric-next-12.5"),
  (.annotatorLike(.random1), "annotator-like-random1"),
  (.annotatorLike(.worst), "annotator-like-worst"),
  (.given(.random1), "given-random1"),
  (.given(.noisyFine), "given-noisy-fine"),
  (.given(GivenLabels(set: "random1", rate: 0.2)), "given-random1-20"),
  (.given(GivenLabels(set: "own-labels", rate: 0.125)), "given-own-labels-12.5"),
  (.given(GivenLabels(set: "round-2", rate: 0)), "given-round-2-0"),
  (.given(GivenLabels(set: "noisy", rate: 0.3)), "given-noisy-30"),
]

@Test(arguments: named)
func identifiersAreAsWrittenAndReadBack(model: NoiseModel, identifier: String) throws {
  #expect(model.identifier == identifier)
  #expect(try NoiseModel.parse(identifier) == model)
}

@Test(arguments: named)
func modelsSurviveJSON(model: NoiseModel, identifier: String) throws {
  let data = try JSONEncoder().encode(model)
  #expect(try JSONDecoder().decode(NoiseModel.self, from: data) == model)
}

@Test func everyPercentageHasItsOwnIdentifier() throws {
  var seen = Set<String>()
  for thousandth in 0..<1000 {
    let model = NoiseModel.symmetric(rate: Double(thousandth) / 1000)
    #expect(try NoiseModel.parse(model.identifier) == model)
    seen.insert(model.identifier)
  }
  #expect(seen.count == 1000)
}

@Test func ratesAreWrittenAsFractionsToo() throws {
  #expect(try NoiseModel.parse("symmetric:0.5") == .symmetric(rate: 0.5))
  #expect(try NoiseModel.parse("symmetric-inclusive:0.2") == .symmetricInclusive(rate: 0.2))
  let instance = InstanceDependentNoise(rate: 0.3, pixelScale: .byte, truncation: 0...0.6)
  #expect(try NoiseModel.parse("instance:0.3:byte:in0to0.6") == .instance(instance))
}

@Test func labelSetsAreWrittenWithAndWithoutTheirRate() throws {
  #expect(try NoiseModel.parse("given:random1") == .given(.random1))
  #expect(try NoiseModel.parse("given:random1:0.1723") == .given(.random1))
  #expect(try NoiseModel.parse("given-random1-17.23") == .given(.random1))
  #expect(
    try NoiseModel.parse("given:own-labels:0.2")
      == .given(GivenLabels(set: "own-labels", rate: 0.2)))
  #expect(try NoiseModel.parse("annotator-like:random3") == .annotatorLike(.random3))
  for set in CIFAR10NSet.allCases {
    #expect(try NoiseModel.parse("given:\(set.rawValue)").nominalRate == set.rate)
    #expect(try NoiseModel.parse("annotator-like:\(set.rawValue)").nominalRate == set.rate)
  }
}

@Test func displayNamesOfAllKindsDiffer() {
  let names = named.map(\.0.displayName)
  #expect(Set(names).count == names.count)
  #expect(NoiseModel.given(.random1).displayName == "Given random1 (17.23 %)")
  #expect(NoiseModel.asymmetricBlocks(rate: 0.4).displayName == "Asymmetric (blocks of five) 40 %")
  let convention = NoiseModel.annotatorLike(.random1).conventionDescription
  #expect(
    convention.contains("takes row i of the matrix measured on the random1 labels of CIFAR-10N"))
  #expect(convention.contains("it is not CIFAR-10N"))
}

@Test func unreadableNoiseIsAnsweredWithWhatIsKnown() {
  for text in ["", "symetric:0.5", "gauss-10"] {
    #expect(throws: NoiseError.unknownKind(found: text)) { try NoiseModel.parse(text) }
  }
  for text in [
    "symmetric", "symmetric:", "pairflip:x", "symmetric:0.5:byte", "instance:0.3:int",
    "asymmetric-blocks", "asymmetric-next:0.1:2", "annotator-like", "annotator-like:noisy-fine",
    "annotator-like:random1:0.2", "given", "given:", "given:own", "given-own", "given-20",
    "given:own:x",
  ] {
    #expect { try NoiseModel.parse(text) } throws: { error in
      if case .malformed? = error as? NoiseError { return true }
      return false
    }
  }
  #expect(throws: NoiseError.rateOutOfRange(kind: "given", rate: 20)) {
    try NoiseModel.parse("given:own:20")
  }
  #expect(throws: NoiseError.self) { try NoiseModel.parse("given:Own:0.2") }
  #expect(throws: NoiseError.rateOutOfRange(kind: "symmetric", rate: 50)) {
    try NoiseModel.parse("symmetric:50")
  }
  let message = NoiseError.unknownKind(found: "x").description
  for kind in NoiseModel.kinds { #expect(message.contains(kind)) }
}

@Test(arguments: [
  #"{"kind":"symmetric","rate":0.5,"scale":1}"#,
  #"{"kind":"symmetric","rate":0.5,"pixelScale":"unit"}"#,
  #"{"kind":"symmetric"}"#,
  #"{"kind":"symmetric","rate":1}"#,
  #"{"kind":"gauss","rate":0.1}"#,
  #"{"kind":"instance","rate":0.3,"pixelScale":"unit","standardDeviation":0.1,"truncation":[1,0]}"#,
  #"{"kind":"symmetric","rate":0.5,"set":"random1"}"#,
  #"{"kind":"asymmetric-blocks","rate":0.5,"set":"random1"}"#,
  #"{"kind":"asymmetric-superclass"}"#,
  #"{"kind":"annotator-like","set":"noisy-fine"}"#,
  #"{"kind":"annotator-like","set":"worst","rate":0.4021}"#,
  #"{"kind":"annotator-like"}"#,
  #"{"kind":"given","set":"random1"}"#,
  #"{"kind":"given","rate":0.1}"#,
  #"{"kind":"given","set":"random1","rate":1}"#,
  #"{"kind":"given","set":"Random 1","rate":0.1}"#,
  #"{"kind":"given","set":"random1","rate":0.1,"seed":1}"#,
  #"{"kind":"given","set":"random1","rate":0.1,"pixelScale":"unit"}"#,
])
func decodingRefusesWhatItDoesNotKnow(json: String) {
  #expect(throws: DecodingError.self) {
    try JSONDecoder().decode(NoiseModel.self, from: Data(json.utf8))
  }
}
