import Foundation
import Testing

@testable import RunStore

/// The parser against Foundation's decoder, which is what it stands for.
@Suite struct JSONParserTests {
  /// What `JSONDecoder` alone makes of a text; nil when it refuses.
  private func reference(_ text: Data) -> JSONValue? {
    try? JSONDecoder().decode(JSONValue.self, from: text)
  }

  @Test(arguments: [
    "null", " true ", "[false]", "0", "-0", "-17", "9223372036854775807", "-9223372036854775808",
    "1.0", "-0.0", "1e3", "2E-2", "0.1", "4.9e-324", "1e-400", "123456789.125e3",
    "0.33110119047619047", "\"\"", "\"a b\"", #""\"\\\/\b\f\n\r\t""#,
    #""\u0041\u00e9\u20AC\ud83d\ude00\u0000""#, "\"é€😀\"", "[]", "{}", "[ 1 , [ ] , {\"a\" : 2 } ]",
    "{\"a\":{\"b\":[null,true]},\"\":0.5}", "\r\n\t [1,2]\n",
  ])
  func plainTextIsReadAsFoundationReadsIt(_ text: String) throws {
    let expected = try #require(reference(Data(text.utf8)))
    #expect(JSONParser.value(of: Data(text.utf8)) == expected)
    // A text within a larger one, as a slice is.
    let slice = Data("xx\(text)".utf8).dropFirst(2)
    #expect(JSONParser.value(of: slice) == JSONParser.value(of: Data(text.utf8)))
  }

  @Test(arguments: [
    "", " ", "nul", "truefalse", "[1", "{\"a\"}", "{\"a\":}", "{a:1}", "01",
    "-", "+1", "1.", ".5", "1e", "1e+", "0x1", "NaN", "\"", "\"\n\"", #""\x""#, #""\u12G4""#,
    #""\ud83d""#, #""\ud83dx""#, #""\ud83d\u0041""#, #""\ude00""#, "[1] 2", "]", "1 2",
  ])
  func malformedTextIsRefused(_ text: String) {
    #expect(reference(Data(text.utf8)) == nil)
    #expect(JSONParser.value(of: Data(text.utf8)) == nil)
  }

  @Test func whatIsNotPlainIsLeftToFoundation() throws {
    let deep = String(repeating: "[", count: 300) + String(repeating: "]", count: 300)
    for text in [
      "{\"a\":1,\"a\":2}", "[1,]", "1e18", "1.5e+300", "9007199254740991.5",
      "18446744073709551616", deep,
    ] {
      #expect(JSONParser.value(of: Data(text.utf8)) == nil)
      let decoded = try CanonicalJSON.decode(JSONValue.self, from: Data(text.utf8))
      #expect(decoded == reference(Data(text.utf8)))
    }
    #expect(JSONParser.value(of: Data([0x22, 0xff, 0x22])) == nil)
    #expect(JSONParser.value(of: Data([0x22, 0x5c, 0x6e, 0xff, 0x22])) == nil)
    #expect(throws: StoreError.self) {
      try CanonicalJSON.decode(JSONValue.self, from: Data("18446744073709551615".utf8))
    }
  }

  @Test func numbersAreThoseOfFoundation() {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<2_000 {
      let value = Double(bitPattern: generator.next())
      guard value.isFinite else { continue }
      let exponent = Int.random(in: -30...14, using: &generator)
      let digits = Int.random(in: -999_999...999_999, using: &generator)
      for text in ["\(value)", "\(digits)e\(exponent)"] {
        let found = JSONParser.value(of: Data(text.utf8))
        #expect(found == nil || found == reference(Data(text.utf8)), "\(text)")
        #expect(found != nil || (Double(text) ?? 0).magnitude >= 0x1p53, "\(text)")
      }
    }
  }

  /// A record with any byte replaced reads as Foundation reads it, or is left to it.
  @Test func alteredTextIsNeverReadOtherwise() throws {
    let text = try CanonicalJSON.encode(Sample.record(), nonFinite: .text)
    #expect(JSONParser.value(of: text) == reference(text))
    let odd = Array("\"\\{}[],:0123456789.eE+-tfnu \n\u{1}é".utf8) + [0xff]
    var generator = SystemRandomNumberGenerator()
    var read = 0
    for place in text.indices {
      var altered = text
      altered[place] = odd.randomElement(using: &generator) ?? 0
      guard let found = JSONParser.value(of: altered) else { continue }
      read += 1
      #expect(found == reference(altered), "byte \(place): \(altered[place])")
    }
    #expect(read > 50)
  }

  @Test func partOfATypedValueIsItsOwn() throws {
    struct Holder: Codable, Equatable {
      struct Inner: Codable, Equatable {
        var value: JSONValue
      }
      var value: JSONValue
      var list: [Inner]
      var byName: [String: JSONValue]
      var absent: JSONValue?
    }
    let text = Data(
      #"{"value":[1,{"a":0.5}],"list":[{"value":null},{"value":"x"}],"byName":{"0":[2],"é":true}}"#
        .utf8)
    let holder = try CanonicalJSON.decode(Holder.self, from: text)
    #expect(holder == (try JSONDecoder().decode(Holder.self, from: text)))
    #expect(holder.list.map(\.value) == [.null, .string("x")])
    #expect(holder.byName["0"] == .array([.integer(2)]))
    #expect(holder.value == .array([.integer(1), .object(["a": .number(0.5)])]))
  }

  @Test func treeOfATreeIsWhatAReaderGets() throws {
    let tree = JSONValue.object([
      "whole": .number(3), "half": .number(0.5), "zero": .number(-0.0), "large": .number(1e17),
      "larger": .number(1e300), "text": .string("é\n"), "list": .array([.null, .bool(true)]),
    ])
    let expected = try JSONDecoder().decode(JSONValue.self, from: JSONEncoder().encode(tree))
    #expect(try CanonicalJSON.tree(of: tree) == expected)
    let plain = JSONValue.array([.number(3), .number(-0.0), .integer(7)])
    #expect(try CanonicalJSON.tree(of: plain) == .array([.integer(3), .integer(0), .integer(7)]))
    #expect(throws: StoreError.self) { try CanonicalJSON.tree(of: JSONValue.number(.nan)) }
    #expect(
      try CanonicalJSON.tree(of: JSONValue.number(.nan), nonFinite: .text) == .string("NaN"))
  }
}
