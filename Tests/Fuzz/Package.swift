// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "fuzz",
    platforms: [.macOS(.v26)],
    dependencies: [.package(name: "llmfmt", path: "../..")],
    targets: [
        .executableTarget(
            name: "FuzzNegotiation",
            dependencies: [.product(name: "ContentNegotiation", package: "llmfmt")],
            // `main` is libFuzzer's.
            swiftSettings: [.unsafeFlags(["-parse-as-library"])])
    ]
)
