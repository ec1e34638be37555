import Foundation
import Workers

/// An observer that kills the worker of an item once, after its second epoch.
final class KillingObserver: PoolObserver {
  private let fixture: PoolFixture
  private let item: String
  /// The process that was killed.
  private(set) var killed: Int32?

  init(fixture: PoolFixture, item: String) {
    self.fixture = fixture
    self.item = item
  }

  func pool(did event: PoolEvent, snapshot: PoolSnapshot) {}

  func pool(at snapshot: PoolSnapshot) {
    guard killed == nil, let epoch = fixture.trace("\(item).epoch").flatMap({ Int($0) }),
      epoch >= 2,
      let process = fixture.trace("\(item).tried").flatMap({ Int32($0) }),
      kill(process, SIGKILL) == 0
    else { return }
    killed = process
  }

  func poolEnded(snapshot: PoolSnapshot) {}
}
