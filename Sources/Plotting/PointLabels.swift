/// Places short texts beside points so that they cover as little as possible.
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

  /// Keeps the surroundings of a marker free of text.
  mutating func reserve(around center: Point, size: Double) {
    taken.append(Rect(x: center.x - size / 2, y: center.y - size / 2, width: size, height: size))
  }

  /// Places a text at the best of eight positions around a point.
  ///
  /// The first position without overlap wins; when there is none, the one with the least.
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
    func cost(_ box: Rect) -> Double {
      let outside = box.width * box.height - box.overlap(area)
      return taken.map { $0.overlap(box) }.reduce(outside, +)
    }
    var best = candidates[0]
    for candidate in candidates where cost(candidate) < cost(best) - 1e-9 {
      best = candidate
    }
    taken.append(best)
    primitives.append(
      .text(
        TextLabel(
          text, at: Point(best.left, best.bottom), font: font, color: context.theme.mutedInk)))
  }
}
