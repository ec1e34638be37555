import Foundation

/// The names below an axis of categories: wrapped, or slanted where a word is too wide.
struct CategoryLabels {
  private static let slant = 40.0

  private let lines: [[String]]
  private let isSlanted: Bool
  private let context: LayoutContext
  private let slotWidth: Double

  /// Measures the names of an axis that is `width` long; nil when it has no categories.
  init?(axis: Axis, width: Double, context: LayoutContext) {
    guard case .categories(let names) = axis.kind else { return nil }
    let font = context.theme.tickFont
    let slot = width / Double(max(names.count, 1))
    let wrapped = names.map { context.wrap($0, to: slot - 1, font) }
    isSlanted = wrapped.contains { $0.count > 3 || context.width($0, font) > slot - 0.5 }
    lines = isSlanted ? names.map { [$0] } : wrapped
    slotWidth = slot
    self.context = context
  }

  private var font: Font { context.theme.tickFont }

  private var widest: Double { lines.map { context.width($0, font) }.max() ?? 0 }

  /// The height of the names in millimetres.
  var height: Double {
    if isSlanted {
      let turn = Self.slant * .pi / 180
      return widest * sin(turn) + font.capHeight * cos(turn) + 0.3
    }
    return context.height(lines: lines.map(\.count).max() ?? 1, font)
  }

  /// How far the first name may reach to the left of the axis, in millimetres.
  var overhang: Double {
    guard isSlanted, let first = lines.first else { return 0 }
    return max(0, context.width(first, font) * cos(Self.slant * .pi / 180) - slotWidth / 2)
  }

  /// Returns the names below `top`; `x` gives the middle of the i-th category.
  func primitives(top: Double, x: (Int) -> Double) -> [Primitive] {
    lines.enumerated().flatMap { index, name -> [Primitive] in
      guard isSlanted else {
        return context.paragraph(
          name, x: x(index), top: top, font: font, color: context.theme.ink, anchor: .middle)
      }
      let position = Point(x(index) + font.capHeight / 2, top + font.capHeight * 0.8)
      return name.map {
        .text(
          TextLabel(
            $0, at: position, font: font, color: context.theme.ink, anchor: .end,
            rotation: -Self.slant))
      }
    }
  }
}
