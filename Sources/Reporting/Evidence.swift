/// What a verdict rests on, under one reporting protocol.
public struct Evidence: Codable, Hashable, Sendable {
  /// The comparison in one column, or along one step between columns, with the hardest rival.
  public struct Setting: Codable, Hashable, Sendable {
    /// The column's name, or the step's.
    public var name: String
    /// The rival that decides; nil when the rule has none.
    public var rival: String?
    /// The number of seeds, or of pairs of runs that share a seed.
    public var n: Int
    /// The mean difference as a fraction, ours minus the rival's or the published one's.
    public var effect: Double?
    /// The lower end of the 95 % interval of the difference.
    public var lower: Double?
    /// The upper end of the 95 % interval of the difference.
    public var upper: Double?
    /// The test's statistic against the claim's threshold.
    public var statistic: Double?
    /// The degrees of freedom of the statistic.
    public var degreesOfFreedom: Double?
    /// The deciding p-value that the claim holds here, against all rivals, uncorrected.
    public var p: Double?
    /// The exact sign-flip p-value of the same comparison; with three pairs it cannot be below 1/8.
    public var exactP: Double?
  }

  /// A measured quantity, or the difference of two, beside the bound that it must keep.
  public struct Reading: Codable, Hashable, Sendable {
    /// What was measured.
    public var name: String
    /// The unit; empty for a plain number.
    public var unit: String
    /// The bound in words, such as `above 0.5`.
    public var bound: String
    /// The number of seeds.
    public var n: Int
    /// Whether it has no spread over seeds, so that its value alone decides.
    public var isExact: Bool
    /// The mean over seeds.
    public var mean: Double?
    /// The lower end of the 95 % interval of the mean.
    public var lower: Double?
    /// The upper end of the 95 % interval of the mean.
    public var upper: Double?
    /// The p-value that the bound is kept, uncorrected; 0 or 1 when the value alone decides.
    public var p: Double?
  }

  /// A p-value before and after Holm's correction over the claims of the report.
  public struct PValue: Codable, Hashable, Sendable {
    /// Before the correction.
    public var raw: Double
    /// After the correction.
    public var adjusted: Double
  }

  /// The protocol's name.
  public var protocolName: String
  /// Whether test labels chose an epoch for any number here.
  public var usesTestLabels: Bool
  /// The deciding test, with its assumption.
  public var test: String
  /// The settings, in order of the rule.
  public var settings: [Setting]
  /// How many settings support the claim by their means.
  public var supporting: Int
  /// The p-value that the claim holds.
  public var holds: PValue?
  /// The p-value that the opposite order holds.
  public var reversed: PValue?
  /// The p-value that the claimed effect is absent.
  public var absent: PValue?
  /// Further tests that do not decide, in words.
  public var besides: [String]
  /// The cells.
  public var cells: [CellAddress]
  /// The short identifiers of the runs, sorted.
  public var runs: [String]
  /// The measured quantities, in order of the rule; nil for a rule about accuracies.
  public var readings: [Reading]?
  /// The look that the test is of, where claims are looked at again as seeds are added; else nil.
  public var look: LookSchedule.Look?
}
