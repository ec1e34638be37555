import Foundation
import TestSupport
import Testing

@testable import Datasets

struct RestrictedPickleTests {
  private func fixture(_ name: String) throws -> PickleValue {
    try RestrictedPickle.decode([UInt8](Fixture.data("datasets/\(name).pkl")), name: name)
  }

  private func decode(_ text: String) throws -> PickleValue {
    try RestrictedPickle.decode(Array(text.utf8), name: "x")
  }

  @Test(arguments: 0...5)
  func everyProtocolOfPythonGivesTheSameValue(number: Int) throws {
    let value = try fixture("plain\(number)")
    let integers: [Int] = [
      0, 1, -1, 255, 256, 65535, 65536, -(1 << 31), 1 << 31, 1 << 62, Int.min,
    ]
    #expect(value["none"] == PickleValue.none)
    #expect(value["truth"] == .list([.bool(true), .bool(false)]))
    #expect(value["integers"]?.integers == integers)
    #expect(value["again"] == value["integers"])
    #expect(value["reals"] == .list([.real(0), .real(-1.5), .real(1e300)]))
    #expect(value["text"] == .text("Zeichen: äß€\n\\u"))
    #expect(value["bytes"] == .bytes([0, 0x7F, 0xFF]))
    let tuples = (0...4).map { count in
      PickleValue.tuple((0..<count).map { .integer($0 + 1) })
    }
    #expect(value["tuples"] == .list(tuples))
    #expect(value["nested"]?["a"] != nil)
    guard case .dictionary(let entries) = value else {
      Issue.record("expected a dictionary, found \(value.kind)")
      return
    }
    #expect(entries.contains(PickleEntry(key: .integer(3), value: .text("key"))))
    #expect(entries.count == 10)
  }

  private struct Expected: Decodable {
    struct Array: Decodable {
      var shape: [Int]
      var memory: [Int]
    }
    var arrays: [String: Array]
  }

  @Test(arguments: [2, 3, 4])
  func arraysOfNumPyAreRead(number: Int) throws {
    let value = try fixture("arrays\(number)")
    let expected: Expected = try Fixture.json("datasets/datasets.json")
    #expect(expected.arrays.count == 13)
    for (name, array) in expected.arrays {
      guard case .array(let found)? = value[name] else {
        Issue.record("expected an array '\(name)', found \(value[name]?.kind ?? "nothing")")
        continue
      }
      #expect(found.shape == array.shape, "\(name)")
      #expect(found.integers == array.memory, "\(name)")
    }
    guard case .array(let column)? = value["column"], case .array(let plain)? = value["u1"],
      case .array(let real)? = value["real"], case .array(let truth)? = value["bool"]
    else {
      Issue.record("expected four arrays")
      return
    }
    #expect(column.isColumnMajor)
    #expect(column.rows == [0, 1, 2, 100, 127, 7])
    #expect(plain.rows == column.rows)
    #expect(real.integers == nil)
    #expect(truth.integers == [1, 0])
    #expect(value["vector"]?.integers == [0, 1, 2, 3, 4])
    #expect(value["u1"]?.integers == nil, "two dimensions are no list")
  }

  /// What could run code, each with the name that the refusal must say.
  @Test(arguments: [
    ("cos\nsystem\n(S'true'\ntR.", "os.system"),
    ("cposix\nsystem\n(S'true'\ntR.", "posix.system"),
    ("c__builtin__\neval\n(S'1'\ntR.", "__builtin__.eval"),
    ("(S'true'\nios\nsystem\n.", "os.system"),
    ("(S'x'\ninumpy\nndarray\n.", "numpy.ndarray"),
    ("(cos\nsystem\nS'x'\no.", "os.system"), ("cnumpy\nload\n.", "numpy.load"),
    ("cnumpy\nndarray\n(I1\ntR.", "numpy.ndarray"),
    ("c_codecs\nencode\n(S'x'\nS'rot13'\ntR.", "_codecs.encode"),
    ("(cnumpy\nndarray\no.", "numpy.ndarray"), ("Pid\n.", "0x50"), ("I1\nQ.", "0x51"),
    ("ccollections\nOrderedDict\n)R.", "collections.OrderedDict"),
  ])
  func namesOutsideTheListAreRefused(pickle: String, name: String) {
    expectDatasetError(.damaged, ["x: ", name, "pickle byte"]) { _ = try decode(pickle) }
  }

