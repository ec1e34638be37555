import Foundation
import RunStore
import Testing

@testable import plumbline

/// `plumbline doctor` as a user runs it.
@Suite struct DoctorTests {
  private let command = BuiltCommand(name: "plumbline")
  private let scratch: ScratchFolder

  init() throws { scratch = try ScratchFolder() }

  /// What the command says of each thing that it looks at, by name.
  private func findings(
    _ arguments: [String], status: Int32
  ) throws -> [String: (state: String, text: String, facts: [String: JSONValue])] {
    let outcome = try command.run(["doctor", "--json"] + arguments, in: scratch.url)
    #expect(outcome.status == status, "\(outcome.output)\(outcome.errors)")
    struct Document: Decodable {
      struct Finding: Decodable {
        var name: String
        var state: String
        var text: String
        var facts: [String: JSONValue]
      }
      var status: Int32
      var findings: [Finding]
    }
    let document = try CanonicalJSON.decode(Document.self, from: Data(outcome.output.utf8))
    #expect(document.status == status)
    return Dictionary(
      uniqueKeysWithValues: document.findings.map { ($0.name, ($0.state, $0.text, $0.facts)) })
  }

  private func emptyFolder() throws -> String {
    let folder = scratch.file("data")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder.path
  }

  @Test func aHealthyMachineEndsWith0() throws {
    let found = try findings(["--data-dir", try emptyFolder(), "--device", "cpu"], status: 0)
    #expect(
      Set(found.keys) == [
        "libtorch", "threads", "processor", "memory", "gpu", "device", "fashion-mnist", "cifar-10",
        "cifar-100", "disk", "store", "determinism", "speed",
      ])
    #expect(found["determinism"]?.state == "ok")
    #expect(found["determinism"]?.facts["sameSeedEqual"] == .bool(true))
    #expect(found["determinism"]?.facts["otherSeedDiffers"] == .bool(true))
    #expect(found["store"]?.facts["hasHardLinks"] == .bool(true))
    #expect(found["store"]?.facts["exists"] == .bool(false))
    #expect(found["cifar-10"]?.facts["isPresent"] == .bool(false))
    guard case .number(let rate)? = found["speed"]?.facts["imagesPerSecond"] else {
      Issue.record("expected a rate, found \(String(describing: found["speed"]))")
      return
    }
    #expect(rate > 0)
    // It leaves nothing behind, and makes no store.
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: scratch.url.path)
        .filter { !$0.hasPrefix("errors-") } == ["data"])
  }

  @Test func linesAreAlignedAndFitAPage() throws {
    let outcome = try command.run(
      ["doctor", "--data-dir", try emptyFolder(), "--device", "cpu"], in: scratch.url)
    #expect(outcome.status == 0, "\(outcome.output)")
    let lines = outcome.output.split(separator: "\n")
    #expect((13...60).contains(lines.count))
    #expect(
      lines.allSatisfy {
        $0.hasPrefix("ok    ") || $0.hasPrefix("warn  ") || $0.hasPrefix("  ")
          || $0 == lines.last ?? ""
      })
    #expect(lines.contains { $0.hasPrefix("ok    determinism    ") })
  }

  @Test func aDeviceThatIsNotThereEndsWith69() throws {
    let found = try findings(
      ["--device", "cuda:99", "--data-dir", try emptyFolder()], status: 69)
    #expect(found["device"]?.state == "fail")
    #expect(found["device"]?.text.contains("cuda:99") == true)
    #expect(found["speed"] == nil)
    #expect(try command.run(["doctor", "--device", "abacus"], in: scratch.url).status == 64)
  }

  @Test func damagedDataEndWith65() throws {
    let folder = try emptyFolder()
    try Data("no archive".utf8)
      .write(to: URL(fileURLWithPath: folder + "/cifar-10-binary.tar.gz"))
    let found = try findings(["--data-dir", folder, "--device", "cpu"], status: 65)
    #expect(found["cifar-10"]?.state == "fail")
    #expect(found["cifar-10"]?.text.contains("expected 170052171 bytes, found 10") == true)
    #expect(found["cifar-100"]?.state == "ok")
  }

  @Test func aStoreThatCannotBeWrittenEndsWith1() throws {
    try Data().write(to: scratch.file("runs"))
    let found = try findings(
      ["--data-dir", try emptyFolder(), "--device", "cpu"], status: 1)
    #expect(found["store"]?.state == "fail")
    #expect(found["store"]?.text.contains("is a file") == true)
  }

  @Test(.enabled(if: hasFashionMNIST, "needs Fashion-MNIST"))
  func dataThatAreThereAreVerified() throws {
    let found = try findings(["--device", "cpu"], status: 0)
    #expect(found["fashion-mnist"]?.facts["isVerified"] == .bool(true))
    #expect(found["fashion-mnist"]?.facts["trainImages"] == .integer(60_000))
  }
}

