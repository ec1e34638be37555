import Foundation

/// The memory of processes and of the machine, as Linux tells it.
public enum ProcessMemory {
  /// The bytes that this process and its children may take: the machine's memory, or less where a
  /// control group limits it; nil where the system does not say.
  public static func limit() -> Int? {
    let total = kilobytes("MemTotal:", in: "/proc/meminfo")
    return ([total] + groupLimits()).compactMap { $0 }.min()
  }

  /// The bytes of a process that are in memory, with its share of what several use.
  static func residentBytes(of process: Int32) -> Int? {
    kilobytes("Pss:", in: "/proc/\(process)/smaps_rollup")
  }

  private static func kilobytes(_ name: String, in path: String) -> Int? {
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return nil }
    let line = text.split(separator: "\n").first { $0.hasPrefix(name) }
    return line?.split(separator: " ").dropFirst().first.flatMap { Int($0) }.map { $0 * 1024 }
  }

  /// The limits of this process's control group and of those around it, of both versions.
  private static func groupLimits() -> [Int] {
    let text = (try? String(contentsOfFile: "/proc/self/cgroup", encoding: .utf8)) ?? ""
    return text.split(separator: "\n").flatMap { line -> [Int] in
      let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard fields.count == 3 else { return [] }
      let isSecond = fields[1].isEmpty
      guard isSecond || fields[1].split(separator: ",").contains("memory") else { return [] }
      var folder = URL(
        fileURLWithPath: isSecond ? "/sys/fs/cgroup" : "/sys/fs/cgroup/memory", isDirectory: true)
      let file = isSecond ? "memory.max" : "memory.limit_in_bytes"
      var limits = [limit(in: folder.appendingPathComponent(file))]
      for part in fields[2].split(separator: "/") {
        folder.appendPathComponent(String(part), isDirectory: true)
        limits.append(limit(in: folder.appendingPathComponent(file)))
      }
      return limits.compactMap { $0 }
    }
  }

  /// A limit in a file; none for the word `max` and for the huge number that stands for it.
  private static func limit(in file: URL) -> Int? {
    let text = (try? String(contentsOf: file, encoding: .utf8))?
      .trimmingCharacters(in: .whitespacesAndNewlines)
    return text.flatMap(Int.init).flatMap { $0 > 0 && $0 < 1 << 60 ? $0 : nil }
  }
}
