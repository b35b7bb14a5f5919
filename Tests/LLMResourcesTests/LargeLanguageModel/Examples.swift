import LLMResources
import ResourceFormats

/// A model with every known field set, and an unknown member at every level.
let completeModel = """
    {"name":"A","description":"d","modelType":"gpt-4o","modelGroup":"chat","apiType":"responses",\
    "isCustomModel":true,"provider":"azureOpenAI","connectionId":"c",\
    "openAI":{"customModel":"m1","u1":1},"anthropic":{"customModel":"m2","u2":[1.0,{"z":null,"a":"\\u0001"}]},\
    "azureOpenAI":{"resourceName":"r","deploymentName":"d","apiVersion":"v","baseCustomUrl":"https://a","u3":{}},\
    "googleVertexAI":{"location":"l","apiEndpoint":"e","publisher":"p","u4":[]},\
    "googleGemini":{"location":"l","u5":null},"googleGenAI":{"location":"l","u6":""},\
    "alephAlpha":{"customModel":"m3","baseCustomUrl":"https://b","u7":false},\
    "openAICompatible":{"customModel":"m4","baseCustomUrl":"https://c","customAuthHeader":"h","u8":-0},\
    "resourceLevel":"project","isDefault":false,\
    "fallbacks":[{"isFallbackEnabled":true,"fallbackLLMReferenceId":"f","immediateFallBack":\
    {"failedRequests":1e3,"durationInMinutes":1.50,"emailNotificationList":["a@b",""],"u9":"1"},"u10":true}],\
    "assignedToProjects":["p1","p2"],"projectId":"p","referenceId":"r","_id":"i","createdAt":1694518620,\
    "lastChanged":1694518621,"createdBy":"u","lastChangedBy":"v","zeta":10000000000000000999,"alpha":{"b":1,"a":2}}

    """

/// The response that the reference page of *GET /v2.0/largelanguagemodels/{id}* shows.
let referenceExample = #"""
    {
      "name": "Large language model for customer service",
      "modelType": "gpt-3.5-turbo",
      "provider": "azureOpenAI",
      "connectionId": "3c90c3cc-0d44-4b50-8888-8dd25736052a",
      "description": "Large language model for customer-facing AI Agents.",
      "modelGroup": "chat",
      "isCustomModel": true,
      "openAI": {
        "customModel": "gpt-4-32k-0613"
      },
      "anthropic": {
        "customModel": "claude-opus-4-0"
      },
      "azureOpenAI": {
        "resourceName": "<string>",
        "deploymentName": "<string>",
        "apiVersion": "<string>",
        "baseCustomUrl": [
          "https://<resourceName>.openai.azure.com/openai/deployments/<deploymentName>/chat/completions?api-version=<apiVersion>",
          "https://<resourceName>.openai.azure.com/openai/deployments/<deploymentName>/completions?api-version=<apiVersion>",
          "https://<resourceName>.openai.azure.com/openai/deployments/<deploymentName>/embeddings?api-version=<apiVersion>"
        ]
      },
      "googleVertexAI": {
        "location": "<string>",
        "apiEndpoint": "<string>",
        "publisher": "<string>"
      },
      "googleGemini": {
        "location": "<string>"
      },
      "alephAlpha": {
        "customModel": "luminous-003",
        "baseCustomUrl": "https://api.aleph-alpha.com"
      },
      "openAICompatible": {
        "customModel": "luminous-003",
        "baseCustomUrl": "https://own-llm-deployment.company.com/openai/v1",
        "customAuthHeader": "Ocp-Apim-Subscription-Key"
      },
      "resourceLevel": "project",
      "isDefault": false,
      "fallbacks": [
        {
          "isFallbackEnabled": true,
          "fallbackLLMReferenceId": "3c90c3cc-0d44-4b50-8888-8dd25736052a",
          "immediateFallBack": {
            "failedRequests": 123,
            "durationInMinutes": 123,
            "emailNotificationList": [
              "<string>"
            ]
          }
        }
      ],
      "referenceId": "3c90c3cc-0d44-4b50-8888-8dd25736052a",
      "_id": "<string>",
      "createdAt": 1694518620,
      "lastChanged": 1694518620,
      "createdBy": "<string>",
      "lastChangedBy": "<string>"
    }
    """#

/// The four required members, without braces.
let required = #""name":"A","modelType":"gpt-4","provider":"openAI","connectionId":"c""#

/// A model with nothing but what is required.
let smallModel = LargeLanguageModel(name: "A", modelType: .gpt4, provider: .openAI, connectionId: "c")

func decode(_ text: String, _ format: Format = .json) throws(SerializationError) -> LargeLanguageModel {
    let bytes = Array(text.utf8)
    return try format.decode(LargeLanguageModel.self, from: bytes.span)
}

func decodeAll(_ text: String, _ format: Format = .json) throws(SerializationError) -> [LargeLanguageModel] {
    let bytes = Array(text.utf8)
    return try format.decode([LargeLanguageModel].self, from: bytes.span)
}

func text(_ bytes: [UInt8]) -> String {
    String(decoding: bytes, as: UTF8.self)
}
