import ArgumentParser
import Foundation
import Plotting

// The growth of t-SNE's time, as scripts/bench-tsne.py --growth measured it, drawn beside N log N.

/// Draws a file of `n,seconds,kl_divergence` on logarithmic axes.
struct GrowthPlot: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "growth",
    abstract: "Draw how t-SNE's time grows, from what scripts/bench-tsne.py --growth wrote.")

  @Argument(help: "The file of n,seconds,kl_divergence.")
  var measurements: String

  @Option(help: "The folder that the figure is written to, as tsne-growth.")
  var output = "."

  func run() throws {
    let points = try self.points()
    guard let last = points.last else {
      throw ValidationError("\(measurements): expected lines of n,seconds,kl_divergence")
    }
    // Through the largest measurement, which is the least disturbed.
    let scale = last.seconds / (last.count * log(last.count))
    let chart = LineChart(
      lines: [
        .init(
          SeriesKey("plumbline", name: "plumbline tsne, --method auto"),
          samples: points.map { .init($0.count, $0.seconds) })
      ],
      horizontalAxis: Axis(
        "Points", kind: .logarithmic, fit: .padded, ticks: points.map(\.count)),
      verticalAxis: Axis("Seconds", kind: .logarithmic, fit: .padded),
      guides: [
        .init(
          "∝ N log N", samples: points.map { .init($0.count, scale * $0.count * log($0.count)) })
      ])
    let figure = Figure(chart, width: Theme.standard.columnWidth, title: "Time of t-SNE")
    let folder = URL(fileURLWithPath: output, isDirectory: true)
    for file in try figure.write(to: folder, name: "tsne-growth") { print(file.path) }
  }

  private func points() throws -> [(count: Double, seconds: Double)] {
    guard let text = try? String(contentsOfFile: measurements, encoding: .utf8) else {
      throw ValidationError("\(measurements): expected a readable file")
    }
    return try text.split(separator: "\n").dropFirst().map { line in
      let fields = line.split(separator: ",").map { Double($0) }
      guard fields.count == 3, let count = fields[0], let seconds = fields[1], count > 1,
        seconds > 0
      else { throw ValidationError("\(measurements): expected n,seconds,kl_divergence: \(line)") }
      return (count, seconds)
    }
  }
}
