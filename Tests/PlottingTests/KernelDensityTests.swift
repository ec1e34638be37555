import Foundation
import Testing

@testable import Plotting

@Suite struct KernelDensityTests {
  private struct Reference: Decodable {
    var values: [Double]
    var bandwidth: Double
    var grid: [Double]
    var density: [Double]
  }

  @Test func oneNumberByHand() {
    let estimate = KernelDensity([2], bandwidth: 0.5)
    let peak = 1 / (0.5 * (2 * Double.pi).squareRoot())
    #expect(abs(estimate.density(at: 2) - peak) < 1e-15)
    #expect(abs(estimate.density(at: 2.5) - peak * exp(-0.5)) < 1e-15)
    let halved = KernelDensity([0], bounds: 0...(.infinity), bandwidth: 0.5)
    #expect(abs(halved.density(at: 0) - 2 * peak) < 1e-15)
    #expect(halved.density(at: -0.1) == 0)
  }

  @Test(arguments: ["normal", "probabilities", "losses"])
  func agreesWithSciPy(name: String) throws {
    let all = try JSONDecoder().decode(
      [String: Reference].self, from: Fixtures.data("kernel_density.json"))
    let reference = try #require(all[name])
    let bounds: [String: ClosedRange<Double>] = [
      "probabilities": 0...1, "losses": 0...(.infinity),
    ]
    let estimate = KernelDensity(reference.values, bounds: bounds[name])
    #expect(abs(estimate.bandwidth / reference.bandwidth - 1) < 1e-12)
    for (x, expected) in zip(reference.grid, reference.density) {
      #expect(abs(estimate.density(at: x) - expected) < 1e-9 * max(1, expected), "\(x)")
    }
  }

  /// Whatever the numbers and the bandwidth: the integral over the bounds is 1.
  @Test func integralIsOne() {
    var generator = SplitMix(state: 5)
    for bandwidth in [nil, 0.001, 0.2, 3] {
      let values = (0..<40).map { _ in Double.random(in: 0...1, using: &generator) } + [0, 1]
      let estimate = KernelDensity(values, bounds: 0...1, bandwidth: bandwidth)
      let steps = 20_000
      let inner = (1..<steps).map { estimate.density(at: Double($0) / Double(steps)) }
      let ends = (estimate.density(at: 0) + estimate.density(at: 1)) / 2
      let integral = (inner.reduce(0, +) + ends) / Double(steps)
      #expect(abs(integral - 1) < 1e-6, "\(String(describing: bandwidth)): \(integral)")
    }
  }

  @Test func bandwidthWithoutSpread() {
    #expect(abs(KernelDensity.silverman([0, 0, 0]) - 0.9 * pow(3, -0.2)) < 1e-15)
    #expect(abs(KernelDensity.silverman([5]) - 0.45) < 1e-15)
    let mostlyEqual = [1.0, 1, 1, 1, 1, 1, 1, 9]
    let expected = 0.9 * 8.0.squareRoot() * pow(8, -0.2)
    #expect(abs(KernelDensity.silverman(mostlyEqual) - expected) < 1e-12)
  }

  @Test func tableHoldsGridAndDensity() throws {
    let chart = SampleCharts.density
    let rows = chart.table.rows
    let points = chart.curves.map(\.grid.count)
    #expect(points.allSatisfy { $0 >= 201 } && rows.count == points.reduce(0, +) + 2)
    #expect(rows[0][3] == .optional(chart.curves[0].bandwidth))
    #expect(chart.curves[1].grid.last == 1)
    #expect(chart.smoothing.hasSuffix("reflected at 0 and 1"))
  }
}
