import Methods
import NN
import TestSupport
import Testing
import Torch

@testable import Training

/// Values and gradients of the robust losses, by PyTorch in float64; see Fixtures/scripts/losses.py.
struct LossReference: Decodable {
  struct Case: Decodable {
    var classes: Int
    var logits: [Double]
    var targets: [Int]
    var memory: [Double]
    var moved: [Moved]
    var losses: [Loss]

    var shape: [Int] { [targets.count, classes] }
    var memoryTensor: Tensor { .from(memory, shape: shape) }
  }

  struct Moved: Decodable {
    var beta: Double
    var values: [Double]
  }

  struct Loss: Decodable {
    var name: String
    var options: [String: String]
    var values: [Double]
    var gradient: [Double]

    func number(_ option: String) throws -> Double {
      try #require(options[option].flatMap(Double.init), "\(name) has no number '\(option)'")
    }
  }

  var cases: [Case]

  static func load() throws -> LossReference { try Fixture.json("methods/losses_robust.json") }
}

/// A loss's values, and the gradient of their mean with respect to the logits, in a number format.
func evaluate(
  _ loss: (Tensor, Tensor) -> Tensor, logits: [Double], targets: [Int], in type: ElementType
) -> (values: [Double], gradient: [Double]) {
  let z = Tensor.from(logits, shape: [targets.count, logits.count / targets.count]).to(type)
    .requiringGradient()
  let values = loss(z, .from(targets, shape: [targets.count]))
  #expect(values.type == type && values.shape == [targets.count])
  values.mean().backward()
  return (
    values.detached().to(.float64).array(of: Double.self), z.gradient.to(.float64).array()
  )
}

/// Compares a loss with all references of its name: closely in float64, and as far as float32 reaches.
func expectReference(
  _ name: String, sourceLocation: SourceLocation = #_sourceLocation,
  of make: (LossReference.Case, LossReference.Loss) throws -> (Tensor, Tensor) -> Tensor
) throws {
  var count = 0
  for fixture in try LossReference.load().cases {
    for expected in fixture.losses where expected.name == name {
      count += 1
      let loss = try make(fixture, expected)
      let place = "\(name) \(expected.options), \(fixture.classes) classes,"
      let exact = evaluate(
        loss, logits: fixture.logits, targets: fixture.targets, in: .float64)
      expectClose(
        exact.values, expected.values, relative: 1e-11, absolute: 1e-12, "\(place) values:",
        sourceLocation: sourceLocation)
      expectClose(
        exact.gradient, expected.gradient, relative: 1e-10, absolute: 1e-13, "\(place) gradient:",
        sourceLocation: sourceLocation)
      let single = evaluate(
        loss, logits: fixture.logits, targets: fixture.targets, in: .float32)
      expectClose(
        single.values, expected.values, relative: 5e-6, absolute: 1e-5,
        "\(place) float32 values:", sourceLocation: sourceLocation)
      expectClose(
        single.gradient, expected.gradient, relative: 2e-4, absolute: 2e-6,
        "\(place) float32 gradient:", sourceLocation: sourceLocation)
    }
  }
  #expect(count >= 6, "found \(count) references of \(name)", sourceLocation: sourceLocation)
}

/// Two samples worked out by hand: softmax (1/6, 2/6, 3/6) with label 0, and (1/2, 1/4, 1/4) with label 2.
enum HandBatch {
  static let probabilities: [[Double]] = [[1 / 6, 2 / 6, 3 / 6], [1 / 2, 1 / 4, 1 / 4]]
  static let targets = [0, 2]

  static var logits: Tensor { Tensor.from(probabilities.flatMap { $0 }, shape: [2, 3]).log() }

  /// Expects the values of a loss of p_y alone, and the gradient that its slopes with respect to p_y give.
  static func expect(
    _ loss: (Tensor, Tensor) -> Tensor, values: [Double], slopes: [Double],
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    // Half of p_y (y − p), since the mean is over two samples.
    let gradient: [[Double]] = [
      [5.0 / 72, -1.0 / 36, -1.0 / 24], [-1.0 / 16, -1.0 / 32, 3.0 / 32],
    ]
    expect(
      loss, values: values,
      gradient: gradient.indices.flatMap { row in gradient[row].map { $0 * slopes[row] } },
      sourceLocation: sourceLocation)
  }

  static func expect(
    _ loss: (Tensor, Tensor) -> Tensor, values: [Double], gradient: [Double],
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let found = evaluate(loss, logits: logits.array(), targets: targets, in: .float64)
    expectClose(
      found.values, values, relative: 1e-12, "values", sourceLocation: sourceLocation)
    expectClose(
      found.gradient, gradient, relative: 1e-12, absolute: 1e-15, "gradient",
      sourceLocation: sourceLocation)
  }
}

/// Logits for which p_y is a given probability, with the rest shared equally by the other classes.
func logits(forGiven probabilities: [Double], classes: Int) -> (logits: Tensor, targets: Tensor) {
  let rows = probabilities.enumerated().flatMap { row, p in
    (0..<classes).map { $0 == row % classes ? p : (1 - p) / Double(classes - 1) }
  }
  return (
    Tensor.from(rows, shape: [probabilities.count, classes]).log(),
    .from(probabilities.indices.map { $0 % classes }, shape: [probabilities.count])
  )
}

/// Expects the first step of a method to be as long as rate, rate factor and gradient limit make it.
func expectStepLength(
  of recipe: some MethodRecipe, rateFactor: Double, gradientLimit: Double,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let synthetic = SyntheticTask(
    epochs: 4, optimizer: .sgd(rate: 0.05, momentum: 0.9, weightDecay: 0, nesterov: false))
  let method = try recipe.make(task: synthetic.task, resources: synthetic.resources)
  _ = try method.begin(stage: 0)
  let samples = synthetic.task.samples
  let places = Tensor.from([0, 20, 7, 33, 5, 40, 50], shape: [7])
  let batch = Batch(
    positions: places, views: [samples.bank.batch(rows: places)],
    labels: samples.labelsOnDevice.select(places), weights: nil, count: 7)
  let parameters = try #require(method.learners["network"]).network.store.parameters
  let before = parameters.map { $0.detached().to(.float64).clone() }
  _ = try method.step(
    batch,
    at: StepPosition(
      epoch: EpochPosition(stage: 0, epoch: 0, epochs: 4, overall: 0), pass: 0, step: 0))
  let square = zip(parameters, before).map { after, before in
    let change = after.detached().to(.float64) - before
    return (change * change).sum().item()
  }.reduce(0, +)
  expectClose(
    square.squareRoot(), 0.05 * rateFactor * gradientLimit, relative: 2e-3,
    "length of the step", sourceLocation: sourceLocation)
}
