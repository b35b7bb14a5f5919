/// A name from a list that the API may lengthen: the documented ones are static members, all others survive.
///
/// A struct and no enum, so that a newer server's name is not an error. Equal names have the same text.
public protocol OpenName: RawRepresentable, Hashable, Sendable, Codable, ExpressibleByStringLiteral,
    CustomStringConvertible
where RawValue == String {
    /// Any name, documented or not.
    init(rawValue: String)

    /// All that the reference pages document, in their order.
    static var documented: [Self] { get }
}

extension OpenName {
    /// Any name, documented or not.
    public init(stringLiteral name: String) {
        self.init(rawValue: name)
    }

    /// The name as the API has it.
    public var description: String { rawValue }
}

extension LargeLanguageModel {
    /// Who runs the model.
    public struct Provider: OpenName {
        /// The name as the API has it.
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

        /// All that the reference pages document, in their order.
        public static let documented: [Self] = [
            .azureOpenAI, .openAI, .anthropic, .googleVertexAI, .googleGemini, .googleGenAI, .alephAlpha,
            .awsBedrock, .mistral,
        ]
    }

    /// What a model does.
    public struct ModelGroup: OpenName {
        /// The name as the API has it.
        public let rawValue: String

        /// Any name, documented or not.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// It answers in a conversation.
        public static let chat = Self(rawValue: "chat")
        /// It continues a text.
        public static let completion = Self(rawValue: "completion")
        /// It turns text into vectors.
        public static let embedding = Self(rawValue: "embedding")

        /// All that the reference pages document, in their order.
        public static let documented: [Self] = [
            .chat, .completion, .embedding,
        ]
    }

    /// Through which interface a chat model is called.
    public struct APIType: OpenName {
        /// The name as the API has it.
        public let rawValue: String

        /// Any name, documented or not.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// Chat completions, the default.
        public static let chatCompletion = Self(rawValue: "chatCompletion")
        /// Responses: only for OpenAI, Azure OpenAI and what is compatible with OpenAI.
        public static let responses = Self(rawValue: "responses")

        /// All that the reference pages document, in their order.
        public static let documented: [Self] = [
            .chatCompletion, .responses,
        ]
    }

    /// Where a resource belongs.
    public struct ResourceLevel: OpenName {
        /// The name as the API has it.
        public let rawValue: String

        /// Any name, documented or not.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// To one project.
        public static let project = Self(rawValue: "project")
        /// To the whole organisation: a global resource.
        public static let organisation = Self(rawValue: "organisation")

        /// All that the reference pages document, in their order.
        public static let documented: [Self] = [
            .project, .organisation,
        ]
    }
}
