public import ResourceFormats

extension LargeLanguageModel {
    /// Settings for OpenAI and for Anthropic.
    public struct CustomModel: Hashable, Sendable {
        /// The name of the custom model.
        public var customModel: String?
        /// Members that are not in the schema, in their order.
        public var unknownMembers: UnknownMembers

        /// Settings, each of which may be absent.
        public init(
            customModel: String? = nil, unknownMembers: UnknownMembers = UnknownMembers()
        ) {
            self.customModel = customModel
            self.unknownMembers = unknownMembers
        }
    }

    /// Settings for Azure OpenAI.
    public struct AzureOpenAI: Hashable, Sendable {
        /// The name of the Azure OpenAI resource.
        public var resourceName: String?
        /// The name of the model's deployment.
        public var deploymentName: String?
        /// The version of the API, `YYYY-MM-DD` or `YYYY-MM-DD-preview`.
        public var apiVersion: String?
        /// The URL of a proxy, `baseCustomUrl` in JSON; if it is set, the other three are ignored.
        public var baseCustomURL: BaseCustomURL?
        /// Members that are not in the schema, in their order.
        public var unknownMembers: UnknownMembers

        /// Settings, each of which may be absent.
        public init(
            resourceName: String? = nil, deploymentName: String? = nil, apiVersion: String? = nil,
            baseCustomURL: BaseCustomURL? = nil, unknownMembers: UnknownMembers = UnknownMembers()
        ) {
            self.resourceName = resourceName
            self.deploymentName = deploymentName
            self.apiVersion = apiVersion
            self.baseCustomURL = baseCustomURL
            self.unknownMembers = unknownMembers
        }
    }

    /// The custom URL of Azure OpenAI: one for all calls, or one for each kind of call.
    ///
    /// The reference page declares a string, but its own example has an array of three strings (chat completions,
    /// completions, embeddings). Both occur, so both are read, and each is written as it was read.
    public enum BaseCustomURL: Hashable, Sendable {
        /// A string.
        case one(String)
        /// An array of strings.
        case several([String])

        /// The URLs, one or several.
        public var urls: [String] {
            switch self {
            case .one(let url): [url]
            case .several(let urls): urls
            }
        }
    }

    /// Settings for Google Vertex AI.
    public struct GoogleVertexAI: Hashable, Sendable {
        /// The region.
        public var location: String?
        /// The host of the API.
        public var apiEndpoint: String?
        /// The publisher of the model.
        public var publisher: String?
        /// Members that are not in the schema, in their order.
        public var unknownMembers: UnknownMembers

        /// Settings, each of which may be absent.
        public init(
            location: String? = nil, apiEndpoint: String? = nil, publisher: String? = nil,
            unknownMembers: UnknownMembers = UnknownMembers()
        ) {
            self.location = location
            self.apiEndpoint = apiEndpoint
            self.publisher = publisher
            self.unknownMembers = unknownMembers
        }
    }

    /// Settings for Google Gemini and for Google GenAI.
    public struct GoogleLocation: Hashable, Sendable {
        /// The region.
        public var location: String?
        /// Members that are not in the schema, in their order.
        public var unknownMembers: UnknownMembers

        /// Settings, each of which may be absent.
        public init(
            location: String? = nil, unknownMembers: UnknownMembers = UnknownMembers()
        ) {
            self.location = location
            self.unknownMembers = unknownMembers
        }
    }

    /// Settings for Aleph Alpha.
    public struct AlephAlpha: Hashable, Sendable {
        /// The name of the custom model.
        public var customModel: String?
        /// The URL of the API, `baseCustomUrl` in JSON.
        public var baseCustomURL: String?
        /// Members that are not in the schema, in their order.
        public var unknownMembers: UnknownMembers

        /// Settings, each of which may be absent.
        public init(
            customModel: String? = nil, baseCustomURL: String? = nil,
            unknownMembers: UnknownMembers = UnknownMembers()
        ) {
            self.customModel = customModel
            self.baseCustomURL = baseCustomURL
            self.unknownMembers = unknownMembers
        }
    }

    /// Settings for a provider that is compatible with OpenAI.
    public struct OpenAICompatible: Hashable, Sendable {
        /// The name of the custom model.
        public var customModel: String?
        /// The URL of the API, `baseCustomUrl` in JSON.
        public var baseCustomURL: String?
        /// The HTTP header that carries the API key.
        public var customAuthHeader: String?
        /// Members that are not in the schema, in their order.
        public var unknownMembers: UnknownMembers

        /// Settings, each of which may be absent.
        public init(
            customModel: String? = nil, baseCustomURL: String? = nil, customAuthHeader: String? = nil,
            unknownMembers: UnknownMembers = UnknownMembers()
        ) {
            self.customModel = customModel
            self.baseCustomURL = baseCustomURL
            self.customAuthHeader = customAuthHeader
            self.unknownMembers = unknownMembers
        }
    }
}

extension LargeLanguageModel.BaseCustomURL: ExpressibleByStringLiteral, ExpressibleByArrayLiteral {
    /// One URL.
    public init(stringLiteral url: String) {
        self = .one(url)
    }

    /// Several URLs.
    public init(arrayLiteral urls: String...) {
        self = .several(urls)
    }
}
