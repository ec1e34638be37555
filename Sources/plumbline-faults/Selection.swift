import Foundation

/// The cells of Table 1 that a trial computes, at smoke scale.
enum Selection: String, CaseIterable, Codable, Sendable {
  /// A method with one network and one with two, under two noises: four runs.
  case plain
  /// A run that needs the trained generator, the extractor and modified images, and one that needs nothing.
  case echo

  /// The report's folder.
  static let report = "echoalign-table1-smoke-selection"

  /// The arguments of the command, without places.
  var arguments: [String] {
    let cells =
      switch self {
      case .plain: ["ce,co-teaching", "symmetric-50,pairflip-45"]
      case .echo: ["ce,echoalign-b", "symmetric-50"]
      }
    return [
      "run", "--profile", "smoke", "--methods", cells[0], "--noise", cells[1], "--seeds", "1",
      "--checkpoint-seconds", "0", "--quiet",
    ]
  }
}
