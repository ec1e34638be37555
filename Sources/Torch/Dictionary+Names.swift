extension [String: Tensor] {
  /// The entries whose names begin with a prefix, under the rest of their names.
  public func part(_ prefix: String) -> [String: Tensor] {
    reduce(into: [:]) { result, entry in
      if entry.key.hasPrefix(prefix) {
        result[String(entry.key.dropFirst(prefix.count))] = entry.value
      }
    }
  }

  /// The same tensors, each under its name behind a prefix.
  public func named(under prefix: String) -> [String: Tensor] {
    reduce(into: [:]) { $0[prefix + $1.key] = $1.value }
  }
}
