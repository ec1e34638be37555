import RunStore

/// Which runs of a store are looked at.
///
/// A run of which method or noise cannot be read passes a filter of them, so that damage is not hidden by it.
public struct RunFilter: Hashable, Sendable {
  /// The names of the methods; empty for all.
  public var methods: Set<String>
  /// The identifiers of the noises; empty for all.
  public var noises: Set<String>
  /// The states; empty for all.
  public var states: Set<ListedState>

  /// Creates a filter.
  public init(
    methods: Set<String> = [], noises: Set<String> = [], states: Set<ListedState> = []
  ) {
    self.methods = methods
    self.noises = noises
    self.states = states
  }

  func passes(_ facts: RunFacts, _ state: ListedState) -> Bool {
    func passes(_ name: String?, _ allowed: Set<String>) -> Bool {
      allowed.isEmpty || name.map(allowed.contains) ?? true
    }
    return passes(facts.method, methods) && passes(facts.noise, noises)
      && (states.isEmpty || states.contains(state))
  }
}

/// How far a run is, as a word.
public enum ListedState: String, Codable, Hashable, Sendable, CaseIterable {
  /// Every epoch was trained.
  case done
  /// It ended early.
  case failed
  /// It is running, or was stopped and can be continued.
  case started
  /// What is stored is not what was written.
  case damaged
}
