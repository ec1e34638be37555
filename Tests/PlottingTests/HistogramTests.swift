import Testing

@testable import Plotting

@Suite struct HistogramTests {
  private let key = SampleCharts.ce

  @Test func countsByHand() {
    let sample = Histogram.Sample(key, values: [0, 0.5, 1, 1.5, 2, 2, 4])
    let histogram = Histogram(samples: [sample], axis: Axis("x"), bins: 4)
    #expect(histogram.edges == [0, 1, 2, 3, 4])
    #expect(histogram.counts(of: sample) == [2, 2, 2, 1])
    #expect(histogram.heights(of: sample).reduce(0, +) == 1)
  }

  @Test func highlightLiesBehindTheDataAndInTheTable() throws {
    let sample = Histogram.Sample(key, values: [0, 1, 2, 3])
    let histogram = Histogram(
      samples: [sample], axis: Axis("x"), bins: 3,
      threshold: .init(2, label: "line"), highlight: .init(1...2, label: "besides"))
    let plan = try Figure(histogram, width: 85).plan(measurer: RecordingRenderer())
    let yellow = plan.primitives.firstIndex { primitive in
      guard case .rectangle(_, let fill, _) = primitive else { return false }
      return fill == Theme.standard.highlightColor
    }
    let data = plan.primitives.firstIndex { primitive in
      if case .polygon = primitive { return true }
      return false
    }
    #expect(try #require(yellow) < (try #require(data)))
    let rows = "threshold,line,2.0,2.0,,\nhighlight,besides,1.0,2.0,,\n"
    #expect(histogram.table.csv.hasSuffix(rows))
    #expect(histogram.legend(theme: .standard).last?.text == "besides")
  }

  @Test func everyValueIsInItsBin() {
    var generator = SplitMix(state: 3)
    for count in [1, 2, 10, 1000] {
      let values = (0..<count).map { _ in Double.random(in: -5...5, using: &generator) }
      let sample = Histogram.Sample(key, values: values)
      let histogram = Histogram(samples: [sample], axis: Axis("x"), normalisation: .density)
      let counts = histogram.counts(of: sample)
      #expect(counts.reduce(0, +) == count)
      let last = counts.count - 1
      for (bin, expected) in counts.enumerated() {
        let inside = values.filter { value in
          value >= histogram.edges[bin]
            && (value < histogram.edges[bin + 1] || bin == last)
        }
        #expect(inside.count == expected)
      }
      let area = zip(
        histogram.heights(of: sample), zip(histogram.edges.dropFirst(), histogram.edges)
      )
      .map { $0 * ($1.0 - $1.1) }.reduce(0, +)
      #expect(abs(area - 1) < 1e-9)
    }
  }
}
