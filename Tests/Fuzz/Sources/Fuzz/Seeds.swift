import Foundation
import LLMResources
import ResourceFormats
import ResourceFormatsTesting

/// Documents where the search begins: samples, generated ones, and broken ones.
enum Seeds {
    /// Seeds of a target for one format: every document with other options and another target.
    static func documents(_ format: Format, broken: [String]) -> [[UInt8]] {
        (all(format) + broken.map { Array($0.utf8) }).enumerated().map { index, document in
            let options = [index, index / 3, index * 11, index * 29].map { UInt8(truncatingIfNeeded: $0) }
            // Narrow limits only now and then.
            return [options[0], index % 5 == 4 ? options[1] | 0xC0 : options[1] & 0x0F, options[2], options[3]]
                + document
        }
    }

    /// Items, lists and pages of a format, of samples and of generated records.
    static func all(_ format: Format) -> [[UInt8]] {
        var documents: [[UInt8]] = [[]]
        for file in ["model.json", "page.json", "newer-server.json", "spreadsheet.json", "page.hal"] {
            guard let sample = sample(file) else { continue }
            let source: Format = file.hasSuffix("hal") ? .hal : .json
            add(Conversion(from: source, to: format, schema: LargeLanguageModel.schema).run(sample), to: &documents)
        }
        for mood in [RecordGenerator.Mood.realistic, .adversarial, .valid(.resource), .valid(.create)] {
            var generator = RecordGenerator(schema: LargeLanguageModel.schema, mood: mood, seed: 9, depthLimit: 20)
            for number in 0..<12 {
                let records = (0..<number % 4).map { _ in generator.nextRecord() }
                let shape: DocumentShape? = number % 4 == 1 && number > 4 ? nil : .list
                let input = number % 4 == 1 ? records[0] : SlowJSON.array(records)
                let conversion = Conversion(from: .json, to: format, schema: LargeLanguageModel.schema, shape: shape)
                add(conversion.run(input.bytes), to: &documents)
            }
        }
        return documents
    }

    /// Lists of valid records.
    static func valid(_ format: Format) -> [[UInt8]] {
        var documents: [[UInt8]] = []
        var generator = RecordGenerator(schema: LargeLanguageModel.schema, mood: .valid(.resource), seed: 4)
        for _ in 0..<20 {
            let list = SlowJSON.array([generator.nextRecord()])
            add(
                Conversion(from: .json, to: format, schema: LargeLanguageModel.schema, shape: .list).run(list.bytes),
                to: &documents)
        }
        return documents
    }

    private static func add(_ outcome: Conversion.Outcome, to documents: inout [[UInt8]]) {
        if outcome.error == nil, outcome.output.count < 4000 { documents.append(outcome.output) }
    }

    private static func sample(_ name: String) -> [UInt8]? {
        guard let folder = ProcessInfo.processInfo.environment["FUZZ_SAMPLES"] else { return nil }
        return (try? Data(contentsOf: URL(fileURLWithPath: folder).appending(path: name))).map(Array.init)
    }

    static let json = [
        "{}", " [ ] ", "\u{FEFF}{\"name\":\"a\"} ", "[{\"x\":-1.5e+10},{\"y\":true}]\n",
        "{\"a\":1}\r\n{\"b\":null}\r\n",
        "{\"total\":2,\"items\":[{\"a\":1},{}],\"x\":[1],\"nextCursor\":\"n\"}", "{\"items\" : [ ] , \"total\":1}",
        "{\"items\":[],\"name\":1}", "{\"it\\u0065ms\":[{}]}", "{\"a\":\"\\ud83d\\ude00\\n\\\"\u{20AC}\"}",
        "{\"a\":\"\\ud83d\"}", "{\"a\":tru}", "{\"a\":01}", "{\"a\":1,\n\"a\":2}", "{\"name\":1,\"n\\u0061me\":2}",
        "[{},]", "[{}}", "[{}]x", "[{\"a\":\"\u{1}\"}]", "[{\"a\":1", "1", "{\"fallbacks\":[{\"x\":[[[{}]]]}]}",
    ]

    static let lines = [
        "\n\n", "{}\n{\"a\":1}\r\n\n{\"b\":2}", "{}\n[]", "{}{}", "{\"a\":1}\n{\"a\":", "\u{FEFF}{}", "x",
        "{\"a\":\n1}\n",
        "{\"a\":1,\r\n{\"b\":2}\n", "{\"a\":1} {\"b\":2}\n{}\n",
    ]

    static let hal = [
        "{\"_links\":{},\"a\":1}", "{\"_links\" :5}", "{\"a\":1,\"_links\":{\"x\":{\"href\":\"\\u00e9\"}}}\n",
        "{\"_embedded\":{\"x\":[{\"name\":\"a\"},{\"_links\":{\"y\":1}}]},\"_links\":{\"z\":1}}",
        " { \"_embedded\" : { \"x\\\"\" : [ ] } , \"_links\" : { } , \"total\" : 1 } ",
        "{\"_embedded\":{\"x\":[{}],\"y\":1}}", "{\"_embedded\":{\"x\":[{}]},\"name\":1}",
        "{\"_embedded\":{\"x\":[{},1]}}",
        "{\"_embedded\":{\"x\":[{}]}}{}", "{\"items\":[{\"_links\":{\"x\":1}}],\"_links\":{\"y\":1}}",
        "[{\"_links\":{\"self\":{\"href\":\"/v2.0/largelanguagemodels/1\"}},\"_id\":\"1\"}]",
        "{\"_links\":{\"curies\":[{\"name\":\"llm\",\"href\":\"/rels/{rel}\",\"templated\":true},{\"name\":\"x\"}]}}",
        "{\"_embedded\":{\"x\":[]},\"_links\":{\"self\":{\"href\":\"/v2.0/largelanguagemodels?a=1\"}}}",
    ]

