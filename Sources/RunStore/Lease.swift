import Foundation

/// What the file of a claim says: a counter that its holder advances, and who that is.
///
/// ```
/// 00000000000000000042
/// {"holder":{…},"seconds":120,"token":"…"}
/// ```
struct Lease: Hashable, Sendable {
  /// The second line.
  private struct Terms: Codable, Hashable {
    var holder: ProcessIdentity
    var seconds: Double
    var token: String
  }

  /// The length of the counter's line without its break.
  private static let counterDigits = 20
  private static let tokenDigits = 16

  /// What tells this lease from every other.
  var token: String
  /// Who holds it; nil when the file cannot be understood.
  var holder: ProcessIdentity?
  /// How long it lasts without a sign of life.
  var seconds: Double
  /// The file's bytes, which differ whenever the holder gave a sign of life.
  var bytes: Data

  /// The shortest and the longest length that is believed.
  private static let believable = 0.1...86_400.0

  /// How long the leases of this process last: `PLUMBLINE_LEASE_SECONDS`, or two minutes.
  static let length: Double = {
    let wanted = ProcessInfo.processInfo.environment["PLUMBLINE_LEASE_SECONDS"].flatMap(Double.init)
    return wanted.flatMap { believable.contains($0) ? $0 : nil } ?? 120
  }()

  /// Whether it is certain that nobody holds it: the holder died on this machine, or a loss of power
  /// left a file without content.
  var isAbandoned: Bool { bytes.isEmpty || holder?.life == .dead }

  /// A new lease of this process.
  init() throws {
    var generator = SystemRandomNumberGenerator()
    let digits = String(generator.next() as UInt64, radix: 16)
    token = String(repeating: "0", count: Self.tokenDigits - digits.count) + digits
    holder = .own
    seconds = Self.length
    let terms = try CanonicalJSON.encode(
      Terms(holder: .own, seconds: seconds, token: token))
    bytes = Self.counterLine(0) + terms + Data("\n".utf8)
  }

  /// Reads the file of a claim; one that cannot be understood counts as a lease of unknown holder
  /// with this process's own length, named by the file's number.
  init(bytes: Data, fileNumber: UInt64) {
    self.bytes = bytes
    let start = bytes.startIndex + Self.counterDigits + 1
    if bytes.endIndex > start,
      let terms = try? CanonicalJSON.decode(
        Terms.self, from: Data(bytes[start...].prefix { $0 != UInt8(ascii: "\n") })),
      terms.token.count == Self.tokenDigits, terms.token.allSatisfy(\.isHexDigit),
      Self.believable.contains(terms.seconds)
    {
      (token, holder, seconds) = (terms.token, terms.holder, terms.seconds)
    } else {
      (token, holder, seconds) = ("file\(fileNumber)", nil, Self.length)
    }
  }

  /// The first line with a count, which is written over the old one.
  static func counterLine(_ count: UInt64) -> Data {
    let digits = String(count)
    let zeros = String(repeating: "0", count: max(0, counterDigits - digits.count))
    return Data((zeros + digits + "\n").utf8)
  }
}
