// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "flying-fox-server",
    platforms: [.macOS(.v26)],
    products: [.library(name: "ModelServer", targets: ["ModelServer"])],
    dependencies: [
        .package(name: "llmfmt", path: "../.."),
        .package(url: "https://github.com/apple/swift-http-types.git", from: "1.8.0", traits: []),
        .package(url: "https://github.com/swhitty/FlyingFox.git", from: "0.27.1"),
    ],
    targets: [
        .target(
            name: "ModelServer",
            dependencies: [
                .product(name: "FlyingFox", package: "FlyingFox"),
                .product(name: "FlyingSocks", package: "FlyingFox"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "LLMResources", package: "llmfmt"),
                .product(name: "LLMResourcesHTTP", package: "llmfmt"),
                .product(name: "ResourceFormats", package: "llmfmt"),
                .product(name: "ResourceHTTP", package: "llmfmt"),
            ]),
        .executableTarget(
            name: "FlyingFoxServer",
            dependencies: ["ModelServer", .product(name: "ResourceFormats", package: "llmfmt")]),
        .testTarget(
            name: "ModelServerTests",
            dependencies: [
                "ModelServer",
                .product(name: "ContentNegotiation", package: "llmfmt"),
                .product(name: "FlyingFox", package: "FlyingFox"),
                .product(name: "FlyingSocks", package: "FlyingFox"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "LLMResources", package: "llmfmt"),
                .product(name: "ResourceFormats", package: "llmfmt"),
                .product(name: "ResourceHTTP", package: "llmfmt"),
            ]),
    ]
)

for target in package.targets {
    target.swiftSettings = [
        .swiftLanguageMode(.v6),
        .strictMemorySafety(),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableExperimentalFeature("Lifetimes"),
    ]
}
