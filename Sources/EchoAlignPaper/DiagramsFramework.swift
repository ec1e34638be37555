import Experiments
import LabelNoise
import Methods
import Plotting

extension Diagrams {
  /// Figure 8: EchoMod and EchoSelect, with the parameters of a benchmark.
  static func framework(_ benchmark: Benchmark, _ noise: NoiseModel, isReduced: Bool) -> Diagram {
    let data = benchmark.data
    let outside = benchmark.outside
    let number = PlainNumber.text
    let edges =
      outside.map {
        "Canny, threshold \(number(Double($0.generator.configuration.canny.threshold)))"
      } ?? "Canny"
    let sampling = outside?.generator.configuration.sampling
    let generator =
      sampling.map {
        "\($0.steps) steps, guidance \(number($0.guidance)), control \(number($0.controlWeight))"
      } ?? "made elsewhere (--echo-dir)"
    let features = outside?.extractor.model.displayName ?? "made elsewhere (--echo-dir)"
    return Diagram(
      nodes: [
        .init(
          "data", "noisy data (X, Ỹ)", detail: "\(data.trainCount) of \(benchmark.displayName)",
          kind: .data, row: 0.5, column: 0, series: labels),
        .init("edges", "edges of X", detail: edges, kind: .process, row: 0, column: 1),
        .init(
          "generator", "generator f(X, Ỹ)", detail: generator, kind: .model, row: 0, column: 2),
        .init(
          "modified", "modified images X′", detail: "one for each X", kind: .data, row: 0,
          column: 3, series: modified),
        .init(
          "features", "features z(X), z(X′)", detail: features, kind: .model, row: 1, column: 2),
        .init(
          "similarity", "S = cos(z(X′), z(X))", kind: .process, row: 1, column: 3),
        .init(
          "threshold", "S ≥ τ ?", detail: threshold(noise, benchmark, isReduced: isReduced),
          kind: .process, row: 2, column: 3),
        .init(
          "kept", "originals with S ≥ τ", kind: .data, row: 3, column: 2, series: images),
        .init(
          "changed", "modified: S < τ (A), all (B)", kind: .data, row: 4, column: 2,
          series: modified),
        .init(
          "classifier", "classifier", detail: benchmark.model.displayName, kind: .model, row: 3.5,
          column: 0),
      ],
      edges: [
        .init(from: "data", to: "edges", "X", route: .steppedAcross),
        .init(from: "edges", to: "generator"), .init(from: "generator", to: "modified"),
        .init(from: "data", to: "features", "X", route: .steppedAcross),
        .init(from: "modified", to: "similarity", "X′"),
        .init(from: "features", to: "similarity"),
        .init(from: "similarity", to: "threshold"),
        .init(from: "threshold", to: "kept", "yes", route: .verticalFirst),
        .init(from: "threshold", to: "changed", "no", route: .verticalFirst),
        .init(from: "kept", to: "classifier", route: .steppedAcross),
        .init(from: "changed", to: "classifier", route: .steppedAcross),
      ],
      groups: [
        .init("EchoMod", members: ["edges", "generator", "modified"], series: modified),
        .init("EchoSelect", members: ["features", "similarity", "threshold"], series: images),
        .init("Training set", members: ["kept", "changed"]),
      ])
  }

  /// The threshold of Algorithm 1 under a noise, as its configuration has it.
  private static func threshold(
    _ noise: NoiseModel, _ benchmark: Benchmark, isReduced: Bool
  ) -> String {
    let setting = MethodSetting(noise: noise, classes: benchmark.classes, isReduced: isReduced)
    let value = MethodCatalog.entry("echoalign-a").flatMap {
      try? Hyperparameters($0.configuration(for: setting))["threshold fixed"]
    }
    return value.map { "τ = \($0) at \(noise.displayName)" } ?? "τ found from the data"
  }
}
