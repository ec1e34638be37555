import Foundation
import RunStore

/// What a run is, in columns: the parts of its specification that runs are told apart by.
///
/// A part that a specification does not have, or has in a form of another version, is nil.
public struct RunFacts: Codable, Hashable, Sendable {
  /// The method's name.
  public var method: String?
  /// The method's hyperparameters as canonical JSON.
  public var methodSettings: String?
  /// The data set's identifier.
  public var dataset: String?
  /// The noise's identifier, for example `symmetric-50`.
  ///
  /// It is that of the noise's audit; before there is one, kind and rate in percent.
  public var noise: String?
  /// The rate that the noise is named by.
  public var nominalRate: Double?
  /// The share of training labels that are wrong; nil before the labels were drawn.
  public var realRate: Double?
  /// The network's name.
  public var model: String?
  /// The network's sizes as canonical JSON.
  public var modelSettings: String?
  /// The number of images whose labels were corrupted.
  public var poolCount: Int?
  /// The number of them that are held out.
  public var validationCount: Int?
  /// The number of test images.
  public var testCount: Int?
  /// The epochs of the shared protocol; methods of several stages train more.
  public var plannedEpochs: Int?
  /// The number of images in a batch.
  public var batchSize: Int?
  /// The number format.
  public var precision: String?
  /// The seed of each stream, by its name.
  public var seeds: [String: Int]

  /// Reads a specification and, where there is one, the audit of its noise.
  public init(specification: JSONValue, noise audit: JSONValue? = nil, names: RunNames = .init()) {
    func integer(_ path: String...) -> Int? {
      path.reduce(specification) { $0?[$1] }?.integerValue
    }
    let method = specification["method"]
    self.method = method.flatMap { names.method($0) ?? RunNames.plain($0) }
    methodSettings = method.flatMap(Self.text)
    dataset = specification["data"]?["dataset"]?.stringValue
    noise = audit?["identifier"]?.stringValue ?? specification["noise"].flatMap(Self.noiseName)
    nominalRate =
      audit?["nominalRate"]?.doubleValue ?? specification["noise"]?["rate"]?.doubleValue
    realRate = audit?["realisedRate"]?.doubleValue
    let model = specification["model"]
    self.model = model.flatMap { names.model($0) ?? RunNames.plain($0) }
    modelSettings = model.flatMap(Self.text)
    poolCount = integer("data", "poolCount")
    validationCount = integer("data", "validationCount")
    testCount = integer("data", "testCount")
    plannedEpochs = integer("trainingProtocol", "epochs")
    batchSize = integer("trainingProtocol", "batchSize")
    precision = specification["precision"]?.stringValue
    if case .object(let members) = specification["seeds"] {
      seeds = members.compactMapValues(\.integerValue)
    } else {
      seeds = [:]
    }
  }

  /// What a run is of which nothing can be read.
  init() { self.init(specification: .null) }

  private static func text(_ value: JSONValue) -> String? {
    (try? CanonicalJSON.encode(value)).map { String(decoding: $0, as: UTF8.self) }
  }

  private static func noiseName(_ noise: JSONValue) -> String? {
    guard let kind = noise["kind"]?.stringValue else { return nil }
    guard let rate = noise["rate"]?.doubleValue, let decimal = Decimal(string: "\(rate)") else {
      return kind
    }
    return "\(kind)-\(decimal * 100)"
  }
}

extension JSONValue {
  /// The value as a whole number, or nil when it is none.
  var integerValue: Int? {
    switch self {
    case .integer(let value): value
    case .number(let value): Int(exactly: value)
    default: nil
    }
  }
}
