import RunStore
import SeededRandom
import TestSupport
import Testing

@testable import Reporting

@Suite struct QuantityRuleTests {
  private func quantity(
    _ id: String, _ values: [Double], isExact: Bool = false, published: Double? = nil
  ) -> Quantity {
    Quantity(
      id: id, name: id.uppercased(), unit: "nats", values: values,
      seeds: isExact ? [] : Array(1...max(1, values.count)).prefix(values.count).map { $0 },
      isExact: isExact, runs: ["run-\(id)"], publishedValue: published)
  }

  private func judge(
    _ tests: [QuantityTest], _ quantities: [Quantity], profile: ProfileFacts = Samples.profile,
    scale: PaperClaim.Scale = .anyProfile, dataset: String = "CIFAR-10"
  ) throws -> Judgement {
    let claim = Samples.claim("q", .quantities(tests), scale: scale, dataset: dataset)
    return try #require(
      ClaimJudge(profile: profile).judge([claim], on: .empty, quantities: quantities).first)
  }

  private let tight = [0.51, 0.52, 0.53]

  @Test func boundsByHand() throws {
    // Mean 0.52, deviation 0.01, n = 3: above 0.5, t = 0.02 √3 / 0.01.
    let above = try judge(
      [QuantityTest(quantity: "a", relation: .above(0.5))], [quantity("a", tight)])
    #expect(above.verdict.word == .reproduced)
    let reading = try #require(above.evidence?.readings?.first)
    #expect(reading.n == 3 && reading.bound == "above 0.5" && reading.unit == "nats")
    // Student's t with two degrees of freedom has the tail (1 - t / √(2 + t²)) / 2.
    let t = 0.02 * 3.0.squareRoot() / 0.01
    expectClose(
      above.evidence?.holds?.raw ?? 0, 0.5 * (1 - t / (2 + t * t).squareRoot()), relative: 1e-9)
    expectClose(reading.mean ?? 0, 0.52)
    #expect(above.evidence?.runs == ["run-a"])
    #expect(above.explanation.contains("A is 0.5200 nats (95 % interval 0.4952 to 0.5448)"))
  }

  @Test func everyWordCanBeReached() throws {
    func word(_ relation: QuantityTest.Relation, _ values: [Double]) throws -> Verdict.Word {
      try judge([QuantityTest(quantity: "a", relation: relation)], [quantity("a", values)])
        .verdict.word
    }
    #expect(try word(.above(0.5), tight) == .reproduced)
    #expect(try word(.above(0.6), tight) == .notReproduced)
    #expect(try word(.above(0.515), tight) == .inconclusive)
    #expect(try word(.above(0), [-0.5, -0.52, -0.53]) == .contradicted)
    #expect(try word(.above(-0.1), [-0.5, -0.52, -0.53]) == .notReproduced)
    #expect(try word(.above(0.1), [-0.5, -0.52, -0.53]) == .contradicted)
    #expect(try word(.below(0.6), tight) == .reproduced)
    #expect(try word(.below(0.3), tight) == .notReproduced)
    #expect(try word(.below(0), tight) == .contradicted)
    #expect(try word(.below(-3), [-1, -1.1, -0.9]) == .notReproduced)
    #expect(try word(.within(lower: 0.45, upper: 0.6), tight) == .reproduced)
    #expect(try word(.within(lower: 0.6, upper: 0.7), tight) == .notReproduced)
    #expect(try word(.within(lower: 0.515, upper: 0.6), tight) == .inconclusive)
  }

  @Test func quantitiesAreComparedSeedBySeed() throws {
    let a = quantity("a", [1.1, 2.1, 3.11])
    let b = quantity("b", [1.0, 2.0, 3.0])
    func word(_ left: String, _ relation: QuantityTest.Relation) throws -> Verdict.Word {
      try judge([QuantityTest(quantity: left, relation: relation)], [a, b]).verdict.word
    }
    #expect(try word("a", .exceeds("b", by: 0)) == .reproduced)
    #expect(try word("a", .exceeds("b", by: 0.05)) == .reproduced)
    #expect(try word("a", .exceeds("b", by: 0.5)) == .notReproduced)
    #expect(try word("b", .exceeds("a", by: 0)) == .contradicted)
    #expect(try word("b", .isBelow("a", by: 0.05)) == .reproduced)
    #expect(try word("b", .isBelow("a", by: 0.5)) == .notReproduced)
    #expect(try word("a", .isBelow("b", by: 0.5)) == .contradicted)
    let other = Quantity(id: "c", name: "C", values: [0.1, 0.1], seeds: [2, 9])
    let judgement = try judge(
      [QuantityTest(quantity: "a", relation: .exceeds("c", by: 0))], [a, other])
    #expect(judgement.verdict.word == .inconclusive && judgement.verdict.moreSeeds == 2)
    #expect(judgement.evidence?.readings?.first?.name == "A minus C")
  }

  @Test func exactQuantitiesAreDecidedByTheirValue() throws {
    let ours = quantity("ours", [26524], isExact: true, published: 26524)
    let theirs = quantity("theirs", [17673], isExact: true, published: 17673)
    func verdict(_ relation: QuantityTest.Relation) throws -> Judgement {
      try judge([QuantityTest(quantity: "ours", relation: relation)], [ours, theirs])
    }
    let ahead = try verdict(.exceeds("theirs", by: 0))
    #expect(ahead.verdict.word == .reproduced && ahead.evidence?.holds?.raw == 0)
    #expect(ahead.explanation.contains("its value alone decides"))
    #expect(ahead.publishedReading == "The paper prints OURS 26524 nats and THEIRS 17673 nats.")
    let far = try verdict(.exceeds("theirs", by: 10_000))
    #expect(far.verdict.word == .notReproduced && far.evidence?.holds?.raw == 1)
    #expect(try verdict(.isBelow("theirs", by: 0)).verdict.word == .contradicted)
    #expect(try verdict(.within(lower: 26524, upper: 26524)).verdict.word == .reproduced)
    #expect(try verdict(.above(26524)).verdict.word == .notReproduced)
    // A constant against a measured quantity is a t test with that constant.
    let mixed = try judge(
      [QuantityTest(quantity: "m", relation: .isBelow("ours", by: 0))],
      [ours, quantity("m", [26000, 26100, 26050])])
    #expect(mixed.verdict.word == .reproduced && mixed.evidence?.readings?.first?.n == 3)
  }

  @Test func allBoundsMustBeKept() throws {
    let both = [
      QuantityTest(quantity: "a", relation: .above(0.5)),
      QuantityTest(quantity: "b", relation: .above(0.5)),
    ]
    let high = quantity("a", tight)
    #expect(try judge(both, [high, quantity("b", tight)]).verdict.word == .reproduced)
    let judgement = try judge(both, [high, quantity("b", [0.31, 0.32, 0.33])])
    #expect(judgement.verdict.word == .notReproduced)
    #expect(judgement.evidence?.supporting == 1)
    // The p-value of a broken bound is multiplied by the number of bounds.
    let alone = try judge([both[1]], [quantity("b", [0.31, 0.32, 0.33])])
    expectClose(
      judgement.evidence?.absent?.raw ?? 0, 2 * (alone.evidence?.absent?.raw ?? 0), relative: 1e-9)
    let weakest = try judge(both, [high, quantity("b", [0.4, 0.6, 0.8])])
    #expect(weakest.verdict.word == .inconclusive && weakest.verdict.moreSeeds ?? 0 > 0)
    #expect(weakest.explanation.contains("Hardest of 2: B is"))
  }

  @Test func whatIsMissingIsNamed() throws {
    let test = QuantityTest(quantity: "a", relation: .above(0.5))
    let absent = try judge([test], [])
    #expect(absent.verdict.word == .notRun)
    #expect(absent.verdict.reason == "this report has no quantity 'a'")
    let empty = Quantity(id: "a", name: "A", values: [], seeds: [])
    #expect(try judge([test], [empty]).verdict.reason == "'A' has no value")
    #expect(try judge([], []).verdict.word == .notRun)
    let single = try judge([test], [quantity("a", [0.9])])
    #expect(single.verdict.text == "inconclusive (needs 2 more seeds)")
    #expect(single.explanation.contains("no spread over seeds to judge by"))
    let rival = QuantityTest(quantity: "a", relation: .exceeds("b", by: 0))
    #expect(try judge([rival], [quantity("a", tight)]).verdict.reason?.contains("'b'") == true)
  }

  @Test func scaleAndDataAreAskedFor() throws {
    let test = QuantityTest(quantity: "a", relation: .above(0.5))
    let a = quantity("a", tight)
    #expect(try judge([test], [a], scale: .paperProfile).verdict.word == .notTestable)
    #expect(
      try judge([test], [a], profile: Samples.paperProfile, scale: .paperProfile).verdict.word
        == .reproduced)
    #expect(try judge([test], [a], dataset: "Clothing1M").verdict.word == .notTestable)
    #expect(try judge([test], [a], dataset: "").verdict.word == .reproduced)
  }

  @Test func holmCorrectsQuantitiesWithTheOtherClaims() throws {
    let claims = (1...10).map {
      Samples.claim("q\($0)", .quantities([QuantityTest(quantity: "a", relation: .above(0.5))]))
    }
    let a = quantity("a", [0.51, 0.53, 0.535])
    let judge = ClaimJudge(profile: Samples.profile)
    let alone = judge.judge([claims[0]], on: .empty, quantities: [a])
    let many = judge.judge(claims, on: .empty, quantities: [a])
    #expect(alone.first?.verdict.word == .reproduced)
    #expect(many.allSatisfy { $0.verdict.word == .inconclusive })
    #expect(many.allSatisfy { $0.otherEvidence.isEmpty }, "no selection rule reads a quantity")
  }

  @Test func pValuesMatchSciPy() throws {
    struct Reference: Decodable {
      struct Case: Decodable {
        let values: [Double]
        let rival: [Double]
        let numbers: [String: Double]

        init(from decoder: any Decoder) throws {
          let all = try decoder.singleValueContainer().decode([String: Number].self)
          func list(_ name: String) -> [Double] {
            if case .list(let list)? = all[name] { return list }
            return []
          }
          values = list("values")
          rival = list("rival")
          numbers = all.compactMapValues { number in
            if case .single(let value) = number { return value }
            return nil
          }
        }
      }
      enum Number: Decodable {
        case single(Double)
        case list([Double])

        init(from decoder: any Decoder) throws {
          let container = try decoder.singleValueContainer()
          if let value = try? container.decode(Double.self) {
            self = .single(value)
          } else {
            self = .list(try container.decode([Double].self))
          }
        }
      }
      let cases: [Case]
    }
    let reference = try Fixture.json("reporting/quantities.json", as: Reference.self)
    #expect(reference.cases.count == 12)
    for entry in reference.cases {
      let (a, b) = (quantity("a", entry.values), quantity("b", entry.rival))
      func number(_ name: String) throws -> Double { try #require(entry.numbers[name]) }
      func check(
        _ relation: QuantityTest.Relation, _ name: String,
        _ value: (QuantityComparison) -> Double?
      ) throws {
        let comparison = QuantityComparison(a, relation, rival: relation.rival == nil ? nil : b)
        expectClose(value(comparison) ?? .nan, try number(name), relative: 1e-9, name)
      }
      let (bound, by) = (try number("bound"), try number("by"))
      let interval = QuantityTest.Relation.within(
        lower: try number("lower"), upper: try number("upper"))
      try check(.above(bound), "above", \.holds)
      try check(.above(bound), "not above", \.absent)
      try check(.below(bound), "below", \.holds)
      try check(interval, "within", \.holds)
      try check(interval, "not within", \.absent)
      try check(.exceeds("b", by: by), "exceeds", \.holds)
      try check(.isBelow("b", by: by), "is below", \.holds)
      try check(.exceeds("b", by: by), "reversed exceeds", \.reversed)
    }
  }

  @Test(.timeLimit(.minutes(2))) func aBoundThatJustFailsIsSeldomReproduced() throws {
    let stream = SeedStream(root: 5, purpose: "bounds")
    var judge = ClaimJudge(profile: Samples.profile)
    judge.plansSeeds = false
    let claims = [
      Samples.claim("above", .quantities([QuantityTest(quantity: "a", relation: .above(1))])),
      Samples.claim(
        "order", .quantities([QuantityTest(quantity: "a", relation: .isBelow("b", by: 0))])),
    ]
    var counts: [Verdict.Word: Int] = [:]
    for trial in 0..<2000 {
      var generator = stream.generator(UInt64(trial))
      let values = (0..<8).map { _ in 1 + 0.2 * generator.normal() }
      let words = judge.judge(
        claims, on: .empty,
        quantities: [quantity("a", Array(values[..<4])), quantity("b", Array(values[4...]))]
      ).map(\.verdict.word)
      for word in Set(words) { counts[word, default: 0] += 1 }
    }
    // 5 % of 2,000 and 3.1 standard deviations.
    #expect(counts[.reproduced, default: 0] <= 130, "\(counts)")
    #expect(counts[.contradicted, default: 0] <= 130, "\(counts)")
  }

  @Test func quantitiesReadBack() throws {
    let claims = [
      Samples.claim(
        "q",
        .quantities([
          QuantityTest(quantity: "a", relation: .within(lower: -1, upper: 2)),
          QuantityTest(quantity: "a", relation: .isBelow("b", by: 0.5)),
        ]))
    ]
    let data = try CanonicalJSON.encode(claims)
    #expect(try CanonicalJSON.decodeStrictly([PaperClaim].self, from: data) == claims)
    let a = quantity("a", tight, published: 0.5)
    #expect(
      try CanonicalJSON.decodeStrictly(Quantity.self, from: try CanonicalJSON.encode(a)) == a)
  }
}
