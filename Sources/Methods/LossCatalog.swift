import Torch

/// A request for a loss that cannot be met: an unknown name or option, a bad value, or tensors that do not fit.
///
/// Each is a mistake of the caller: a command that meets one ends as on any other misuse.
public struct LossError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What was found and what is allowed, in one line.
  public let description: String

  init(_ description: String) { self.description = description }
}

/// The losses that can be named and evaluated by themselves, with their options.
public enum LossCatalog {
  /// One loss.
  public struct Entry: Sendable {
    /// The identifier on the command line.
    public let name: String
    /// What it is, in one line.
    public let meaning: String
    /// Its options.
    public let options: [LossOption]
    /// What its state is, with the shape; nil when it takes none.
    public let state: String?

    let make: @Sendable (LossOption.Values) -> Loss

    init(
      _ name: String, _ meaning: String, options: [LossOption] = [], state: String? = nil,
      make: @escaping @Sendable (LossOption.Values) -> Loss
    ) {
      self.name = name
      self.meaning = meaning
      self.options = options
      self.state = state
      self.make = make
    }
  }

  /// Per-sample losses of logits (n x C), targets (n) and the state, which most ignore.
  typealias Loss = (_ logits: Tensor, _ targets: Tensor, _ state: Tensor?) -> Tensor

  /// All losses; an option's default is the method's value for CIFAR-10.
  public static let entries: [Entry] = [
    Entry("ce", "cross-entropy, -log p_y") { _ in
      { logits, targets, _ in logits.crossEntropy(targets: targets) }
    },
    Entry(
      "gce", "generalised cross-entropy, (1 - p_y^q) / q",
      options: [.number("q", 0.7, .above(0, to: 1), "exponent; 1 is the mean absolute error")]
    ) { values in
      let configuration = GCE.Configuration(q: values["q"])
      return { logits, targets, _ in
        GCE.loss(logits: logits, targets: targets, configuration: configuration)
      }
    },
    Entry(
      "apl", "active passive loss, alpha NCE + beta RCE or MAE",
      options: [
        .choice("combination", ["nce-rce", "nce-mae"], "the two losses"),
        .number("alpha", 1, .weight, "weight of NCE"),
        .number("beta", 1, .weight, "weight of RCE or MAE"),
      ]
    ) { values in
      let configuration = APL.Configuration(
        alpha: values["alpha"], beta: values["beta"],
        passive: values.choice("combination") == "nce-mae"
          ? .meanAbsoluteError : .reverseCrossEntropy)
      return { logits, targets, _ in
        APL.loss(logits: logits, targets: targets, configuration: configuration)
      }
    },
    Entry(
      "pce", "partially Huberised cross-entropy, linear in p_y below 1 / tau",
      options: [.number("tau", 2, .above(1, to: 1e6), "largest slope")]
    ) { values in
      let configuration = PCE.Configuration(tau: values["tau"])
      return { logits, targets, _ in
        PCE.loss(logits: logits, targets: targets, configuration: configuration)
      }
    },
    Entry(
      "aul", "asymmetric unhinged loss, ((a - p_y)^q - (a - 1)^q) / q",
      options: [.number("a", 5.5, .offset, "offset"), .number("q", 3, .exponent, "exponent")]
    ) { values in
      let configuration = AUL.Configuration(a: values["a"], q: values["q"])
      return { logits, targets, _ in
        AUL.loss(logits: logits, targets: targets, configuration: configuration)
      }
    },
    Entry(
      "nce-aul", "normalised cross-entropy with the asymmetric unhinged loss, alpha NCE + beta AUL",
      options: [
        .number("alpha", 1, .weight, "weight of NCE"), .number("beta", 4, .weight, "weight of AUL"),
        .number("a", 6.3, .offset, "offset"), .number("q", 1.5, .exponent, "exponent"),
      ]
    ) { values in
      let configuration = NCEAUL.Configuration(
        alpha: values["alpha"], beta: values["beta"], a: values["a"], q: values["q"])
      return { logits, targets, _ in
        NCEAUL.loss(logits: logits, targets: targets, configuration: configuration)
      }
    },
    Entry(
      "celc", "cross-entropy of logits clipped to the 2-norm delta",
      options: [.number("delta", 1 / 1.5, .above(0, to: 1e6), "largest norm of the logits")]
    ) { values in
      let configuration = CELC.Configuration(delta: values["delta"])
      return { logits, targets, _ in
        CELC.loss(logits: logits, targets: targets, configuration: configuration)
      }
    },
    Entry(
      "elr", "early-learning regularisation, -log p_y + lambda log(1 - <t, p>)",
      options: [.number("lambda", 3, .weight, "weight of the regularisation")],
      state: "the memory t as an n x C float32 array, each row non-negative with a sum of at most 1"
    ) { values in
      // The state is taken as it is, so that the share that a step would keep of it has no effect.
      let configuration = ELR.Configuration(beta: 0.7, lambda: values["lambda"])
      return { logits, targets, state in
        guard let state else { preconditionFailure("elr needs a state") }
        return ELR.loss(
          logits: logits, targets: targets, memory: state, configuration: configuration)
      }
    },
  ]

