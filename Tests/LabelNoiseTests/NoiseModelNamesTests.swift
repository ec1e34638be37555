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

@Test func unreadableNoiseIsAnsweredWithWhatIsKnown() {
  for text in ["", "symetric:0.5", "gauss-10"] {
    #expect(throws: NoiseError.unknownKind(found: text)) { try NoiseModel.parse(text) }
  }
  for text in ["symmetric", "symmetric:", "pairflip:x", "symmetric:0.5:byte", "instance:0.3:int"] {
    #expect { try NoiseModel.parse(text) } throws: { error in
      if case .malformed? = error as? NoiseError { return true }
      return false
    }
  }
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
])
func decodingRefusesWhatItDoesNotKnow(json: String) {
  #expect(throws: DecodingError.self) {
    try JSONDecoder().decode(NoiseModel.self, from: Data(json.utf8))
  }
}
