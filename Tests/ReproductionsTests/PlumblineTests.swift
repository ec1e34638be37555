import Foundation
import Testing
import Torch

/// The tool as a user runs it.
@Suite struct PlumblineTests {
  private let command = BuiltCommand(name: "plumbline")
  private let scratch: ScratchFolder

  init() throws { scratch = try ScratchFolder() }

  private func write(_ tensor: Tensor, _ name: String) throws {
    try NPYFile.encode(tensor).write(to: scratch.file(name))
  }

  private func writeLogits() throws {
    try write(.from([0, Float(log(2.0)), Float(log(3.0))], shape: [1, 3]), "logits.npy")
    try write(.from([2], shape: [1]), "labels.npy")
  }

  private let loss = ["--logits", "logits.npy", "--targets", "labels.npy", "--output", "out.npy"]

  @Test func lossAndGradientAreWritten() throws {
    try writeLogits()
    let outcome = try command.run(
      ["loss", "gce"] + loss + ["--gradient", "grad.npy", "--option", "q=1"], in: scratch.url)
    #expect(outcome.status == 0, "\(outcome.errors)")
    // With q = 1 it is the mean absolute error: 1 − 1/2, gradient −p_y (y − p).
    let values = try NPYFile.read(scratch.file("out.npy"))
    let gradient = try NPYFile.read(scratch.file("grad.npy"))
    #expect(values.shape == [1] && gradient.shape == [1, 3])
    #expect(abs(values.array(of: Float.self)[0] - 0.5) < 1e-6)
    let expected: [Float] = [1.0 / 12, 1.0 / 6, -1.0 / 4]
    for (found, wanted) in zip(gradient.array(of: Float.self), expected) {
      #expect(abs(found - wanted) < 1e-6)
    }
  }

