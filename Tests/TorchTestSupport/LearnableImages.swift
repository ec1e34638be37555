import Datasets

extension ImageDataset {
  /// Returns a small data set that a network learns in a few steps.
  ///
  /// An image of class c is dark noise with a bright square in cell c of a grid; classes take turns.
  ///
  /// - Parameters:
  ///   - classes: The number of classes.
  ///   - shape: Channels, height and width; height and width at least four times the grid's side.
  ///   - train: The number of training images.
  ///   - test: The number of test images.
  ///   - seed: The seed of the noise.
  /// - Returns: The data set with its training and test part.
  public static func learnable(
    classes: Int = 4, shape: [Int] = [1, 12, 12], train: Int = 64, test: Int = 32, seed: UInt64 = 1
  ) -> ImageDataset {
    var side = 1
    while side * side < classes { side += 1 }
    let (channels, height, width) = (shape[0], shape[1], shape[2])
    let (cellHeight, cellWidth) = (height / side, width / side)
    precondition(cellHeight >= 4 && cellWidth >= 4, "images of \(shape) are too small")
    var generator = SplitMix(seed: seed)
    func images(_ count: Int) -> ImageSet {
      var pixels: [UInt8] = []
      pixels.reserveCapacity(count * channels * height * width)
      for index in 0..<count {
        let cell = index % classes
        for _ in 0..<channels {
          for row in 0..<height {
            for column in 0..<width {
              let isBright = row / cellHeight == cell / side && column / cellWidth == cell % side
              pixels.append(UInt8.random(in: isBright ? 160...255 : 0...95, using: &generator))
            }
          }
        }
      }
      return ImageSet(pixels: pixels, labels: (0..<count).map { $0 % classes })
    }
    return ImageDataset(
      identifier: "learnable", displayName: "Learnable squares", shape: shape,
      classNames: (0..<classes).map { "cell \($0)" },
      mean: [Float](repeating: 0.3, count: channels),
      standardDeviation: [Float](repeating: 0.25, count: channels),
      train: images(train), test: images(test), digests: [:])
  }
}
