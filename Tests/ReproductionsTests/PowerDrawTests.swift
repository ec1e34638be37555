import Foundation
import Testing
import Torch

@testable import Reproduction

@Suite struct PowerDrawTests {
  @Test func energyIsPowerTimesTime() {
    let draw = PowerDraw(watts: 12, basis: "")
    #expect(abs(draw.kilowattHours(seconds: 3600) - 0.012) < 1e-12)
    #expect(draw.kilowattHours(seconds: 0) == 0)
  }

  @Test(arguments: [
    (0.0, "0 kWh"), (0.000123, "0.00012 kWh"), (0.012, "0.012 kWh"), (1.26, "1.3 kWh"),
    (126.4, "126 kWh"), (2.3e-8, "0.000000023 kWh"),
  ])
  func energiesHaveTwoDigits(energy: Double, text: String) {
    #expect(PowerDraw.text(kilowattHours: energy) == text)
  }

  @Test func powerIsAssumedWhereNothingMeasuresIt() throws {
    let folder = try ScratchFolder()
    let meter = EnergyMeter(folder: folder.url)
    #expect(meter.joules() == nil)
    let draw = PowerDraw(of: .cpu, threads: 2, meter: meter)
    #expect(draw.watts == 24)
    #expect(draw.basis == "assumed 12 W a busy core")
  }

  @Test func countersOfPackagesAreAdded() throws {
    let folder = try ScratchFolder()
    // The part 0:0 is in its package, and the other folder is no counter.
    for (name, count) in [
      ("intel-rapl:0", "2500000\n"), ("intel-rapl:1", "500000"), ("intel-rapl:0:0", "70000000"),
      ("intel-rapl", "9"),
    ] {
      let counter = folder.file(name)
      try FileManager.default.createDirectory(at: counter, withIntermediateDirectories: true)
      try count.write(
        to: counter.appendingPathComponent("energy_uj"), atomically: true, encoding: .utf8)
    }
    let meter = EnergyMeter(folder: folder.url)
    #expect(meter.joules() == 3)
    // A counter that stands still measures nothing.
    #expect(meter.wattsOfBusyCore() == nil)
    try "not a number".write(
      to: folder.file("intel-rapl:1/energy_uj"), atomically: true, encoding: .utf8)
    #expect(meter.joules() == nil)
  }

  @Test func aBusyCoreHasItsShareOfTheRest() {
    #expect(EnergyMeter.wattsOfBusyCore(rest: 20, busy: 30, cores: 4) == 15)
    #expect(EnergyMeter.wattsOfBusyCore(rest: 20, busy: 19, cores: 4) == nil)
    #expect(EnergyMeter.wattsOfBusyCore(rest: 20, busy: -400, cores: 4) == nil)
  }

  @Test func thePowerLimitIsTheLargestOfAllGPUs() {
    #expect(PowerDraw.limit(in: "300.00\n 700.00\n") == 700)
    #expect(PowerDraw.limit(in: "[N/A]\n") == nil)
    #expect(PowerDraw.limit(in: "") == nil)
  }
}
