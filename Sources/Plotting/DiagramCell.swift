/// A node with its texts broken into lines, measured around its place on the grid.
struct DiagramCell {
  static let textGap = 0.9
  private static let smallestCircle = 9.0
  private static let smallestBox = 10.0

  let node: Diagram.Node
  let title: [String]
  let detail: [String]
  let picture: Size
  /// The extent of box or circle.
  var outline: Size
  /// The side of a circle at which its detail stands.
  let detailSide: DiagramFrames.Side
  private let detailSize: Size

  /// The extent from the place on the grid upwards.
  var above: Double { extent(.top) }
  /// The extent from the place on the grid downwards.
  var below: Double { extent(.bottom) }

  /// The extent of the node with its texts from its place on the grid to a side.
  func extent(_ side: DiagramFrames.Side) -> Double {
    let isUpright = side == .top || side == .bottom
    let half = (isUpright ? outline.height : outline.width) / 2
    guard node.isRound, !detail.isEmpty else { return half }
    let length = isUpright ? detailSize.height : detailSize.width
    if side == detailSide { return half + Self.textGap + length + (side == .bottom ? 0.6 : 0) }
    let isAcross = isUpright != (detailSide == .top || detailSide == .bottom)
    return isAcross ? max(half, length / 2) : half
  }

  /// Measures a node whose texts are wrapped to a limit.
  init(
    _ node: Diagram.Node, limit: Double, pictureSide: Double, detailSide: DiagramFrames.Side,
    context: LayoutContext
  ) {
    self.detailSide = detailSide
    let theme = context.theme
    let pad = Self.padding(of: node.kind)
    let inner = limit - 2 * pad.width
    self.node = node
    title = node.title.isEmpty ? [] : context.wrap(node.title, to: inner, theme.labelFont)
    detail = node.detail.isEmpty ? [] : context.wrap(node.detail, to: inner, theme.noteFont)
    let titleSize = Size(
      width: context.width(title, theme.labelFont), height: Self.block(title, theme.labelFont))
    detailSize = Size(
      width: context.width(detail, theme.noteFont), height: Self.block(detail, theme.noteFont))
    if node.isRound {
      let diagonal = (titleSize.width * titleSize.width + titleSize.height * titleSize.height)
        .squareRoot()
      let diameter = max(diagonal + 2, Self.smallestCircle)
      picture = Size(width: 0, height: 0)
      outline = Size(width: diameter, height: diameter)
      return
    }
    let raster = node.picture
    let longest = Double(max(raster?.width ?? 1, raster?.height ?? 1))
    picture = Size(
      width: pictureSide * Double(raster?.width ?? 0) / longest,
      height: pictureSide * Double(raster?.height ?? 0) / longest)
    let parts = [picture.height, titleSize.height, detailSize.height].filter { $0 > 0 }
    let height = parts.reduce(0, +) + Self.textGap * Double(max(parts.count - 1, 0))
    let width = max(titleSize.width, detailSize.width, picture.width) + 2 * pad.width
    outline = Size(
      width: node.kind == .note ? width : max(width, Self.smallestBox),
      height: height + 2 * pad.height)
  }

  private static func padding(of kind: Diagram.Node.Kind) -> Size {
    switch kind {
    case .data, .process, .model: Size(width: 1.3, height: 1.5)
    case .note: Size(width: 0.3, height: 0.5)
    case .observed, .latent: Size(width: 0, height: 0)
    }
  }

  /// The height of lines from the first capital's top to the last baseline.
  static func block(_ lines: [String], _ font: Font) -> Double {
    lines.isEmpty ? 0 : font.capHeight + Double(lines.count - 1) * font.lineHeight
  }

  /// Returns the node drawn at its place on the page.
  func primitives(at center: Point, context: LayoutContext) -> [Primitive] {
    let theme = context.theme
    let look = DiagramLook(node.kind, series: node.series, theme)
    let ink = node.kind == .note ? theme.mutedInk : theme.ink
    let titleHeight = Self.block(title, theme.labelFont)
    if node.isRound {
      return [
        .circle(
          center: center, radius: outline.width / 2, fill: look.fill, stroke: look.stroke)
      ]
        + context.paragraph(
          title, x: center.x, top: center.y - titleHeight / 2, font: theme.labelFont, color: ink,
          anchor: .middle)
        + roundDetail(at: center, context: context)
    }
    let box = Rect(
      x: center.x - outline.width / 2, y: center.y - outline.height / 2, width: outline.width,
      height: outline.height)
    var primitives = node.kind == .note ? [] : [look.box(box)]
    var top = box.top + Self.padding(of: node.kind).height
    if let raster = node.picture {
      let frame = Rect(
        x: center.x - picture.width / 2, y: top, width: picture.width, height: picture.height)
      primitives.append(.image(raster, in: frame))
      top += picture.height + Self.textGap
    }
    primitives += context.paragraph(
      title, x: center.x, top: top, font: theme.labelFont, color: ink, anchor: .middle)
    top += title.isEmpty ? 0 : titleHeight + Self.textGap
    return primitives
      + context.paragraph(
        detail, x: center.x, top: top, font: theme.noteFont, color: theme.mutedInk,
        anchor: .middle)
  }

  /// The detail of a circle, beside it.
  private func roundDetail(at center: Point, context: LayoutContext) -> [Primitive] {
    let font = context.theme.noteFont
    let reach = outline.width / 2 + Self.textGap
    let level = center.y - detailSize.height / 2
    let (x, top, anchor): (Double, Double, TextLabel.Anchor) =
      switch detailSide {
      case .bottom: (center.x, center.y + reach, .middle)
      case .top: (center.x, center.y - reach - detailSize.height, .middle)
      case .left: (center.x - reach, level, .end)
      case .right: (center.x + reach, level, .start)
      }
    return context.paragraph(
      detail, x: x, top: top, font: font, color: context.theme.mutedInk, anchor: anchor)
  }

  /// The space that the node with its texts takes at its place on the page.
  func rect(at center: Point) -> Rect {
    Rect(
      x: center.x - extent(.left), y: center.y - above, width: extent(.left) + extent(.right),
      height: above + below)
  }
}
