import Foundation
import TestSupport
import Testing

@testable import Datasets

struct CIFAR10Tests {
  @Test func theDistributionIsWhole() {
    let members = CIFAR10.distribution.members
    #expect(members.filter { !$0.isTest }.reduce(0) { $0 + $1.count } == 50_000)
    #expect(members.filter(\.isTest).reduce(0) { $0 + $1.count } == 10_000)
    #expect(members.allSatisfy { $0.md5.count == 32 })
    #expect(Set(members.map(\.md5)).count == 6)
    #expect(CIFAR10.distribution.archive.digest.count == 64)
    #expect(CIFAR10.classNames.count == 10)
  }

  @Test(.enabled(if: RealData.has("cifar-10-batches-bin"), "no cifar-10-batches-bin at hand"))
  func anUnpackedCopyIsReadUnverified() throws {
    let folder = try #require(RealData.folder)
    let data = try CIFAR10.load(from: folder, verification: .unverified)
    #expect(!data.isVerified)
    #expect(data.identifier == "cifar-10")
    #expect(data.shape == [3, 32, 32])
    #expect(data.train.pixels.count == 50_000 * 3072)
    for part in [data.train, data.test] {
      let counts = (0..<10).map { label in part.labels.count { $0 == label } }
      #expect(counts == [Int](repeating: part.count / 10, count: 10))
    }
    #expect(Array(data.train.labels.prefix(5)) == [6, 9, 9, 4, 1])
    #expect(Array(data.test.labels.prefix(5)) == [3, 8, 8, 0, 6])
    #expect(data.digests.count == 6)
    #expect(data.contentDigest.count == 64)
    // The pixels' own moments: means as stated, deviations those of all pixels.
    let (mean, deviation) = OwnImages.moments(of: data.train.pixels, shape: data.shape)
    expectClose(mean, data.mean, relative: 0, absolute: 0.004)
    expectClose(deviation, [0.247, 0.2435, 0.2616], relative: 0, absolute: 0.006)
    expectDatasetError(.damaged, ["--unverified-data"]) { _ = try CIFAR10.load(from: folder) }
  }

  @Test(.enabled(if: RealData.has("cifar-10-binary.tar.gz"), "no cifar-10-binary.tar.gz at hand"))
  func theArchiveIsVerifiedAndRead() throws {
    let data = try CIFAR10.load(from: RealData.folder)
    #expect(data.isVerified)
    #expect(Array(data.train.labels.prefix(5)) == [6, 9, 9, 4, 1])
    let (mean, _) = OwnImages.moments(of: data.train.pixels, shape: data.shape)
    expectClose(mean, data.mean, relative: 0, absolute: 1e-4)
  }
}
