import Foundation
import Methods
import RunStore
import TestSupport
import Testing
import Torch

@Suite struct LossCatalogTests {
  private static let names = ["ce", "gce", "apl", "pce", "aul", "nce-aul", "celc", "elr"]

  private func message(_ body: () throws -> Void) -> String? {
    do {
      try body()
      return nil
    } catch {
      return (error as? LossError)?.description ?? "another error: \(error)"
    }
  }

  private func refusal(
    _ name: String, _ options: KeyValuePairs<String, String> = [:], state: Tensor? = nil
  ) -> String? {
    message {
      _ = try LossCatalog.loss(
        name, options: options.map { (key: $0.key, value: $0.value) }, state: state)
    }
  }

  @Test func entriesAreWellFormed() {
    #expect(LossCatalog.entries.map(\.name) == Self.names)
    for entry in LossCatalog.entries {
      #expect(!entry.meaning.isEmpty && !entry.meaning.contains("\n"))
      #expect(Set(entry.options.map(\.name)).count == entry.options.count)
      #expect(entry.options.allSatisfy { !$0.meaning.isEmpty && !$0.allowed.isEmpty })
      #expect((entry.state != nil) == (entry.name == "elr"))
    }
  }

  /// The defaults are the methods' own for CIFAR-10, and each default is itself allowed.
  @Test func defaultsAreTheSettingsForCIFAR10() throws {
    let defaults = Dictionary(
      uniqueKeysWithValues: LossCatalog.entries.map { entry in
        (entry.name, entry.options.map { "\($0.name)=\($0.defaultValue)" })
      })
    #expect(
      defaults == [
        "ce": [], "gce": ["q=0.7"], "apl": ["combination=nce-rce", "alpha=1", "beta=1"],
        "pce": ["tau=2"], "aul": ["a=5.5", "q=3"],
        "nce-aul": ["alpha=1", "beta=4", "a=6.3", "q=1.5"],
        "celc": ["delta=0.6666666666666666"], "elr": ["lambda=3"],
      ])
    let (logits, targets) = (HandBatch.logits, Tensor.from(HandBatch.targets, shape: [2]))
    let own: [String: Tensor] = [
      "gce": GCE.loss(logits: logits, targets: targets, configuration: .paper(classes: 10)),
      "apl": APL.loss(
        logits: logits, targets: targets,
        configuration: .paper(.reverseCrossEntropy, classes: 10)),
      "pce": PCE.loss(logits: logits, targets: targets, configuration: .paper(classes: 10)),
      "aul": AUL.loss(logits: logits, targets: targets, configuration: .paper(classes: 10)),
      "nce-aul": NCEAUL.loss(logits: logits, targets: targets, configuration: .paper(classes: 10)),
      "celc": CELC.loss(logits: logits, targets: targets, configuration: .paper(classes: 10)),
      "elr": ELR.loss(
        logits: logits, targets: targets, memory: .full(0.25, shape: [2, 3]),
        configuration: .released(classes: 10, isSymmetric: true)),
    ]
    for entry in LossCatalog.entries where entry.name != "ce" {
      let state = entry.state.map { _ in Tensor.full(0.25, shape: [2, 3]) }
      let named = entry.options.map { (key: $0.name, value: $0.defaultValue) }
      for options in [[], named] {
        let found = try LossCatalog.loss(entry.name, options: options, state: state)(
          logits, targets)
        #expect(
          found.array(of: Double.self) == own[entry.name]?.array(of: Double.self), "\(entry.name)")
      }
    }
  }

  @Test(arguments: names) func matchesPyTorch(_ name: String) throws {
    try expectReference(name) { fixture, expected in
      try LossCatalog.loss(
        name.uppercased(), options: expected.options.map { (key: $0.key, value: $0.value) },
        state: name == "elr" ? fixture.memoryTensor : nil)
    }
  }

  /// Values and gradients stay finite in float32 at the ends of every option's range.
  @Test func extremesAreFinite() throws {
    let extremes: [(String, [String: [String]])] = [
      ("gce", ["q": ["1e-300", "1e-5", "1"]]),
      (
        "apl",
        ["combination": ["nce-rce", "nce-mae"], "alpha": ["0", "1e6"], "beta": ["0", "1e6"]]
      ),
      ("pce", ["tau": ["1.0000001", "1e6"]]),
      ("aul", ["a": ["1.0000000000000003", "1000"], "q": ["1e-300", "0.5", "10"]]),
      ("nce-aul", ["a": ["1.0000000000000003", "1000"], "q": ["1e-300", "10"]]),
      ("celc", ["delta": ["1e-300", "1e-20", "1e-3", "1e6"]]),
      ("elr", ["lambda": ["0", "1e6"]]),
    ]
    for (name, options) in extremes {
      var settings: [[(key: String, value: String)]] = [[]]
      for (key, values) in options {
        settings = settings.flatMap { known in values.map { known + [(key: key, value: $0)] } }
      }
      for fixture in try LossReference.load().cases {
        // A memory that agrees entirely with a certain prediction.
        let ones = fixture.targets.flatMap { _ in (0..<fixture.classes).map { $0 == 0 ? 1.0 : 0 } }
        for setting in settings {
          let loss = try LossCatalog.loss(
            name, options: setting,
            state: name == "elr" ? .from(ones, shape: fixture.shape) : nil)
          let found = evaluate(
            loss, logits: fixture.logits, targets: fixture.targets, in: .float32)
          #expect(
            found.values.allSatisfy { $0.isFinite } && found.gradient.allSatisfy { $0.isFinite },
            "\(name) \(setting): \(found)")
        }
      }
    }
  }

  @Test func unknownNamesListTheKnown() {
    #expect(
      refusal("focal")
        == "unknown loss 'focal'; the losses are ce, gce, apl, pce, aul, nce-aul, celc, elr")
    #expect(
      refusal("apl", ["gamma": "1"])
        == "apl has no option 'gamma'; its options are combination, alpha, beta")
    #expect(refusal("ce", ["q": "1"]) == "ce has no option 'q'; it takes none")
    #expect(
      refusal("gce", ["q": "0.5", "q": "0.6"]) == "gce: the option 'q' is given twice")
  }

  @Test(arguments: [
    ("gce", "q", ["0", "-0.1", "1.01", "nan", "inf", "", "x", "0,5"]),
    ("pce", "tau", ["1", "0.5", "-2", "1e7", "nan", "inf"]),
    ("aul", "a", ["1", "0.9", "1e9"]), ("aul", "q", ["0", "-1", "11", "nan"]),
    ("nce-aul", "a", ["1"]), ("nce-aul", "beta", ["-1"]),
    ("celc", "delta", ["0", "-1", "nan", "inf"]),
    ("apl", "alpha", ["-0.1", "nan", "1e7"]), ("apl", "combination", ["rce", "NCE-RCE", ""]),
    ("elr", "lambda", ["-1", "nan"]),
  ])
  func badValuesAreAnsweredWithTheRange(_ name: String, _ option: String, _ values: [String]) {
    let allowed = LossCatalog.entries.first { $0.name == name }?.options
      .first { $0.name == option }?.allowed
    for value in values {
      #expect(
        refusal(name, [option: value], state: name == "elr" ? .zeros([1, 2]) : nil)
          == "\(name): \(option) must be \(allowed ?? "-"), found '\(value)'")
    }
  }

  @Test func rangesInWords() {
    let allowed = LossCatalog.entries.map { $0.options.map(\.allowed) }
    #expect(
      allowed == [
        [], ["a number above 0 and at most 1"],
        ["one of nce-rce, nce-mae", "a number from 0 to 1000000", "a number from 0 to 1000000"],
        ["a number above 1 and at most 1000000"],
        ["a number above 1 and at most 1000", "a number above 0 and at most 10"],
        [
          "a number from 0 to 1000000", "a number from 0 to 1000000",
          "a number above 1 and at most 1000", "a number above 0 and at most 10",
        ],
        ["a number above 0 and at most 1000000"], ["a number from 0 to 1000000"],
      ])
  }

  @Test func stateIsAskedForAndChecked() {
    let expected =
      "elr needs a state: the memory t as an n x C float32 array, each row non-negative with a sum"
      + " of at most 1"
    #expect(refusal("elr") == expected)
    #expect(refusal("elr", state: .zeros([3])) == "\(expected), found float32[3]")
    #expect(
      refusal("elr", state: .zeros([3, 2], type: .int64)) == "\(expected), found int64[3, 2]")
    for rows in [[0.5, 0.6], [-0.1, 0.5], [.nan, 0], [.infinity, 0]] as [[Double]] {
      let found = refusal("elr", state: .from([0.5, 0.5] + rows, shape: [2, 2])) ?? ""
      #expect(found.hasPrefix("\(expected), found a row 1 with a sum of"), "\(found)")
    }
    #expect(refusal("elr", state: .from([0.5, 0.5, 0, 0], shape: [2, 2])) == nil)
    #expect(refusal("pce", state: .zeros([2, 2])) == "pce takes no state")
  }

  @Test func tensorsAreChecked() {
    let logits = Tensor.zeros([2, 3])
    let targets = Tensor.from([0, 2], shape: [2])
    func found(_ logits: Tensor, _ targets: Tensor, _ state: Tensor? = nil) -> String? {
      message { try LossCatalog.check(logits: logits, targets: targets, state: state) }
    }
    #expect(found(logits, targets, .zeros([2, 3])) == nil)
    #expect(
      found(.zeros([3]), targets)
        == "logits: expected floats of n x C, C at least 2, found float32[3]")
    #expect(found(.zeros([2, 1]), targets)?.hasPrefix("logits: expected floats") == true)
    #expect(found(.zeros([0, 3]), targets)?.hasPrefix("logits: expected floats") == true)
    #expect(
      found(.zeros([2, 3], type: .int64), targets)?.hasPrefix("logits: expected floats") == true)
    for bad in [Double.nan, .infinity] {
      #expect(
        found(.full(bad, shape: [2, 3]), targets)
          == "logits: expected finite numbers, found an infinity or not a number")
    }
    #expect(
      found(logits, .from([0], shape: [1])) == "labels: expected int64[2], found int64[1]")
    #expect(found(logits, .zeros([2])) == "labels: expected int64[2], found float32[2]")
    for bad in [3, -1] {
      #expect(
        found(logits, .from([0, bad], shape: [2])) == "labels: expected 0 to 2, found \(bad)")
    }
    #expect(
      found(logits, targets, .zeros([1, 3]))
        == "state: expected the logits' shape [2, 3], found [1, 3]")
  }

  /// Configurations are part of a run's key: they read back as they were, without a limit too.
  @Test func configurationsReadBack() throws {
    func expectReadBack<Configuration: Codable & Equatable>(_ value: Configuration) throws {
      let data = try CanonicalJSON.encode(value)
      #expect(try CanonicalJSON.decodeStrictly(Configuration.self, from: data) == value)
    }
    for classes in [10, 100] {
      try expectReadBack(
        APL.Configuration.ours(.reverseCrossEntropy, classes: classes, isReduced: false))
      try expectReadBack(PCE.Configuration.paper(classes: classes))
      try expectReadBack(AUL.Configuration.paper(classes: classes))
      try expectReadBack(NCEAUL.Configuration.paper(classes: classes))
      try expectReadBack(GCE.Configuration.paper(classes: classes))
      try expectReadBack(CELC.Configuration.released(classes: classes))
      try expectReadBack(ELR.Configuration.released(classes: classes, isSymmetric: true))
    }
  }
}
