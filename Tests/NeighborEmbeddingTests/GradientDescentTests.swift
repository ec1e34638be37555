import TestSupport
import Testing

@testable import NeighborEmbedding

@Suite struct GradientDescentTests {
  private func two(_ value: SIMD2<Float>) -> Scratch<SIMD2<Float>> {
    let result = Scratch(repeating: value, count: 2)
    result[1] = -value
    return result
  }

  @Test func twoStepsByHand() {
    let work = ChunkedWork(threads: 1)
    let descent = GradientDescent(count: 2, work: work)
    let places = two(.zero)
    let rates = GradientDescent.Rates(learningRate: 0.5, momentum: 0.8, exaggeration: 2)
    // Gradient 2 · 1 − 2 / 4 = 1.5 in x and −0.5 in y, mirrored for the second point.
    descent.step(
      places, attraction: two(SIMD2(1, 0)), repulsion: two(SIMD2(2, 2)), normalization: 4,
      rates: rates)
    // No step before: gains of 1.2; steps of −0.5 · 1.2 · gradient.
    expectClose([places[0].x, places[0].y, places[1].x], [-0.9, 0.3, 0.9])
    descent.step(
      places, attraction: two(SIMD2(1, 0)), repulsion: two(SIMD2(2, -6)), normalization: 4,
      rates: rates)
    // x: the step −0.9 and the gradient 1.5 differ: gain 1.4, step −0.72 − 1.05.
    // y: the step 0.3 and the gradient 1.5 agree in sign: gain 0.97, step 0.24 − 0.7275.
    expectClose([places[0].x, places[0].y], [-0.9 - 1.77, 0.3 - 0.4875])
  }

  @Test func longStepsAreCutAndTheMeanIsZero() {
    let descent = GradientDescent(count: 2, work: ChunkedWork(threads: 1))
    let places = two(.zero)
    let pull = Scratch(repeating: SIMD2<Float>(300, 400), count: 2)
    pull[1] = .zero
    descent.step(
      places, attraction: pull, repulsion: two(.zero), normalization: 1,
      rates: .init(learningRate: 1, momentum: 0, exaggeration: 1))
    // The first point moves by 5 along (−3, −4) / 5; then both move so that their mean is 0.
    expectClose(
      [places[0].x, places[0].y, places[1].x, places[1].y], [-1.5, -2, 1.5, 2])
  }
}
