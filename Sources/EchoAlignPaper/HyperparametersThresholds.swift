import Experiments
import LabelNoise
import Methods
import Reporting
import RunStore

extension HyperparametersReport {
  /// The forms of EchoAlign that select originals.
  private static let selecting = ["echoalign-a", "echoalign-b", "echo-selection"]

  /// How a method selects originals under a noise: a fixed similarity, or something else.
  private static func selection(
    _ method: String, _ noise: NoiseModel
  ) throws -> (threshold: Double?, text: String) {
    guard let entry = MethodCatalog.entry(method) else { return (nil, "–") }
    let setting = MethodSetting(noise: noise, classes: 10, isReduced: false)
    let values = try Hyperparameters(entry.configuration(for: setting))
    guard values["selector"] == "similarity" else { return (nil, "small loss, no threshold") }
    guard let text = values["threshold fixed"] else { return (nil, "found from the data") }
    return (Double(text), text)
  }

  /// The printed threshold of a noise: of 30 %, or of 45 and 50 %.
  private static func printed(_ noise: NoiseModel, _ published: PublishedNumbers) -> Double? {
    let percent = Int((100 * noise.nominalRate).rounded())
    return published.value(
      table: "5", "all", "noise-\(percent)", "EchoSelect", "similarity_threshold")
  }

  /// Claim 26: the thresholds in use beside the printed ones.
  static func thresholds(_ published: PublishedNumbers) throws -> Listing {
    Listing(
      id: "thresholds", caption: "The similarity above which EchoSelect keeps an original.",
      header: ["Noise", "Printed"] + selecting.compactMap { MethodCatalog.entry($0)?.displayName },
      rows: try HyperparameterRow.noises.map { noise in
        [
          noise.displayName,
          printed(noise, published).map { PlainNumber.text($0) } ?? "–",
        ] + (try selecting.map { try selection($0, noise).text })
      },
      note:
        "EchoAlign B selects as the released code does, which under symmetric noise looks at losses; its README gives 0.52 "
        + "for instance-50 and 0.43 for CIFAR-10N, its command line 0.5 where none is given.")
  }

  /// What claims are judged on, and the protocol of the paper profile beside the printed one.
  static func quantities(_ published: PublishedNumbers) throws -> [Quantity] {
    let shares = try ["echoalign-a", "echoalign-b"].map { method in
      let agreeing = try HyperparameterRow.noises.count { noise in
        try selection(method, noise).threshold.map { $0 == printed(noise, published) } ?? false
      }
      let name = MethodCatalog.entry(method)?.displayName ?? method
      return Quantity(
        exact: Double(agreeing) / Double(HyperparameterRow.noises.count),
        id: thresholdShare(method),
        name: "Share of Table 1's noises in which \(name) uses the printed threshold")
    }
    let table = PrintedProtocol(published: published)
    let columns = HyperparametersProtocol.all.filter(\.profile.isPaperScale)
    let settings = columns.flatMap { column in
      HyperparametersProtocol.Row.allCases.compactMap { row -> Quantity? in
        guard let metric = row.metric, let number = column.number(row) else { return nil }
        return Quantity(
          exact: number, id: "paper-profile/\(column.benchmark.paperDataset)/\(metric)",
          name: "\(row.rawValue) of the paper profile, \(column.benchmark.paperDataset)",
          publishedValue: table.number(metric, column.benchmark.paperDataset))
      }
    }
    return shares + settings
  }

  /// The identifier of the share of noises in which a method uses the printed threshold.
  static func thresholdShare(_ method: String) -> String { "printed-threshold/\(method)" }
}

/// The claims about hyperparameters and set-up, declared beforehand.
enum HyperparametersClaims {
  static let all: [PaperClaim] = [
    thresholds(
      "26-algorithm", "echoalign-a", "EchoAlign A, Algorithm 1 with the thresholds of appendix C."),
    thresholds(
      "26-code", "echoalign-b",
      "EchoAlign B, the released code: under symmetric noise it selects by small loss and has no threshold."
    ),
    inconsistent(
      "37", "We applied 30% and 50% symmetric noise as well as 45% pairflip noise", "section 5.1",
      "instance-dependent noise of 30 and 50 %, which all tables use, is left out of the list"),
    inconsistent(
      "38", "parameter settings were kept consistent with previous studies", "section 5.1",
      "part of the baseline numbers is taken from a study with learning rate 0.01, weight decay 0.001, other milestones, a stem "
        + "without padding and ResNet-50 for CIFAR-100, none of which is the printed protocol"),
    inconsistent(
      "41", "identifying and retaining only the most reliable modified instances", "section 4.2",
      "section 4.2 keeps reliable modified images, Algorithm 1 originals above and modified images below the threshold, appendix "
        + "G originals most like their modified ones; the code keeps all modified images"),
    inconsistent(
      "42", "training samples 45,000; samples selected out of 50,000", "Tables 4 and 5, Figure 5a",
      "45,000 training samples in Table 5, 50,000 in Table 4 and Figure 5a, and 45,000 with the kept originals besides in "
        + "the code"),
  ]

  private static func thresholds(_ number: String, _ method: String, _ remark: String) -> PaperClaim
  {
    EchoAlignTable.claim(
      number, "0.4 for all cases with 30% noise, and 0.52 for cases with 45% and 50% noise",
      "appendix C", dataset: "",
      .quantities([
        .init(
          quantity: HyperparametersReport.thresholdShare(method),
          relation: .within(lower: 1, upper: 1))
      ]), remark: remark)
  }

  private static func inconsistent(
    _ number: String, _ words: String, _ place: String, _ reason: String
  ) -> PaperClaim {
    EchoAlignTable.claim(number, words, place, dataset: "", .inconsistent(reason: reason))
  }
}
