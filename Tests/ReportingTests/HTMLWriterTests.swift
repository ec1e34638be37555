import Foundation
import Testing

@testable import Reporting

@Suite struct HTMLWriterTests {
  private let hostile = "<script>alert('1')</script> & \"quoted\" <\u{338}b>"

  @Test func everyTextIsEscaped() throws {
    let document = ReportDocument(
      title: hostile, subtitle: hostile,
      blocks: [
        .heading(hostile, anchor: "a"), .subheading(hostile, anchor: nil),
        .paragraph([
          .text(hostile), .strong(hostile), .code(hostile), .link(hostile, to: "x\" onclick=\"y"),
          .small(hostile), .badge(hostile, .good), .quote(hostile),
        ]), .list([[.text(hostile)]]),
        .table(
          .init(
            caption: hostile, header: [hostile],
            rows: [.init(cells: [.text(hostile)]), .init(cells: [.header(hostile)])],
            note: hostile)),
        .folded(hostile, [.paragraph([.text(hostile)])]),
      ])
    let html = try HTMLWriter(pictures: [:]).text(of: document)
    #expect(!html.contains("<script"))
    #expect(!html.contains("\" onclick=\""))
    let scalars = Array(html.unicodeScalars)
    for index in scalars.indices.dropLast() where scalars[index] == "<" {
      #expect(scalars[index + 1] != "\u{338}", "a combining mark hid a bracket")
    }
    let markdown = MarkdownWriter { _ in "" }.text(of: document)
    #expect(markdown.components(separatedBy: "<script").count == 2, "only inside a code span")
  }

  @Test func markdownTablesStayWhole() {
    #expect(MarkdownWriter.escape("a|b\nc*d_e`f") == "a\\|b c\\*d\\_e\\`f")
  }

  @Test func teXCommandsStayText() {
    #expect(TeXTable.escape("50 % & a_b \\x{}") == "50 \\% \\& a\\_b \\textbackslash{}x\\{\\}")
  }

  @Test func thePageNeedsNothingElse() throws {
    let files = try Samples.illustratedFiles.get()
    let html = String(decoding: try #require(files["report.html"]), as: UTF8.self)
    for word in ["<script", "http://", "https://", "src=\"figures", "<link", "@import", "url("] {
      #expect(!html.contains(word), "\(word)")
    }
    #expect(
      html.components(separatedBy: "<img").count == html.components(separatedBy: "alt=\"").count)
    #expect(html.contains("prefers-color-scheme"))
    #expect(html.components(separatedBy: "<h1").count == 2)
  }

  @Test func anchorsAreUniqueAndLinksArrive() throws {
    let files = try Samples.plainFiles.get()
    let html = String(decoding: try #require(files["report.html"]), as: UTF8.self)
    let anchors = html.matches(of: /id="([^"]*)"/).map { String($0.1) }
    #expect(Set(anchors).count == anchors.count)
    for link in html.matches(of: /href="#([^"]*)"/) {
      #expect(anchors.contains(String(link.1)), "\(link.1)")
    }
  }
}
