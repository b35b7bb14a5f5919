public import ResourceFormats

extension LargeLanguageModel {
    /// A model that is used when this one stops working.
    public struct Fallback: Hashable, Sendable {
        /// Whether the fallback is active, `isFallbackEnabled` in JSON.
        public var isEnabled: Bool?
        /// The reference identifier of the other model, `fallbackLLMReferenceId` in JSON.
        public var referenceId: String?
        /// When it takes over at once, `immediateFallBack` in JSON.
        public var immediate: ImmediateFallback?
        /// Members that this package does not know, in their order.
        public var unknownMembers: UnknownMembers

        /// Settings, of which each may be absent.
        public init(
            isEnabled: Bool? = nil, referenceId: String? = nil, immediate: ImmediateFallback? = nil,
            unknownMembers: UnknownMembers = UnknownMembers()
        ) {
            self.isEnabled = isEnabled
            self.referenceId = referenceId
            self.immediate = immediate
            self.unknownMembers = unknownMembers
        }
    }

    /// When another model takes over, for how long, and who hears of it.
    public struct ImmediateFallback: Hashable, Sendable {
        /// How many requests have to fail before.
        public var failedRequests: Number?
        /// For how many minutes the other model is used.
        public var durationInMinutes: Number?
        /// The addresses that are told.
        public var emailNotificationList: [String]?
        /// Members that this package does not know, in their order.
        public var unknownMembers: UnknownMembers

        /// Settings, of which each may be absent.
        public init(
            failedRequests: Number? = nil, durationInMinutes: Number? = nil,
            emailNotificationList: [String]? = nil, unknownMembers: UnknownMembers = UnknownMembers()
        ) {
            self.failedRequests = failedRequests
            self.durationInMinutes = durationInMinutes
            self.emailNotificationList = emailNotificationList
            self.unknownMembers = unknownMembers
        }
    }
}
