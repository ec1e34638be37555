import Experiments
import Plotting
import Reporting

/// The grids of generation examples.
enum ExamplesFigures {
  private static let rows = 8

  /// Originals, edges, and what each generator makes of them: a row a label, as in the paper's Table 8.
  static func grid(_ examples: Examples, id: String, caption: String) -> ReportFigure {
    let shown = examples.shown(rows)
    let grid = ImageGrid(
      rowTitles: shown.map { place in
        let example = examples.originals[place]
        return "\(examples.name(ofClass: example.label)) (was "
          + "\(examples.name(ofClass: example.cleanLabel)))"
      }, columnTitles: ["original", "edges"] + examples.sources.map(\.name),
      items: shown.map { place in
        let example = examples.originals[place]
        return [
          .init(image(example.original, like: example)), .init(edges(example)),
        ]
          + examples.sources.map { source in
            source.images.indices.contains(place)
              ? .init(image(source.images[place], like: example)) : .init(absent: .unavailable)
          }
      })
    return ReportFigure(
      id: id, caption: caption,
      altText: "Rows of small images: an original, its edges, and its modifications.",
      figure: Figure(grid, title: "Generation examples by noisy label"))
  }

  /// An image whose bytes are stored channel after channel.
  static func image(_ bytes: [UInt8], like example: GeneratorQuality.Example) -> Raster {
    let count = max(example.edges.count, 1)
    let channels = bytes.count / count
    let side = Int(Double(count).squareRoot())
    return Raster(
      width: side, height: side, channels: channels,
      bytes: (0..<count).flatMap { place in
        (0..<channels).map { bytes[$0 * count + place] }
      })
  }

  /// The edges of an original in black and white.
  static func edges(_ example: GeneratorQuality.Example) -> Raster {
    let side = Int(Double(max(example.edges.count, 1)).squareRoot())
    return Raster(
      width: side, height: side, channels: 1, bytes: example.edges.map { $0 == 0 ? 0 : 255 })
  }
}
