import ArgumentParser
import Foundation
import Methods
import RunStore
import Torch

/// Writes per-sample losses and the gradient of their mean, for comparison with other implementations.
struct LossCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    let losses = LossCatalog.entries.map { entry in
      let options = entry.options.map { "\($0.name)=\($0.defaultValue)" }
      return "  \(entry.name)  \(entry.meaning)"
        + (options.isEmpty ? "" : " [\(options.joined(separator: ", "))]")
    }
    return CommandConfiguration(
      commandName: "loss", abstract: "Evaluate a loss on logits and labels from NPY files.",
      discussion: "Losses and their options with defaults:\n" + losses.joined(separator: "\n"))
  }

  @Argument(help: "The loss.")
  var name: String

  @Option(help: "Logits: an NPY file of floats, n x C.")
  var logits: String

  @Option(help: "Labels: an NPY file of int64 class indices, n.")
  var targets: String

  @Option(help: "The state of a loss that has one (elr): an NPY file of floats, n x C.")
  var state: String?

  @Option(help: "Where the per-sample losses go: an NPY file of float32, n.")
  var output: String

  @Option(
    help: "Where the gradient of the mean loss by the logits goes: an NPY file of float32, n x C.")
  var gradient: String?

  @Option(name: .customLong("option"), help: "An option of the loss as key=value; repeatable.")
  var options: [String] = []

  func run() throws {
    let state = try self.state.map(read)
    let loss = try LossCatalog.loss(name, options: try pairs(options), state: state)
    let logits = try read(self.logits)
    let targets = try read(self.targets).widenedToInt64()
    try LossCatalog.check(logits: logits, targets: targets, state: state)
    let leaf = logits.to(.float32).clone().detached().requiringGradient()
    let losses = try withTorchErrors {
      let losses = loss(leaf, targets)
      if gradient != nil { losses.mean().backward() }
      return losses.detached().to(.float32)
    }
    try AtomicFile.write(NPYFile.encode(losses), to: URL(fileURLWithPath: output))
    if let gradient {
      try AtomicFile.write(NPYFile.encode(leaf.gradient), to: URL(fileURLWithPath: gradient))
    }
  }

  private func read(_ path: String) throws -> Tensor {
    try NPYFile.read(URL(fileURLWithPath: path))
  }
}

extension Tensor {
  /// Labels that another type of whole numbers holds, as int64; floats are left as they are, to be refused.
  fileprivate func widenedToInt64() -> Tensor { type == .uint8 ? to(.int64) : self }
}

/// Options written as key=value, in order.
///
/// - Throws: An error of usage for one without an equals sign.
func pairs(_ options: [String]) throws -> [(key: String, value: String)] {
  try options.map { option in
    let parts = option.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty else {
      throw ValidationError("expected --option key=value, found '\(option)'")
    }
    return (String(parts[0]), String(parts[1]))
  }
}
