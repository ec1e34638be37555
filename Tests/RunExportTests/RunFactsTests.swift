import RunStore
import Testing

@testable import RunExport

@Suite struct RunFactsTests {
  @Test func columnsByHand() throws {
    let facts = RunFacts(specification: try Sample.specification(), noise: Sample.audit)
    #expect(facts.method == "co-teaching")
    #expect(facts.methodSettings == #"{"coTeaching":{"_0":{"rate":0.001}}}"#)
    #expect(facts.dataset == "fashion-mnist")
    #expect(facts.noise == "symmetric-50")
    #expect(facts.nominalRate == 0.5)
    #expect(facts.realRate == 0.4925925925925926)
    #expect(facts.model == "small-cnn")
    #expect(facts.modelSettings == #"{"smallCNN":{"channels":[8,16],"hidden":128}}"#)
    #expect(facts.poolCount == 3000 && facts.validationCount == 300 && facts.testCount == 2000)
    #expect(facts.plannedEpochs == 24 && facts.batchSize == 128 && facts.precision == "float32")
    #expect(
      facts.seeds
        == ["augmentation": 3, "initialisation": 3, "noise": 3, "order": 3, "split": 1])
  }

  @Test(arguments: [
    (#"{"kind":"clean"}"#, "clean"), (#"{"kind":"pairflip","rate":0.45}"#, "pairflip-45"),
    (#"{"kind":"symmetric","rate":0.07}"#, "symmetric-7"),
    (#"{"kind":"symmetric","rate":0.125}"#, "symmetric-12.5"),
  ])
  func noiseHasANameBeforeItIsDrawn(_ noise: String, _ name: String) throws {
    let facts = RunFacts(specification: try Sample.specification(noise: noise))
    #expect(facts.noise == name)
    #expect(facts.realRate == nil)
  }

  @Test(arguments: [
    ("coTeaching", "co-teaching"), ("smallCNN", "small-cnn"), ("apl", "apl"),
    ("CIFARResNet18", "cifar-res-net18"), ("resNet18Wide", "res-net18-wide"), ("", ""),
  ])
  func kebabCase(_ name: String, _ expected: String) {
    #expect(RunNames.kebab(name) == expected)
  }

  @Test func givenNamesComeFirst() throws {
    let names = RunNames(
      method: { $0["coTeaching"] == nil ? nil : "Co-teaching (released)" },
      model: { _ in "CNN" })
    let facts = RunFacts(specification: try Sample.specification(), names: names)
    #expect(facts.method == "Co-teaching (released)")
    #expect(facts.model == "CNN")
    let other = try Sample.specification(method: #"{"apl":{"_0":{}}}"#)
    #expect(RunFacts(specification: other, names: names).method == "apl")
  }

  @Test func whatIsNotThereIsNil() {
    for tree in [JSONValue.null, .object([:]), .object(["method": .integer(3)])] {
      let facts = RunFacts(specification: tree)
      #expect(facts.method == nil && facts.noise == nil && facts.seeds.isEmpty)
    }
  }
}
