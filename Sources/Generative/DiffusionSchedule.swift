import Foundation

/// The cosine noise schedule: x_t = α(t) x₀ + σ(t) ε for t in 0...1, with α² + σ² = 1.
///
/// Nichol and Dhariwal, "Improved Denoising Diffusion Probabilistic Models", 2021, with their offset 0.008.
public enum DiffusionSchedule {
  /// The smallest signal share, so that the last step is defined.
  static let smallestSignal = 1e-3

  /// The share of signal at a time.
  public static func signal(at time: Double) -> Double {
    max(cos((time + 0.008) / 1.008 * .pi / 2), smallestSignal)
  }

  /// The share of noise at a time.
  public static func noise(at time: Double) -> Double {
    let signal = signal(at: time)
    return (1 - signal * signal).squareRoot()
  }
}
