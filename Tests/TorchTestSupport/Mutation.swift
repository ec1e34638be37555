extension SplitMix {
  /// Returns bytes that were damaged as files are: altered, cut off, lengthened, shifted or with an
  /// extreme number written over them.
  public mutating func damaged(_ original: [UInt8]) -> [UInt8] {
    var bytes = original
    func place() -> Int? { bytes.isEmpty ? nil : Int.random(in: 0..<bytes.count, using: &self) }
    for _ in 0..<Int.random(in: 1...3, using: &self) {
      switch Int.random(in: 0..<7, using: &self) {
      case 0, 1:
        if let index = place() { bytes[index] = UInt8.random(in: 0...255, using: &self) }
      case 2:
        if let index = place() { bytes[index] ^= 1 << UInt8.random(in: 0..<8, using: &self) }
      case 3:
        if let index = place() { bytes.removeLast(bytes.count - index) }
      case 4:
        bytes += (0..<Int.random(in: 1...9, using: &self)).map { _ in 0x39 }
      case 5:
        if let index = place() { bytes.remove(at: index) }
      default:
        let numbers: [UInt8] = [0, 0x7F, 0x80, 0xFF, 0x39, 0x2D]
        guard let index = place(), let number = numbers.randomElement(using: &self) else { break }
        for offset in index..<min(bytes.count, index + 8) { bytes[offset] = number }
      }
    }
    return bytes
  }
}
