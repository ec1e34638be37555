/// Images and labels that are gathered from files of the CIFAR family, with their checks.
struct CIFARRecords {
  /// The labels of one image, as a record holds them: the class, and the super-class where there is one.
  struct Labels {
    var coarse: Int?
    var fine: Int
  }

  /// The number of bytes of one image: red, green and blue planes of 32 x 32.
  static let imageSize = 3072

  private let classes: Int
  private let coarseClasses: Int?
  private(set) var pixels: [UInt8] = []
  private(set) var labels: [Int] = []
  /// The super-class of each class, as far as records have shown it.
  private(set) var coarseMap: [Int: Int] = [:]

  /// Begins to gather.
  ///
  /// - Parameters:
  ///   - classes: The number of classes.
  ///   - coarseClasses: The number of super-classes; nil where records have none.
  ///   - count: The number of images that are expected.
  init(classes: Int, coarseClasses: Int?, count: Int) {
    self.classes = classes
    self.coarseClasses = coarseClasses
    pixels.reserveCapacity(count * Self.imageSize)
    labels.reserveCapacity(count)
  }

  /// Adds the records of a binary file: one label byte, or a coarse and a fine one, then the pixels.
  ///
  /// - Throws: ``DatasetError`` when the size is not that of `count` records, or when a label is out of range.
  mutating func add(binary bytes: [UInt8], count: Int, name: String) throws {
    let labelSize = coarseClasses == nil ? 1 : 2
    let size = labelSize + Self.imageSize
    guard bytes.count == count * size else {
      throw DatasetError(
        .damaged,
        "\(name): expected \(count) records of \(size) bytes, \(count * size) in all, found "
          + "\(bytes.count); the file is cut off or another one: fetch it again")
    }
    for record in 0..<count {
      let start = record * size
      try add(
        Labels(
          coarse: coarseClasses == nil ? nil : Int(bytes[start]),
          fine: Int(bytes[start + labelSize - 1])),
        record: record, name: name)
      pixels += bytes[(start + labelSize)..<(start + size)]
    }
  }

  /// Adds the images of a file of the Python version.
  ///
  /// - Throws: ``DatasetError`` when something is missing, has another size, or when a label is out of range.
  mutating func add(pickle value: PickleValue, count: Int, name: String) throws {
    func damaged(_ reason: String) -> DatasetError { DatasetError(.damaged, "\(name): \(reason)") }
    func numbers(_ key: String) throws -> [Int] {
      guard let found = value[key] else { throw damaged("expected the key '\(key)', found none") }
      guard let numbers = found.integers, numbers.count == count else {
        throw damaged(
          "expected \(count) integers under '\(key)', found \(found.integers?.count ?? 0)")
      }
      return numbers
    }
    let fine = try numbers(coarseClasses == nil ? "labels" : "fine_labels")
    let coarse = coarseClasses == nil ? nil : try numbers("coarse_labels")
    guard case .array(let array)? = value["data"], array.shape == [count, Self.imageSize],
      let rows = array.rows
    else {
      throw damaged(
        "expected \(count) x \(Self.imageSize) unsigned bytes under 'data', found "
          + (value["data"]?.kind ?? "none"))
    }
    for record in 0..<count {
      try add(Labels(coarse: coarse?[record], fine: fine[record]), record: record, name: name)
    }
    pixels += rows
  }

  private mutating func add(_ found: Labels, record: Int, name: String) throws {
    func damaged(_ expected: String, _ value: Int) -> DatasetError {
      DatasetError(
        .damaged,
        "\(name): record \(record): expected \(expected), found \(value); fetch the file again")
    }
    guard (0..<classes).contains(found.fine) else {
      throw damaged("a label in 0..<\(classes)", found.fine)
    }
    if let coarse = found.coarse, let coarseClasses {
      guard (0..<coarseClasses).contains(coarse) else {
        throw damaged("a coarse label in 0..<\(coarseClasses)", coarse)
      }
      let known = coarseMap[found.fine] ?? coarse
      guard known == coarse else {
        throw damaged("coarse label \(known) with label \(found.fine), as before", coarse)
      }
      coarseMap[found.fine] = coarse
    }
    labels.append(found.fine)
  }

  /// The images as a set.
  var set: ImageSet { ImageSet(pixels: pixels, labels: labels) }
}