  /// The loss of a name.
  ///
  /// - Parameters:
  ///   - name: The name of one of ``entries``.
  ///   - options: Values of the loss's options; those that are not named take their defaults.
  ///   - state: The state, for the losses that take one.
  /// - Returns: Per-sample losses (n) of logits (n x C) and targets (n, int64).
  /// - Throws: ``LossError`` that says what is allowed.
  public static func loss(
    _ name: String, options: [(key: String, value: String)] = [], state: Tensor? = nil
  ) throws -> (Tensor, Tensor) -> Tensor {
    guard let entry = entries.first(where: { $0.name == name.lowercased() }) else {
      throw LossError(
        "unknown loss '\(name)'; the losses are \(entries.map(\.name).joined(separator: ", "))")
    }
    let values = try LossOption.Values(options, of: entry)
    try check(state, of: entry)
    let loss = entry.make(values)
    return { logits, targets in loss(logits, targets, state) }
  }

  /// Checks that tensors fit together before a loss is evaluated on them.
  ///
  /// - Parameters:
  ///   - logits: Finite floating-point numbers, n x C with C of at least 2.
  ///   - targets: Class indices below C, n, int64.
  ///   - state: What the loss takes as its state, n x C.
  /// - Throws: ``LossError`` that says what was expected and what was found.
  public static func check(logits: Tensor, targets: Tensor, state: Tensor? = nil) throws {
    let isNumber = logits.type == .float32 || logits.type == .float64
    guard isNumber, logits.rank == 2, logits.shape[0] > 0, logits.shape[1] > 1 else {
      throw LossError("logits: expected floats of n x C, C at least 2, found \(logits.summary)")
    }
    guard (logits.detached() * 0).sum().item() == 0 else {
      throw LossError("logits: expected finite numbers, found an infinity or not a number")
    }
    let (samples, classes) = (logits.shape[0], logits.shape[1])
    guard targets.type == .int64, targets.shape == [samples] else {
      throw LossError("labels: expected int64[\(samples)], found \(targets.summary)")
    }
    if let bad = targets.array(of: Int.self).first(where: { !(0..<classes).contains($0) }) {
      throw LossError("labels: expected 0 to \(classes - 1), found \(bad)")
    }
    if let state, state.shape != logits.shape {
      throw LossError("state: expected the logits' shape \(logits.shape), found \(state.shape)")
    }
  }

  private static func check(_ state: Tensor?, of entry: Entry) throws {
    guard let expected = entry.state else {
      if state != nil { throw LossError("\(entry.name) takes no state") }
      return
    }
    guard let state else { throw LossError("\(entry.name) needs a state: \(expected)") }
    let isNumber = state.type == .float32 || state.type == .float64
    guard isNumber, state.rank == 2, state.count > 0 else {
      throw LossError("\(entry.name) needs a state: \(expected), found \(state.summary)")
    }
    let values = state.to(.float64, on: .cpu).array(of: Double.self)
    let classes = state.shape[1]
    for row in 0..<state.shape[0] {
      let entries = values[(row * classes)..<((row + 1) * classes)]
      let sum = entries.reduce(0, +)
      guard entries.allSatisfy({ $0 >= 0 }), sum <= 1 + roundingOfSums else {
        throw LossError(
          "\(entry.name) needs a state: \(expected), found a row \(row) with a sum of \(sum)"
            + " and a least value of \(entries.min() ?? 0)")
      }
    }
  }

  /// By how much the sum of a row of float32 shares may exceed 1.
  private static let roundingOfSums = 1e-5
}
