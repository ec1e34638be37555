import Methods
import Reporting

/// Every checkable claim of the EchoAlign paper, as data: words, place, rule, and which reports decide it.
///
/// "Can We Treat Noisy Labels as Accurate?", arXiv 2405.12969v1. A claim of a report belongs to number NN when its identifier is
/// `echoalign-NN` or begins with `echoalign-NN-`. No verdict is written here; see ``Reporting/Ledger``.
public enum EchoAlignLedger {
  /// All claims by number.
  public static let entries: [LedgerEntry] = results + analyses + appendices + setup

  /// What the ledger of the paper is made of.
  public static let declaration = Ledger.Declaration(
    paper: .init(
      title: "Can We Treat Noisy Labels as Accurate?", version: EchoAlignTable.version,
      item: "all claims"),
    title: "EchoAlign: every claim and what the measurements say", entries: entries,
    digests: declaredDigests, register: EchoAlignNotes.register,
    methods: MethodCatalog.entries.map {
      MethodRow(
        id: $0.identifier, name: $0.displayName, note: $0.note, isControl: $0.isControl)
    }, command: "make claims")

  /// A claim of the paper's first version.
  ///
  /// - Parameters:
  ///   - number: Its number, from 1.
  ///   - words: A short quotation.
  ///   - isQuotation: False for a paraphrase.
  ///   - place: Where the paper makes it.
  ///   - kind: The kind of statement.
  ///   - rule: What must hold.
  ///   - items: The tables and figures whose reports decide it, such as `table1`.
  ///   - prefixes: What deciding claims begin with besides the claim's own number.
  ///   - warning: Where the source contradicts itself.
  ///   - needs: What it would take to settle it.
  /// - Returns: The entry.
  static func claim(
    _ number: Int, _ words: String, isQuotation: Bool = true, _ place: String,
    _ kind: LedgerEntry.Kind, rule: String, from items: [String] = [], also prefixes: [String] = [],
    warning: String? = nil, needs: String
  ) -> LedgerEntry {
    LedgerEntry(
      number: number, words: words, isQuotation: isQuotation, place: place,
      version: EchoAlignTable.version, kind: kind, rule: rule,
      claimPrefixes: [number < 10 ? "echoalign-0\(number)" : "echoalign-\(number)"] + prefixes,
      sources: items.map { .init(report: "echoalign-\($0)", command: "make \($0)") },
      warning: warning, needs: needs)
  }

  /// What every claim about accuracies needs to be settled at the paper's scale.
  static let paperScale =
    "The paper's own scale: CIFAR-10, CIFAR-100 and CIFAR-10N at 200 epochs, with images by Stable Diffusion and ControlNet and "
    + "similarities by CLIP (PROFILE=paper, docs/modified-images.md)."

  /// What every claim about similarities needs to be settled at the paper's scale.
  static let paperImages =
    "Images by Stable Diffusion and ControlNet, and similarities by CLIP, for the 50,000 images of CIFAR-10 "
    + "(docs/modified-images.md)."
}
