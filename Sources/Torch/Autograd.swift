import CTorch

extension Tensor {
  /// Marks a leaf as a parameter whose gradient is wanted, and returns it.
  @discardableResult
  public func requiringGradient(_ value: Bool = true) -> Tensor {
    if let message = ct_set_requires_grad(handle, value) {
      Runtime.report("requiringGradient", message, operands: [self])
    }
    return self
  }

  /// The same values outside the autograd graph.
  public func detached() -> Tensor { Tensor.make("detached", [self]) { ct_detach($0, handle) } }

  /// Adds the gradient of this single-element tensor to every parameter it depends on.
  public func backward() {
    if let message = ct_backward(handle) {
      Runtime.report("backward", message, operands: [self])
    }
  }

  /// The gradient that ``backward()`` left, undefined when there is none.
  public var gradient: Tensor { Tensor.make("gradient", [self]) { ct_grad($0, handle) } }
}

/// Runs a body without recording operations for autograd.
public func withoutGradient<Result>(_ body: () throws -> Result) rethrows -> Result {
  let previous = ct_set_grad_mode(false)
  defer { _ = ct_set_grad_mode(previous) }
  return try body()
}

/// Runs a body in which convolutions and matrix products compute in a lower precision on a device.
///
/// Parameters and reductions stay in float32. Run the backward pass outside the scope.
public func withAutocast<Result>(
  to type: ElementType, on device: Device, _ body: () throws -> Result
) rethrows -> Result {
  var previous = false
  Runtime.check("withAutocast", ct_autocast_enter(device.number, type.rawValue, &previous))
  defer { Runtime.check("withAutocast", ct_autocast_exit(device.number, previous)) }
  return try body()
}
