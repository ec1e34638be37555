import Reporting

extension EchoAlignNotes {
  /// Where the paper and the released codes differ, and what is followed here.
  static let register: [CodeDifference] = [
    .init(
      topic: "Training set of EchoAlign",
      paper:
        "originals with S ≥ τ and the modified images of the others, 45,000 in all (Algorithm 1)",
      code: "originals with S > τ and all 45,000 modified images, weighted (utils.py, main.py)",
      followed: "both, as EchoAlign A and B",
      effect: "85.51 against 87.37 at symmetric-50 in the authors' logs"),
    .init(
      topic: "Selection under symmetric noise", paper: "by CLIP similarity for every noise type",
      code: "by small loss with the known noise rate (small_loss_trick.py)",
      followed: "similarity in A, small loss in B"),
    .init(
      topic: "Fine-tuning", paper: "not mentioned",
      code: "40 further epochs on the selected originals (trainer.py)",
      followed: "none in A, a fifth of the epochs in B"),
    .init(
      topic: "Which epoch is reported", paper: "validation split reserved, rule not stated",
      code:
        "the best test accuracy of all epochs; the best-validation checkpoint is saved and never read",
      followed: "the best noisy-validation epoch, with the other three rules beside it",
      effect: "see the protocol lens"),
    .init(
      topic: "Test images", paper: "not stated",
      code: "cropped and flipped at random like training images (dataloader.py)",
      followed: "never augmented"),
    .init(
      topic: "Validation set of EchoAlign", paper: "not stated",
      code: "kept originals and all modified validation images",
      followed: "original images with their noisy labels, as for every other method"),
    .init(
      topic: "Co-teaching's loss", paper: "mean over the kept samples",
      code: "divided by the number kept twice (bhanML/Co-teaching loss.py)",
      followed: "divided once",
      effect: "none under Adam"),
    .init(
      topic: "Instance-dependent noise", paper: "Xia et al., 2020",
      code: "pixels in 0...1; other copies of the generator use 0...255", followed: "0...1"),
    .init(
      topic: "Hyperparameters of baselines", paper: "none is given",
      code: "none of the baselines is in the released code",
      followed:
        "each method's own values under the shared schedule, lengths as shares of its epochs"),
    .init(
      topic: "Origin of baseline rows",
      paper: "part of the numbers is taken from Xia et al., 2023",
      code:
        "that source uses learning rate 0.01, weight decay 1e-3, ResNet-50 for CIFAR-100 and five runs",
      followed: "nothing is copied; every row is trained here under one protocol"),
    .init(
      topic: "AUL", paper: "not stated whether alone or with NCE",
      code: "hitcszx/ALFs has both", followed: "both rows; the printed one stands beside AUL alone"),
    .init(
      topic: "CELC's clip", paper: "logits longer than δ are scaled down to δ",
      code:
        "compares the norm with 1/δ and scales to δ (hongxin001/LogitClip algorithms/clip.py)",
      followed: "the paper's map; the code's is the option rule=released"),
    .init(
      topic: "T-Revision's correction", paper: "T + ΔT",
      code:
        "ΔT is added once for every sample of a batch, up to 128 times (xiaoboxia/T-Revision loss.py)",
      followed: "once a batch, with gradient through the weights; the other is an option"),
    .init(
      topic: "Identifiability", paper: "cited as a method",
      code:
        "the cited work is a theory; its code estimates T by HOC on self-supervised features and corrects "
        + "forward",
      followed: "HOC on features of a warm-up network, then forward correction"),
    .init(
      topic: "Joint's noise", paper: "symmetric noise over other classes",
      code: "its own code redraws over all classes, so 70 % is 63 %",
      followed: "the table's noise, the same for every row"),
    .init(
      topic: "SIGUA's bad samples", paper: "the samples with large loss",
      code: "of those not kept, the ones with the SMALLEST loss (bhanML/SIGUA loss.py)",
      followed: "the code's rule"),
    .init(
      topic: "Co-Dis's discrepancy", paper: "Jensen-Shannon divergence",
      code: "the mean of KL(M‖p), with the arguments of KL exchanged (xiaoboxia/CoDis loss.py)",
      followed: "the code's; the textbook's is an option"),
  ]
}
