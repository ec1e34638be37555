import Foundation
import Testing
import Torch

/// `plumbline mi`, `knn` and `pca` as a user runs them.
@Suite struct FeatureCommandsTests {
  private let command = BuiltCommand(name: "plumbline")
  private let scratch: ScratchFolder

  init() throws { scratch = try ScratchFolder() }

  private func write(_ tensor: Tensor, _ name: String) throws {
    try NPYFile.encode(tensor).write(to: scratch.file(name))
  }

  /// Eight points in two heaps on a line, and a second feature without meaning.
  private func writePoints() throws {
    let line: [Float] = [0, 1, 3, 7, 100, 101, 103, 107]
    try write(
      .from(line.enumerated().flatMap { [$1, Float($0 % 3)] }, shape: [8, 2]), "points.npy")
    try write(.from(line, shape: [8, 1]), "line.npy")
    try write(.from([0, 0, 0, 0, 1, 1, 1, 1], shape: [8]), "labels.npy")
  }

  private func json<Value>(_ output: String, as type: Value.Type) throws -> Value {
    try #require(JSONSerialization.jsonObject(with: Data(output.utf8)) as? Value)
  }

  @Test func informationIsPrintedWithItsBounds() throws {
    try writePoints()
    let outcome = try command.run(
      ["mi", "line.npy", "labels.npy", "--neighbors", "2", "--json"], in: scratch.url)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let fields = try json(outcome.output, as: [String: Any].self)
    #expect(fields["estimator"] as? String == "ross")
    #expect(fields["n"] as? Int == 8 && fields["classes"] as? Int == 2)
    #expect(abs((fields["ceiling_nats"] as? Double ?? 0) - log(2)) < 1e-12)
    #expect(abs((fields["entropy_nats"] as? Double ?? 0) - log(2)) < 1e-12)
    // Every point has two points, itself among them, nearer than its second neighbour:
    // ψ(8) + ψ(2) - ψ(4) - ψ(2).
    let expected = 1.0 / 7 + 1.0 / 6 + 1.0 / 5 + 1.0 / 4
    #expect(abs((fields["mutual_information_nats"] as? Double ?? 0) - expected) < 1e-12)
    #expect(fields["standard_error"] is Double)
  }

  @Test func allEstimatorsAreAList() throws {
    try writePoints()
    let outcome = try command.run(
      [
        "mi", "points.npy", "labels.npy", "--estimator", "all", "--folds", "2", "--clusters", "2",
        "--components", "1", "--standardise", "--json",
      ], in: scratch.url)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let list = try json(outcome.output, as: [[String: Any]].self)
    #expect(list.map { $0["estimator"] as? String } == ["ross", "probe", "plug-in"])
    let plugIn = try #require(list[2]["mutual_information_nats"] as? Double)
    #expect(abs(plugIn - (log(2) - 1.0 / 16)) < 1e-12)
    let text = try command.run(["mi", "points.npy", "labels.npy"], in: scratch.url)
    #expect(text.output.contains("ross: ") && text.output.contains("ceiling ln 2 = 0.6931"))
  }

