import Foundation
import RunStore
import Testing

@Suite struct FileSystemErrorTests {
  @Test(arguments: [
    (ENOSPC, "the disk is full"), (EROFS, "read-only"), (EACCES, "permission denied"),
    (EDQUOT, "quota"), (EIO, "error"),
  ])
  func writingIsStatus73(_ number: Int32, _ words: String) {
    let error = FileSystemError(path: "/a/b", operation: .write, errorNumber: number)
    #expect(error.exitStatus == .cannotCreate)
    #expect(error.message.hasPrefix("cannot write /a/b: "))
    #expect(error.message.contains(words))
    #expect(!error.remedy.isEmpty && !error.message.contains("\n"))
  }

  @Test func readingIsStatus66() {
    let error = FileSystemError(path: "/a/b", operation: .read, errorNumber: ENOENT)
    #expect(error.exitStatus == .inputMissing)
    #expect(error.message == "cannot read /a/b: no such file or folder; check the path")
  }

  @Test func anyErrorHasAReport() {
    struct Strange: Error {}
    #expect(ErrorReport(Strange()).exitStatus == .internalError)
    #expect(ErrorReport(StoreError.invalidKey("x")).exitStatus == .usage)
    #expect(ErrorReport(StoreError.damaged(path: "p", reason: "r")).exitStatus == .badData)
    let missing = #expect(throws: (any Error).self) {
      try Data(contentsOf: URL(fileURLWithPath: "/nowhere/at-all"))
    }
    if let missing {
      #expect(ErrorReport(missing).exitStatus == .inputMissing)
      #expect(ErrorReport(missing).message.contains("/nowhere/at-all"))
    }
    #expect(ErrorReport(message: "a\nb", exitStatus: .usage).message == "a b")
  }
}
