import CKissFFT

/// The discrete Fourier transform of complex sequences of one length, without scaling.
///
/// Threads may share it.
final class FourierTransform {
  /// A complex number.
  typealias Complex = kiss_fft_cpx

  /// The length of the sequences.
  let length: Int
  private let plan: kiss_fft_cfg
  private let inversePlan: kiss_fft_cfg

  /// Prepares transforms of a length, best a product of powers of 2, 3 and 5.
  init(length: Int) {
    guard let plan = kiss_fft_alloc(Int32(length), 0, nil, nil),
      let inversePlan = kiss_fft_alloc(Int32(length), 1, nil, nil)
    else { preconditionFailure("no memory for a Fourier transform of length \(length)") }
    self.length = length
    self.plan = plan
    self.inversePlan = inversePlan
  }

  deinit {
    ckissfft_free(plan)
    ckissfft_free(inversePlan)
  }

  /// Σ_k x_k exp(∓2πi jk / length) for all j, minus forwards; the places must differ.
  func transform(
    _ source: UnsafePointer<Complex>, to target: UnsafeMutablePointer<Complex>, isInverse: Bool
  ) {
    kiss_fft(isInverse ? inversePlan : plan, source, target)
  }

  /// The least even length, at least the one given, that transforms are fast for.
  static func fastLength(_ least: Int) -> Int {
    2 * Int(kiss_fft_next_fast_size(Int32((least + 1) / 2)))
  }
}
