import Testing

@testable import Plotting

@Suite struct ClassPaletteTests {
  private func style(_ key: SeriesKey) -> MethodStyle {
    MethodPalette.standard.style(for: key.identifier)
  }

  @Test func twentyClassesDiffer() {
    let styles = (0..<20).map { style(.imageClass($0, name: "")) }
    #expect(Set(styles.prefix(10).map(\.color)).count == 10)
    #expect(Set(styles.map(\.marker)).count == 20)
    #expect(styles[3].color == styles[13].color && !styles[13].marker.isFilled)
    #expect(style(.imageClass(20, name: "")) == styles[0])
    #expect(!styles.contains { $0.marker.shape == Marker.published.shape })
  }

  @Test func levelsDarken() {
    for count in 1...6 {
      let styles = (0..<count).map { style(.level($0, of: count, name: "")) }
      let lightness = styles.map(\.color.lightness)
      #expect(zip(lightness, lightness.dropFirst()).allSatisfy { $0 - $1 > 6 }, "\(lightness)")
      #expect(Set(styles.map(\.marker)).count == count)
    }
  }

  @Test func otherIdentifiersAreMethods() {
    for name in ["class-", "class-x", "class--1", "levels"] {
      #expect(ClassPalette.style(for: name) == nil, "\(name)")
    }
  }
}
