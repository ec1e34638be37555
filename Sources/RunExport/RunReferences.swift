import RunStore

/// What a run's specification refers to in the rest of the store.
///
/// A specification is read as a tree here, so this has to come from who knows its layout: give functions that answer with nil,
/// or nothing, for what they do not know.
public struct RunReferences: Sendable {
  /// An artefact that runs share.
  public struct Asset: Hashable, Sendable {
    /// The kind of asset, as its folder is called.
    public var kind: String
    /// Its key.
    public var key: RunKey

    /// Names an asset.
    public init(kind: String, key: RunKey) {
      self.kind = kind
      self.key = key
    }
  }

  /// The name of the file with the run's noisy labels.
  public var noiseFile: @Sendable (JSONValue) -> String?
  /// The assets that the run was made with.
  public var assets: @Sendable (JSONValue) -> [Asset]

  /// Creates references.
  public init(
    noiseFile: @escaping @Sendable (JSONValue) -> String? = { _ in nil },
    assets: @escaping @Sendable (JSONValue) -> [Asset] = { _ in [] }
  ) {
    self.noiseFile = noiseFile
    self.assets = assets
  }

  /// The digest of the noisy labels, as a record's audit tells it; nil where the audit tells none.
  static func labelDigest(of record: RunRecord) -> String? { record.noise["digest"]?.stringValue }
}
