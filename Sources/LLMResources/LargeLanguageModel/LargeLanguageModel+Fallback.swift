public import ResourceFormats

extension LargeLanguageModel {
    /// A model that is used when this one stops working.
    public struct Fallback: Hashable, Sendable {
        /// Whether the fallback is active, `isFallbackEnabled` in JSON.
        public var isEnabled: Bool?
        /// The reference identifier of the other model, `fallbackLLMReferenceId` in JSON.
        public var referenceId: String?
        /// The conditions for taking over at once, `immediateFallBack` in JSON.
        public var immediate: ImmediateFallback?
        /// Members that are not in the schema, in their order.
        public var unknownMembers: UnknownMembers

        /// Settings, each of which may be absent.
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

    /// The conditions for another model to take over, for how long it does, and who is notified.
    public struct ImmediateFallback: Hashable, Sendable {
        /// The number of requests that have to fail first.
        public var failedRequests: Number?
        /// The number of minutes for which the other model is used.
        public var durationInMinutes: Number?
        /// The addresses to notify.
        public var emailNotificationList: [String]?
        /// Members that are not in the schema, in their order.
        public var unknownMembers: UnknownMembers

        /// Settings, each of which may be absent.
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
