/// Memory of fixed size for the inner loops, without bounds checks; freed with its last owner.
///
/// Threads may write different elements at the same time; nothing else is promised.
final class Scratch<Element: BitwiseCopyable> {
  let pointer: UnsafeMutablePointer<Element>
  let count: Int

  init(repeating value: Element, count: Int) {
    pointer = .allocate(capacity: max(count, 1))
    pointer.initialize(repeating: value, count: count)
    self.count = count
  }

  deinit { pointer.deallocate() }

  subscript(index: Int) -> Element {
    @inline(__always) get { pointer[index] }
    @inline(__always) set { pointer[index] = newValue }
  }
}
