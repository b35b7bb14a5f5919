public struct LargeLanguageModel {}
