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
