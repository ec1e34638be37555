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
  ]
}
