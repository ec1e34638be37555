/// A report's text as blocks, the same for every format; a writer per format spells them.
struct ReportDocument {
  /// A piece of running text.
  enum Inline: Hashable {
    /// Plain text.
    case text(String)
    /// Text that stands out.
    case strong(String)
    /// A command, an identifier or a file's name.
    case code(String)
    /// A text that leads to a place in the document.
    case link(String, to: String)
    /// A text that leads to another report, and to a place in it.
    case report(String, folder: String, anchor: String?)
    /// A remark in small type, on a line of its own where it follows something.
    case small(String)
    /// A verdict's word in its colour.
    case badge(String, Tone)
    /// A quotation.
    case quote(String)
  }

  /// What a mark means for a reader, shown as colour beside the words.
  enum Tone: String, Hashable {
    /// In favour.
    case good
    /// In favour with a reservation.
    case fair
    /// Open.
    case open
    /// Against.
    case bad
    /// Nothing was tested.
    case none
  }

  /// A cell of a table.
  struct Cell: Hashable {
    /// The content.
    var content: [Inline]
    /// The name of the place, for links to it.
    var anchor: String?
    /// Whether the content is a number, set to the right.
    var isNumeric = false
    /// Whether the cell names its row.
    var isHeader = false
    /// How strongly the cell is coloured, from -3 to 3; nil for not at all.
    var shade: Int?

    /// A cell of plain text.
    static func text(_ text: String) -> Cell { Cell(content: [.text(text)]) }
    /// A cell with a number.
    static func number(_ text: String) -> Cell { Cell(content: [.text(text)], isNumeric: true) }
    /// A cell that names its row.
    static func header(_ text: String, note: String? = nil) -> Cell {
      Cell(content: [.text(text)] + (note.map { [.small($0)] } ?? []), isHeader: true)
    }
  }

  /// A row of a table.
  struct Row: Hashable {
    /// The cells, one a column.
    var cells: [Cell]
    /// Whether a line sets the row apart from those above.
    var isSetApart = false
  }

  /// A table.
  struct Table: Hashable {
    /// The caption above it; empty for none.
    var caption: String
    /// The names of the columns.
    var header: [String]
    /// The rows.
    var rows: [Row]
    /// The remark below it; nil for none.
    var note: String?
  }

  /// A part of the document.
  enum Block {
    /// A heading of a section.
    case heading(String, anchor: String)
    /// A heading below a section's.
    case subheading(String, anchor: String?)
    /// A paragraph.
    case paragraph([Inline])
    /// A list of points.
    case list([[Inline]])
    /// A table.
    case table(Table)
    /// Figures that stand together.
    case figures([ReportFigure])
    /// Blocks that are folded away until they are asked for.
    case folded(String, [Block])
  }

  /// The title.
  var title: String
  /// A line below the title.
  var subtitle: String
  /// The blocks.
  var blocks: [Block]
}
