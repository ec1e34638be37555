import EchoAlignPaper
import Reporting

/// The claims of the paper that rest on Figure 7, declared before any measurement.
enum Figure7Claims {
  static let all: [PaperClaim] =
    [
      EchoAlignTable.claim(
        "33-characteristic", "the fundamental attributes of the instances are altered",
        "appendix E, Figure 7a",
        .quantities([QuantityTest(quantity: "lost/all", relation: .above(0.01))]),
        remark:
          "Read as: of a hundred modified images more than one is less similar to its original than unrelated originals "
          + "are in the median."),
      EchoAlignTable.claim(
        "33-cause",
        "majorly due to the gap between the intrinsic features of the original instances and the noise labels",
        "appendix E",
        .quantities([
          QuantityTest(quantity: "lost/wrong", relation: .exceeds("lost/right", by: 0))
        ]),
        remark: "Read as: it happens more often to wrongly labelled samples."),
      EchoAlignTable.claim(
        "33-distribution",
        "the statistical distribution of the modified instances deviates from the original data distribution",
        "appendix E, Figures 7b and 7c",
        .quantities([
          QuantityTest(quantity: "shift", relation: .above(0)),
          QuantityTest(quantity: "shift", relation: .exceeds("shift/control", by: 0)),
        ]),
        remark:
          "A lower bound of the divergence between features of X and X′; the figure itself shows only networks' views of "
          + "other images."),
    ]
    + EchoAlignTable.ours.map { row, name in
      EchoAlignTable.claim(
        "34-\(row)",
        "shows the changes in instance distribution before and after using EchoAlign, showcasing the effectiveness of our method",
        "appendix E, Figures 7b and 7c",
        .quantities(
          ["silhouette", "purity"].map { measure in
            QuantityTest(
              quantity: "\(measure)/\(row)",
              relation: .exceeds("\(measure)/\(RepresentationStudy.baseline)", by: 0))
          }),
        remark:
          "For \(name). Read as: classes of test images keep together better than under CE, by silhouette and by "
          + "neighbours, both in the representations and not in the plane.")
    }
}
