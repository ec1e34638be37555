import Foundation

/// Reference data under `Tests/Fixtures`, found from the place of this source file.
public enum Fixture {
  /// The folder `Tests/Fixtures`.
  public static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent()
    .deletingLastPathComponent()
    .appendingPathComponent("Fixtures", isDirectory: true)

  /// Returns the address of a fixture, for example `statistics/statistics.json`.
  public static func url(_ path: String) -> URL {
    folder.appendingPathComponent(path)
  }

  /// Returns the bytes of a fixture.
  public static func data(_ path: String) throws -> Data {
    try Data(contentsOf: url(path))
  }

  /// Returns the text of a fixture.
  public static func text(_ path: String) throws -> String {
    String(decoding: try data(path), as: UTF8.self)
  }

  /// Returns a JSON fixture decoded as a type.
  public static func json<Value: Decodable>(_ path: String, as type: Value.Type = Value.self) throws
    -> Value
  {
    try JSONDecoder().decode(type, from: data(path))
  }
}
