import Foundation

/// The line of an arrow on the page, from outline to outline, and the place of its label.
struct DiagramRoute {
  /// The outline of a node on the page.
  struct Outline {
    var rect: Rect
    var isRound: Bool

    /// Whether a point lies inside the outline moved outwards by a distance.
    func contains(_ point: Point, margin: Double) -> Bool {
      let center = rect.center
      if isRound {
        let (x, y) = (point.x - center.x, point.y - center.y)
        return (x * x + y * y).squareRoot() < rect.width / 2 + margin
      }
      return abs(point.x - center.x) < rect.width / 2 + margin
        && abs(point.y - center.y) < rect.height / 2 + margin
    }
  }

  static let headLength = 2.0
  private static let headWidth = 1.5
  private static let clearance = 0.35
  private static let labelGap = 0.8

  /// The points of the line; the last one is the tip of the head.
  let points: [Point]
  private let isCurved: Bool
  private let bend: Double

  /// Finds the way between two outlines; `middle` is where stepped routes turn.
  init(_ route: Diagram.Edge.Route, from: Outline, to: Outline, middle: Point) {
    let (start, end) = (from.rect.center, to.rect.center)
    var way: [Point]
    var bend = 0.0
    switch route {
    case .straight: way = [start, end]
    case .horizontalFirst: way = [start, Point(end.x, start.y), end]
    case .verticalFirst: way = [start, Point(start.x, end.y), end]
    case .steppedAcross:
      way = [start, Point(middle.x, start.y), Point(middle.x, end.y), end]
    case .steppedDown:
      way = [start, Point(start.x, middle.y), Point(end.x, middle.y), end]
    case .curved(let share):
      bend = share
      let across = Point(end.y - start.y, start.x - end.x)
      let control = Point(
        (start.x + end.x) / 2 + 2 * share * across.x,
        (start.y + end.y) / 2 + 2 * share * across.y)
      way = (0...48).map { step in
        let t = Double(step) / 48
        let weights = [(1 - t) * (1 - t), 2 * t * (1 - t), t * t]
        return Point(
          weights[0] * start.x + weights[1] * control.x + weights[2] * end.x,
          weights[0] * start.y + weights[1] * control.y + weights[2] * end.y)
      }
    }
    self.bend = bend
    isCurved = bend != 0
    way = Self.leaving(from, way, margin: 0)
    way = Self.leaving(to, way.reversed(), margin: Self.clearance).reversed()
    points = way
  }

  /// Cuts off the beginning of a way, as far as it lies inside an outline.
  private static func leaving(_ outline: Outline, _ way: [Point], margin: Double) -> [Point] {
    guard let last = way.lastIndex(where: { outline.contains($0, margin: margin) }),
      last + 1 < way.count
    else { return way }
    var inside = way[last]
    var outside = way[last + 1]
    for _ in 0..<50 {
      let half = Point((inside.x + outside.x) / 2, (inside.y + outside.y) / 2)
      if outline.contains(half, margin: margin) { inside = half } else { outside = half }
    }
    return [outside] + way[(last + 1)...]
  }

  private static func distance(_ one: Point, _ other: Point) -> Double {
    hypot(one.x - other.x, one.y - other.y)
  }

  /// Returns the line and its head.
  func primitives(stroke: Stroke) -> [Primitive] {
    guard let tip = points.last, points.count > 1 else { return [] }
    var line = Array(points.dropLast())
    while line.count > 1, Self.distance(line[line.count - 1], tip) <= Self.headLength {
      line.removeLast()
    }
    let anchor = line[line.count - 1]
    let length = max(Self.distance(anchor, tip), 1e-9)
    let along = Point((tip.x - anchor.x) / length, (tip.y - anchor.y) / length)
    let head = min(Self.headLength, length)
    let base = Point(tip.x - along.x * head, tip.y - along.y * head)
    // The line ends inside the head, so that its own end never shows beside the tip.
    line.append(Point(base.x + along.x * head * 0.3, base.y + along.y * head * 0.3))
    let half = Self.headWidth / 2
    let wings = [1.0, -1].map {
      Point(base.x - $0 * along.y * half, base.y + $0 * along.x * half)
    }
    return [
      .polyline(points: line, stroke: stroke),
      .polygon(points: [tip] + wings, fill: stroke.color, stroke: nil),
    ]
  }

  /// Points along the line at small distances: what labels should not cover.
  var trace: [Point] {
    Self.trace(points)
  }

  /// Points along a line at small distances.
  static func trace(_ points: [Point]) -> [Point] {
    zip(points, points.dropFirst()).flatMap { start, end in
      let steps = max(1, Int((distance(start, end) / 0.5).rounded(.up)))
      return (0...steps).map { step in
        let t = Double(step) / Double(steps)
        return Point(start.x + t * (end.x - start.x), start.y + t * (end.y - start.y))
      }
    }
  }

  /// A place for a label: its lines and the space they take.
  struct LabelPlace {
    var lines: [String]
    var rect: Rect
  }

  /// The places at which a label could stand, best first: in the middle of the longest straight part
  /// or of the curve, above or to the right; then on the other side, nearer to the ends, broken into
  /// shorter lines, and at the other parts.
  func labelPlaces(_ text: String, context: LayoutContext) -> [LabelPlace] {
    guard !text.isEmpty, points.count > 1 else { return [] }
    let font = context.theme.noteFont
    let pairs =
      isCurved
      ? [(points[0], points[points.count - 1])] : Array(zip(points, points.dropFirst()))
    let parts = pairs.sorted { Self.distance($0.0, $0.1) > Self.distance($1.0, $1.1) }
    return parts.flatMap { start, end -> [LabelPlace] in
      let length = max(Self.distance(start, end), 1e-9)
      let across = Point((end.y - start.y) / length, (start.x - end.x) / length)
      let isLevel = abs(across.y) > 0.99
      let widths = isLevel && !isCurved ? [length - Self.headLength] : [24.0, 14, 9]
      return widths.flatMap { width in
        [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8].flatMap { share in
          preferred(across).map { aside in
            place(text, width: width, at: share, start, end, aside: aside, font, context)
          }
        }
      }
    }
  }

  /// The two ways aside of a line: outwards of a curve, else upwards, or to the right, first.
  private func preferred(_ across: Point) -> [Point] {
    let other = Point(-across.x, -across.y)
    if isCurved { return bend > 0 ? [across, other] : [other, across] }
    let isFirst = across.y < -1e-9 || (abs(across.y) <= 1e-9 && across.x > 0)
    return isFirst ? [across, other] : [other, across]
  }

  private func place(
    _ text: String, width: Double, at share: Double, _ start: Point, _ end: Point, aside: Point,
    _ font: Font, _ context: LayoutContext
  ) -> LabelPlace {
    let lines = context.wrap(text, to: width, font)
    let size = Size(width: context.width(lines, font), height: DiagramCell.block(lines, font))
    let straight = Point(
      start.x + share * (end.x - start.x), start.y + share * (end.y - start.y))
    let point = isCurved ? points[Int(share * Double(points.count - 1))] : straight
    let reach = Self.labelGap + (abs(aside.x) * size.width + abs(aside.y) * size.height) / 2
    let center = Point(point.x + aside.x * reach, point.y + aside.y * reach)
    return LabelPlace(
      lines: lines,
      rect: Rect(
        x: center.x - size.width / 2, y: center.y - size.height / 2, width: size.width,
        height: size.height))
  }
}
