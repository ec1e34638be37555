import Foundation
import RunStore

/// Epochs are told three times: by the record or checkpoint, by `metrics.jsonl`, and by the events in single precision. Where
/// one differs from the other two, it is the one that was altered.
extension Verification.Findings {
  // MARK: - Runs that have ended

  /// Looks at the files beside a record; returns false when both speak against the record.
  mutating func examine(_ course: RunCourse, beside record: RunRecord, of key: RunKey) -> Bool {
    let recorded = record.epochs
    // The record of a failure is written for a worker that may have died over a line or an event.
    let isDone = ListedState(record.outcome) == .done
    if let epochs = course.metrics.content, let events = course.events.content,
      let epoch = RunCourse.difference(epochs, recorded), epochs.count == recorded.count,
      events.count == recorded.count, events.agrees(with: epochs), !events.agrees(with: recorded)
    {
      damaged(
        .record, store.folder(of: key).appendingPathComponent(RunStore.recordName),
        "its epoch \(epoch) is not the one that both metrics.jsonl and the events tell", .setAside,
        owner: .run(key))
      sound(.metrics)
      sound(.events)
      return false
    }
    sound(.record)
    switch course.metrics {
    case .absent: break
    case .unreadable(let reason): metricsDamaged(reason, of: key)
    case .read(let epochs):
      if course.isCut && isDone {
        metricsDamaged("its last line is cut", of: key)
      } else if let epoch = RunCourse.difference(epochs, recorded) {
        metricsDamaged("its epoch \(epoch) is not the record's", of: key)
      } else if epochs.count != recorded.count {
        metricsDamaged(
          "it has \(epochs.count) epochs, the record \(recorded.count)", of: key)
      } else {
        sound(.metrics)
      }
    }
    switch course.events {
    case .absent: break
    case .unreadable(let reason): eventsDamaged(reason, of: key)
    case .read(let events):
      if events.isCut && isDone {
        eventsDamaged("its last event is cut", of: key)
      } else if !events.agrees(with: recorded) || events.count > recorded.count
        || events.count < recorded.count - (isDone ? 0 : 1)
      {
        eventsDamaged("it has not the record's epochs", of: key)
      } else {
        sound(.events)
      }
    }
    return true
  }

  // MARK: - Runs that have not

  /// Looks at the files of a run without a record.
  mutating func examine(
    _ course: RunCourse, beside reading: Verification.Reading<Checkpoint>, of key: RunKey
  ) {
    let events = course.events.content
    var saved: [EpochRecord]?
    switch reading {
    case .absent: break
    case .damaged(let reason, let isKept):
      checkpointDamaged(reason, isKept ? .leave : .setAside, of: key)
    case .sound(let checkpoint):
      // A run that continued from another run's state would end with a wrong result: in doubt, it starts anew.
      if let epoch = RunCourse.difference(course.metrics.content ?? [], checkpoint.epochs),
        events.map({ $0.count == 0 || !$0.agrees(with: checkpoint.epochs) }) ?? true
      {
        checkpointDamaged("its epoch \(epoch) is not that of metrics.jsonl", .setAside, of: key)
      } else {
        sound(.checkpoint)
        saved = checkpoint.epochs
      }
    }
    let metricsFault = Self.fault(of: course.metrics, events: events, saved: saved)
    let remedy = saved == nil ? Verification.Remedy.setAside : .remake
    if let metricsFault {
      metricsDamaged(metricsFault, remedy, of: key)
    } else if course.metrics.content != nil {
      sound(.metrics)
    }
    let told = metricsFault == nil ? course.metrics.content ?? saved : saved
    if case .unreadable(let reason) = course.events {
      eventsDamaged(reason, told == nil ? .setAside : .remake, of: key)
    } else if let events {
      if let told, !events.agrees(with: told) || events.count < (saved?.count ?? 0) {
        eventsDamaged("it has not the epochs that were trained", of: key)
      } else if told == nil, metricsFault != nil {
        eventsDamaged("it differs from metrics.jsonl, or cannot be compared", .setAside, of: key)
      } else {
        sound(.events)
      }
    }
  }

  /// What is wrong with the lines of a run that has not ended; nil when nothing is.
  private static func fault(
    of metrics: RunCourse.File<[EpochRecord]>, events: TensorBoardFile?, saved: [EpochRecord]?
  ) -> String? {
    switch metrics {
    case .absent: return nil
    case .unreadable(let reason): return reason
    case .read(let epochs):
      if let saved, let epoch = RunCourse.difference(epochs, saved) {
        return "its epoch \(epoch) is not the checkpoint's"
      }
      if let saved, epochs.count < saved.count {
        return "it has \(epochs.count) epochs, the checkpoint \(saved.count)"
      }
      // Events have checksums, lines have none; but events may be another run's.
      if let events, !events.agrees(with: epochs), saved.map(events.agrees(with:)) ?? true {
        return "its epochs are not those of the events"
      }
      return nil
    }
  }

  // MARK: -

  /// Looks at the checkpoint beside the record of a failure, from which the run continues when it is tried again.
  mutating func examineCheckpoint(beside record: RunRecord, of key: RunKey) throws {
    switch try Verification.Reading({ try store.checkpoint(of: key) }) {
    case .absent: break
    case .damaged(let reason, let isKept):
      checkpointDamaged(reason, isKept ? .leave : .setAside, of: key)
    case .sound(let checkpoint):
      if let epoch = RunCourse.difference(checkpoint.epochs, record.epochs) {
        checkpointDamaged("its epoch \(epoch) is not the record's", .setAside, of: key)
      } else {
        sound(.checkpoint)
      }
    }
  }

  private mutating func checkpointDamaged(
    _ reason: String, _ remedy: Verification.Remedy, of key: RunKey
  ) {
    damaged(
      .checkpoint, store.folder(of: key).appendingPathComponent(RunStore.checkpointName), reason,
      remedy, owner: .run(key))
  }

  private mutating func metricsDamaged(
    _ reason: String, _ remedy: Verification.Remedy = .remake, of key: RunKey
  ) {
    damaged(.metrics, store.metricsFile(of: key), reason, remedy, owner: .run(key))
  }

  private mutating func eventsDamaged(
    _ reason: String, _ remedy: Verification.Remedy = .remake, of key: RunKey
  ) {
    damaged(.events, store.eventsFile(of: key), reason, remedy, owner: .run(key))
  }
}
