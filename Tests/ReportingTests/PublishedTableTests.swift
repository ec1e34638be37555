import Foundation
import Testing

@testable import Reporting

@Suite struct PublishedTableTests {
  private func read(_ lines: String...) throws -> PublishedTable {
    try PublishedTable(
      csv: ([PublishedTable.header] + lines).joined(separator: "\n") + "\n", path: "p.csv")
  }

  @Test func readsPercentAsFractionWithoutRounding() throws {
    let table = try read("1,CIFAR-10,symmetric-30,CE,test_accuracy_percent,73.17,1.13")
    let value = try #require(
      table.value(table: "1", dataset: "CIFAR-10", condition: "symmetric-30", method: "CE"))
    #expect(value.value == 0.7317)
    #expect(value.spread == 0.0113)
    #expect(value.printed == 73.17)
  }

  @Test func keepsOtherUnitsAndMissingSpreads() throws {
    let table = try read("6,CIFAR-10,batch=1,EchoMod,gpu_hours,31.5,")
    #expect(table.values.first?.value == 31.5)
    #expect(table.values.first?.spread == nil)
  }

  @Test func refusesEveryKindOfWrongLine() {
    let wrong = [
      "1,CIFAR-10,x,CE,test_accuracy_percent,73.17", "1,CIFAR-10,x,CE,test_accuracy_percent,,",
      "1,CIFAR-10,x,CE,test_accuracy_percent,73.17,abc", "1,,x,CE,test_accuracy_percent,73.17,",
      "1,CIFAR-10,x,CE,test_accuracy_percent,101,", "1,CIFAR-10,x,CE,test_accuracy_percent,5,-1",
      "1,CIFAR-10,x,CE,test_accuracy_percent,nan,", "1,CIFAR-10,x,CE,test_accuracy_percent,0x1p3,",
      "",
    ]
    for line in wrong {
      #expect(throws: PublishedTableError.self, "\(line)") {
        try read("1,CIFAR-10,y,CE,test_accuracy_percent,1,", line, "1,D,z,CE,m,1,")
      }
    }
  }

  @Test func namesLineOfADuplicate() {
    let line = "1,CIFAR-10,x,CE,test_accuracy_percent,73.17,"
    #expect(throws: PublishedTableError.duplicate(path: "p.csv", line: 4, firstLine: 2)) {
      try read(line, "1,CIFAR-10,y,CE,test_accuracy_percent,73.17,", line)
    }
  }

  @Test func refusesAnotherHeaderAndAMissingFile() {
    #expect(throws: PublishedTableError.self) { try PublishedTable(csv: "a,b\n", path: "p.csv") }
    let error = #expect(throws: PublishedTableError.self) {
      try PublishedTable(file: URL(fileURLWithPath: "/nowhere/published.csv"))
    }
    #expect(error?.exitStatus == .inputMissing)
    #expect(error?.message.contains("/nowhere/published.csv") == true)
  }
}
