// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "own-resource",
    platforms: [.macOS(.v26)],
    dependencies: [
        .package(name: "llmfmt", path: "../..", traits: [.defaults, "Hummingbird"]),
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.28.0"),
    ],
    targets: [
        .target(
            name: "BookResource", dependencies: [.product(name: "ResourceFormats", package: "llmfmt")]),
        .executableTarget(
            name: "BookServer",
            dependencies: [
                "BookResource",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "ResourceFormats", package: "llmfmt"),
                .product(name: "ResourceHTTP", package: "llmfmt"),
                .product(name: "ResourceHummingbird", package: "llmfmt"),
            ]),
        .testTarget(
            name: "OwnResourceTests",
            dependencies: [
                "BookResource", "BookServer",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
                .product(name: "ResourceFormats", package: "llmfmt"),
                .product(name: "ResourceFormatsTesting", package: "llmfmt"),
            ]),
    ]
)

for target in package.targets {
    target.swiftSettings = [
        .swiftLanguageMode(.v6), .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"), .enableUpcomingFeature("MemberImportVisibility"),
    ]
}
