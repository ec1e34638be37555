import Foundation
import Plotting
import RunStore

@testable import Reporting

extension Samples {
  static let profile = ProfileFacts(
    name: "quick", isPaperScale: false,
    dataSets: ["CIFAR-10": "Fashion-MNIST, 20,000 images"],
    differences: [
      .init(topic: "Data", paper: "CIFAR-10, 50,000 images", here: "Fashion-MNIST, 20,000 images"),
      .init(topic: "Network", paper: "ResNet-18", here: "small CNN"),
      .init(topic: "Epochs", paper: "200", here: "20"),
    ])

  static let paperProfile = ProfileFacts(
    name: "paper", isPaperScale: true, dataSets: ["CIFAR-10": "CIFAR-10"], differences: [])

  /// Some published numbers, in the file's own form.
  static let publishedCSV = """
    table,dataset,condition,method,metric,value,std
    1,CIFAR-10,symmetric-30,CE,test_accuracy_percent,73.17,1.13
    1,CIFAR-10,symmetric-50,CE,test_accuracy_percent,52.59,0.70
    1,CIFAR-10,pairflip-45,CE,test_accuracy_percent,51.49,0.42
    1,CIFAR-10,instance-30,CE,test_accuracy_percent,71.56,0.19
    1,CIFAR-10,instance-50,CE,test_accuracy_percent,49.20,0.42
    1,CIFAR-10,symmetric-30,Co-teaching,test_accuracy_percent,88.93,0.56
    1,CIFAR-10,symmetric-50,Co-teaching,test_accuracy_percent,74.02,0.04
    1,CIFAR-10,pairflip-45,Co-teaching,test_accuracy_percent,84.19,0.68
    1,CIFAR-10,instance-30,Co-teaching,test_accuracy_percent,87.07,0.35
    1,CIFAR-10,instance-50,Co-teaching,test_accuracy_percent,60.09,3.31
    1,CIFAR-10,symmetric-30,EchoAlign,test_accuracy_percent,90.98,0.20
    1,CIFAR-10,symmetric-50,EchoAlign,test_accuracy_percent,87.95,0.12
    1,CIFAR-10,pairflip-45,EchoAlign,test_accuracy_percent,87.42,0.11
    1,CIFAR-10,instance-30,EchoAlign,test_accuracy_percent,89.18,0.20
    1,CIFAR-10,instance-50,EchoAlign,test_accuracy_percent,77.81,0.30

    """

  static func published() throws -> [CellAddress: PublishedValue] {
    try PublishedTable(csv: publishedCSV, path: "published.csv").cells(
      table: "1", dataset: "CIFAR-10",
      methods: ["ce": "CE", "co-teaching": "Co-teaching", "echoalign-b": "EchoAlign"],
      conditions: Dictionary(uniqueKeysWithValues: columns.map { ($0.id, $0.id) }))
  }

  static func claim(
    _ id: String, _ rule: ClaimRule, scale: PaperClaim.Scale = .anyProfile,
    dataset: String = "CIFAR-10", quotation: String = "a claim", remark: String? = nil
  ) -> PaperClaim {
    PaperClaim(
      id: id, quotation: quotation, place: "section 5.2, Table 1", version: "arXiv 2405.12969v1",
      dataset: dataset, rule: rule, scale: scale, remark: remark)
  }

