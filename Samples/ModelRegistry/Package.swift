// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "ModelRegistry",
    platforms: [.macOS(.v26)],
    products: [
        .library(name: "RegistryStore", targets: ["RegistryStore"]),
        .library(name: "RegistryDescription", targets: ["RegistryDescription"]),
    ],
    dependencies: [
        .package(name: "llmfmt", path: "../.."),
        .package(url: "https://github.com/groue/GRDB.swift.git", from: "7.10.0"),
    ],
    targets: [
        .target(
            name: "RegistryStore",
            dependencies: [
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "LLMResources", package: "llmfmt"),
                .product(name: "ResourceFormats", package: "llmfmt"),
            ]),
        .target(
            name: "RegistryDescription",
            dependencies: [
                .product(name: "ContentNegotiation", package: "llmfmt"),
                .product(name: "LLMResources", package: "llmfmt"),
                .product(name: "ResourceFormats", package: "llmfmt"),
            ]),
        .testTarget(
            name: "RegistryStoreTests",
            dependencies: [
                "RegistryStore",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "LLMResources", package: "llmfmt"),
                .product(name: "ResourceFormats", package: "llmfmt"),
                .product(name: "ResourceFormatsTesting", package: "llmfmt"),
            ]),
        .testTarget(
            name: "RegistryDescriptionTests",
            dependencies: [
                "RegistryDescription",
                .product(name: "LLMResources", package: "llmfmt"),
                .product(name: "ResourceFormats", package: "llmfmt"),
                .product(name: "ResourceFormatsTesting", package: "llmfmt"),
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
