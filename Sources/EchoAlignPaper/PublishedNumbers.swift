import Reporting

/// The numbers of a `published.csv` that are no accuracies, found by their place in the paper.
public struct PublishedNumbers: Sendable {
  private let table: PublishedTable

  /// Reads the text of a file.
  ///
  /// - Throws: ``Reporting/PublishedTableError`` with path and line.
  public init(csv: String, item: String) throws {
    table = try PublishedTable(csv: csv, path: "reproductions/\(item)/published.csv")
  }

  /// The number at a place, as printed; nil where the paper prints none.
  public func value(
    table number: String, _ dataset: String, _ condition: String, _ method: String,
    _ metric: String
  ) -> Double? {
    table.value(
      table: number, dataset: dataset, condition: condition, method: method, metric: metric)?
      .printed
  }
}
