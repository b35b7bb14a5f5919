// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "negotiation-benchmark",
    platforms: [.macOS(.v26)],
    dependencies: [.package(name: "llmfmt", path: "../..")],
    targets: [
        .executableTarget(
            name: "negotiate-benchmark",
            dependencies: [.product(name: "ContentNegotiation", package: "llmfmt")])
    ]
)
