import Foundation
import Testing

/// `plumbline ks` and `plumbline gmm` as a user runs them.
@Suite struct StatisticsCommandsTests {
  private let command = BuiltCommand(name: "plumbline")
  private let scratch: ScratchFolder

  init() throws { scratch = try ScratchFolder() }

  private func write(_ text: String, _ name: String) throws {
    try Data(text.utf8).write(to: scratch.file(name))
  }

  /// An NPY file from parts of its header and its bytes.
  private func writeArray(
    _ bytes: some Sequence<UInt8>, type: String, shape: String, order: String = "False",
    _ name: String
  ) throws {
    var header = "{'descr': '\(type)', 'fortran_order': \(order), 'shape': (\(shape)), }"
    header += String(repeating: " ", count: 117 - header.utf8.count) + "\n"
    try Data([0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(header.utf8) + Array(bytes))
      .write(to: scratch.file(name))
  }

  private func bytes<Number>(_ numbers: [Number]) -> [UInt8] {
    numbers.withUnsafeBytes { Array($0) }
  }

  private func json(_ arguments: [String]) throws -> [String: Any] {
    let outcome = try command.run(arguments + ["--json"], in: scratch.url)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.hasSuffix("}\n") && outcome.output.count { $0 == "\n" } == 1)
    return try #require(
      JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
  }