    static let xml = [
        "<largeLanguageModel/>", "<largeLanguageModels/>",
        "<largeLanguageModels><page total=\"1\"/></largeLanguageModels>",
        "<largeLanguageModel><a type=\"array\"><item/><item>1</item></a></largeLanguageModel>",
        "<largeLanguageModel><a escaped=\"true\">\\u0000\\\\</a><_x_/><_x0041_>&#13;&amp;</_x0041_></largeLanguageModel>",
        "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><largeLanguageModel><a>x</a></largeLanguageModel>",
        "<!DOCTYPE a [<!ENTITY b \"c\">]><largeLanguageModel>&b;</largeLanguageModel>",
        "<largeLanguageModel><a><![CDATA[]]]]></a><!-- - --><?p q?></largeLanguageModel>",
        "<largeLanguageModel xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><a xsi:nil=\"true\"/></largeLanguageModel>",
        "<largeLanguageModels>x</largeLanguageModels>", "<largeLanguageModel><a>1</a><a>2</a></largeLanguageModel>",
        "<largeLanguageModel><createdAt> 1 </createdAt><isDefault>\n</isDefault></largeLanguageModel>", "<a", "</a>",
    ]

    static let csv = [
        "\n\n", "name", "name\r\na\r\n", "\u{FEFF}name\ra\rb", "name,x\r\n\"a\r\n\"\"b\",1\r\n\r\n,\r\n",
        "sep=;\r\nname;x\r\na;1\r\n", "sep=", "\"a;b\"|c\n1|2\n", "name\tx\n\"\"\t\n", "name,x\na\n", "name,name\n",
        "name,\n", "x\n\"a\"b\n", "x\n\"a", "createdAt\nabc\n", "x[0],x[1]\n,1\n", "x,x.y\n1,2\n", "x\n\\j:[1,]\n",
        "x\n\\a:\n\u{20AC}\n", "Size [mm]\n1\n", "openAI.customModel,fallbacks[0].x\nm,\"\\j:\"\"\\u0001\"\"\"\n",
        "fallbacks[0].x,fallbacks[0].isFallbackEnabled\n1,true\n", "x,y\n\\s:1,TRUE\n[],{}\n\"\",null\n",
        "a.b,a[0]\n1,2\n", "fallbacks\n\\j:[{}]\n",
    ]
}

/// What documents are made of.
enum Words {
    static let json = [
        "{\"", "\":", "\",\"", "\":{", "\":[", "},{", "],", "[]", "{}", "null", "true", "false", "1e5", "-0", "1.0",
        "\\u0000",
        "\\ud83d\\ude00", "\\\"", "\\\\", "\\n", "\r\n", "\u{FEFF}", "\"items\":[", "\"total\":", "\"nextCursor\":",
        "\"name\":", "10000000000000000999", "[[[[[[[[", "{\"a\":{\"a\":",
    ]

    static let names = [
        "name", "modelType", "provider", "connectionId", "openAI", "customModel", "azureOpenAI", "baseCustomUrl",
        "isCustomModel", "createdAt", "fallbacks", "isFallbackEnabled", "fallbackLLMReferenceId", "immediateFallBack",
        "failedRequests", "emailNotificationList", "assignedToProjects", "projectId", "_id", "referenceId",
        "lastChangedBy",
        "resourceLevel", "items", "total", "_links", "_embedded", "\u{E9}", "e\u{301}", "\u{1F600}", "\u{2028}",
    ]

    static let hal = [
        "\"_links\":{", "\"_embedded\":{", "\"href\":\"", "\"self\":{\"href\":\"/v2.0/largelanguagemodels",
        "\"curies\":[",
        "\"templated\":true", "\"collection\":", "llm:connection", "/v2.0/connections/", "largeLanguageModels",
        "\"name\":\"llm\"", "/rels/{rel}", "https://example.com",
    ]

    static let xml = [
        "<largeLanguageModels>", "</largeLanguageModels>", "<largeLanguageModel>", "</largeLanguageModel>", "<page ",
        "<item>", "</item>", "<item/>", "/>", "</", "type=\"string\"", "type=\"number\"", "type=\"boolean\"",
        "type=\"object\"", "type=\"array\"", "escaped=\"true\"", "xsi:nil=\"true\"", "xmlns:xsi=\"", "&amp;", "&lt;",
        "&#13;",
        "&#x", "<![CDATA[", "]]>", "<!--", "-->", "<?", "?>", "<!DOCTYPE", "_x0041_", "_x_", "_x005F_", "encoding=\"",
        "UTF-16", "ISO-8859-1", "xml:lang=\"", "<name>", "</name>", "<openAI>", "</openAI>", "<fallbacks>",
        "</fallbacks>",
    ]

    static let csv = [
        "\r\n", "\n", "\"\"", "\",\"", ",,", ";", "\t", "|", "sep=;", "\\s:", "\\j:", "\\a:", "\\j:[", "\\j:\"", "[0]",
        "[1].",
        "\\e", "\\.", "\\[", "\\u0000", "\\u0020", "TRUE", "FALSE", "null", "[]", "{}", "openAI.customModel",
        "fallbacks[0].", "immediateFallBack.", "assignedToProjects[", "=", "@", "\u{FF1D}", "\u{FEFF}", "\u{A0}",
    ]
}