  @Test func neighborsAreWritten() throws {
    try writePoints()
    let files = ["--indices", "i.npy", "--distances", "d.npy", "--json"]
    for method in ["exact", "hnsw"] {
      let outcome = try command.run(
        ["knn", "line.npy", "--k", "2", "--method", method] + files, in: scratch.url)
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(try json(outcome.output, as: [String: Any].self)["method"] as? String == method)
      let indices = try NPYFile.read(scratch.file("i.npy"))
      #expect(indices.shape == [8, 2])
      #expect(
        indices.array(of: Int64.self) == [1, 2, 0, 2, 1, 0, 2, 1, 5, 6, 4, 6, 5, 4, 6, 5])
      let distances = try NPYFile.read(scratch.file("d.npy"))
      #expect(distances.array(of: Float.self).prefix(8) == [1, 3, 1, 2, 2, 3, 4, 6])
    }
    try write(.from([Float(6), 104], shape: [2, 1]), "queries.npy")
    let outcome = try command.run(
      ["knn", "line.npy", "--k", "1", "--queries", "queries.npy"] + files, in: scratch.url)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try NPYFile.read(scratch.file("i.npy")).array(of: Int64.self) == [3, 6])
  }

  @Test func componentsAreWritten() throws {
    try writePoints()
    let outcome = try command.run(
      [
        "pca", "points.npy", "--components", "1", "--output", "p.npy", "--axes", "a.npy",
        "--json",
      ], in: scratch.url)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let fields = try json(outcome.output, as: [String: Any].self)
    let ratio = try #require(fields["explained_variance_ratio"] as? [Double])
    #expect(ratio.count == 1 && ratio[0] > 0.99 && ratio[0] < 1)
    #expect((fields["explained_variance"] as? [Double])?.count == 1)
    #expect(try NPYFile.read(scratch.file("p.npy")).shape == [8, 1])
    let axes = try NPYFile.read(scratch.file("a.npy"))
    #expect(axes.shape == [1, 2] && axes.array(of: Float.self)[0] > 0.99)
  }

  @Test(arguments: [
    (["mi", "nan.npy", "labels.npy"], 65, "row 2, column 1"),
    (["mi", "huge.npy", "labels.npy"], 65, "another scale"),
    (["mi", "empty.npy", "labels.npy"], 65, "empty.npy"),
    (["mi", "points.npy", "one.npy"], 65, "two classes"),
    (["mi", "points.npy", "short.npy"], 65, "expected 8 entries"),
    (["mi", "points.npy", "points.npy"], 65, "points.npy"),
    (["mi", "points.npy", "floats.npy"], 65, "whole numbers"),
    (["mi", "points.npy", "labels.npy", "--neighbors", "4"], 65, "label 0 has 4 rows"),
    (["mi", "points.npy", "labels.npy", "--estimator", "probe"], 65, "--folds 5 needs 5"),
    (["mi", "points.npy", "labels.npy", "--neighbors", "8"], 64, "expected 1 to 7"),
    (["mi", "points.npy", "labels.npy", "--components", "3"], 64, "expected 1 to 2"),
    (["mi", "points.npy", "labels.npy", "--estimator", "plug-in"], 64, "expected 1 to 8"),
    (["mi", "points.npy", "absent.npy"], 66, "absent.npy"),
    (["mi", "points.npy", "labels.npy", "--threads", "0"], 64, "--threads"),
    (["pca", "points.npy", "--output", "p.npy"], 64, "expected 1 to 2"),
    (["pca", "nan.npy", "--components", "1", "--output", "p.npy"], 65, "row 2, column 1"),
  ])
  func badInputIsOneLineWithItsStatus(arguments: [String], status: Int32, message: String) throws {
    try writePoints()
    try write(.from([1, .nan] + [Float](repeating: 0, count: 6), shape: [8, 1]), "nan.npy")
    try write(.from([1e31] + [Float](repeating: 0, count: 7), shape: [8, 1]), "huge.npy")
    try write(.from([Float](), shape: [0, 2]), "empty.npy")
    try write(.from([Int](repeating: 3, count: 8), shape: [8]), "one.npy")
    try write(.from([0, 1], shape: [2]), "short.npy")
    try write(.from([Float](repeating: 1, count: 8), shape: [8]), "floats.npy")
    let outcome = try command.run(arguments, in: scratch.url)
    #expect(outcome.status == status, "\(outcome.errors)")
    #expect(outcome.errors.contains(message), "found: \(outcome.errors)")
    #expect(!FileManager.default.fileExists(atPath: scratch.file("p.npy").path))
  }

  @Test(arguments: [
    (["--k", "8"], 64, "--k: expected 1 to 7"), (["--k", "0"], 64, "--k: expected 1 to 7"),
    (["--queries", "line.npy"], 65, "expected 2 columns"),
    (["--metric", "cosine"], 64, "needs --method hnsw"),
    (["--method", "hnsw", "--links", "1", "--k", "2"], 64, "links: expected 2 to 1024"),
  ])
  func badSearchesAreRefused(arguments: [String], status: Int32, message: String) throws {
    try writePoints()
    let outcome = try command.run(
      ["knn", "points.npy", "--indices", "i.npy", "--distances", "d.npy"] + arguments,
      in: scratch.url)
    #expect(outcome.status == status, "\(outcome.errors)")
    #expect(outcome.errors.contains(message), "found: \(outcome.errors)")
    #expect(!FileManager.default.fileExists(atPath: scratch.file("i.npy").path))
  }
}
