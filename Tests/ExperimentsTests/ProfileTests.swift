import Experiments
import LabelNoise
import Methods
import Testing

@Suite struct ProfileTests {
  @Test func everyProfileIsFoundByItsName() throws {
    #expect(Set(Profile.all.map(\.identifier)).count == Profile.all.count)
    for profile in Profile.all {
      #expect(
        try Profile.named(profile.identifier).benchmarks.map(\.data)
          == profile.benchmarks.map(\.data))
    }
    let error = #expect(throws: ProfileError.self) { try Profile.named("huge") }
    for profile in Profile.all {
      #expect(error?.message.contains(profile.identifier) == true)
    }
  }

  /// No classifier is trained on the images that generator and extractor have seen, or the other way round.
  @Test(arguments: Profile.all.map(\.identifier)) func externalSplitLiesApart(
    _ identifier: String
  ) throws {
    let profile = try Profile.named(identifier)
    for benchmark in profile.benchmarks {
      guard let outside = benchmark.outside else { continue }
      for split in [outside.generator.split, outside.extractor.split]
      where split.dataset == benchmark.data.dataset {
        #expect(split.start >= benchmark.data.poolCount)
      }
    }
  }

  @Test func methodsOfACellShareAllButTheMethod() throws {
    let runs = try MethodCatalog.entries.map {
      try SmokeRun.specification($0.identifier, noise: .pairflip(rate: 0.45), seed: 2)
    }
    for run in runs {
      #expect(run.data == runs[0].data)
      #expect(run.noise == (run.external == nil ? runs[0].noise : .clean))
      #expect(run.model == runs[0].model && run.seeds == runs[0].seeds)
      #expect(run.trainingProtocol == runs[0].trainingProtocol)
    }
    #expect(Set(try runs.map { try $0.key() }).count == runs.count)
  }
}
