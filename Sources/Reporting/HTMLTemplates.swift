import Mustache

/// The templates of the HTML report.
///
/// Double braces escape; triple braces take what another of these templates made.
struct HTMLTemplates {
  /// The whole page.
  let page: MustacheTemplate
  /// Running text.
  let inline: MustacheTemplate
  /// A heading, paragraph, list or folded part.
  let block: MustacheTemplate
  /// A table in its box.
  let table: MustacheTemplate
  /// Figures that stand together.
  let figures: MustacheTemplate

  /// Parses the templates.
  init() throws {
    func template(_ text: String) throws -> MustacheTemplate {
      precondition(HTMLText.registered, "the content type is registered")
      return try MustacheTemplate(string: "{{% CONTENT_TYPE:\(HTMLText.name)}}\(text)")
    }
    page = try template(Self.pageText)
    inline = try template(Self.inlineText)
    block = try template(Self.blockText)
    table = try template(Self.tableText)
    figures = try template(Self.figuresText)
  }

  private static let pageText = """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>{{title}}</title>
    <style>
    {{{style}}}
    </style>
    </head>
    <body>
    <header>
    <h1>{{title}}</h1>
    <p class="subtitle">{{subtitle}}</p>
    <nav aria-label="Sections"><ul>{{#sections}}<li><a href="#{{anchor}}">{{name}}</a></li>{{/sections}}</ul></nav>
    </header>
    <main>
    {{{body}}}
    </main>
    </body>
    </html>

    """

  private static let inlineText =
    "{{#pieces}}{{#isText}}{{words}}{{/isText}}{{#isStrong}}<strong>{{words}}</strong>{{/isStrong}}"
    + "{{#isCode}}<code>{{words}}</code>{{/isCode}}"
    + "{{#isLink}}<a href=\"#{{anchor}}\">{{words}}</a>{{/isLink}}"
    + "{{#isReport}}<a href=\"{{address}}\">{{words}}</a>{{/isReport}}"
    + "{{#isSmall}}<small>{{words}}</small>{{/isSmall}}"
    + "{{#isBadge}}<span class=\"badge {{tone}}\">{{words}}</span>{{/isBadge}}"
    + "{{#isQuote}}<q>{{words}}</q>{{/isQuote}}{{/pieces}}"

  private static let blockText =
    "{{#heading}}<h2 id=\"{{anchor}}\">{{words}}</h2>{{/heading}}"
    + "{{#subheading}}<h3{{#anchor}} id=\"{{.}}\"{{/anchor}}>{{words}}</h3>{{/subheading}}"
    + "{{#paragraph}}<p>{{{.}}}</p>{{/paragraph}}"
    + "{{#list}}<ul>{{#items}}<li>{{{.}}}</li>{{/items}}</ul>{{/list}}"
    + "{{#folded}}<details><summary>{{summary}}</summary>{{{body}}}</details>{{/folded}}"

  private static let tableText =
    "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{{label}}\"><table>"
    + "{{#caption}}<caption>{{.}}</caption>{{/caption}}"
    + "<thead><tr>{{#header}}<th scope=\"col\"{{#isNumeric}} class=\"number\"{{/isNumeric}}>"
    + "{{words}}</th>{{/header}}</tr></thead><tbody>\n"
    + "{{#rows}}<tr{{#isSetApart}} class=\"apart\"{{/isSetApart}}>{{#cells}}"
    + "{{#isHeader}}<th scope=\"row\"{{#anchor}} id=\"{{.}}\"{{/anchor}}>{{{body}}}</th>{{/isHeader}}"
    + "{{^isHeader}}<td{{#classes}} class=\"{{.}}\"{{/classes}}{{#anchor}} id=\"{{.}}\"{{/anchor}}>"
    + "{{{body}}}</td>{{/isHeader}}{{/cells}}</tr>\n{{/rows}}</tbody></table></div>"
    + "{{#note}}<p class=\"note\">{{.}}</p>{{/note}}"

  private static let figuresText =
    "<div class=\"figures{{#areSmall}} small{{/areSmall}}\">{{#figures}}"
    + "<figure id=\"figure-{{id}}\"><img src=\"data:image/svg+xml;base64,{{data}}\" alt=\"{{altText}}\">"
    + "<figcaption>{{caption}} <span class=\"files\">Files: figures/{{id}}.png, .svg, .pdf, .csv"
    + "</span></figcaption></figure>{{/figures}}</div>"
}