  /// One claim of each kind.
  static let claims: [PaperClaim] = {
    let rivals = ["ce", "apl-nce-rce", "co-teaching"]
    let all = columns.map(\.id)
    return [
      claim(
        "echoalign-06",
        .orderOverFamily(
          row: "echoalign-b", over: rivals, columns: all, atLeast: 4, relevant: 0.005),
        quotation: "state-of-the-art performance under nearly all conditions"),
      claim(
        "echoalign-07",
        .order(row: "echoalign-b", over: rivals, column: "instance-50", relevant: 0.005),
        quotation: "significantly outperforms at instance-dependent 50 %"),
      claim(
        "echoalign-09",
        .value(row: "echoalign-b", columns: ["instance-30"], tolerance: 0.01),
        scale: .paperProfile, quotation: "89.18 ± 0.20"),
      claim(
        "echoalign-10",
        .gain(row: "echoalign-a", over: ["ce"], column: "symmetric-50", atLeast: 0.02),
        quotation: "improves on cross-entropy by a large margin"),
      claim(
        "echoalign-11", .smallestSpread(row: "echoalign-b", over: rivals, columns: all),
        quotation: "standard deviations within floating-point precision",
        remark: "Meaningless as worded; read as: ours is the smallest of each column."),
      claim(
        "echoalign-12",
        .trend(
          row: "echoalign-b", over: rivals,
          steps: [
            .init(from: "symmetric-30", to: "symmetric-50"),
            .init(from: "instance-30", to: "instance-50"),
          ], relevant: 0.005),
        quotation: "gains grow with the noise rate"),
      claim(
        "echoalign-08", .inconsistent(reason: "Table 1 has no column of 45 % symmetric noise"),
        dataset: "CIFAR-100", quotation: "45 % symmetric noise on CIFAR-100"),
      claim(
        "echoalign-06b",
        .order(row: "echoalign-b", over: rivals, column: "symmetric-30", relevant: 0.005),
        dataset: "CIFAR-100", quotation: "nearly all conditions on CIFAR-100"),
    ]
  }()

  /// The files of the report on the complete frozen runs, without figures; made once.
  static let plainFiles = Result {
    try ReportWriter().files(of: try report(try frozen(), figures: false))
  }

  /// The files of the same report with its figures; made once.
  static let illustratedFiles = Result { try ReportWriter().files(of: try report(try frozen())) }

  /// A whole report on the frozen runs.
  static func report(
    _ results: ResultSet, title: String = "EchoAlign, Table 1", figures: Bool = true
  ) throws -> Report {
    let published = try published()
    let judge = ClaimJudge(
      profile: profile, headline: .bestOnNoisyValidation,
      otherProtocols: [
        ReportingProtocol(
          id: "ours-best-rest-last", name: "EchoAlign at its best test epoch, others at the last",
          rule: .lastEpoch, overrides: ["echoalign-a": .bestOnTest, "echoalign-b": .bestOnTest])
      ])
    let table = MeasuredTable(
      id: "table1", caption: "Test accuracy under label noise", results: results,
      rule: .bestOnNoisyValidation, published: published, isComparable: false)
    let audit = NoiseAuditSection(results: results)
    var pictures: [ReportFigure] = []
    if figures {
      pictures = [ReportFigure.groupedBars(table)]
      if let scatter = ReportFigure.publishedAgainstMeasured(table) { pictures.append(scatter) }
      if let map = ReportFigure.differenceMap(table) { pictures.append(map) }
      if let curves = ReportFigure.learningCurves(results) { pictures.append(curves) }
      pictures += ReportFigure.noiseMatrices(audit)
    }
    return Report(
      id: "echoalign-table1", title: title,
      paper: Report.Paper(
        title: "Can We Treat Noisy Labels as Accurate?", version: "arXiv 2405.12969v1",
        item: "Table 1"),
      introduction: ["A reproduction on frozen sample runs; no number here was measured."],
      command: "make table1", profile: profile,
      regime: RegimeNote(results: results, row: "ce", column: "symmetric-50"), results: results,
      tables: [table], figures: pictures,
      judgements: judge.judge(claims, on: results, published: published), alpha: judge.alpha,
      lens: ProtocolLens(results: results, published: published, isComparable: false),
      audit: audit,
      register: [
        CodeDifference(
          topic: "Training set", paper: "originals kept plus images modified, 45,000",
          code: "originals kept plus all modified images, weighted",
          followed: "both, as variants A and B"),
        CodeDifference(
          topic: "Reported epoch", paper: "not stated", code: "maximum over test epochs",
          followed: "best on noisy validation; the lens shows the rest",
          effect: "see the protocol lens"),
      ], notes: ["Thresholds are those of the paper's appendix C."])
  }
}
