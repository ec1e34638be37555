import Foundation

extension ReportDocument {
  /// The address of another report's file, seen from the folder of all reports.
  static func address(_ folder: String, file: String, _ anchor: String?) -> String {
    let place = folder.addingPercentEncoding(withAllowedCharacters: unreserved) ?? folder
    return "\(place)/\(file)" + (anchor.map { "#\($0)" } ?? "")
  }

  /// What may stand in an address as it is.
  private static let unreserved = CharacterSet(
    charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
}
