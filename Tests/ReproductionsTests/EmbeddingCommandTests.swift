import Foundation
import Testing
import Torch

/// `plumbline tsne` as a user runs it.
@Suite struct EmbeddingCommandTests {
  private let command = BuiltCommand(name: "plumbline")
  private let scratch: ScratchFolder

  init() throws { scratch = try ScratchFolder() }

  /// Two groups of points on two slightly bent lines, far apart.
  private func rows(_ count: Int) -> [[Float]] {
    (0..<count).map { index in
      let group = Float(index % 2)
      let place = Float(index / 2)
      return [100 * group + place, 0.01 * place * place, 50 * group]
    }
  }

  private func write(_ rows: [[Float]], _ name: String) throws {
    let tensor = Tensor.from(rows.flatMap { $0 }, shape: [rows.count, rows.first?.count ?? 0])
    try NPYFile.encode(tensor).write(to: scratch.file(name))
  }

  private func run(_ arguments: [String]) throws -> BuiltCommand.Outcome {
    try command.run(["tsne"] + arguments, in: scratch.url)
  }

  private var hasOutput: Bool {
    FileManager.default.fileExists(atPath: scratch.file("out.npy").path)
  }

  private struct Fields: Decodable {
    let kl_divergence: Double
    let iterations: Int
    let seconds: Double
    let n: Int
    let method: String
    let perplexity: Double
  }

  @Test func embeddingAndFieldsAreWritten() throws {
    try write(rows(60), "in.npy")
    let outcome = try run([
      "in.npy", "--output", "out.npy", "--perplexity", "8", "--iterations", "300", "--json",
    ])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors.split(separator: "\n").count == 3)
    #expect(outcome.errors.contains("iteration 300 of 300"))
    let fields = try JSONDecoder().decode(Fields.self, from: Data(outcome.output.utf8))
    #expect(fields.n == 60 && fields.iterations == 300 && fields.perplexity == 8)
    #expect(fields.method == "exact" && fields.kl_divergence > 0 && fields.seconds > 0)
    let places = try NPYFile.read(scratch.file("out.npy"))
    #expect(places.shape == [60, 2])
    #expect(places.array(of: Float.self).allSatisfy { $0.isFinite })
  }

  @Test func textGivesWhatTheArrayGives() throws {
    try write(rows(40), "in.npy")
    let text = "a,b,c\n" + rows(40).map { "\($0[0]),\($0[1]),\($0[2])\n" }.joined()
    try Data(text.utf8).write(to: scratch.file("in.csv"))
    let options = [
      "--perplexity", "5", "--iterations", "60", "--components", "2", "--method", "barnes-hut",
      "--quiet",
    ]
    let first = try run(["in.npy", "--output", "out.npy", "--threads", "1"] + options)
    let second = try run(["in.csv", "--output", "other.npy", "--threads", "3"] + options)
    #expect(first.status == 0 && second.status == 0, "\(first.errors)\(second.errors)")
    #expect(first.errors.isEmpty)
    #expect(
      try Data(contentsOf: scratch.file("out.npy")) == Data(contentsOf: scratch.file("other.npy")))
  }

  @Test(arguments: [
    (["--perplexity", "20"], Int32(65), "perplexity of at most (points - 1) / 3 = 13"),
    (["--perplexity", "0"], 64, "perplexity: expected a number from 1"),
    (["--iterations", "-1"], 64, "iterations"), (["--components", "-1"], 64, "--components"),
    (["--method", "umap"], 64, "umap"), (["--threads", "-1"], 64, "threads"),
  ])
  func badOptionsEndWithOneLine(options: [String], status: Int32, message: String) throws {
    try write(rows(40), "in.npy")
    // A value that begins with a dash is given after an equals sign.
    let joined = options[1].hasPrefix("-") ? ["\(options[0])=\(options[1])"] : options
    let outcome = try run(["in.npy", "--output", "out.npy"] + joined)
    #expect(outcome.status == status && outcome.errors.contains(message), "\(outcome.errors)")
    #expect(!hasOutput)
  }

  @Test func badPointsEndWithOneLine() throws {
    func check(_ status: Int32, _ message: String) throws {
      let outcome = try run(["in.npy", "--output", "out.npy", "--perplexity", "5"])
      #expect(outcome.status == status && outcome.errors.contains(message), "\(outcome.errors)")
      #expect(outcome.errors.split(separator: "\n").count == 1)
      #expect(!hasOutput)
    }
    try check(66, "in.npy")
    try write([[Float]](repeating: [1, 2], count: 40), "in.npy")
    try check(65, "40 copies of one")
    var damaged = rows(40)
    damaged[3][1] = .nan
    try write(damaged, "in.npy")
    try check(65, "row 4, column 2")
    try Data("nothing".utf8).write(to: scratch.file("in.npy"))
    try check(65, "in.npy")
  }

  @Test func anOutputThatCannotBeWrittenIsNamed() throws {
    try write(rows(40), "in.npy")
    let outcome = try run([
      "in.npy", "--output", "/dev/full/out.npy", "--perplexity", "5", "--iterations", "10",
      "--quiet",
    ])
    #expect(outcome.status == 73 && outcome.errors.contains("/dev/full"), "\(outcome.errors)")
  }

  @Test func stoppedHalfwayLeavesNothing() throws {
    try write(rows(2000), "in.npy")
    let wasRunning = try command.runAndKill(
      ["tsne", "in.npy", "--output", "out.npy", "--iterations", "100000"], after: 1,
      in: scratch.url)
    #expect(wasRunning)
    #expect(!hasOutput)
  }
}
