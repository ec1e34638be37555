extension EchoAlignLedger {
  /// The SHA-256 digests of the claims that each report declares, for every profile that changes them.
  ///
  /// A report whose claims have another digest is stale and counts nowhere. A test compares these with the declared claims of
  /// the reproductions; a report that is missing here is shown as undeclared.
  static let declaredDigests: [String: Set<String>] = [
    "echoalign-table1": ["b46fb3580aa4506da642bfb9d628316439681ad131fdf664cc91b6c10173d0e7"],
    "echoalign-table2": [
      // Annotator-like noise, and labels by people.
      "7c6d6da7b3c4e72d8ca7746cb0d6d54f2fa7a77dc2051e1f3cc230cd72c04164",
      "883d2abca90c01edf73f532255d6e8653ee4faab5b07f1407b0aefc3f1942c65",
    ],
    "echoalign-table3": ["d26ecb6f5c1aa0e2ab03ea7c637d944a54a44278b8b16cd0dd40229cf327079b"],
    "echoalign-figure1": ["4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945"],
    "echoalign-figure2": ["4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945"],
    "echoalign-figure3": ["fa55e729e5810b90176185f0bacb7bc9d2086acf8e9bc046236e1a037ca107d1"],
    "echoalign-figure4": ["6426bb9523b8515a0c6f30bfe87e57663196fdefc31f411142abe79d68d76fa3"],
    "echoalign-figure5": ["21c659b2d38214dba90ae3df8e564ef4f5822a1260fc82c68d8cd54be3ea7e30"],
    "echoalign-figure6": ["b6421803bc1ca0178de0a2efd26b16ff585537f3cfc17ca1a2566b09f0f6220f"],
    "echoalign-figure7": ["de24279c376054674220d053cba948681ec79412df7780b74c8455a7aa6f0448"],
    "echoalign-figure8": ["4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945"],
    "echoalign-table4": ["4bbe92b14b4736c2537a8a2cf6561a175b60addf1aaee0cb7addfcc55c3915b3"],
    "echoalign-table5": ["aaddc1180e2757ff6d34252231c798d4a1c0c95af1c70da6e6983ff83ce68387"],
    "echoalign-table6": ["91a2d2cfcbf156fc9ed6fb9da74b10d7e96f68b189fa47a8418e35f94b601874"],
    "echoalign-table7": ["c37f7f16aabd51f46fa1d30a49c8511d7ddab5333cd1b660d744983579df4cac"],
    "echoalign-table8": ["a8c8d587a383bee743e41c1b3eeefe55290ac6041a3380b128a72b8cf6d30e4e"],
    "echoalign-theorem31": ["45c93ccf005e4146967aace31cb30b5c1666fc8b2f7821a4eff6ab7bb44b3735"],
  ]
}
