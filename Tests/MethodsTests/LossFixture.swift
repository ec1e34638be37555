import TestSupport
import Torch

/// Values and gradients of losses computed by PyTorch; see Fixtures/scripts/methods.py.
struct LossFixture: Decodable {
  struct Case: Decodable {
    var classes: Int
    var logits: [Double]
    var targets: [Int]
    var losses: [Loss]
  }

  struct Loss: Decodable {
    var name: String
    var values: [Double]
    var gradient: [Double]
  }

  var cases: [Case]

  static func load() throws -> LossFixture { try Fixture.json("methods/losses.json") }
}

/// A loss's values, and the gradient of their mean with respect to the logits.
func valuesAndGradient(
  logits: [Double], targets: [Int], classes: Int, of loss: (Tensor, Tensor) -> Tensor
) -> (values: [Double], gradient: [Double]) {
  let z = Tensor.from(logits.map(Float.init), shape: [targets.count, classes])
    .requiringGradient()
  let values = loss(z, .from(targets, shape: [targets.count]))
  values.mean().backward()
  return (
    values.detached().array(of: Float.self).map(Double.init),
    z.gradient.array(of: Float.self).map(Double.init)
  )
}
