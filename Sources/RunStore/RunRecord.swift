/// The result of one run: its specification, every epoch's measurements, and where it was made.
///
/// A record is written once, last and atomically; a run without a record is not finished.
public struct RunRecord: Codable, Hashable, Sendable {
  /// The version of this layout; a reader refuses a version that it does not know.
  ///
  /// Version 2 added ``Failure/lastLines`` and ``Provenance/peakBytes``; records of version 1 are read as if they had none.
  public static let currentSchema = 2
  /// The versions that can be read.
  public static let readableSchemas = 1...currentSchema

  /// How the run ended.
  public enum Outcome: Codable, Hashable, Sendable {
    /// Every epoch was trained.
    case done
    /// The run ended early; its other measurements are what was reached.
    case failed(Failure)
  }

  /// Why a run failed.
  public struct Failure: Codable, Hashable, Sendable {
    /// The class of causes that a reader can count.
    public enum Cause: String, Codable, Hashable, Sendable, CaseIterable {
      /// A loss or weight became infinite or not a number.
      case nonFinite = "non-finite"
      /// Memory ran out.
      case outOfMemory = "out-of-memory"
      /// A data file was missing or damaged.
      case data
      /// The process was ended by a signal.
      case signal
      /// Anything else; the message tells.
      case other

      /// Whether the run would end the same way again; only then it is not tried again.
      public var isFinal: Bool { self == .nonFinite }
    }
    /// The class of the cause.
    public var cause: Cause
    /// What happened, in one line.
    public var message: String
    /// The last lines that the worker wrote before it died; none for a run that ended by itself.
    public var lastLines: [String]

    /// Creates a failure.
    public init(cause: Cause, message: String, lastLines: [String] = []) {
      self.cause = cause
      self.message = message
      self.lastLines = lastLines
    }

    private enum CodingKeys: CodingKey {
      case cause, message, lastLines
    }

    /// Decodes a failure of any version.
    public init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      self.init(
        cause: try container.decode(Cause.self, forKey: .cause),
        message: try container.decode(String.self, forKey: .message),
        lastLines: try container.decodeIfPresent([String].self, forKey: .lastLines) ?? [])
    }
  }

  /// The layout's version.
  public var schema: Int
  /// The run's key: SHA-256 of its canonical specification, in lower-case hexadecimal.
  public var key: String
  /// The canonical specification that the key was made from.
  public var specification: JSONValue
  /// How the run ended.
  public var outcome: Outcome
  /// One entry an epoch, in order.
  public var epochs: [EpochRecord]
  /// Scalars of the whole run that the method names, for example how many samples it selected.
  public var scalars: [String: Double]
  /// The audit of the run's label noise, as it was drawn.
  public var noise: JSONValue
  /// Where, when and by what the run was made; not part of the key.
  public var provenance: Provenance

  /// Creates a record in the current layout.
  public init(
    key: String, specification: JSONValue, outcome: Outcome, epochs: [EpochRecord],
    scalars: [String: Double], noise: JSONValue, provenance: Provenance
  ) {
    self.schema = Self.currentSchema
    self.key = key
    self.specification = specification
    self.outcome = outcome
    self.epochs = epochs
    self.scalars = scalars
    self.noise = noise
    self.provenance = provenance
  }
}
