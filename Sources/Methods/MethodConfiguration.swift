import Training

/// A method with all its hyperparameters; part of a run's specification.
public enum MethodConfiguration: Codable, Hashable, Sendable {
  /// ``CrossEntropy``.
  case crossEntropy(CrossEntropy.Configuration)
  /// ``APL``.
  case apl(APL.Configuration)
  /// ``PCE``.
  case pce(PCE.Configuration)
  /// ``AUL``.
  case aul(AUL.Configuration)
  /// ``NCEAUL``.
  case nceAUL(NCEAUL.Configuration)
  /// ``CELC``.
  case celc(CELC.Configuration)
  /// ``GCE``.
  case gce(GCE.Configuration)
  /// ``ELR``.
  case elr(ELR.Configuration)
  /// ``TRevision``.
  case tRevision(TRevision.Configuration)
  /// ``HOCForward``.
  case hocForward(HOCForward.Configuration)
  /// ``JointOptimization``.
  case joint(JointOptimization.Configuration)
  /// ``CoTeaching``.
  case coTeaching(CoTeaching.Configuration)
  /// ``SIGUA``.
  case sigua(SIGUA.Configuration)
  /// ``CoDis``.
  case coDis(CoDis.Configuration)
  /// ``BLTM``.
  case bltm(BLTM.Configuration)
  /// ``EchoAlign``.
  case echoAlign(EchoAlign.Configuration)

  /// The catalogue's identifier of the method.
  public var identifier: String {
    switch self {
    case .crossEntropy(let recipe): recipe.samples == .external ? "external-only" : "ce"
    case .apl(let recipe): "apl-nce-\(recipe.passive.rawValue)"
    case .pce: "pce"
    case .aul: "aul"
    case .nceAUL: "nce-aul"
    case .celc: "celc"
    case .gce: "gce"
    case .elr: "elr"
    case .tRevision: "t-revision"
    case .hocForward: "hoc-forward"
    case .joint: "joint"
    case .coTeaching: "co-teaching"
    case .sigua: "sigua"
    case .coDis: "co-dis"
    case .bltm: "bltm"
    case .echoAlign(let recipe):
      switch recipe.variant {
      case .paper: "echoalign-a"
      case .released: "echoalign-b"
      case .modificationOnly: "echo-modification"
      case .selectionOnly: "echo-selection"
      }
    }
  }

  /// The hyperparameters of whichever method it is.
  public var recipe: any MethodRecipe {
    switch self {
    case .crossEntropy(let recipe): recipe
    case .apl(let recipe): recipe
    case .pce(let recipe): recipe
    case .aul(let recipe): recipe
    case .nceAUL(let recipe): recipe
    case .celc(let recipe): recipe
    case .gce(let recipe): recipe
    case .elr(let recipe): recipe
    case .tRevision(let recipe): recipe
    case .hocForward(let recipe): recipe
    case .joint(let recipe): recipe
    case .coTeaching(let recipe): recipe
    case .sigua(let recipe): recipe
    case .coDis(let recipe): recipe
    case .bltm(let recipe): recipe
    case .echoAlign(let recipe): recipe
    }
  }
}
