import Experiments

extension Request {
  /// The number of images on which a generator's trade-off is measured.
  private static let qualityImages = 256

  /// What is to be measured of the generator, when a method of the request uses it.
  public var quality: QualitySpecification? {
    let usesEcho = methods.contains { method in
      noises.contains { method.configuration($0).needsEcho }
    }
    guard usesEcho else { return nil }
    return QualitySpecification(
      outside: profile.outside, imageCount: min(Self.qualityImages, profile.data.poolCount))
  }

  /// The jobs besides runs that the report needs.
  func extraJobs() -> [Job] { quality.map { [.quality($0)] } ?? [] }
}