  @Test func ksPrintsItsFields() throws {
    try writeArray(bytes([1, 2, 3] as [Float]), type: "<f4", shape: "3,", "a.npy")
    try writeArray(bytes([4, 5, 6] as [Int32]), type: "<i4", shape: "3,", "b.npy")
    let result = try json(["ks", "a.npy", "b.npy"])
    #expect(
      result.keys.sorted()
        == ["alternative", "location", "method", "n1", "n2", "p_value", "statistic"])
    #expect(result["statistic"] as? Double == 1)
    #expect(abs((result["p_value"] as? Double ?? 0) - 0.1) < 1e-12)
    #expect(result["n1"] as? Int == 3 && result["n2"] as? Int == 3)
    #expect(result["method"] as? String == "exact")
    #expect(result["location"] as? Double == 3)
    let side = try json(["ks", "a.npy", "b.npy", "--alternative", "less", "--method", "asymptotic"])
    #expect(side["statistic"] as? Double == 0 && side["p_value"] as? Double == 1)
    #expect(side["method"] as? String == "asymptotic")
    let people = try command.run(["ks", "a.npy", "b.npy"], in: scratch.url)
    #expect(people.output.contains("D = 1.0") && people.output.contains("n = 3 and 3"))
  }

  @Test func columnsAreFoundByNameAndNumber() throws {
    try write("clean,\"noisy, given\"\r\n1,4\r\n2,5\r\n\r\n3, 6 \r\n", "scores.csv")
    try write("1\n2\n3", "bare.csv")
    for column in ["noisy, given", "2"] {
      let result = try json([
        "ks", "scores.csv", "scores.csv", "--column", "clean", "--second-column", column,
      ])
      #expect(result["statistic"] as? Double == 1)
    }
    let result = try json(["ks", "bare.csv", "scores.csv", "--column", "1"])
    #expect(result["statistic"] as? Double == 0)
  }

  @Test func everyElementTypeAndBothOrdersAreRead() throws {
    try write("1\n2\n3\n", "text.csv")
    let arrays: [(String, [UInt8])] = [
      ("|i1", bytes([1, 2, 3] as [Int8])), ("<i2", bytes([1, 2, 3] as [Int16])),
      ("<i8", bytes([1, 2, 3] as [Int64])), ("|u1", [1, 2, 3]),
      ("<u2", bytes([1, 2, 3] as [UInt16])), ("<u4", bytes([1, 2, 3] as [UInt32])),
      ("<u8", bytes([1, 2, 3] as [UInt64])), ("<f2", [0, 0x3C, 0, 0x40, 0, 0x42]),
      ("<f8", bytes([1, 2, 3] as [Double])),
    ]
    for (type, content) in arrays {
      try writeArray(content, type: type, shape: "3,", "a.npy")
      #expect(try json(["ks", "a.npy", "text.csv"])["statistic"] as? Double == 0, "\(type)")
    }
    // Rows (1, 7), (2, 8), (3, 9), column after column.
    try writeArray([1, 2, 3, 7, 8, 9], type: "|u1", shape: "3, 2", order: "True", "a.npy")
    #expect(
      try json(["ks", "a.npy", "text.csv", "--column", "1"])["statistic"] as? Double == 0)
    try writeArray([1, 7, 2, 8, 3, 9], type: "|u1", shape: "3, 2", "a.npy")
    #expect(
      try json(["ks", "a.npy", "text.csv", "--column", "1"])["statistic"] as? Double == 0)
  }

  @Test func infiniteValuesAreCompared() throws {
    try write("-inf\n-inf\n1\n", "a.csv")
    try write("0\n0\ninf\n", "b.csv")
    let result = try json(["ks", "a.csv", "b.csv"])
    #expect(result["location"] as? String == "-Infinity")
    #expect(abs((result["statistic"] as? Double ?? 0) - 2.0 / 3) < 1e-12)
  }

  private let heaps = "0.11\n0.1\n0.12\n0.09\n0.8\n0.82\n0.79\n0.85\n0.81\n0.78\n"

  @Test(arguments: ["quantiles", "k-means++"])
  func gmmPrintsItsFields(start: String) throws {
    try write(heaps, "x.csv")
    let result = try json(["gmm", "x.csv", "--start", start])
    #expect(
      result.keys.sorted() == [
        "converged", "iterations", "log_likelihood", "means", "n", "variances", "weights",
      ])
    let means = try #require(result["means"] as? [Double])
    #expect(abs(means[0] - 0.105) < 1e-6 && abs(means[1] - 0.80833333) < 1e-6)
    let weights = try #require(result["weights"] as? [Double])
    #expect(abs(weights[0] - 0.4) < 1e-6)
    #expect(result["converged"] as? Bool == true && result["n"] as? Int == 10)
  }

  @Test func gmmOfBetasWritesResponsibilities() throws {
    try write(heaps + "0\n1\n", "x.csv")
    let result = try json([
      "gmm", "x.csv", "--distribution", "beta", "--responsibilities", "out/shares.npy",
    ])
    #expect((result["alphas"] as? [Double])?.count == 2)
    let file = try Data(contentsOf: scratch.file("out/shares.npy"))
    #expect(file.count == 128 + 12 * 2 * 8)
    let shares = file.dropFirst(128).withUnsafeBytes { bytes in
      (0..<24).map { bytes.loadUnaligned(fromByteOffset: 8 * $0, as: Double.self) }
    }
    for row in 0..<12 { #expect(abs(shares[2 * row] + shares[2 * row + 1] - 1) < 1e-12) }
    #expect(shares[0] > 0.9 && shares[9] > 0.9)
  }

  @Test(arguments: [
    ("1\nnan\n", [], 65, "value 2 of 2 is NaN"),
    ("1,2\n3\n", [], 65, "line 2: expected 2 fields as in the first line, found 1"),
    ("1\nx\n", [], 65, "line 2, column 1: expected a number, found 'x'"),
    ("a,b\n1,\n", ["--column", "b"], 65, "line 2, column 2: expected a number, found ''"),
    ("a,b\n1,\"2\n", ["--column", "b"], 65, "closing quote"),
    ("", [], 65, "the file is empty"),
    ("\n\n", [], 65, "expected numbers, found none"),
    ("heading\n", [], 65, "expected numbers, found none"),
    ("a,b\n1,2\n", [], 64, "name one with --column: one of a, b or a number from 1 to 2"),
    ("a,b\n1,2\n", ["--column", "c"], 64, "no column 'c', expected one of a, b"),
    ("a,b\n1,2\n", ["--column", "3"], 64, "no column '3'"),
    ("1\n", ["--alternative", "both"], 64, "both"), ("1\n", ["--method", "fast"], 64, "fast"),
  ])
  func badTextEndsInOneLine(
    text: String, arguments: [String], status: Int32, message: String
  ) throws {
    try write(text, "bad.csv")
    let outcome = try command.run(["ks", "bad.csv", "bad.csv"] + arguments, in: scratch.url)
    #expect(outcome.status == status)
    #expect(outcome.errors.contains(message), "found: \(outcome.errors)")
    #expect(outcome.output.isEmpty)
    if status == 65 { #expect(outcome.errors.count { $0 == "\n" } == 1) }
  }

  @Test(arguments: [
    ("<f4", "2,", [UInt8](repeating: 0, count: 7), 65, "expected 8 bytes of <f4"),
    ("|O", "1,", [0], 65, "element type |O is not supported"),
    ("<c8", "1,", [UInt8](repeating: 0, count: 8), 65, "element type <c8 is not supported"),
    (">f4", "1,", [0, 0, 0, 0], 65, "element type >f4 is not supported"),
    ("|u1", "2, 2", [1, 2, 3, 4], 65, "found shape [2, 2]; name one of the columns 1 to 2"),
    ("|u1", "1, 2, 2", [1, 2, 3, 4], 65, "expected a list of numbers, found shape [1, 2, 2]"),
    ("|u1", "", [1], 65, "expected a list of numbers, found shape []"),
    ("|u1", "0,", [], 65, "expected numbers, found none"),
    ("<f4", "1,", [0, 0, 0xC0, 0x7F], 65, "value 1 of 1 is NaN"),
  ])
  func badArraysEndInOneLine(
    type: String, shape: String, content: [UInt8], status: Int32, message: String
  ) throws {
    try writeArray(content, type: type, shape: shape, "bad.npy")
    let outcome = try command.run(["ks", "bad.npy", "bad.npy"], in: scratch.url)
    #expect(outcome.status == status)
    #expect(outcome.errors.contains(message), "found: \(outcome.errors)")
    #expect(outcome.output.isEmpty && outcome.errors.count { $0 == "\n" } == 1)
  }

  @Test(arguments: [
    ("1\n1\n", [], 65, "expected at least 2 different values"),
    ("1\n2\n", ["--components", "3"], 65, "expected at least 3 different values"),
    ("1\n2\n", ["--components", "0"], 64, "--components: expected 1 or more"),
    ("0.1\n0.2\n", ["--distribution", "beta", "--components", "3"], 64, "a beta mixture has 2"),
    ("0.1\n1.5\n", ["--distribution", "beta"], 65, "value 2 is 1.5"),
    ("1\ninf\n", [], 65, "value 2 of 2 is infinite"),
  ])
  func badMixturesEndInOneLine(
    text: String, arguments: [String], status: Int32, message: String
  ) throws {
    try write(text, "bad.csv")
    let outcome = try command.run(["gmm", "bad.csv"] + arguments, in: scratch.url)
    #expect(outcome.status == status)
    #expect(outcome.errors.contains(message), "found: \(outcome.errors)")
    #expect(outcome.output.isEmpty)
  }

  @Test func missingFilesAndFullDisksHaveTheirStatus() throws {
    try write(heaps, "x.csv")
    let missing = try command.run(["ks", "x.csv", "none.csv"], in: scratch.url)
    #expect(missing.status == 66 && missing.errors.contains("none.csv"), "\(missing.errors)")
    let folder = try command.run(["gmm", "."], in: scratch.url)
    #expect(folder.status == 66, "\(folder.errors)")
    let blocked = try command.run(
      ["gmm", "x.csv", "--responsibilities", "x.csv/shares.npy"], in: scratch.url)
    #expect(blocked.status == 73 && blocked.output.isEmpty, "\(blocked.errors)")
  }
}
