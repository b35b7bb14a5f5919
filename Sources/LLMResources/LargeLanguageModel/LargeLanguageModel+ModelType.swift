extension LargeLanguageModel {
    /// The name of a model: one of the documented names, or one that a newer server has added.
    public struct ModelType: OpenName {
        /// The name in the API.
        public let rawValue: String

        /// Any name, documented or not.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// The model `gpt-3.5-turbo`.
        public static let gpt35Turbo = Self(rawValue: "gpt-3.5-turbo")
        /// The model `gpt-3.5-turbo-instruct`.
        public static let gpt35TurboInstruct = Self(rawValue: "gpt-3.5-turbo-instruct")
        /// The model `gpt-4`.
        public static let gpt4 = Self(rawValue: "gpt-4")
        /// The model `gpt-4o`.
        public static let gpt4o = Self(rawValue: "gpt-4o")
        /// The model `gpt-4o-mini`.
        public static let gpt4oMini = Self(rawValue: "gpt-4o-mini")
        /// The model `gpt-4.1`.
        public static let gpt41 = Self(rawValue: "gpt-4.1")
        /// The model `gpt-4.1-mini`.
        public static let gpt41Mini = Self(rawValue: "gpt-4.1-mini")
        /// The model `gpt-4.1-nano`.
        public static let gpt41Nano = Self(rawValue: "gpt-4.1-nano")
        /// The model `gpt-5`.
        public static let gpt5 = Self(rawValue: "gpt-5")
        /// The model `gpt-5-nano`.
        public static let gpt5Nano = Self(rawValue: "gpt-5-nano")
        /// The model `gpt-5-mini`.
        public static let gpt5Mini = Self(rawValue: "gpt-5-mini")
        /// The model `gpt-5.4-mini`.
        public static let gpt54Mini = Self(rawValue: "gpt-5.4-mini")
        /// The model `gpt-5.4-nano`.
        public static let gpt54Nano = Self(rawValue: "gpt-5.4-nano")
        /// The model `gpt-5-chat-latest`.
        public static let gpt5ChatLatest = Self(rawValue: "gpt-5-chat-latest")
        /// The model `gpt-5.1`.
        public static let gpt51 = Self(rawValue: "gpt-5.1")
        /// The model `gpt-5.2`.
        public static let gpt52 = Self(rawValue: "gpt-5.2")
        /// The model `gpt-5.4`.
        public static let gpt54 = Self(rawValue: "gpt-5.4")
        /// The model `gpt-5.5`.
        public static let gpt55 = Self(rawValue: "gpt-5.5")
        /// The model `text-embedding-ada-002`.
        public static let textEmbeddingAda002 = Self(rawValue: "text-embedding-ada-002")
        /// The model `luminous-extended-control`.
        public static let luminousExtendedControl = Self(rawValue: "luminous-extended-control")
        /// The model `luminous-embedding-128`.
        public static let luminousEmbedding128 = Self(rawValue: "luminous-embedding-128")
        /// The model `Pharia-1-Embedding-4608`.
        public static let pharia1Embedding4608 = Self(rawValue: "Pharia-1-Embedding-4608")
        /// The model `gemini-embedding-001`.
        public static let geminiEmbedding001 = Self(rawValue: "gemini-embedding-001")
        /// The model `claude-3-opus-20240229`.
        public static let claude3Opus20240229 = Self(rawValue: "claude-3-opus-20240229")
        /// The model `claude-sonnet-4-6`.
        public static let claudeSonnet46 = Self(rawValue: "claude-sonnet-4-6")
        /// The model `custom-model`.
        public static let customModel = Self(rawValue: "custom-model")
        /// The model `custom-embedding-model`.
        public static let customEmbeddingModel = Self(rawValue: "custom-embedding-model")
        /// The model `gemini-2.0-flash`.
        public static let gemini20Flash = Self(rawValue: "gemini-2.0-flash")
        /// The model `gemini-2.0-flash-lite`.
        public static let gemini20FlashLite = Self(rawValue: "gemini-2.0-flash-lite")
        /// The model `gemini-2.5-pro`.
        public static let gemini25Pro = Self(rawValue: "gemini-2.5-pro")
        /// The model `gemini-2.5-flash`.
        public static let gemini25Flash = Self(rawValue: "gemini-2.5-flash")
        /// The model `gemini-2.5-flash-lite`.
        public static let gemini25FlashLite = Self(rawValue: "gemini-2.5-flash-lite")
        /// The model `gemini-3.1-pro-preview`.
        public static let gemini31ProPreview = Self(rawValue: "gemini-3.1-pro-preview")
        /// The model `gemini-3-flash-preview`.
        public static let gemini3FlashPreview = Self(rawValue: "gemini-3-flash-preview")
        /// The model `gemini-3.1-flash-lite-preview`.
        public static let gemini31FlashLitePreview = Self(rawValue: "gemini-3.1-flash-lite-preview")
        /// The model `mistral-large-2411`.
        public static let mistralLarge2411 = Self(rawValue: "mistral-large-2411")
        /// The model `mistral-small-2503`.
        public static let mistralSmall2503 = Self(rawValue: "mistral-small-2503")
        /// The model `pixtral-large-2411`.
        public static let pixtralLarge2411 = Self(rawValue: "pixtral-large-2411")
        /// The model `pixtral-12b-2409`.
        public static let pixtral12B2409 = Self(rawValue: "pixtral-12b-2409")

        /// All names in the reference pages, in their order.
        public static let documented: [Self] = [
            .gpt35Turbo, .gpt35TurboInstruct, .gpt4, .gpt4o, .gpt4oMini, .gpt41, .gpt41Mini, .gpt41Nano,
            .gpt5, .gpt5Nano, .gpt5Mini, .gpt54Mini, .gpt54Nano, .gpt5ChatLatest, .gpt51, .gpt52, .gpt54,
            .gpt55, .textEmbeddingAda002, .luminousExtendedControl, .luminousEmbedding128,
            .pharia1Embedding4608, .geminiEmbedding001, .claude3Opus20240229, .claudeSonnet46, .customModel,
            .customEmbeddingModel, .gemini20Flash, .gemini20FlashLite, .gemini25Pro, .gemini25Flash,
            .gemini25FlashLite, .gemini31ProPreview, .gemini3FlashPreview, .gemini31FlashLitePreview,
            .mistralLarge2411, .mistralSmall2503, .pixtralLarge2411, .pixtral12B2409,
        ]
    }
}
