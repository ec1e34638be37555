import Experiments

extension Request {
  /// The command that makes the report again, from the target that makes the whole of it.
  public func command(_ target: String) -> String {
    var parts = [target]
    if profile.identifier != Profile.quick.identifier {
      parts.append("PROFILE=\(profile.identifier)")
    }
    if isUnverified { parts.append("UNVERIFIED_DATA=1") }
    if isSelection {
      parts.append("METHODS=\(methods.map(\.identifier).joined(separator: ","))")
      parts.append("NOISE=\(columns.map(\.identifier).joined(separator: ","))")
      let list = seeds.map(String.init).joined(separator: ",")
      parts.append("SEEDS=\(seeds.count == 1 ? list + "," : list)")
    }
    return parts.joined(separator: " ")
  }
}
