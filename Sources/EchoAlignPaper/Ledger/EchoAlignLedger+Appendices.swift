import Reporting

extension EchoAlignLedger {
  /// The appendices: claims 23 to 36.
  static let appendices: [LedgerEntry] = [
    claim(
      23,
      "the mutual information I(X′;Ỹ) between the transformed instances X′ and the noisy label Ỹ is significantly higher",
      "appendix B, Figure 5a", .order,
      rule:
        "By each of three estimators the information is higher for modified than for original images, seed by seed.",
      from: ["figure5"],
      warning: "The estimator is not named; images made from the label nearly guarantee it.",
      needs: paperImages),
    claim(
      24, "the estimator trained on X’ has a better variance than that trained on X",
      "appendix B, Figure 5b", .shape,
      rule:
        "Read in two ways: probabilities given to test images have a smaller variance over images than CE's; the probabilities of one "
        + "image vary less from seed to seed than CE's.",
      from: ["figure5"],
      warning:
        "The quantity is not defined: the theorem speaks of an estimator's variance, the figure shows a distribution of "
        + "probabilities.", needs: paperScale),
    claim(
      25, "using the modified samples resulted in significantly lower errors",
      "appendix B, Figure 6", .orderOverFamily,
      rule:
        "After training, test errors, training errors and unweighted losses of the full method are below CE's under all three noises; "
        + "for EchoAlign A and B each.",
      from: ["figure6"],
      warning:
        "The figure shows losses of the full method, not errors on modified images alone (see claim 14), and the released code's "
        + "weights scale the training loss down.", needs: paperScale),
    claim(
      26, "0.4 for all cases with 30% noise, and 0.52 for cases with 45% and 50% noise",
      "appendix C", .setup,
      rule: "Every noise uses the printed threshold; for EchoAlign A and B each.", from: ["table5"],
      warning:
        "The released code uses no threshold under symmetric noise, 0.43 for CIFAR-10N and 0.5 where none is given.",
      needs: "The settings of the authors' own runs."),
    claim(
      27, "ControlNet was the least effective model identified in prior analyses", "section 5.1",
      .order,
      rule: "None: it cites another paper's comparison of generators.",
      needs: "Several edge-controlled generators with their weights, compared on this data."),
    claim(
      28,
      "In most cases, EchoMod can leverage a pre-trained controllable generative model without fine-tuning",
      "section 4.1",
      .order, rule: "None: the paper tests no tuned generator.",
      needs: "One generator used as it is and tuned on the data, compared on this task."),
    claim(
      29,
      "increasing the batch size and reducing the image resolution both significantly impact runtime",
      "appendix D, Table 6",
      .orderOverFamily,
      rule:
        "Each larger batch takes less time an image at every size, and each smaller size at every batch.",
      from: ["table6"],
      needs: "Stable Diffusion with ControlNet on a V100 with 32 GB, or on another named GPU."),
    claim(
      30, "As the number of GPUs increases, we observe a super-linear decrease in runtime",
      "appendix D", .trend,
      rule: "None: it takes several GPUs, and GPU-hours are for one by definition.",
      from: ["table7"],
      warning: "No table shows it, and GPU-hours are per GPU by definition.",
      needs: "A machine with several GPUs."),
    claim(
      31, "An RTX 4090 is 2.2 times as fast as a V100 on CIFAR-10 and 1.49 times on Clothing1M",
      isQuotation: false,
      "appendix D, Table 7", .ratio,
      rule:
        "Of the printed hours: both data sets have one factor between the devices, one setting has one time, and hours grow with the "
        + "number of images.", from: ["table7"],
      warning:
        "The factors should be equal. 504.5 hours stand under batch size 16 in Table 6 and under 8 in Table 7, and the "
        + "data sets' sizes do not give 504.5 / 18.5.", needs: "Both GPUs."),
    claim(
      32, "the runtime is reasonable for all datasets used", "section 5.1, appendix D", .value,
      rule:
        "None: no bound of “reasonable” is stated. The times measured here stand beside the printed hours.",
      from: ["table7"],
      warning: "Clothing1M was left out because of its cost.",
      needs: "A stated bound for “reasonable”."),
    claim(
      33,
      "Characteristic Shift occurs during instance modification when the fundamental attributes of the instances are altered",
      "appendix E, Figure 7a", .shape,
      rule:
        "More than one of a hundred modified images is less similar to its original than unrelated originals are in the median, more "
        + "often where the label is wrong, and features of modified images are told apart from those of originals.",
      from: ["figure7"],
      needs: paperImages),
    claim(
      34,
      "The T-SNE visualization of CIFAR-10 instance representations shows the changes in instance distribution before and after using "
        + "EchoAlign", "appendix E, Figures 7b and 7c", .shape,
      rule:
        "Classes of test images keep together better in EchoAlign's representations than in CE's, by silhouette and by neighbours' "
        + "purity; for A and B each.",
      from: ["figure7"],
      warning:
        "The captions say “using X” and “using X′”, the text before and after EchoAlign; the layer is not named.",
      needs: paperScale),
    claim(
      35, "Controllable generators keep the structure of the original, others do not",
      isQuotation: false, "appendix F, Table 8",
      .order,
      rule:
        "Edges overlap those of the originals more with control than without, and more than those of unrelated images of the label.",
      from: ["table8"],
      warning: "The paper shows pictures and states no claim; this is the implied one.",
      needs: "UniControl, GPT-4 and Gemini, which cannot be run here."),
    claim(
      36,
      "the predictive performance of a model trained on (X′,Ỹ) is theoretically improved compared to a model trained on (X,Ỹ)",
      "section 3, Theorem 3.1, appendix A", .theorem,
      rule:
        "In a linear-Gaussian study each of alignment, error, variance and generalisation improves under the theorem's conditions.",
      from: ["theorem31"],
      warning:
        "The proofs assume what they conclude; part 2 speaks of modified test data, while tests are on originals.",
      needs: "A statement whose conditions can be checked on data."),
  ]
}
