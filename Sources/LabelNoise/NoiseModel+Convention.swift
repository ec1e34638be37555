extension NoiseModel {
  /// What the noise does and what its rate means, in one or two sentences.
  public var conventionDescription: String {
    switch self {
    case .clean: return "Labels are left as they are."
    case .symmetric:
      return "Each label flips with the given rate to one of the other classes, with equal "
        + "chances; the true class is never redrawn, so the real noise rate equals the nominal one."
    case .symmetricInclusive:
      return "A share of the labels is redrawn uniformly over all K classes, the true one "
        + "included; the real noise rate is the nominal one times (K - 1) / K."
    case .pairflip:
      return "Each label flips with the given rate to the next class in the data set's order, "
        + "the last class to the first."
    case .asymmetric:
      return "CIFAR-10 truck → automobile, bird → airplane, cat ↔ dog and deer → horse, each with "
        + "the given rate; the five other classes keep their labels, so on balanced data the real "
        + "rate is half of it."
    case .asymmetricSuperclass:
      return "CIFAR-100: each label flips with the given rate to the next fine class of its own "
        + "super-class, the last of the five to the first; the real noise rate equals the nominal "
        + "one."
    case .asymmetricBlocks:
      return "CIFAR-100: each label flips with the given rate to the next class within its block "
        + "of five consecutive fine classes, cyclically; fine classes are in alphabetical order, "
        + "so that blocks are not super-classes."
    case .asymmetricNext:
      return "CIFAR-100: each label flips with the given rate to the next fine class in "
        + "alphabetical order, the last class to the first."
    case .annotatorLike(let set):
      return "Class i of the data set at hand takes row i of the matrix measured on the "
        + "\(set.rawValue) labels of CIFAR-10N, each label drawn independently of the image; so it "
        + "is not CIFAR-10N, and on data other than CIFAR-10 rows meet other classes."
    case .given(let labels):
      return "The \(labels.set) labels come with the data and are used as they are; the nominal "
        + "rate is the share of wrong labels that methods are told, and no seed changes anything."
    case .instance(let noise):
      let range = "\(noise.truncation.lowerBound) to \(noise.truncation.upperBound)"
      let pixels = noise.pixelScale == .unit ? "pixels in 0 to 1" : "pixels in 0 to 255"
      return "Each image has its own flip rate, normal with mean \(noise.rate) and deviation "
        + "\(noise.standardDeviation) truncated to \(range); the target class comes from the "
        + "softmax of a random projection per clean class (\(pixels)), the true class excluded."
    }
  }
}
