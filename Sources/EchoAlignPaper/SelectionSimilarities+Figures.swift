import Plotting
import Reporting

extension SelectionSimilarities {
  private static let bins = 48

  /// The first draw as the paper shows one, then all draws beside each other.
  var figures: [ReportFigure] {
    guard let first = draws.first else { return [] }
    var figures = [
      ReportFigure(
        id: "similarities",
        caption:
          "Similarity of image and modified image for rightly and wrongly labelled samples under \(setting), seed "
          + "\(first.samples.seed). The dashed line keeps as many samples as BLTM keeps at \(Self.percent) % accuracy of its "
          + "predicted labels; the band lies between it and the similarity down to which EchoSelect keeps at \(Self.percent) % "
          + "accuracy of the given labels.",
        altText:
          "Two histograms: rightly labelled samples have higher similarities than wrongly labelled ones.",
        figure: Figure(
          histogram(of: first),
          title: "Similarity after modification, \(setting), seed \(first.samples.seed)"))
    ]
    if draws.count > 1 {
      figures.append(
        ReportFigure(
          id: "similarities-by-seed", caption: "The same for every seed, in the same colours.",
          altText: "The same histograms, one panel a seed.",
          figure: Figure(
            SmallMultiples(
              panels: draws.map { .init("Seed \($0.samples.seed)", histogram(of: $0)) },
              columns: min(3, draws.count), sharing: .both),
            title: "Similarity after modification, \(setting), by seed", legend: .hidden)))
    }
    return figures
  }

  private func histogram(of draw: Draw) -> Histogram {
    let isRight = draw.samples.isRight
    let values = draw.samples.similarities
    func part(_ wanted: Bool) -> [Double] {
      values.indices.filter { isRight[$0] == wanted }.map { values[$0] }
    }
    return Histogram(
      samples: [
        .init(SeriesKey("clean-labels", name: "rightly labelled"), values: part(true)),
        .init(SeriesKey("noisy-labels", name: "wrongly labelled"), values: part(false)),
      ],
      axis: Axis("Similarity S(X′, X)", fit: .padded, ticks: (-4...4).map { Double($0) / 4 }),
      bins: Self.bins, normalisation: .count,
      threshold: draw.line.map {
        .init($0, label: "as many as BLTM keeps at \(Self.percent) %")
      }, highlight: band(of: draw))
  }

  /// What EchoSelect keeps beyond the rival's number, or what it leaves of it.
  private func band(of draw: Draw) -> Histogram.Highlight? {
    guard let line = draw.line, let ours = draw.ours?.point?.threshold, ours != line else {
      return nil
    }
    return ours < line
      ? .init(ours...line, label: "kept besides by EchoSelect at \(Self.percent) %")
      : .init(line...ours, label: "NOT kept by EchoSelect at \(Self.percent) %")
  }
}
