// EchoAlign, Figure 3: the similarities of rightly and wrongly labelled samples.
//
// Paper: "Can We Treat Noisy Labels as Accurate?", arXiv 2405.12969v1, Figure 3.
// Command: make figure3 (quick profile, three seeds); shares all measurements with Table 4.
// Cost: about two minutes on two cores at the quick profile once Table 1 has run; none after Table 4.
// Expected: rightly labelled samples have higher similarities; p far below 0.001.
// Differences: features of a classifier trained on outside images instead of CLIP's.

import EchoAlignPaper
import Experiments
import LabelNoise
import Methods
import Reporting
import Reproduction
import RunStore

enum Figure3: Reproduction {
  static let identifier = "echoalign-figure3"
  static let title = "EchoAlign, Figure 3"
  static let methods = [SelectionSamples.rival].compactMap(MethodCatalog.entry)
  static let noises: [NoiseModel] = [.instance(InstanceDependentNoise(rate: 0.3))]

  static func columns(of profile: Profile) -> [TableColumn] {
    TableColumn.columns(of: profile, datasets: ["CIFAR-10"], noises: noises)
  }

  static func analyses(of request: Request) throws -> [Analysis] {
    try SelectionSamples.analyses(of: request)
  }

  static func report(_ request: Request, results: ResultSet, store: RunStore) throws -> Report {
    try EchoAlignItem(
      identifier: identifier, name: "Figure 3", introduction: introduction, claims: claims,
      usesGenerator: true
    ).report(
      request, try SelectionSimilarities(request, store: store).content,
      analyses: try analyses(of: request), store: store)
  }

  private static let introduction = [
    "The cosine of the features of each training image and of its modified image, for samples whose noisy label is right and "
      + "for those whose label is wrong. EchoSelect keeps the samples with the highest similarities.",
    "The dashed line marks the similarity above which as many samples lie as BLTM keeps at 96 % selection accuracy; the yellow "
      + "band reaches down to where EchoSelect itself is 96 % accurate. Whether the band exists is judged in Table 4.",
  ]

  /// The claims of the paper that rest on Figure 3, declared before any measurement.
  static let claims = [
    EchoAlignTable.claim(
      "03",
      "Clean samples generally exhibit higher similarity between features of original and modified images",
      "section 3, Figure 3",
      .quantities([
        QuantityTest(quantity: "mean-difference", relation: .above(0)),
        QuantityTest(quantity: "auc", relation: .above(0.5)),
      ]),
      remark:
        "A rightly labelled sample is the more similar one in more than half of all pairs, and on average."
    ),
    EchoAlignTable.claim(
      "04",
      "the Kolmogorov-Smirnov test confirmed significant differences in the distributions (p-value < 0.001)",
      "section 3, Figure 3",
      .quantities([QuantityTest(quantity: "ks-log10-p", relation: .below(-3))]),
      remark:
        "Tested for each seed; the mean logarithm must be below −3. With so many samples almost any difference "
        + "passes: D and AUC stand beside."),
  ]
}

@main
enum Main {
  static func main() { ReproductionCommand<Figure3>.execute() }
}
