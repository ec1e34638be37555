// EchoAlign, Figure 7: characteristic shift, and representations in the plane.
//
// Paper: "Can We Treat Noisy Labels as Accurate?", arXiv 2405.12969v1, Figure 7 and appendix E.
// Command: make figure7 (quick profile, three seeds); its runs are those of Table 1.
// Cost: two minutes on two cores at the quick profile once Table 1 has run, less after Figure 5.
// Expected: some modified images lose their originals; classes keep together better in EchoAlign's representations.
// Differences: examples are chosen by lowest similarity and not by hand; the captions of b and c are read as the text reads them.

import EchoAlignPaper
import Experiments
import LabelNoise
import Methods
import Reporting
import Reproduction
import RunStore

enum Figure7: Reproduction {
  static let identifier = "echoalign-figure7"
  static let title = "EchoAlign, Figure 7"
  static let methods = [RepresentationStudy.baseline, "echoalign-a", "echoalign-b"]
    .compactMap(MethodCatalog.entry)

  static func columns(of profile: Profile) -> [TableColumn] {
    TableColumn.columns(
      of: profile, datasets: ["CIFAR-10"], noises: [.instance(InstanceDependentNoise(rate: 0.5))])
  }

  static func analyses(of request: Request) throws -> [Analysis] {
    ShiftStudy.analyses(of: request) + (try RepresentationStudy.analyses(of: request))
  }

  static func report(_ request: Request, results: ResultSet, store: RunStore) throws -> Report {
    let shift = try ShiftStudy(request, store: store)
    let representations = try RepresentationStudy(request, store: store)
    var content = EchoAlignItem.Content()
    content.results = results
    content.quantities = shift.quantities + representations.quantities
    content.listings = [representations.listing].compactMap { $0 }
    content.figures = [
      shift.figure(classNames: representations.classNames), representations.figure,
    ].compactMap { $0 }
    content.notes = shift.notes + representations.notes
    return try EchoAlignItem(
      identifier: identifier, name: "Figure 7", introduction: introduction,
      claims: Figure7Claims.all, usesGenerator: true
    ).report(request, content, analyses: try analyses(of: request), store: store)
  }

  private static let introduction = [
    "What modification can spoil, under 50 % instance-dependent noise: the single image (characteristic shift) and the "
      + "distribution of images (distribution shift); and how the networks that CE and EchoAlign train represent the test "
      + "images."
  ]
}

@main
enum Main {
  static func main() { ReproductionCommand<Figure7>.execute() }
}
