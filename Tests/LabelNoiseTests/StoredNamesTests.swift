import Foundation
import LabelNoise
import Testing

/// Encodings key stored runs, and file names their labels: what is here must never change.
private let stored: [(model: NoiseModel, json: String, file: String)] = [
  (.clean, #"{"kind":"clean"}"#, "d-n2-clean-seed3.csv"),
  (
    .symmetric(rate: 0.5), #"{"kind":"symmetric","rate":0.5}"#, "d-n2-symmetric-0.5-seed3.csv"
  ),
  (
    .symmetricInclusive(rate: 0.25), #"{"kind":"symmetric-inclusive","rate":0.25}"#,
    "d-n2-symmetric-inclusive-0.25-seed3.csv"
  ),
  (
    .pairflip(rate: 0.45), #"{"kind":"pairflip","rate":0.45}"#, "d-n2-pairflip-0.45-seed3.csv"
  ),
  (
    .asymmetric(rate: 0.5), #"{"kind":"asymmetric","rate":0.5}"#, "d-n2-asymmetric-0.5-seed3.csv"
  ),
  (
    .instance(InstanceDependentNoise(rate: 0.5, truncation: 0...0.75)),
    #"{"kind":"instance","pixelScale":"unit","rate":0.5,"standardDeviation":0.1,"#
      + #""truncation":[0,0.75]}"#,
    "d-n2-instance-0.5-unit-sd0.1-in0to0.75-seed3.csv"
  ),
  (
    .asymmetricSuperclass(rate: 0.5), #"{"kind":"asymmetric-superclass","rate":0.5}"#,
    "d-n2-asymmetric-superclass-0.5-seed3.csv"
  ),
  (
    .asymmetricBlocks(rate: 0.5), #"{"kind":"asymmetric-blocks","rate":0.5}"#,
    "d-n2-asymmetric-blocks-0.5-seed3.csv"
  ),
  (
    .asymmetricNext(rate: 0.5), #"{"kind":"asymmetric-next","rate":0.5}"#,
    "d-n2-asymmetric-next-0.5-seed3.csv"
  ),
  (
    .annotatorLike(.random1), #"{"kind":"annotator-like","set":"random1"}"#,
    "d-n2-annotator-like-random1-seed3.csv"
  ),
  (
    .given(GivenLabels(set: "own-labels", rate: 0.25)),
    #"{"kind":"given","rate":0.25,"set":"own-labels"}"#, "d-n2-given-own-labels-anyseed.csv"
  ),
]

@Test func everyKindIsHere() {
  #expect(Set(stored.map(\.model.kind)) == Set(NoiseModel.kinds))
}

@Test(arguments: stored)
func encodingsStay(model: NoiseModel, json: String, file: String) throws {
  let encoder = JSONEncoder()
  encoder.outputFormatting = .sortedKeys
  #expect(String(decoding: try encoder.encode(model), as: UTF8.self) == json)
  #expect(try JSONDecoder().decode(NoiseModel.self, from: Data(json.utf8)) == model)
}

@Test(arguments: stored)
func fileNamesStay(model: NoiseModel, json: String, file: String) throws {
  let classes = model.kind.hasPrefix("asymmetric-") ? 100 : 10
  let labels = try model.corrupt(
    [0, 1], classes: classes, seed: 3, pixels: ImagePixels(bytes: [1, 2], size: 1), given: [0, 1])
  #expect(labels.fileName(dataset: "d") == file)
}
