/// Places short texts beside points so that they cover neither points, error bars nor each other.
struct PointLabels {
  private let area: Rect
  private let context: LayoutContext
  private var taken: [Rect] = []
  /// The texts placed so far.
  private(set) var primitives: [Primitive] = []

  init(area: Rect, context: LayoutContext) {
    self.area = area
    self.context = context
  }

  /// Keeps the rectangle between two corners, a marker or an error bar, free of text.
  mutating func reserve(_ one: Point, _ other: Point) {
    let least = 0.1
    taken.append(
      Rect(
        x: min(one.x, other.x), y: min(one.y, other.y),
        width: max(abs(one.x - other.x), least), height: max(abs(one.y - other.y), least)))
  }

  /// Places a text at the first of eight positions around a point where it covers nothing.
  ///
  /// Where points crowd and there is no such position, the text is left out.
  mutating func place(_ text: String, beside point: Point) {
    let font = context.theme.noteFont
    let width = context.width(text, font)
    let height = font.capHeight
    let distance = context.theme.markerSize * 0.75
    let slots: [(Double, Double)] = [
      (distance, -height / 2), (-distance - width, -height / 2), (-width / 2, -distance - height),
      (-width / 2, distance), (distance * 0.7, -distance * 0.7 - height),
      (-distance * 0.7 - width, -distance * 0.7 - height), (distance * 0.7, distance * 0.7),
      (-distance * 0.7 - width, distance * 0.7),
    ]
    let candidates = slots.map { slot in
      Rect(x: point.x + slot.0, y: point.y + slot.1, width: width, height: height)
    }
    guard
      let best = candidates.first(where: { box in
        let outside = box.width * box.height - box.overlap(area)
        return outside < 1e-9 && !taken.contains { $0.overlap(box) > 1e-9 }
      })
    else { return }
    taken.append(best)
    primitives.append(
      .text(
        TextLabel(
          text, at: Point(best.left, best.bottom), font: font, color: context.theme.mutedInk)))
  }
}
