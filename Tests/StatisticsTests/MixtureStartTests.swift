import SeededRandom
import Testing

@testable import Statistics

@Test func groupsByHand() {
  let values: [Double] = [0, 1, 2, 10, 11, 12, 13, 14]
  #expect(MixtureStart.quantiles.groups(of: values, count: 2) == [0..<4, 4..<8])
  for seed in 0..<5 {
    #expect(MixtureStart.kMeans(seed: UInt64(seed)).groups(of: values, count: 2) == [0..<3, 3..<8])
  }
}

@Test func everyValueIsNearestToItsOwnMean() {
  var generator = Philox(key: 3)
  let values = (0..<400).map { Double($0 % 4) * 2 + generator.normal() }.sorted()
  let groups = MixtureStart.kMeans(seed: 1).groups(of: values, count: 4)
  #expect(groups.count == 4 && groups.first?.lowerBound == 0 && groups.last?.upperBound == 400)
  let means = groups.map { values[$0].reduce(0, +) / Double($0.count) }
  for (group, own) in zip(groups, means) {
    for value in values[group] {
      let nearest = means.map { ($0 - value).magnitude }.min() ?? 0
      #expect((own - value).magnitude <= nearest + 1e-9)
    }
  }
}

@Test func numbersThatRoundingCannotPartKeepTheirGroups() {
  let values = [1, 1.0.nextUp]
  #expect(MixtureStart.kMeans(seed: 0).groups(of: values, count: 2) == [0..<1, 1..<2])
}
