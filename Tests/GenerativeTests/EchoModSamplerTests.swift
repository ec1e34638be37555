import Foundation
import SeededRandom
import TestSupport
import Testing
import Torch
import TorchTestSupport

@testable import Generative

@Suite struct EchoModSamplerTests {
  private static let stream = SeedStream(root: 1, purpose: "sampling")
  private let pixels = TinyModel.images(count: EchoModSampler.batchSize).pixels

  private func sampler(
    _ model: EchoModModel, _ change: (inout EchoModConfiguration.Sampling) -> Void = { _ in }
  ) -> EchoModSampler {
    var sampling = TinyModel.sampling
    change(&sampling)
    return EchoModSampler(
      model, height: TinyModel.side, width: TinyModel.side, stream: Self.stream,
      sampling: sampling)
  }

  /// Images under labels, each with its place as identifier.
  private func sample(_ sampler: EchoModSampler, _ places: [Int], labels: [Int]) -> [[UInt8]] {
    sampler.sample(
      originals: places.map { pixels[$0] }, labels: labels, identifiers: places.map { 7 * $0 })
  }

  // MARK: - Batches

  /// What the cache rests on: the companions of an image, its place and padding change no byte.
  @Test func imageDoesNotDependOnItsBatch() throws {
    let sampler = sampler(try TinyModel.random())
    let places = Array(0..<EchoModSampler.batchSize)
    let labels = places.map { ($0 / 2) % TinyModel.classes }
    let all = sample(sampler, places, labels: labels)
    #expect(Set(all).count > 100, "the images are all alike")
    let turned = sample(sampler, places.reversed(), labels: labels.reversed())
    #expect(turned == all.reversed())
    for place in [0, 1, 63, 127] {
      #expect(sample(sampler, [place], labels: [labels[place]]) == [all[place]])
    }
    let few = [90, 3, 41, 127, 2]
    #expect(sample(sampler, few, labels: few.map { labels[$0] }) == few.map { all[$0] })
    // Another label at another place changes that image alone.
    var others = labels
    others[5] = (others[5] + 1) % TinyModel.classes
    let changed = sample(sampler, places, labels: others)
    #expect(places.filter { changed[$0] != all[$0] } == [5])
  }

  @Test func sameImageAndLabelGiveTheSameBytes() throws {
    let (one, two) = (sampler(try TinyModel.random()), sampler(try TinyModel.random()))
    let first = sample(one, [0, 1, 2], labels: [0, 1, 2])
    #expect(sample(one, [0, 1, 2], labels: [0, 1, 2]) == first)
    #expect(sample(two, [0, 1, 2], labels: [0, 1, 2]) == first)
  }

  @Test func identifierAndLabelKeyTheNoise() throws {
    let sampler = sampler(try TinyModel.random())
    func one(_ identifier: Int, _ label: Int) -> [[UInt8]] {
      sampler.sample(originals: [pixels[0]], labels: [label], identifiers: [identifier])
    }
    #expect(one(4, 1) == one(4, 1))
    #expect(one(4, 1) != one(5, 1))
    #expect(one(4, 1) != one(4, 2))
  }

  // MARK: - Steps

  /// With a velocity of zero, each step turns the state: x ← cos(θ − θ′) x, where α = cos θ.
  @Test func untrainedModelScalesItsNoise() {
    let model = TinyModel.untrained()
    let found = sampler(model) { $0.limitsEstimate = false }
      .sample(originals: [pixels[0]], labels: [2], identifiers: [11])[0]
    let angles = (0..<4).map { acos(DiffusionSchedule.signal(at: 1 - Double($0) / 4)) }
    var factor = cos(angles[3])
    for (angle, next) in zip(angles, angles.dropFirst()) { factor *= cos(angle - next) }
    var generator = Self.stream.generator(11, 2)
    // The noise is drawn on the grid: channels first, then rows and columns.
    let noise = (0..<64).map { _ in Float(generator.normal()) }
    let grid = Tensor.from(noise, shape: [1, 4, 4, 4]) * factor
    let expected = model.images(grid).array(of: UInt8.self)
    #expect(Set(found).count > 20)
    for (ours, theirs) in zip(found, expected) {
      #expect(abs(Int(ours) - Int(theirs)) <= 1)
    }
  }

  @Test func guidanceOneIsNoGuidance() throws {
    let model = try TinyModel.random()
    let labels = [0, 1, 2, 0]
    let one = sample(sampler(model) { $0.guidance = 1 }, [0, 1, 2, 3], labels: labels)
    let none = sample(
      sampler(model) {
        $0.guidance = 3
        $0.guidedSteps = 0..<0
      }, [0, 1, 2, 3], labels: labels)
    #expect(one == none)
    #expect(sample(sampler(model), [0, 1, 2, 3], labels: labels) != one)
  }

  /// v = plain + w (labelled − plain): hardly any guidance is hardly a change.
  @Test func guidanceIsContinuousAtOne() throws {
    let model = try TinyModel.random()
    let one = sample(sampler(model) { $0.guidance = 1 }, [0, 1], labels: [0, 1])
    let near = sample(sampler(model) { $0.guidance = 1.0001 }, [0, 1], labels: [0, 1])
    for (a, b) in zip(one.joined(), near.joined()) { #expect(abs(Int(a) - Int(b)) <= 1) }
  }

  @Test func controlWeightZeroIsNoControl() throws {
    let model = try TinyModel.random()
    let labels = [0, 1, 2, 0]
    let zero = sample(sampler(model) { $0.controlWeight = 0 }, [0, 1, 2, 3], labels: labels)
    let none = sample(sampler(model) { $0.controlledSteps = 0..<0 }, [0, 1, 2, 3], labels: labels)
    #expect(zero == none)
    #expect(sample(sampler(model), [0, 1, 2, 3], labels: labels) != zero)
  }

  @Test func originalMattersThroughControlAlone() throws {
    let model = try TinyModel.random()
    func image(_ original: Int, controlled: Range<Int>) -> [[UInt8]] {
      sampler(model) { $0.controlledSteps = controlled }
        .sample(originals: [pixels[original]], labels: [1], identifiers: [3])
    }
    #expect(image(0, controlled: 0..<0) == image(1, controlled: 0..<0))
    #expect(image(0, controlled: 0..<2) != image(1, controlled: 0..<2))
  }

  @Test func uncontrolledGuidanceIsAnotherMethodOnlyUnderGuidanceAndControl() throws {
    let model = try TinyModel.random()
    func images(controls: Bool, guidance: Double, controlled: Range<Int>) -> [[UInt8]] {
      sample(
        sampler(model) {
          $0.controlsUnlabelled = controls
          $0.guidance = guidance
          $0.controlledSteps = controlled
        }, [0, 1], labels: [0, 1])
    }
    func differ(guidance: Double, controlled: Range<Int>) -> Bool {
      images(controls: true, guidance: guidance, controlled: controlled)
        != images(controls: false, guidance: guidance, controlled: controlled)
    }
    #expect(differ(guidance: 3, controlled: 0..<2))
    #expect(!differ(guidance: 1, controlled: 0..<2))
    #expect(!differ(guidance: 3, controlled: 0..<0))
  }

  @Test func noTensorLeaks() throws {
    let model = try TinyModel.random()
    expectNoTensorLeak { _ = sample(sampler(model), [0, 1], labels: [0, 1]) }
  }
}
