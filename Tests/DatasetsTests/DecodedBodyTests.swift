import Testing
import TorchTestSupport

@testable import Datasets

struct DecodedBodyTests {
  @Test func partsFollowOneAnotherAtMultiplesOf64() throws {
    let body = try #require(DecodedBody(imageSize: 30, counts: [3, 2], givenSets: 1))
    #expect(body.parts == [0..<90, 128..<188, 192..<216, 256..<272, 320..<344])
    #expect(body.byteCount == 344)
  }

  @Test func bytesAreAsDescribed() throws {
    let dataset = ImageDataset(
      identifier: "x", displayName: "x", shape: [1, 1, 2], classNames: ["a", "b"], mean: [0],
      standardDeviation: [1], train: ImageSet(pixels: [1, 2, 3, 4], labels: [1, 0]),
      test: ImageSet(pixels: [5, 6], labels: [258]), digests: [:], givenLabels: ["g": [0, 1]])
    let body = try #require(DecodedBody(of: dataset))
    let memory = try #require(body.memory(of: dataset))
    var expected = [UInt8](repeating: 0, count: 272)
    expected.replaceSubrange(0..<4, with: [1, 2, 3, 4])
    expected.replaceSubrange(64..<66, with: [5, 6])
    expected[128] = 1
    expected.replaceSubrange(192..<194, with: [2, 1])
    expected[264] = 1
    #expect(Array(memory.bytes) == expected)
    let facts = DecodedFacts(of: dataset, sources: [], body: memory.digest)
    #expect(body.dataset(facts, in: memory) == dataset)
  }

  @Test func impossibleSizesAreRefused() {
    #expect(DecodedBody(imageSize: 0, counts: [1, 1], givenSets: 0) == nil)
    #expect(DecodedBody(imageSize: 784, counts: [1], givenSets: 0) == nil)
    #expect(DecodedBody(imageSize: 784, counts: [-1, 1], givenSets: 0) == nil)
    #expect(DecodedBody(imageSize: .max, counts: [1, 1], givenSets: 0) == nil)
    #expect(DecodedBody(imageSize: 1 << 40, counts: [1 << 40, 1], givenSets: 0) == nil)
  }
}
