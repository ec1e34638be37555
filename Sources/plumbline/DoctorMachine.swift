import Foundation
import RunStore

/// What the system tells about processor, memory and graphics cards.
struct DoctorMachine {
  /// Reads a file of the system; empty where there is none.
  var read: (String) -> String = Self.contents

  /// The whole text of a file whose size the system does not tell, as those in `/proc`.
  static func contents(of path: String) -> String {
    let data = try? AtomicFile.contents(of: URL(fileURLWithPath: path))
    return String(decoding: data.flatMap { $0 } ?? Data(), as: UTF8.self)
  }

  /// The processor's name as the system writes it.
  var processor: String { cpuField("model name") ?? "unknown processor" }

  /// The processors that this process may use.
  var cores: Int { ProcessInfo.processInfo.activeProcessorCount }

  /// The present clock of the first processor in MHz; nil where it is not told.
  var megahertz: Double? { cpuField("cpu MHz").flatMap(Double.init) }

  /// The instruction sets that matter to speed, by the names that people use, and whether they are there.
  var instructionSets: [(name: String, isThere: Bool)] {
    let flags = Set((cpuField("flags") ?? "").split(separator: " ").map(String.init))
    return [
      ("AVX2", "avx2"), ("AVX-512", "avx512f"), ("bfloat16", "avx512_bf16"), ("AMX", "amx_bf16"),
    ].map { ($0.0, flags.contains($0.1)) }
  }

  private func cpuField(_ name: String) -> String? {
    for line in read("/proc/cpuinfo").split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 1).map {
        $0.trimmingCharacters(in: .whitespaces)
      }
      if parts.count == 2, parts[0] == name { return parts[1] }
    }
    return nil
  }

  /// Bytes of memory: all, and what programs could still get.
  var memory: (total: Int, available: Int)? {
    func bytes(_ name: String) -> Int? {
      for line in read("/proc/meminfo").split(separator: "\n") where line.hasPrefix(name + ":") {
        return line.split(separator: " ").dropFirst().first.flatMap { Int($0) }.map { $0 << 10 }
      }
      return nil
    }
    guard let total = bytes("MemTotal"), let available = bytes("MemAvailable") else { return nil }
    return (total, available)
  }

  /// The least memory limit of this process's control groups in bytes; nil where there is none.
  var memoryLimit: Int? {
    let limits = groupFiles(second: "memory.max", first: ("memory", "memory.limit_in_bytes"))
      .compactMap { Int($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
    // Version 1 writes a number near 2^63 for no limit.
    return limits.filter { $0 < 1 << 60 }.min()
  }

  /// The processors that control groups grant, such as 1.5; nil where there is no limit.
  var processorLimit: Double? {
    groupFiles(second: "cpu.max", first: nil).compactMap { text in
      let parts = text.split(whereSeparator: \.isWhitespace).compactMap { Double($0) }
      return parts.count == 2 && parts[1] > 0 ? parts[0] / parts[1] : nil
    }.min()
  }

  /// The contents of a file in the control groups of this process, from its own up to the root.
  private func groupFiles(second: String, first: (controller: String, name: String)?) -> [String] {
    read("/proc/self/cgroup").split(separator: "\n").flatMap { line -> [String] in
      let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3 else { return [] }
      let root: String
      let name: String
      if parts[1].isEmpty {
        (root, name) = ("/sys/fs/cgroup", second)
      } else if let first, parts[1].split(separator: ",").contains(Substring(first.controller)) {
        (root, name) = ("/sys/fs/cgroup/\(first.controller)", first.name)
      } else {
        return []
      }
      var found: [String] = []
      var folder = URL(fileURLWithPath: String(parts[2]), isDirectory: true).standardized.path
      while true {
        found.append(read(root + (folder == "/" ? "" : folder) + "/" + name))
        if folder == "/" || folder.isEmpty { return found }
        folder = NSString(string: folder).deletingLastPathComponent
      }
    }
  }

  /// The names of NVIDIA cards whose driver is loaded.
  var graphicsCards: [String] {
    let root = "/proc/driver/nvidia/gpus"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
    return names.sorted().map { name in
      let line = read("\(root)/\(name)/information").split(separator: "\n")
        .first { $0.hasPrefix("Model:") }
      return line?.dropFirst("Model:".count).trimmingCharacters(in: .whitespaces) ?? name
    }
  }

  /// What could make this machine slower than one of its kind, as the system tells it.
  var hindrances: [String] {
    var found: [String] = []
    let load = read("/proc/loadavg").split(separator: " ").first.flatMap { Double($0) } ?? 0
    if load > Double(cores) + 0.5 {
      found.append(
        String(format: "other programs are on the cores (load %.1f on %d)", load, cores))
    }
    let governor = read("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor")
      .trimmingCharacters(in: .whitespacesAndNewlines)
    if governor == "powersave" { found.append("the clock is governed to save power") }
    if let limit = processorLimit, limit < 1 {
      found.append(String(format: "a control group grants %.2f of a core", limit))
    }
    let online = read("/sys/class/power_supply/AC/online")
      .trimmingCharacters(in: .whitespacesAndNewlines)
    if online == "0" { found.append("the machine runs on its battery") }
    return found
  }
}
