/// Where, when and by what a run was made.
///
/// Nothing here enters a run's key: the same specification run elsewhere is the same run.
public struct Provenance: Codable, Hashable, Sendable {
  /// The commit the executable was built from, or `unknown`.
  public var commit: String
  /// Whether tracked files differed from that commit.
  public var dirty: Bool
  /// Versions by component: `swift`, `libtorch`, `plumbline`.
  public var versions: [String: String]
  /// The device, for example `cpu` or `cuda:0`.
  public var device: String
  /// The processor's or accelerator's own name.
  public var hardware: String
  /// Tensor-library threads that the worker used.
  public var threads: Int
  /// The operating system and architecture.
  public var platform: String
  /// When the run first started, ISO 8601 in UTC.
  public var started: String
  /// When the record was written, ISO 8601 in UTC.
  public var finished: String
  /// Seconds of work, summed over all the sittings it took.
  public var seconds: Double
  /// How often the run was continued from a checkpoint.
  public var resumed: Int
  /// SHA-256 digests of what the run read, by name (data files, noise file, assets).
  public var digests: [String: String]
  /// The most memory in bytes that the worker had resident until the run's end; nil where it is not known.
  public var peakBytes: Int?

  /// Creates a provenance.
  public init(
    commit: String, dirty: Bool, versions: [String: String], device: String, hardware: String,
    threads: Int, platform: String, started: String, finished: String, seconds: Double,
    resumed: Int, digests: [String: String], peakBytes: Int? = nil
  ) {
    self.commit = commit
    self.dirty = dirty
    self.versions = versions
    self.device = device
    self.hardware = hardware
    self.threads = threads
    self.platform = platform
    self.started = started
    self.finished = finished
    self.seconds = seconds
    self.resumed = resumed
    self.digests = digests
    self.peakBytes = peakBytes
  }
}
