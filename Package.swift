// swift-tools-version: 6.1
import Foundation
import PackageDescription

// MARK: - libtorch

// TORCH_HOME names the `torch` folder of an installed PyTorch 2.x; without it, Debian's libtorch-dev is used.
let torchHome = Context.environment["TORCH_HOME"].flatMap { $0.isEmpty ? nil : $0 }
let torchIncludes =
  torchHome.map { ["\($0)/include", "\($0)/include/torch/csrc/api/include"] }
  ?? ["/usr/include/torch/csrc/api/include"]
let torchLibraries = ["torch", "torch_cpu", "c10"]
// By path: other libraries name the system's folder to the linker, whose own libtorch would be found first.
let torchLinkerSettings: [LinkerSetting] =
  torchHome.map { home in
    let files = torchLibraries.map { "\(home)/lib/lib\($0).so" }
    return [.unsafeFlags((files + ["-rpath", "\(home)/lib"]).flatMap { ["-Xlinker", $0] })]
  } ?? torchLibraries.map { .linkedLibrary($0) }

// MARK: - Helpers

func external(_ product: String, from package: String) -> Target.Dependency {
  .product(name: product, package: package)
}

func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies)
}

func reproduction(_ name: String) -> Target {
  .executableTarget(
    name: name,
    dependencies: [
      "EchoAlignPaper", "Reproduction", "Experiments", "Reporting", "Methods", "LabelNoise",
      "RunStore",
    ],
    path: "reproductions/\(name)", exclude: ["README.md"],
    resources: [.embedInCode("published.csv")])
}

func tests(_ module: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .testTarget(
    name: "\(module)Tests", dependencies: [.target(name: module), "TestSupport"] + dependencies)
}

