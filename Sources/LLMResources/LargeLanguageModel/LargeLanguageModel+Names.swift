/// A name from a list that the API may extend: documented names are static members, and all others are kept.
///
/// It is a struct instead of an enum, so that a newer server's name is not an error. Equal names have equal texts.
public protocol OpenName: RawRepresentable, Hashable, Sendable, Codable, ExpressibleByStringLiteral,
    CustomStringConvertible
where RawValue == String {
    /// Any name, documented or not.
    init(rawValue: String)

    /// All names in the reference pages, in their order.
    static var documented: [Self] { get }
}

extension OpenName {
    /// Any name, documented or not.
    public init(stringLiteral name: String) {
        self.init(rawValue: name)
    }

    /// The name in the API.
    public var description: String { rawValue }
}

extension LargeLanguageModel {
    /// The provider that runs a model.
    public struct Provider: OpenName {
        /// The name in the API.
        public let rawValue: String

        /// Any name, documented or not.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// Azure OpenAI.
        public static let azureOpenAI = Self(rawValue: "azureOpenAI")
        /// OpenAI.
        public static let openAI = Self(rawValue: "openAI")
        /// Anthropic.
        public static let anthropic = Self(rawValue: "anthropic")
        /// Google Vertex AI.
        public static let googleVertexAI = Self(rawValue: "googleVertexAI")
        /// Google Gemini.
        public static let googleGemini = Self(rawValue: "googleGemini")
        /// Google GenAI.
        public static let googleGenAI = Self(rawValue: "googleGenAI")
        /// Aleph Alpha.
        public static let alephAlpha = Self(rawValue: "alephAlpha")
        /// AWS Bedrock.
        public static let awsBedrock = Self(rawValue: "awsBedrock")
        /// Mistral.
        public static let mistral = Self(rawValue: "mistral")

        /// All names in the reference pages, in their order.
        public static let documented: [Self] = [
            .azureOpenAI, .openAI, .anthropic, .googleVertexAI, .googleGemini, .googleGenAI, .alephAlpha,
            .awsBedrock, .mistral,
        ]
    }

    /// The purpose of a model.
    public struct ModelGroup: OpenName {
        /// The name in the API.
        public let rawValue: String

        /// Any name, documented or not.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// Answers in a conversation.
        public static let chat = Self(rawValue: "chat")
        /// Continuation of a text.
        public static let completion = Self(rawValue: "completion")
        /// Conversion of text into vectors.
        public static let embedding = Self(rawValue: "embedding")

        /// All names in the reference pages, in their order.
        public static let documented: [Self] = [
            .chat, .completion, .embedding,
        ]
    }

    /// The interface by which a chat model is called.
    public struct APIType: OpenName {
        /// The name in the API.
        public let rawValue: String

        /// Any name, documented or not.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// Chat completions, the default.
        public static let chatCompletion = Self(rawValue: "chatCompletion")
        /// Responses: only for OpenAI, Azure OpenAI and providers that are compatible with OpenAI.
        public static let responses = Self(rawValue: "responses")

        /// All names in the reference pages, in their order.
        public static let documented: [Self] = [
            .chatCompletion, .responses,
        ]
    }

    /// The level to which a resource belongs.
    public struct ResourceLevel: OpenName {
        /// The name in the API.
        public let rawValue: String

        /// Any name, documented or not.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// One project.
        public static let project = Self(rawValue: "project")
        /// The whole organisation: a global resource.
        public static let organisation = Self(rawValue: "organisation")

        /// All names in the reference pages, in their order.
        public static let documented: [Self] = [
            .project, .organisation,
        ]
    }
}
