import TestSupport
import Testing

@testable import NeighborEmbedding

@Suite struct GradientTests {
  /// 4 (attraction − repulsion / Z), the gradient of the divergence.
  private func gradient(
    _ reference: Reference, _ affinities: SparseAffinities, _ method: TSNE.Method
  ) -> [SIMD2<Double>] {
    let places = reference.places
    let work = ChunkedWork(threads: 2)
    let attraction = Scratch(repeating: SIMD2<Float>.zero, count: places.count)
    let repulsion = Scratch(repeating: SIMD2<Float>.zero, count: places.count)
    EdgeForces(affinities: affinities, work: work).add(at: places, to: attraction)
    let normalization = TSNE.repulsion(by: method, count: places.count, theta: 0.5, work: work)
      .forces(at: places, into: repulsion)
    return (0..<places.count).map {
      4 * (SIMD2<Double>(attraction[$0]) - SIMD2<Double>(repulsion[$0]) / normalization)
    }
  }

  private func divergence(
    _ affinities: SparseAffinities, at places: Scratch<SIMD2<Float>>
  ) -> Double {
    let work = ChunkedWork(threads: 2)
    return TSNE.divergence(
      EdgeForces(affinities: affinities, work: work), at: places,
      normalization: ExactRepulsion(count: places.count, work: work).normalization(at: places))
  }

  @Test func attractionEqualsTheReference() throws {
    let reference = try Reference.load()
    let result = Scratch(repeating: SIMD2<Float>.zero, count: reference.points.count)
    EdgeForces(affinities: reference.affinities(.barnesHut), work: ChunkedWork(threads: 2))
      .add(at: reference.places, to: result)
    for (index, expected) in reference.attraction.enumerated() {
      expectClose(
        [Double(result[index].x), Double(result[index].y)], expected, relative: 1e-5,
        absolute: 1e-8)
    }
  }

  @Test func divergenceEqualsTheReferences() throws {
    let reference = try Reference.load()
    expectClose(
      divergence(reference.affinities(.barnesHut), at: reference.places), reference.divergence,
      relative: 1e-6)
    expectClose(
      divergence(reference.affinities(.exact), at: reference.places),
      reference.library_full_divergence, relative: 1e-5)
  }

  @Test func manyPointsAreNormalisedOnTheGrid() {
    let places = scattered(1500, spread: 12)
    let work = ChunkedWork(threads: 2)
    let exact = TSNE.finalNormalization(places, work: work)
    let other = TSNE.finalNormalization(places, work: work, exactLimit: 1000)
    #expect(exact != other)
    expectClose(other, exact, relative: 1e-3)
  }

  @Test(arguments: [(TSNE.Method.exact, 1e-3), (.barnesHut, 1e-2), (.interpolation, 1e-2)])
  func gradientEqualsScikitLearns(method: TSNE.Method, tolerance: Double) throws {
    let reference = try Reference.load()
    let found = gradient(reference, reference.affinities(.exact), method)
    let size = (found.reduce(0) { $0 + ($1 * $1).sum() } / Double(found.count)).squareRoot()
    for (value, expected) in zip(found, reference.library_full_gradient) {
      expectClose([value.x, value.y], expected, relative: 0, absolute: tolerance * size)
    }
  }

  @Test func gradientIsTheSlopeOfTheDivergence() throws {
    let reference = try Reference.load()
    let affinities = reference.affinities(.barnesHut)
    let found = gradient(reference, affinities, .exact)
    let places = reference.places
    // A power of two, so that single precision holds the step.
    let step: Float = 1 / 64
    for index in stride(from: 0, to: places.count, by: 5) {
      for axis in 0..<2 {
        let place = places[index]
        places[index][axis] = place[axis] + step
        let above = divergence(affinities, at: places)
        places[index][axis] = place[axis] - step
        let below = divergence(affinities, at: places)
        places[index] = place
        expectClose(
          (above - below) / Double(2 * step), found[index][axis], relative: 1e-3, absolute: 1e-5)
      }
    }
  }
}
