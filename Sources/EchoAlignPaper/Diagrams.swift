import Experiments
import Plotting
import Reporting
import Reproduction
import RunStore

/// The paper's drawings in a form of our own: Figures 1, 2 and 8.
public enum Diagrams {
  static let images = SeriesKey("original-images", name: "Original images")
  static let modified = SeriesKey("modified-images", name: "Modified images")
  static let labels = SeriesKey("noisy-labels", name: "Noisy labels")

  /// Figure 1: correcting labels against modifying images, with an example where the store has one.
  ///
  /// - Parameter example: An original with what was made of it, and the names of both labels; nil for none.
  /// - Returns: The diagram.
  static func comparison(
    _ example: (GeneratorQuality.Example, clean: String, noisy: String)?
  ) -> Diagram {
    let original = example.map { ExamplesFigures.image($0.0.original, like: $0.0) }
    let result = example.map { ExamplesFigures.image($0.0.modified, like: $0.0) }
    let noisy = example.map { "“\($0.noisy)”" } ?? "wrong"
    let clean = example.map { "“\($0.clean)”" } ?? "unknown"
    return Diagram(
      nodes: [
        .init(
          "image", "image X", kind: .data, row: 0.5, column: 0, picture: original, series: images),
        .init(
          "label", "noisy label Ỹ", detail: noisy, kind: .data, row: 1.5, column: 0,
          series: labels),
        .init(
          "estimate", "estimate how labels went wrong", detail: "transition matrix, losses",
          kind: .process, row: 0, column: 1),
        .init(
          "corrected", "corrected label", detail: "a guess at \(clean)", kind: .data, row: 0,
          column: 2, series: labels),
        .init("classifier-1", "classifier", kind: .model, row: 0, column: 3),
        .init(
          "generate", "change the image to fit its label", detail: "edges of X, label Ỹ",
          kind: .process, row: 2, column: 1),
        .init(
          "modified", "modified image X′", detail: "looks like \(noisy)", kind: .data, row: 2,
          column: 2, picture: result, series: modified),
        .init("classifier-2", "classifier", kind: .model, row: 2, column: 3),
      ],
      edges: [
        .init(from: "image", to: "estimate", route: .steppedAcross),
        .init(from: "label", to: "estimate", route: .steppedAcross),
        .init(from: "estimate", to: "corrected"),
        .init(from: "corrected", to: "classifier-1", "X, new label"),
        .init(from: "image", to: "generate", route: .steppedAcross),
        .init(from: "label", to: "generate", route: .steppedAcross),
        .init(from: "generate", to: "modified"),
        .init(from: "modified", to: "classifier-2", "X′, same label"),
      ],
      groups: [
        .init(
          "Label correction", members: ["estimate", "corrected", "classifier-1"], series: labels),
        .init(
          "Instance modification", members: ["generate", "modified", "classifier-2"],
          series: modified),
      ])
  }

  /// Figure 2: the causal graph of the noisy label, the one that Theorem 3.1 states, and modification.
  static func causalGraphs() -> Diagram {
    func graph(
      _ prefix: String, _ row: Double,
      _ nodes: [(String, String, Diagram.Node.Kind, Double, Double)]
    )
      -> [Diagram.Node]
    {
      nodes.map { id, title, kind, line, column in
        .init("\(prefix)-\(id)", title, kind: kind, row: row + line, column: column)
      }
    }
    let drawn = graph(
      "drawn", 0,
      [
        ("z", "Z", .latent, 0, 0), ("x", "X", .observed, 0, 1), ("y", "Ỹ", .observed, 0, 2),
        ("note", "Z acts on Ỹ through X alone", .note, 0, 3),
      ])
    let stated = graph(
      "stated", 1,
      [
        ("z", "Z", .latent, 0, 0), ("y", "Y", .latent, 0, 1), ("t", "Ỹ", .observed, 0, 2),
        ("note", "Ỹ = h(Y, Z): no arrow from X", .note, 0, 3),
      ])
    let modification = graph(
      "change", 2,
      [
        ("z", "Z", .latent, 0, 0), ("x", "X", .observed, 0, 1), ("y", "Ỹ", .observed, 0, 2),
        ("m", "X′", .observed, 0, 3),
      ])
    return Diagram(
      nodes: drawn + stated + modification,
      edges: [
        .init(from: "drawn-z", to: "drawn-x"), .init(from: "drawn-x", to: "drawn-y"),
        .init(from: "stated-z", to: "stated-t", route: .curved(0.3)),
        .init(from: "stated-y", to: "stated-t"),
        .init(from: "change-z", to: "change-x"), .init(from: "change-x", to: "change-y"),
        .init(from: "change-x", to: "change-m", route: .curved(0.3), series: modified),
        .init(from: "change-y", to: "change-m", series: modified),
      ],
      groups: [
        .init("As drawn in Figure 2", members: drawn.map(\.id)),
        .init("As stated in Theorem 3.1", members: stated.map(\.id)),
        .init(
          "After modification: X′ = T(X, Ỹ; θ)", members: modification.map(\.id), series: modified),
      ])
  }
}
