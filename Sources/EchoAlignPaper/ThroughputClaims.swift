import Reporting

/// The claims about runtime, declared before any measurement.
enum ThroughputClaims {
  /// The sizes by name; which pixels they are depends on the profile.
  private static let sizes = ["small", "middle", "large"]

  /// The identifier of the time of a size, counted from the smallest, and a batch.
  private static func time(_ size: Int, _ batch: Int) -> String {
    "seconds/\(sizes[size])/batch-\(batch)"
  }

  /// The identifier of a quotient of printed ratios.
  static func ratio(_ identifier: String) -> String { "printed-ratio/\(identifier)" }

  /// The measured times, a value a repeat; without values where nothing is measured.
  static func quantities(_ throughput: Throughput?) -> [Quantity] {
    sizes.indices.flatMap { size in
      PrintedHours.batches.map { batch in
        let side = throughput.flatMap { $0.sides.indices.contains(size) ? $0.sides[size] : nil }
        let values = side.flatMap { throughput?.point(side: $0, batch: batch)?.secondsPerImage }
        return Quantity(
          id: time(size, batch),
          name: "Time an image, \(side.map { "\($0) px" } ?? sizes[size]), batch \(batch)",
          // A repeat of the measurement takes the place of a seed.
          unit: "s", values: values ?? [], seeds: (values ?? []).indices.map { $0 + 1 })
      }
    }
  }

  /// Claim 29, once for batches and once for sizes.
  static let resolutions: [PaperClaim] = {
    let batches = PrintedHours.batches
    let words =
      "increasing the batch size and reducing the image resolution both significantly impact runtime"
    let larger = sizes.indices.flatMap { size in
      zip(batches, batches.dropFirst()).map { small, large in
        QuantityTest(quantity: time(size, small), relation: .exceeds(time(size, large), by: 0))
      }
    }
    let lower = batches.flatMap { batch in
      zip(sizes.indices, sizes.indices.dropFirst()).map { small, large in
        QuantityTest(quantity: time(large, batch), relation: .exceeds(time(small, batch), by: 0))
      }
    }
    return [
      EchoAlignTable.claim(
        "29-batch", words, "appendix D, Table 6", dataset: "", .quantities(larger),
        remark: "Each larger batch takes less time an image, at every size, as all printed rows do."
      ),
      EchoAlignTable.claim(
        "29-resolution", words, "appendix D, Table 6", dataset: "", .quantities(lower),
        remark:
          "Each smaller size takes less time an image, at every batch, as all printed columns do."
      ),
    ]
  }()

  /// By how much ratios that should be equal may differ, as a factor.
  private static let agreement = 0.9...1.1
  /// The same for batches, whose printed hours of CIFAR-10 differ by less than a tenth.
  private static let batchAgreement = 0.98...1.02

  /// Claims 30 to 32.
  static let devices: [PaperClaim] = [
    EchoAlignTable.claim(
      "30", "As the number of GPUs increases, we observe a super-linear decrease in runtime",
      "appendix D", dataset: "",
      .untestable(
        reason:
          "no table shows it, it takes several GPUs, and GPU-hours are for one GPU by definition")),
    agree(
      "31-devices", ["devices"], agreement,
      "The RTX 4090 is faster than the V100 by one factor for both data sets."),
    agree(
      "31-batch", ["batch"], batchAgreement,
      "The same hours for Clothing1M stand under batch size 16 in Table 6 and under 8 in Table 7."),
    agree(
      "31-sizes", ["sizes", "sizes-256", "sizes-512"], agreement,
      "Hours of one resolution and batch grow with the number of images."),
    EchoAlignTable.claim(
      "32", "the runtime is reasonable for all datasets used", "section 5.1, appendix D",
      dataset: "",
      .inconsistent(
        reason:
          "Clothing1M was left out because of its cost, and no bound of “reasonable” is stated")),
  ]

  private static func agree(
    _ number: String, _ ratios: [String], _ range: ClosedRange<Double>, _ remark: String
  ) -> PaperClaim {
    EchoAlignTable.claim(
      number, "comparison of runtime at different computing performance",
      "appendix D, Tables 6 and 7",
      dataset: "",
      .quantities(
        ratios.map {
          .init(
            quantity: ratio($0),
            relation: .within(lower: range.lowerBound, upper: range.upperBound))
        }), remark: remark + " Judged on the printed numbers alone.")
  }
}
