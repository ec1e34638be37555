import Experiments

extension Request {
  /// The number of images on which a generator's trade-off is measured.
  private static let qualityImages = 256

  /// What is to be measured of the generator, when a method of the request uses it.
  public var quality: QualitySpecification? {
    for column in columns {
      guard let quality = Self.quality(of: column.benchmark) else { continue }
      let setting = profile.setting(on: column.benchmark, noise: column.noise)
      guard methods.contains(where: { $0.configuration(for: setting).recipe.needs.contains(.echo) })
      else { continue }
      return quality
    }
    return nil
  }

  /// What is measured of a benchmark's generator; nil for a benchmark without one.
  public static func quality(of benchmark: Benchmark) -> QualitySpecification? {
    benchmark.outside.map {
      QualitySpecification(
        outside: $0, imageCount: min(qualityImages, benchmark.data.poolCount))
    }
  }
}
