/// Durations as people read them.
public enum DurationText {
  /// Two units at most: `8 s`, `4 min 10 s`, `2 h 05 min`, `3 d 04 h`; less than a second is `0 s`.
  public static func short(seconds: Double) -> String {
    guard seconds.isFinite, seconds < 1e9 else { return "a long time" }
    let whole = Int(max(0, seconds).rounded())
    func padded(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    switch whole {
    case ..<60: return "\(whole) s"
    case ..<3_600: return "\(whole / 60) min \(padded(whole % 60)) s"
    case ..<86_400: return "\(whole / 3_600) h \(padded(whole % 3_600 / 60)) min"
    default: return "\(whole / 86_400) d \(padded(whole % 86_400 / 3_600)) h"
    }
  }
}
