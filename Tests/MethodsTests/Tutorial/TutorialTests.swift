import Foundation
import Testing

/// The page `docs/adding-a-method.md` shows the very files that are compiled and run here.
@Suite struct TutorialTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()

  private static func page() throws -> String {
    let root = folder.deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return try String(
      contentsOf: root.appendingPathComponent("docs/adding-a-method.md"), encoding: .utf8)
  }

  /// The Swift listings of the page, in order.
  private static func listings() throws -> [String] {
    try page().components(separatedBy: "```swift\n").dropFirst().map {
      $0.components(separatedBy: "```\n").first ?? ""
    }
  }

  @Test(arguments: [(0, "LabelSmoothing.swift"), (1, "LabelSmoothingTests.swift")])
  func listingIsTheCompiledFile(number: Int, file: String) throws {
    let listings = try Self.listings()
    #expect(listings.count == 2)
    var text = try String(
      contentsOf: Self.folder.appendingPathComponent(file), encoding: .utf8)
    // The method itself lies outside its module here.
    if number == 0 { text = text.replacing("import Methods\n", with: "") }
    #expect(listings[number] == text)
  }
}
