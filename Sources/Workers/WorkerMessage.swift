import Foundation

/// What the pool tells a worker, one JSON line each on the worker's standard input.
///
/// The end of the input tells an idle worker to end, and a busy one that its parent died.
enum WorkerCommand: Codable, Hashable, Sendable {
  case run(WorkItem)
  case stop
}

/// What a worker tells the pool, one JSON line each on the worker's standard output.
enum WorkerEvent: Codable, Hashable, Sendable {
  case ready
  case progress(item: String, WorkProgress)
  case finished(item: String)
  case failed(item: String, WorkFailure)
  case stopped(item: String)
  case busy(item: String)
}

/// The lines that messages travel in.
enum MessageLine {
  static func encode(_ message: some Encodable) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(message) + Data("\n".utf8)
  }

  static func decode<Message: Decodable>(_ type: Message.Type, from line: Data) -> Message? {
    try? JSONDecoder().decode(type, from: line)
  }
}
