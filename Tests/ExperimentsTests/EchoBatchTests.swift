import Experiments
import Generative
import SeededRandom
import Testing
import Torch

/// The property that makes generated images cacheable, at the architecture of every profile.
@Suite struct EchoBatchTests {
  private static let profiles = Profile.all.filter { profile in
    profile.benchmarks.contains { $0.outside != nil }
  }.map(\.identifier)

  @Test(arguments: profiles) func imageDoesNotDependOnItsBatch(_ identifier: String) throws {
    let profile = try Profile.named(identifier)
    var configuration = try #require(profile.benchmarks.first?.outside).generator.configuration
    // The first three steps go through every operation, of guidance and of control.
    configuration.sampling.steps = 3
    configuration.sampling.guidedSteps = 0..<3
    configuration.sampling.controlledSteps = 0..<2
    let model = EchoModModel(
      configuration, classes: 10, stream: SeedStream(root: 1, purpose: "generator"), on: .cpu)
    // Random everywhere: an untrained model is silent in its closing convolutions.
    try model.load(
      model.state.mapValues { tensor in
        var generator = SeedStream(root: 3, purpose: "test").generator(UInt64(tensor.count))
        let scale = 0.7 / Double(max(1, tensor.shape.dropFirst().reduce(1, *))).squareRoot()
        return .from(
          (0..<tensor.count).map { _ in Float(scale * generator.normal()) }, shape: tensor.shape)
      })
    let sampler = EchoModSampler(
      model, height: 28, width: 28, stream: SeedStream(root: 1, purpose: "sampling"))
    var generator = SeedStream(root: 5, purpose: "test").generator()
    let places = Array(0..<EchoModSampler.batchSize)
    let originals = places.map { _ in
      let (top, left) = (generator.uniform(below: 20), generator.uniform(below: 20))
      return (0..<784).map { place in
        let isBright =
          (top..<top + 8).contains(place / 28) && (left..<left + 8).contains(place % 28)
        return UInt8(isBright ? 200 : 30)
      }
    }
    func sample(_ chosen: [Int]) -> [[UInt8]] {
      sampler.sample(
        originals: chosen.map { originals[$0] }, labels: chosen.map { $0 % 10 },
        identifiers: chosen)
    }
    let all = sample(places)
    #expect(Set(all).count == places.count, "the images are not all different")
    #expect(sample(places.reversed()) == all.reversed())
    let few = [90, 3, 127]
    #expect(sample(few) == few.map { all[$0] })
    for place in [0, 77] { #expect(sample([place]) == [all[place]]) }
  }
}
