import Foundation
import Testing

@testable import Plotting

@Suite struct PointCloudTests {
  /// The dots come class by class; drawn so, the last class would cover the others.
  @Test func noGroupIsDrawnLast() {
    let cloud = SampleCharts.cloud(count: 3000)
    let order = cloud.drawingOrder
    #expect(order.sorted() == Array(0..<3000))
    #expect(order == SampleCharts.cloud(count: 3000).drawingOrder)
    for part in [order.prefix(300), order.suffix(300)] {
      for group in 0..<3 {
        let share = part.filter { cloud.dots[$0].group == group }.count
        #expect((70...130).contains(share), "group \(group): \(share) of 300")
      }
    }
  }

  @Test func tableKeepsTheGivenOrder() {
    let cloud = SampleCharts.cloud(count: 12)
    #expect(cloud.table.columns == ["series", "name", "x", "y"])
    for (row, dot) in zip(cloud.table.rows, cloud.dots) {
      #expect(row[0] == .text("class-\(dot.group)") && row[2] == .number(dot.x))
    }
  }

  @Test func directionsHaveOneScaleWithoutAxes() throws {
    let cloud = SampleCharts.cloud(count: 50)
    let across = try #require(cloud.horizontalExtent)
    let down = try #require(cloud.verticalExtent)
    #expect(
      abs((across.upperBound - across.lowerBound) - (down.upperBound - down.lowerBound)) < 1e-9)
    #expect(cloud.dots.allSatisfy { across.contains($0.x) && down.contains($0.y) })
    let plan = try Figure(cloud, width: 85, legend: .hidden).plan(measurer: RecordingRenderer())
    let texts = plan.primitives.filter { if case .text = $0 { true } else { false } }
    #expect(texts.isEmpty)
  }

  @Test func markersShrinkAndTheLegendsDoNot() throws {
    func radii(_ count: Int) throws -> [Double] {
      let plan = try Figure(SampleCharts.cloud(count: count), width: 85)
        .plan(measurer: RecordingRenderer())
      return plan.primitives.compactMap { primitive in
        if case .circle(_, let radius, _, _) = primitive { return radius }
        return nil
      }
    }
    let large = Theme.standard.markerSize / 2
    #expect(try radii(6).allSatisfy { abs($0 - large) < 1e-9 })
    let many = try radii(3000)
    #expect(many.filter { abs($0 - large) < 1e-9 }.count == 1, "the legend's alone")
    #expect(many.dropLast().allSatisfy { $0 < 0.5 && $0 > 0.2 })
  }

  /// An SVG of 5,000 points would take 1.5 MB as outlines.
  @Test func largeCloudsArePixelsInAnSVGAlone() throws {
    func bytes(_ count: Int, _ format: FigureFormat) throws -> [UInt8] {
      try Figure(SampleCharts.cloud(count: count), width: 85).bytes(as: format)
    }
    func pictures(_ bytes: [UInt8]) -> Int {
      String(decoding: bytes, as: UTF8.self).components("<image")
    }
    #expect(pictures(try bytes(PointCloud.pixelThreshold, .svg)) == 0)
    let svg = try bytes(5000, .svg)
    #expect(pictures(svg) == 1)
    #expect(svg.count < 900_000, "\(svg.count)")
    let pdf = try bytes(5000, .pdf)
    #expect(pdf.count < 300_000, "\(pdf.count)")
  }

  @Test func opacityIsChecked() {
    var cloud = SampleCharts.cloud(count: 3)
    cloud.opacity = 0
    #expect(throws: PlotError.self) { try cloud.validate() }
  }
}

extension String {
  fileprivate func components(_ part: String) -> Int {
    var count = 0
    var rest = self[...]
    while let found = rest.range(of: part) {
      count += 1
      rest = rest[found.upperBound...]
    }
    return count
  }
}
