import Foundation
import TestSupport
import Testing

@testable import Datasets

struct CIFAR100Tests {
  @Test func theDistributionIsWhole() {
    #expect(CIFAR100.distribution.members.map(\.count) == [50_000, 10_000])
    #expect(CIFAR100.distribution.members.allSatisfy { $0.md5.count == 32 })
    #expect(CIFAR100.distribution.archive.digest.count == 64)
  }

  @Test func namesAreInTheOrderOfTheAlphabet() {
    for (names, count) in [(CIFAR100.classNames, 100), (CIFAR100.coarseClassNames, 20)] {
      #expect(names.count == count)
      #expect(names == names.sorted())
      #expect(Set(names).count == count)
    }
  }

  @Test(.enabled(if: RealData.has("cifar-100-binary.tar.gz"), "no cifar-100-binary.tar.gz at hand"))
  func theArchiveIsVerifiedAndRead() throws {
    let data = try CIFAR100.load(from: RealData.folder)
    #expect(data.isVerified)
    let map = try #require(data.coarseMap)
    #expect((0..<20).allSatisfy { coarse in map.count { $0 == coarse } == 5 })
    #expect(data.classNames[map.firstIndex(of: 0) ?? 0] == "beaver")
    let (mean, deviation) = OwnImages.moments(of: data.train.pixels, shape: data.shape)
    expectClose(mean, data.mean, relative: 0, absolute: 1e-3)
    expectClose(deviation, data.standardDeviation, relative: 0, absolute: 1e-3)
  }
}
