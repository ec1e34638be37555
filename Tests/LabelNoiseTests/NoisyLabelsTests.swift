import LabelNoise
import Testing

private func labels() throws -> NoisyLabels {
  try NoiseModel.symmetric(rate: 0.4).corrupt((0..<30).map { $0 % 3 }, classes: 3, seed: 3)
}

@Test func labelFileHasHeaderAndOneLinePerLabel() throws {
  let given = try labels()
  let lines = given.csv.split(separator: "\n", omittingEmptySubsequences: false)
  #expect(lines.count == 32)
  #expect(lines[0] == "index,clean,noisy")
  #expect(lines[30] == "29,2,\(given.noisy[29])")
  #expect(lines[31] == "")
}

@Test func labelFileReadsBack() throws {
  let given = try labels()
  let read = try NoisyLabels(
    csv: given.csv, classes: 3, model: given.model, seed: 3, clean: given.clean)
  #expect(read == given)
}

@Test(arguments: [
  ("", 1), ("index,clean\n0,0,0\n", 1), ("index,clean,noisy\n0,0,0", 2),
  ("index,clean,noisy\n1,0,0\n", 2), ("index,clean,noisy\n0,0,0\n1,1,3\n", 3),
  ("index,clean,noisy\n0,0,0\n1,1\n", 3), ("index,clean,noisy\n0,0,0\n1,1,-1\n", 3),
  ("index,clean,noisy\n0,0,0\n\n", 3), ("index,clean,noisy\r\n0,0,0\r\n", 1),
  ("index,clean,noisy\n0,1,0\n", 2), ("index,clean,noisy\n0,0,0\n", 3),
])
func damagedLabelFileNamesItsLine(csv: String, line: Int) {
  #expect {
    try NoisyLabels(
      csv: csv, classes: 3, model: .symmetric(rate: 0.4), seed: 3, clean: [0, 1])
  } throws: { error in
    guard case .labelFile(let found, _, _)? = error as? NoiseError else { return false }
    return found == line
  }
}

@Test func fileNameHoldsEveryParameter() throws {
  let pixels = ImagePixels(bytes: [UInt8](repeating: 9, count: 8), size: 4)
  func name(_ model: NoiseModel, seed: UInt64 = 3) throws -> String {
    try model.corrupt([0, 1], classes: 10, seed: seed, pixels: pixels).fileName(dataset: "fashion")
  }
  let noise = InstanceDependentNoise(rate: 0.45)
  #expect(try name(.instance(noise)) == "fashion-n2-instance-0.45-unit-sd0.1-in0to1-seed3.csv")
  #expect(try name(.clean) == "fashion-n2-clean-seed3.csv")
  var names = Set<String>()
  for rate in [0.05, 0.1, 0.15, 0.45, 0.5, 0.75, 0.8, 0.85] {
    for seed in [UInt64(1), 2] {
      for model in [
        NoiseModel.symmetric(rate: rate), .symmetricInclusive(rate: rate), .pairflip(rate: rate),
        .asymmetric(rate: rate), .instance(InstanceDependentNoise(rate: rate)),
        .instance(InstanceDependentNoise(rate: rate, pixelScale: .byte)),
        .instance(InstanceDependentNoise(rate: rate, standardDeviation: 0.2)),
        .instance(InstanceDependentNoise(rate: rate, truncation: 0...0.6)),
      ] {
        names.insert(try name(model, seed: seed))
      }
    }
  }
  #expect(names.count == 8 * 2 * 8)
}

@Test func restrictionKeepsTheOrderOfTheIndices() throws {
  let given = try labels()
  let part = given.restricted(to: [7, 2])
  #expect(part.clean == [1, 2])
  #expect(part.noisy == [given.noisy[7], given.noisy[2]])
  #expect(part.count == 2)
}