/// The parts that need no machine.
@Suite struct DoctorPartsTests {
  private func machine(_ files: [String: String]) -> DoctorMachine {
    DoctorMachine(read: { files[$0] ?? "" })
  }

  @Test func processorsAreRead() {
    let found = machine([
      "/proc/cpuinfo": """
      processor\t: 0
      model name\t: Some CPU @ 3.00GHz
      cpu MHz\t\t: 2445.426
      flags\t\t: fpu avx2 avx512f
      """
    ])
    #expect(found.processor == "Some CPU @ 3.00GHz" && found.megahertz == 2445.426)
    #expect(
      found.instructionSets.filter(\.isThere).map(\.name) == ["AVX2", "AVX-512"])
    #expect(machine([:]).processor == "unknown processor")
  }

  @Test func memoryAndItsLimitsAreRead() {
    let second = machine([
      "/proc/meminfo": "MemTotal:  1000 kB\nMemFree: 1 kB\nMemAvailable:  400 kB\n",
      "/proc/self/cgroup": "0::/a/b\n", "/sys/fs/cgroup/a/b/memory.max": "max\n",
      "/sys/fs/cgroup/a/memory.max": "5000\n", "/sys/fs/cgroup/memory.max": "9000\n",
      "/sys/fs/cgroup/a/b/cpu.max": "150000 100000\n", "/sys/fs/cgroup/cpu.max": "max 100000\n",
    ])
    #expect(second.memory?.total == 1_024_000 && second.memory?.available == 409_600)
    #expect(second.memoryLimit == 5000 && second.processorLimit == 1.5)
    let first = machine([
      "/proc/self/cgroup": "4:cpu,memory:/job\n",
      "/sys/fs/cgroup/memory/job/memory.limit_in_bytes": "7000",
      "/sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712",
    ])
    #expect(first.memoryLimit == 7000 && first.processorLimit == nil)
    #expect(machine([:]).memoryLimit == nil && machine([:]).memory == nil)
  }

  @Test func hindrancesAreNamed() {
    let found = machine([
      "/proc/loadavg": "999.50 1 1 1/2 3",
      "/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor": "powersave\n",
    ]).hindrances
    #expect(found.count == 2 && found[0].contains("999.5") && found[1].contains("save power"))
    #expect(machine([:]).hindrances.isEmpty)
  }

  @Test func theDeepestMountDecides() {
    let table = MountTable(
      """
      /dev/sda / ext4 rw 0 0
      server:/x /home nfs4 rw 0 0
      tmpfs /home/a\\040b tmpfs rw 0 0
      /dev/sdb /homes xfs rw 0 0
      """)
    #expect(table.kind(of: "/") == "ext4" && table.kind(of: "/etc") == "ext4")
    #expect(table.kind(of: "/home") == "nfs4" && table.kind(of: "/home/x/y") == "nfs4")
    #expect(table.kind(of: "/home/a b/c") == "tmpfs" && table.kind(of: "/homes/x") == "xfs")
    #expect(MountTable.isNetwork("nfs4") && !MountTable.isNetwork("ext4"))
    #expect(MountTable("").kind(of: "/") == nil)
  }

  @Test func theGravestFailureDecidesTheStatus() {
    func status(_ findings: DoctorFinding...) -> Int32 {
      DoctorReport(findings: findings).status.rawValue
    }
    let data = DoctorFinding("a", .fail, "", failure: .badData)
    let device = DoctorFinding("b", .fail, "", failure: .unavailable)
    let other = DoctorFinding("c", .fail, "")
    let warning = DoctorFinding("d", .warn, "", failure: .badData)
    #expect(status() == 0 && status(warning) == 0)
    #expect(status(other) == 1 && status(other, data) == 65)
    #expect(status(data, other, device) == 69)
  }

  @Test func longTextsGoOnBelow() {
    let report = DoctorReport(findings: [
      DoctorFinding("short", .ok, "fine"),
      DoctorFinding("longer", .fail, String(repeating: "word ", count: 30)),
    ])
    let lines = report.text.split(separator: "\n")
    #expect(lines.count == 4)
    #expect(lines[0] == "ok    short   fine" && lines[1].hasPrefix("FAIL  longer  word word"))
    #expect(lines[2].hasPrefix("              word") && lines[1].count <= 100)
    #expect(lines[3] == "1 failed, 0 with a warning")
  }

  @Test func ratesAreComparedWithTheSameProcessorOrTheFirst() throws {
    let machine = try #require(SpeedTable.machines.first)
    let same = try #require(
      SpeedTable.comparison(0.6 * machine.imagesPerSecond, processor: machine.processor))
    #expect(same.isSameProcessor && same.isSlow && abs(same.ratio - 0.6) < 1e-9)
    let other = try #require(
      SpeedTable.comparison(0.6 * machine.imagesPerSecond, processor: "Another"))
    #expect(!other.isSameProcessor && !other.isSlow)
    #expect(SpeedTable.comparison(0.3 * machine.imagesPerSecond, processor: "X")?.isSlow == true)
  }
}