  @Test(arguments: [
    (["nce"], "unknown loss 'nce'"), (["gce", "--option", "tau=2"], "gce has no option 'tau'"),
    (["gce", "--option", "q=7"], "q must be"), (["elr"], "elr needs a state"),
    (["pce", "--option", "tau"], "expected --option key=value"),
  ])
  func wrongLossEndsWith64(arguments: [String], message: String) throws {
    try writeLogits()
    let outcome = try command.run(["loss"] + arguments + loss, in: scratch.url)
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains(message), "found: \(outcome.errors)")
    #expect(!FileManager.default.fileExists(atPath: scratch.file("out.npy").path))
  }

  @Test func missingAndBrokenArraysHaveTheirStatus() throws {
    #expect(try command.run(["loss", "ce"] + loss, in: scratch.url).status == 66)
    try writeLogits()
    try Data("no array".utf8).write(to: scratch.file("labels.npy"))
    #expect(try command.run(["loss", "ce"] + loss, in: scratch.url).status == 65)
  }

  @Test(.enabled(if: hasFashionMNIST, "needs Fashion-MNIST"))
  func noiseWritesLabels() throws {
    func labels(_ noise: String, seed: Int) throws -> (text: String, outcome: String) {
      let outcome = try command.run(
        [
          "noise", "--dataset", "fashion-mnist", "--noise", noise, "--seed", "\(seed)", "--count",
          "20000", "--output", "labels.csv",
        ], in: scratch.url)
      #expect(outcome.status == 0, "\(outcome.errors)")
      return (
        try String(contentsOf: scratch.file("labels.csv"), encoding: .utf8), outcome.output
      )
    }
    for (noise, rate) in [
      ("symmetric:0.5", 0.5), ("symmetric-inclusive:0.5", 0.45), ("pairflip:0.45", 0.45),
      ("asymmetric:0.4", 0.2), ("instance:0.3", 0.3), ("annotator-like:worst", 0.4021),
    ] {
      let lines = try labels(noise, seed: 1).text.split(separator: "\n")
      #expect(lines.first == "index,clean,noisy" && lines.count == 20_001)
      let wrong = lines.dropFirst().count { line in
        let fields = line.split(separator: ",")
        return fields[1] != fields[2]
      }
      #expect(abs(Double(wrong) / 20_000 - rate) < 0.012, "\(noise): \(wrong)")
    }
    #expect(
      try labels("symmetric:0.5", seed: 1).text != labels("symmetric:0.5", seed: 2).text)
  }

  @Test(arguments: [
    (["noise", "--dataset", "fashion-mnist", "--noise", "gauss:0.5"], "gauss"),
    (["noise", "--dataset", "mnist", "--noise", "clean"], "unknown data set 'mnist'"),
    (["train", "--method", "bogus"], "unknown method 'bogus'"),
    (["train", "--model", "vgg"], "unknown network 'vgg'"),
    (["train", "--method", "gce", "--option", "tau=1"], "the method has no option 'tau'"),
    (["train", "--method", "gce", "--option", "q=much"], "bad value of a method's option"),
    (["train", "--pool", "999999"], "--pool: expected"),
    (["train", "--rate", "0"], "--rate: expected"),
  ])
  func wrongCellsEndWith64(arguments: [String], message: String) throws {
    let extra = arguments[0] == "noise" ? ["--output", "labels.csv"] : ["--quiet"]
    let outcome = try command.run(arguments + extra, in: scratch.url)
    #expect(outcome.status == 64, "\(outcome.errors)")
    #expect(outcome.errors.contains(message), "found: \(outcome.errors)")
  }

  private let cell = [
    "train", "--profile", "smoke", "--method", "gce", "--option", "q=0.5", "--noise",
    "pairflip:0.2", "--seed", "3", "--quiet",
  ]

  @Test(.enabled(if: hasFashionMNIST, "needs Fashion-MNIST"))
  func aCellIsTrainedOnce() throws {
    let first = try command.run(cell, in: scratch.url)
    #expect(first.status == 0, "\(first.errors)")
    #expect(first.output.contains("last epoch"))
    let list = try command.run(["runs", "list"], in: scratch.url)
    #expect(list.output.contains("gce") && list.output.contains("pairflip-20"), "\(list.output)")
    let stored = try FileManager.default.subpathsOfDirectory(atPath: scratch.file("runs").path)
    #expect(try command.run(cell, in: scratch.url).output == first.output)
    #expect(
      try FileManager.default.subpathsOfDirectory(atPath: scratch.file("runs").path).sorted()
        == stored.sorted())
    let plan = try command.run(cell + ["--dry-run"], in: scratch.url)
    #expect(plan.output.contains("\"q\":0.5"))
    let forecast = try command.run(
      ["forecast", "--profile", "smoke", "--noise", "symmetric:0.5"], in: scratch.url)
    #expect(forecast.output.contains("cells      1, 0 of them cached"), "\(forecast.output)")
  }

  /// The commands of a page's shell listing.
  private func commands(of page: String) throws -> [[String]] {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let text = try String(contentsOf: root.appendingPathComponent(page), encoding: .utf8)
    let listing = text.components(separatedBy: "```sh\n").dropFirst().first?
      .components(separatedBy: "```").first
    return try #require(listing).split(separator: "\n").map {
      $0.split(separator: " ").map(String.init)
    }
  }

  /// `docs/adding-a-dataset.md` as its reader would follow it.
  @Test func commandsForOwnImagesWork() throws {
    let count = 60
    let pixels = (0..<(count * 64)).map { (place: Int) -> UInt8 in
      let image = place / 64
      return UInt8(image % 3 * 80 + place % 7)
    }
    let classes: [Int] = (0..<count).map { $0 % 3 }
    let changed: [UInt8] = pixels.map { $0 &+ 1 }
    try FileManager.default.createDirectory(
      at: scratch.file("mine"), withIntermediateDirectories: true)
    for part in ["train", "test"] {
      try write(.from(pixels, shape: [count, 8, 8]), "mine/\(part)-images.npy")
      try write(.from(classes, shape: [count]), "mine/\(part)-labels.npy")
    }
    let given = (0..<count).map { "\($0),\($0 % 5 == 0 ? ($0 + 1) % 3 : $0 % 3)" }
    try Data(("index,label\n" + given.joined(separator: "\n") + "\n").utf8).write(
      to: scratch.file("mine/given-labels.csv"))
    let commands = try commands(of: "docs/adding-a-dataset.md")
    #expect(commands.count == 5)
    for words in commands {
      #expect(words.first == "plumbline")
      let outcome = try command.run(Array(words.dropFirst()), in: scratch.url)
      #expect(outcome.status == 0, "\(words): \(outcome.errors)")
      if words[1] == "train" { #expect(outcome.output.contains("last epoch")) }
      if words[1] == "runs", words[2] == "list" {
        #expect(outcome.output.contains("co-teaching") && outcome.output.contains("elr"))
      }
    }
    let lines = try String(contentsOf: scratch.file("labels.csv"), encoding: .utf8)
      .split(separator: "\n")
    #expect(lines.count == count + 1)
    #expect(FileManager.default.fileExists(atPath: scratch.file("runs.csv").path))
    // Other pixels are other runs, and the labels that came along are those trained on.
    try write(.from(changed, shape: [count, 8, 8]), "mine/train-images.npy")
    let again = try command.run(Array(commands[1].dropFirst()) + ["--dry-run"], in: scratch.url)
    #expect(again.status == 0 && again.output.contains("\"content\":"))
    let listed = try command.run(["runs", "list", "--json"], in: scratch.url)
    let content = try #require(again.output.firstMatch(of: /"content":"([0-9a-f]+)"/)).1
    #expect(!listed.output.contains(content))
  }

  @Test(.enabled(if: hasFashionMNIST, "needs Fashion-MNIST"))
  func runsAreShownExportedAndPruned() throws {
    #expect(try command.run(cell, in: scratch.url).status == 0)
    let list = try command.run(["runs", "list", "--json"], in: scratch.url)
    #expect(list.status == 0 && list.output.contains("\"method\""), "\(list.output)")
    let table = try command.run(["runs", "export", "--csv", "runs.csv"], in: scratch.url)
    #expect(table.status == 0, "\(table.errors)")
    let lines = try String(contentsOf: scratch.file("runs.csv"), encoding: .utf8)
      .split(separator: "\n")
    #expect(lines.count > 4)
    #expect(
      try command.run(["runs", "export", "--sqlite", "runs.db"], in: scratch.url).status == 0)
    #expect(
      try Data(contentsOf: scratch.file("runs.db")).prefix(15) == Data("SQLite format 3".utf8))
    let prune = try command.run(["runs", "prune"], in: scratch.url)
    #expect(prune.status == 0, "\(prune.errors)")
    // Nothing finished is ever removed without being named.
    #expect(try command.run(["runs", "list"], in: scratch.url).output.contains("gce"))
  }
}
