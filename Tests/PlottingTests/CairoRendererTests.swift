import Foundation
import Testing

@testable import Plotting

@Suite struct CairoRendererTests {
  @Test(arguments: FigureFormat.allCases)
  func equalInputGivesEqualBytes(format: FigureFormat) throws {
    for (name, chart) in SampleCharts.all {
      let figure = Figure(chart, width: 85, title: "Title", note: "± – τ")
      let first = try figure.bytes(as: format)
      #expect(first == (try figure.bytes(as: format)), "\(name).\(format.rawValue)")
      #expect(first.count > 1000)
    }
    let one = try Figure(SampleCharts.bars, width: 85).bytes(as: format)
    #expect(one != (try Figure(SampleCharts.bars, width: 86).bytes(as: format)))
  }

  @Test func filesBeginAsTheirFormatsSay() throws {
    let figure = Figure(SampleCharts.lines, width: 85)
    #expect(try figure.bytes(as: .png).starts(with: [0x89, 0x50, 0x4E, 0x47]))
    #expect(try figure.bytes(as: .svg).starts(with: "<?xml".utf8))
    #expect(try figure.bytes(as: .pdf).starts(with: "%PDF-".utf8))
  }

  @Test func pdfHasNoDate() throws {
    let text = String(decoding: try Figure(SampleCharts.lines).bytes(as: .pdf), as: UTF8.self)
    #expect(text.contains("/Producer"))
    #expect(!text.contains("/CreationDate") && !text.contains("/ModDate"))
    let blanked = PDFDate.blanked(Array("<< /CreationDate (2026) /Producer (x)".utf8))
    #expect(blanked == Array("<<                      /Producer (x)".utf8))
  }

  @Test func scaleSetsThePixelsOfAPNG() throws {
    let figure = Figure(SampleCharts.lines, width: 100)
    let plan = try figure.plan(measurer: CairoTextMeasurer())
    for scale in [1.0, 2.0] {
      let bytes = try figure.bytes(as: .png, scale: scale)
      let width = bytes[16..<20].reduce(0) { $0 << 8 | Int($1) }
      let height = bytes[20..<24].reduce(0) { $0 << 8 | Int($1) }
      let pixels = CairoRenderer.pixelsPerMillimetre * scale
      #expect(width == Int((100 * pixels).rounded(.up)))
      #expect(height == Int((plan.size.height * pixels).rounded(.up)))
    }
  }

  @Test func pagesTooLargeForCairoAreRefused() {
    #expect(throws: PlotError.self) {
      _ = try CairoRenderer(size: Size(width: 20_000, height: 100), format: .png, scale: 2)
    }
  }

  @Test func fontHasTheSignsThatFiguresUse() throws {
    let measurer = try CairoTextMeasurer()
    #expect(measurer.missingGlyphs(in: "±–−τ×·σ≤≥∞∅→%αλ⁻⁰¹²³⁴⁵⁶⁷⁸⁹ÄÖÜéñ").isEmpty)
    #expect(measurer.missingGlyphs(in: "a\u{E000}b") == ["\u{E000}"])
  }

  /// Y with a combining tilde is drawn as the one character that Unicode has for it.
  @Test func lettersAndTheirMarksAreComposed() throws {
    func bytes(_ title: String) throws -> [UInt8] {
      try Figure(SampleCharts.heat, width: 85, title: title).bytes(as: .png)
    }
    #expect(try bytes("X′ Y\u{303} τ") == (try bytes("X′ \u{1EF8} τ")))
    let measurer = try CairoTextMeasurer()
    #expect(measurer.missingGlyphs(in: "X′ỸỹŶτ≥≠≤∈∞Σ√½←↔ᵢ").isEmpty)
  }

  @Test func identifiersAreRenumberedInOrder() {
    let text = ##"<a id="image7"/><use href="#image7"/><g clip="url(#clip2)" id="glyph0-1"/>"##
    let expected = ##"<a id="image1"/><use href="#image1"/><g clip="url(#clip1)" id="glyph0-1"/>"##
    #expect(SVGIdentifiers.renumbered(Array(text.utf8)) == Array(expected.utf8))
  }
}
