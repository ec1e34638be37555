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
    let noisy = example.map { "“\($0.noisy)”" } ?? "perhaps wrong"
    let clean = example.map { "“\($0.clean)”" } ?? "the true class"
    let fitting = example.map { "looks like “\($0.noisy)”" } ?? "looks like its label"
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
          "modified", "modified image X′", detail: fitting, kind: .data, row: 2,
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
    func node(
      _ id: String, _ title: String, _ kind: Diagram.Node.Kind, _ row: Double, _ column: Double
    ) -> Diagram.Node {
      .init(id, title, kind: kind, row: row, column: column)
    }
    let drawn = [
      node("drawn-z", "Z", .latent, 0, 0.5), node("drawn-x", "X", .observed, 1, 0.5),
      node("drawn-y", "Ỹ", .observed, 2, 0.5),
      node("drawn-note", "Z acts on Ỹ\nthrough X alone", .note, 3, 0.5),
    ]
    let stated = [
      node("stated-y", "Y", .latent, 0, 2), node("stated-z", "Z", .latent, 0, 3),
      node("stated-t", "Ỹ", .observed, 2, 2.5),
      node("stated-note", "Ỹ = h(Y, Z):\nno arrow from X", .note, 3, 2.5),
    ]
    let modification = [
      node("change-z", "Z", .latent, 0, 4), node("change-x", "X", .observed, 1, 4),
      node("change-y", "Ỹ", .observed, 2, 4), node("change-m", "X′", .observed, 2, 5),
      node("change-note", "X′ = T(X, Ỹ; θ):\nan effect of Ỹ", .note, 3, 4.5),
    ]
    return Diagram(
      nodes: drawn + stated + modification,
      edges: [
        .init(from: "drawn-z", to: "drawn-x"), .init(from: "drawn-x", to: "drawn-y"),
        .init(from: "stated-z", to: "stated-t"), .init(from: "stated-y", to: "stated-t"),
        .init(from: "change-z", to: "change-x"), .init(from: "change-x", to: "change-y"),
        .init(from: "change-x", to: "change-m", series: modified),
        .init(from: "change-y", to: "change-m", series: modified),
      ],
      groups: [
        .init("Figure 2", members: drawn.map(\.id)),
        .init("Theorem 3.1", members: stated.map(\.id)),
        .init("After modification", members: modification.map(\.id), series: modified),
      ])
  }
}
