import Reporting

extension EchoAlignLedger {
  /// Statements about the set-up, and contradictions in it: claims 37 to 43.
  static let setup: [LedgerEntry] = [
    claim(
      37,
      "We applied 30% and 50% symmetric noise as well as 45% pairflip noise on the CIFAR-10 and CIFAR-100 datasets",
      "section 5.1", .setup, rule: "None: the tables show more.", from: ["table5"],
      warning: "Instance noise at 30 and 50 %, which all tables use, is left out.",
      needs: "Nothing here; all five noises are in Table 1."),
    claim(
      38,
      "The model architectures and parameter settings were kept consistent with previous studies",
      "section 5.1", .setup,
      rule:
        "None: the printed settings and those of the study that numbers are taken from exclude each other.",
      from: ["table5"],
      warning:
        "Part of the baseline numbers is taken from a study with another learning rate, weight decay, schedule, stem and, on "
        + "CIFAR-100, network.", needs: "The authors' word on which rows were copied."),
    claim(
      39,
      "as these involve semi-supervised learning, making such comparisons unfair due to inconsistent settings",
      "section 5.1",
      .setup, rule: "None: it is a choice.",
      warning: "A large external diffusion model and CLIP are used at the same time.",
      needs: "CLIP by itself, without any training, and DivideMix as further rows."),
    claim(
      40,
      "All experiments were repeated three times under different random seeds, and results are reported as averages with standard "
        + "deviations", "section 5.1", .value,
      rule:
        "The printed rows of CE, EchoAlign and modification alone are met within two points at the paper's scale.",
      from: ["table1", "table2", "table3"],
      also: [
        "echoalign-t1", "echoalign-t2-ce", "echoalign-t2-ours", "echoalign-t3",
      ],
      warning:
        "The authors' logs show the best test epoch for EchoAlign and values like the last epoch's for CE; the noise file's "
        + "name has no seed.", needs: paperScale),
    claim(
      41, "identifying and retaining only the most reliable modified instances", "section 4.2",
      .setup,
      rule: "None: the paper describes three selections, and the code a fourth.", from: ["table5"],
      warning:
        "Section 4.2 keeps reliable modified images; Algorithm 1 originals above and modified images below the threshold; "
        + "appendix G originals like their modified ones; the code all modified images.",
      needs:
        "A correction by the authors; both Algorithm 1 (EchoAlign A) and the code (B) are run here."
    ),
    claim(
      42, "Training uses 45,000 samples, and selection counts them out of 50,000",
      isQuotation: false,
      "Tables 4 and 5, Figure 5a", .setup,
      rule: "None: the numbers of training samples exclude each other.",
      from: ["table5"],
      warning:
        "45,000 in Table 5, 50,000 in Table 4 and Figure 5a, 45,000 and those kept besides in the code.",
      needs: "The authors' word on the split."),
    claim(
      43, "Some printed rows are out of order with themselves", isQuotation: false,
      "Tables 1 and 2", .value,
      rule:
        "The most striking row, PCE falling by 27 points from Random 2 to Random 3, is met within five points at the paper's scale.",
      from: ["table2"], also: ["echoalign-t2-pce"],
      warning:
        "Also: CELC better at 50 than at 30 % symmetric noise, T-Revision better under instance than under symmetric 30 %, APL and "
        + "SIGUA below CE at instance-50, Identifiability like CE on CIFAR-100, four methods below CE on CIFAR-10N.",
      needs: paperScale),
  ]
}
