import Experiments

extension Request {
  /// The number of images on which a generator's trade-off is measured.
  private static let qualityImages = 256

  /// What is to be measured of the generator, when a method of the request uses it.
  public var quality: QualitySpecification? {
    for column in columns {
      guard let outside = column.benchmark.outside else { continue }
      let setting = profile.setting(on: column.benchmark, noise: column.noise)
      guard methods.contains(where: { $0.configuration(for: setting).recipe.needs.contains(.echo) })
      else { continue }
      return QualitySpecification(
        outside: outside,
        imageCount: min(Self.qualityImages, column.benchmark.data.poolCount))
    }
    return nil
  }
}