  @Test func stackGlobalIsCheckedToo() {
    let bytes: [UInt8] =
      [0x80, 4, 0x8C, 2] + Array("os".utf8) + [0x8C, 6] + Array("system".utf8) + [0x93]
    expectDatasetError(.damaged, ["os.system", "could run code"]) {
      _ = try RestrictedPickle.decode(bytes + Array(").".utf8), name: "x")
    }
  }

  @Test func realFilesWithOtherContentAreRefused() {
    expectDatasetError(.damaged, ["collections.OrderedDict"]) { _ = try fixture("ordered") }
    expectDatasetError(.damaged, ["element type 'O8' is not read"]) { _ = try fixture("object") }
  }

  @Test(arguments: [
    ("", "expected the pickle's end mark"), (".", "expected a value on the stack"),
    ("I1\nI2\n.", "expected one value"), ("(I1\n.", "expected one value"),
    ("t.", "expected a mark"), ("Ix\n.", "expected an integer of at most 64 bits, found 'x'"),
    ("I99999999999999999999\n.", "64 bits"), ("g3\n.", "memo place 3 is empty"),
    ("I1\np-1\n.", "memo place -1"), ("I1\na.", "expected a value on the stack"),
    ("I1\nI1\na.", "expected a list"), ("](I1\nu.", "expected a dictionary"),
    ("}(I1\nu.", "a value for every key"), ("S'x\n.", "expected a string in quotes"),
    ("S'\\q'\n.", "escape"), ("Fx\n.", "decimal digits"), ("I1", "expected a line feed"),
    ("T\u{7F}\u{7F}\u{7F}\u{7F}", "more bytes"), ("cnumpy\nndarray\n.", "found the name"),
    ("cnumpy\ndtype\n(S'i8'\ntR.", "found an element type"),
    ("cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\ntR.", "array with content"),
    ("(I1\nI2\nb.", "expected an array to give a state to"), ("1.", "expected a mark"),
    ("V\\ud800\n.", "expected a character"), ("(I1\n0 0.", "opcode 0x20"),
  ])
  func brokenPicklesAreRefused(pickle: String, reason: String) {
    expectDatasetError(.damaged, [reason]) { _ = try decode(pickle) }
  }

  @Test func sharingCyclesAndDepthAreBounded() throws {
    // A list of itself.
    expectDatasetError(.damaged, ["nest deeper than 64"]) { _ = try decode("]q\u{0}h\u{0}a.") }
    // Each of 60 lists holds the one before twice: 2^60 in all.
    var bomb = "]q\u{0}0"
    for _ in 0..<60 { bomb += "(h\u{0}h\u{0}lq\u{0}0" }
    expectDatasetError(.damaged, ["larger than its pickle"]) {
      _ = try decode(bomb + "h\u{0}.")
    }
    expectDatasetError(.damaged, ["nest deeper than 64"]) {
      let many = 100_000
      _ = try decode(
        String(repeating: "(", count: many) + String(repeating: "l", count: many) + ".")
    }
    let nested = String(repeating: "(", count: 64) + String(repeating: "l", count: 64) + "."
    #expect(try decode(nested).kind == "a list")
    // Shared values are equal ones, also when the list is filled after it was shared.
    #expect(
      try decode("(]q\u{0}h\u{0}h\u{0}I7\nal.")
        == .list([.list([.integer(7)]), .list([.integer(7)]), .list([.integer(7)])]))
  }

  @Test func declaredLengthsTakeNoMemory() {
    for bytes in [
      [0x8E, 0, 0, 0, 0, 0, 0, 0, 0x7F], [0x8E] + [UInt8](repeating: 0xFF, count: 8),
      [0x42, 0xFF, 0xFF, 0xFF, 0xFF], [0x58, 0xFF, 0xFF, 0xFF, 0x7F],
      [0x54, 0xFF, 0xFF, 0xFF, 0xFF], [0x8B, 0xFF, 0xFF, 0xFF, 0xFF],
    ] as [[UInt8]] {
      #expect(throws: DatasetError.self) { try RestrictedPickle.decode(bytes, name: "x") }
    }
  }

  @Test func stringsOfPython2AreBytes() throws {
    #expect(try decode("S'a\\x41\\n\\\\\\''\n.") == .bytes(Array("aA\n\\'".utf8)))
    #expect(try decode("(S'k'\nI1\nd.")["k"] == .integer(1))
    #expect(try decode("U\u{3}abc.") == .bytes(Array("abc".utf8)))
    #expect(try decode("I01\n.") == .bool(true))
    #expect(try decode("L-5L\n.") == .integer(-5))
    #expect(try decode("I1\n20.") == .integer(1))
  }
}
