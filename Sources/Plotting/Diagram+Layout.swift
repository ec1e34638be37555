extension Diagram {
  /// Returns the width that is asked for and the height that the diagram then needs.
  public func preferredSize(width: Double, context: LayoutContext) -> Size {
    guard !nodes.isEmpty else { return Size(width: width, height: 20) }
    let drawing = DiagramDrawing(self, limit: width, context: context)
    return Size(width: width, height: drawing.bounds.height * Self.scale(drawing, width))
  }

  /// Lays out frames, arrows and nodes in a rectangle, in the middle of its width.
  public func primitives(in rect: Rect, context: LayoutContext) -> [Primitive] {
    guard !nodes.isEmpty else {
      return [
        .text(
          TextLabel(
            "no data", at: rect.center, font: context.theme.labelFont,
            color: context.theme.mutedInk, anchor: .middle))
      ]
    }
    let drawing = DiagramDrawing(self, limit: rect.width, context: context)
    let bounds = drawing.bounds
    let scale = Self.scale(drawing, rect.width)
    let left = rect.left + (rect.width - bounds.width * scale) / 2
    let corner = Point(left - bounds.left * scale, rect.top - bounds.top * scale)
    return drawing.primitives.map { $0.scaled(by: scale, movedTo: corner) }
  }

  /// The factor that makes a drawing fit where even one word per line is too wide.
  private static func scale(_ drawing: DiagramDrawing, _ width: Double) -> Double {
    min(1, width / drawing.bounds.width)
  }
}
