// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "fuzz",
    platforms: [.macOS(.v26)],
    dependencies: [.package(name: "llmfmt", path: "../..")],
    targets: [
        // One program for all targets, because linking takes longer than compiling them.
        .executableTarget(
            name: "Fuzz",
            dependencies: [
                .product(name: "ContentNegotiation", package: "llmfmt"),
                .product(name: "LLMResources", package: "llmfmt"),
                .product(name: "ResourceFormats", package: "llmfmt"),
                .product(name: "ResourceFormatsTesting", package: "llmfmt"),
            ],
            // `main` is libFuzzer's.
            swiftSettings: [.unsafeFlags(["-parse-as-library"])])
    ]
)
