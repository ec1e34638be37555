import Experiments
import LabelNoise
import Plotting
import Reporting
import Reproduction
import RunStore

extension Diagrams {
  /// The report of Figure 1.
  ///
  /// - Throws: ``RunStore/StoreError`` when the measurement that an example is taken from is damaged.
  public static func comparisonReport(_ request: Request, store: RunStore) throws -> Report {
    let specification = request.profile.benchmarks.lazy.compactMap(Request.quality).first
    let quality = try specification.flatMap { try GeneratorQuality.stored(for: $0, in: store) }
    let example = quality.flatMap { quality in
      quality.examples.first.map { example in
        let names = Examples(quality)
        return (
          example, clean: names.name(ofClass: example.cleanLabel),
          noisy: names.name(ofClass: example.label)
        )
      }
    }
    var content = EchoAlignItem.Content()
    content.figures = [
      ReportFigure(
        id: "comparison",
        caption:
          "Two ways to treat a wrong label. Above: correct the label and keep the image. Below: keep the label and change the "
          + "image until it fits. "
          + (example == nil
            ? "The store has no example image; make table8 puts one there."
            : "The pictures are the first example that the generator of this suite was measured on, not a chosen one."),
        altText: "Two chains from an image and a noisy label to a classifier.",
        figure: Figure(
          comparison(example), title: "Correcting labels against modifying images"))
    ]
    content.notes = [drawing]
    return try EchoAlignItem(
      identifier: "echoalign-figure1", name: "Figure 1",
      introduction: [
        "Figure 1 of the paper is a cartoon of the idea. Here it is drawn from data, in a form of our own; no claim rests on it."
      ]
    ).report(
      request, content,
      analyses: quality == nil ? [] : specification.map { [.quality($0)] } ?? [], store: store)
  }

  /// The report of Figure 2.
  ///
  /// - Throws: Nothing of its own; the signature is that of all reports.
  public static func causalReport(_ request: Request, store: RunStore) throws -> Report {
    var content = EchoAlignItem.Content()
    content.figures = [
      ReportFigure(
        id: "causal-graphs",
        caption:
          "How noisy labels come about: as Figure 2 draws it, as Theorem 3.1 writes it, and what modification adds. Shaded "
          + "variables are observed.",
        altText:
          "Three graphs with arrows between Z, X, Y, the noisy label and the modified image.",
        figure: Figure(causalGraphs(), title: "The causal graphs"))
    ]
    content.notes = [
      "The drawn graph and the theorem differ: in Figure 2 latent variables act on the noisy label through the image alone, and the "
        + "true label does not appear; Theorem 3.1 has Ỹ = h(Y, Z), without the image. The study of Theorem 3.1 "
        + "(make theorem31) has labels of both kinds.",
      "The modified image is an effect of the noisy label, so that it tells of the label whatever the image shows: X′ is not "
        + "independent of Ỹ even where X is.",
      drawing,
    ]
    return try EchoAlignItem(
      identifier: "echoalign-figure2", name: "Figure 2",
      introduction: [
        "Figure 2 of the paper is a causal graph of instance-dependent label noise. Here it stands beside the one that Theorem 3.1 "
          + "states and the one after modification; no claim rests on it."
      ]
    ).report(request, content, store: store)
  }

  /// The report of Figure 8.
  ///
  /// - Throws: Nothing of its own; the signature is that of all reports.
  public static func frameworkReport(_ request: Request, store: RunStore) throws -> Report {
    let noise = NoiseModel.instance(InstanceDependentNoise(rate: 0.5))
    var content = EchoAlignItem.Content()
    content.figures = request.profile.benchmarks.enumerated().map { index, benchmark in
      ReportFigure(
        id: index == 0 ? "framework" : "framework-\(benchmark.data.dataset)",
        caption:
          "EchoMod and EchoSelect as this suite runs them at the \(request.profile.identifier) profile, on \(benchmark.displayName): "
          + "parameters are read from the profile.",
        altText: "A flow from noisy data over generator, similarity and threshold to a classifier.",
        figure: Figure(
          framework(benchmark, noise, isReduced: request.profile.isReduced),
          title: "The framework of EchoAlign"))
    }
    content.notes = [
      "Appendix G describes another selection than Algorithm 1: it keeps originals most like their modified ones and adds the "
        + "modified ones. EchoAlign A is Algorithm 1, EchoAlign B the released code.",
      drawing,
    ]
    return try EchoAlignItem(
      identifier: "echoalign-figure8", name: "Figure 8",
      introduction: [
        "Figure 8 of the paper shows the framework. Here it is drawn from the profile, with the parameters in use; no claim rests on it."
      ]
    ).report(request, content, store: store)
  }

  private static let drawing =
    "A drawing, not a measurement: its nodes and arrows are listed in the CSV file beside the picture."
}
