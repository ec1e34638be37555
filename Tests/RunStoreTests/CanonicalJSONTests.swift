import Foundation
import RunStore
import Testing

@Suite struct CanonicalJSONTests {
  private struct Golden: Encodable {
    var zebra = 0.1
    var apple = "a/b \"q\" \\ \n é\u{1F600}"
    var whole = 3.0
    var tiny = 1e-300
    var huge = 1e300
    var third = 1.0 / 3.0
    var negativeZero = -0.0
    var count = 42
    var seed = Int.max
    var flag = true
    var list: [Double] = [1, 2.5, -1e-7]
    var nothing: Int?
    var nested = ["b": 1, "a": 2, "B": 3]
  }

  @Test func goldenText() throws {
    let text = String(decoding: try CanonicalJSON.encode(Golden()), as: UTF8.self)
    #expect(
      text == #"{"apple":"a/b \"q\" \\ \u000a é😀","count":42,"flag":true,"huge":1e+300,"#
        + #""list":[1,2.5,-1e-07],"negativeZero":0,"nested":{"B":3,"a":2,"b":1},"#
        + #""seed":9223372036854775807,"third":0.3333333333333333,"tiny":1e-300,"whole":3,"zebra":0.1}"#
    )
  }

  @Test func textIsAFixedPoint() throws {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<20_000 {
      let value = Double(bitPattern: generator.next())
      guard value.isFinite else { continue }
      let text = try CanonicalJSON.encode([value])
      let back = try CanonicalJSON.decode([Double].self, from: text)
      #expect(back == [value])
      #expect(try CanonicalJSON.encode(CanonicalJSON.decode(JSONValue.self, from: text)) == text)
    }
    for value in [
      1e15, 1e16, 9_007_199_254_740_992, 1e19, 0x1p63, -0x1p63, Double.leastNonzeroMagnitude,
    ] {
      let text = try CanonicalJSON.encode([value])
      #expect(try CanonicalJSON.encode(CanonicalJSON.decode(JSONValue.self, from: text)) == text)
    }
  }

  @Test func orderOfInsertionDoesNotMatter() throws {
    var first: [String: Int] = [:]
    var second: [String: Int] = [:]
    let names = (0..<100).map { "name\($0 * 37 % 101)" }
    for name in names { first[name] = 1 }
    for name in names.reversed() { second[name] = 1 }
    #expect(try CanonicalJSON.encode(first) == CanonicalJSON.encode(second))
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity])
  func nonFiniteIsRefusedOrText(_ value: Double) throws {
    #expect(throws: StoreError.self) { try CanonicalJSON.encode(["loss": value]) }
    let text = try CanonicalJSON.encode(["loss": value], nonFinite: .text)
    let back = try CanonicalJSON.decode([String: Double].self, from: text)
    #expect(back["loss"]?.isNaN == value.isNaN)
    #expect(value.isNaN || back["loss"] == value)
  }

  @Test func wholeNumberThatWouldChangeIsRefused() throws {
    let error = #expect(throws: StoreError.self) { try CanonicalJSON.encode(["seed": UInt64.max]) }
    #expect(error?.message.contains("18446744073709551615 is beyond") == true)
    #expect(try CanonicalJSON.encode([UInt64(Int.max)]) == Data("[9223372036854775807]".utf8))
  }

  @Test func strictDecodingNamesUnknownMembers() throws {
    let good = Data(#"{"method":"ce","seed":1,"rate":0.5}"#.utf8)
    #expect(try CanonicalJSON.decodeStrictly(SampleSpecification.self, from: good).seed == 1)
    let bad = Data(#"{"method":"ce","seed":1,"rate":0.5,"sede":2}"#.utf8)
    #expect(throws: StoreError.unknownMembers(["sede"])) {
      try CanonicalJSON.decodeStrictly(SampleSpecification.self, from: bad)
    }
    let nested = Data(#"[{"method":"ce","seed":1,"rate":0.5,"x":{}}]"#.utf8)
    #expect(throws: StoreError.unknownMembers(["[0].x"])) {
      try CanonicalJSON.decodeStrictly([SampleSpecification].self, from: nested)
    }
  }

  @Test func missingMemberIsNamed() throws {
    let error = try #require(throws: StoreError.self) {
      try CanonicalJSON.decode(SampleSpecification.self, from: Data(#"{"method":"ce"}"#.utf8))
    }
    #expect(error.message.contains("'seed' is missing"))
    #expect(error.exitStatus == .badData)
  }
}
