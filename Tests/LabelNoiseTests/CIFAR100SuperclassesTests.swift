import LabelNoise
import TestSupport
import Testing

/// Made by Tests/Fixtures/scripts/noise_cifar_n.py.
private struct Facts: Decodable {
  let coarseOfFine: [Int]
}

@Test func everySuperclassHasFiveMembers() {
  #expect(CIFAR100Superclasses.coarseOfFine.count == 100)
  #expect(CIFAR100Superclasses.count == 20)
  for superclass in 0..<20 {
    #expect(CIFAR100Superclasses.members(of: superclass).count == 5, "super-class \(superclass)")
  }
  // Aquatic mammals (beaver, dolphin, otter, seal, whale); fruit and vegetables (apple, mushroom,
  // orange, pear, sweet pepper); trees (maple, oak, palm, pine, willow).
  #expect(CIFAR100Superclasses.members(of: 0) == [4, 30, 55, 72, 95])
  #expect(CIFAR100Superclasses.members(of: 4) == [0, 51, 53, 57, 83])
  #expect(CIFAR100Superclasses.members(of: 17) == [47, 52, 56, 59, 96])
}

@Test func superclassesAreThoseOfTheDataSet() throws {
  let facts = try Fixture.json("noise/cifar-n.json", as: Facts.self)
  #expect(CIFAR100Superclasses.coarseOfFine == facts.coarseOfFine)
}
