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