let package = Package(
  name: "Plumbline",
  // A clock for LD_PRELOAD, which the fault suite sets; nothing links it.
  products: [.library(name: "PlumblineClock", type: .dynamic, targets: ["CClock"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
  ],
  targets: [
    .target(
      name: "CTorch",
      cxxSettings: [.unsafeFlags(torchIncludes.flatMap { ["-isystem", $0] } + ["-O2"])],
      linkerSettings: torchLinkerSettings),
    .systemLibrary(name: "CCairo", pkgConfig: "cairo", providers: [.apt(["libcairo2-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
    .systemLibrary(name: "CKissFFT", providers: [.apt(["libkissfft-dev"])]),
    library("SeededRandom"),
    .systemLibrary(name: "CDigest", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"])]),
    .systemLibrary(
      name: "CTurboJPEG", pkgConfig: "libturbojpeg", providers: [.apt(["libturbojpeg0-dev"])]),
    // hnswlib is a library of headers: the shim is compiled here.
    .target(name: "CHNSW", cxxSettings: [.unsafeFlags(["-O2"])]),
    .target(name: "CClock"),
    library("RunStore", ["CDigest"]),

    library("Torch", ["CTorch"]),
    library("LabelNoise", ["SeededRandom"]),
    library("Statistics", ["SeededRandom"]),
    library("Plotting", ["CCairo"]),
    library("Workers", ["RunStore", external("Logging", from: "swift-log")]),

    library("RunExport", ["RunStore", "CSQLite"]),
    library("Features", ["Statistics", "SeededRandom", "CBLAS", "CHNSW"]),
    library("NN", ["Torch", "SeededRandom"]),
    library(
      "Datasets",
      ["Torch", "LabelNoise", "SeededRandom", "CZlib", "CPNG", "CTurboJPEG", "RunStore"]),
    library(
      "Reporting",
      [
        "Statistics", "Plotting", "RunStore", "LabelNoise",
        external("Mustache", from: "swift-mustache"),
      ]),

    library("NeighborEmbedding", ["Features", "SeededRandom", "CKissFFT"]),
    library("Models", ["NN", "Torch", "SeededRandom"]),
    library("Training", ["NN", "Torch", "Datasets", "SeededRandom", "RunStore"]),

    library("Generative", ["NN", "Torch", "SeededRandom"]),

    library(
      "Methods",
      [
        "Training", "NN", "Torch", "Datasets", "LabelNoise", "Statistics", "SeededRandom",
        "RunStore",
      ]),

    library(
      "Experiments",
      [
        "Methods", "Training", "Generative", "Models", "Datasets", "NN", "NeighborEmbedding",
        "Features", "Torch", "LabelNoise", "SeededRandom", "RunStore", "CZlib",
      ]),

    library(
      "Reproduction",
      [
        "Experiments", "Reporting", "Workers", "Methods", "Datasets", "LabelNoise", "Torch",
        "RunStore", "NN", external("ArgumentParser", from: "swift-argument-parser"),
      ]),

    library(
      "EchoAlignPaper",
      [
        "Reproduction", "Experiments", "Reporting", "Methods", "LabelNoise", "Plotting",
        "Statistics", "SeededRandom", "RunStore",
      ]),

    reproduction("echoalign-table1"),
    reproduction("echoalign-table2"),
    reproduction("echoalign-table3"),
    reproduction("echoalign-table4"),
    reproduction("echoalign-table5"),
    reproduction("echoalign-table6"),
    reproduction("echoalign-table7"),
    reproduction("echoalign-table8"),
    reproduction("echoalign-figure1"),
    reproduction("echoalign-figure2"),
    reproduction("echoalign-figure3"),
    reproduction("echoalign-figure4"),
    reproduction("echoalign-figure5"),
    reproduction("echoalign-figure6"),
    reproduction("echoalign-figure7"),
    reproduction("echoalign-figure8"),
    reproduction("echoalign-theorem31"),
    .executableTarget(
      name: "echoalign-claims",
      dependencies: [
        "EchoAlignPaper", "Reproduction", "Reporting", "RunStore",
        external("ArgumentParser", from: "swift-argument-parser"),
      ], path: "reproductions/echoalign-claims", exclude: ["README.md"]),
    .executableTarget(
      name: "plumbline",
      dependencies: [
        "Reproduction", "RunExport", "Experiments", "Reporting", "Methods", "Models",
        "Datasets", "LabelNoise", "Training", "NeighborEmbedding", "Features", "Statistics", "NN",
        "Torch", "SeededRandom", "RunStore",
        external("ArgumentParser", from: "swift-argument-parser"),
      ]),
    .executableTarget(
      name: "plumbline-bench",
      dependencies: [
        "Experiments", "Methods", "Models", "NN", "Features", "Statistics", "Plotting", "Torch",
        "LabelNoise", "Workers", "RunStore", "SeededRandom",
        external("ArgumentParser", from: "swift-argument-parser"),
      ]),

    .executableTarget(
      name: "plumbline-faults",
      dependencies: ["RunStore", external("ArgumentParser", from: "swift-argument-parser")]),

    // MARK: Tests
    .target(name: "TestSupport", path: "Tests/TestSupport"),
    .target(
      name: "TorchTestSupport", dependencies: ["Torch", "Datasets", "TestSupport"],
      path: "Tests/TorchTestSupport"),
    .executableTarget(
      name: "FakeWorker", dependencies: ["RunStore", "Workers"], path: "Tests/FakeWorker"),
    tests("SeededRandom"),
    tests("RunStore"),
    tests("LabelNoise", ["SeededRandom"]),
    tests("Statistics", ["SeededRandom"]),
    tests("Features", ["Statistics", "CBLAS", "SeededRandom"]),
    tests("NeighborEmbedding", ["Features", "SeededRandom"]),
    tests("Plotting"),
    tests("RunExport", ["RunStore"]),
    tests("Workers", ["RunStore", "FakeWorker"]),
    tests("Torch", ["TorchTestSupport"]),
    tests("NN", ["Torch", "SeededRandom", "TorchTestSupport"]),
    tests("Datasets", ["Torch", "SeededRandom", "RunStore", "TorchTestSupport"]),
    tests("Reporting", ["Statistics", "Plotting", "RunStore", "LabelNoise", "SeededRandom"]),
    tests("Models", ["NN", "Torch", "SeededRandom", "TorchTestSupport"]),
    tests("Generative", ["NN", "Torch", "SeededRandom", "TorchTestSupport"]),
    tests(
      "Training", ["NN", "Torch", "Datasets", "SeededRandom", "RunStore", "TorchTestSupport"]),
    tests(
      "Methods",
      [
        "Training", "Models", "NN", "Torch", "Datasets", "LabelNoise", "SeededRandom", "RunStore",
        "TorchTestSupport",
      ]),
    tests(
      "Experiments",
      [
        "Methods", "Training", "Generative", "Datasets", "NN", "Torch", "LabelNoise",
        "SeededRandom", "RunStore",
      ]),
    .testTarget(
      name: "ScriptsTests", dependencies: ["TestSupport"], exclude: ["range-server.py"]),
    .testTarget(
      name: "ReproductionsTests",
      dependencies: [
        "echoalign-table1", "echoalign-table2", "echoalign-table3", "echoalign-table4",
        "echoalign-table5", "echoalign-table6", "echoalign-table7", "echoalign-table8",
        "echoalign-figure1", "echoalign-figure2", "echoalign-figure3", "echoalign-figure4",
        "echoalign-figure5", "echoalign-figure6", "echoalign-figure7", "echoalign-figure8",
        "echoalign-theorem31", "echoalign-claims", "plumbline", "plumbline-faults",
        "EchoAlignPaper", "Reproduction",
        "Experiments", "Torch", "Reporting", "Plotting", "Methods", "LabelNoise", "RunStore",
        "TestSupport",
      ]),
  ],
  swiftLanguageModes: [.v6],
  // libtorch 1.13's headers need C++17; those of current 2.x releases need C++20.
  cxxLanguageStandard: torchHome == nil ? .gnucxx17 : .gnucxx20
)
