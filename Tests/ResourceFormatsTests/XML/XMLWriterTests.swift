import ResourceFormats
import ResourceFormatsTesting
import Testing

/// Items, lists and members as XML, byte for byte.
@Suite struct XMLWriterTests {
    @Test(arguments: members)
    func writesMembersInTheirOrder(json: String, expected: String) {
        #expect(convert(json, to: .xml) == XMLTexts.written(item: expected))
        #expect(convert(json, to: .textXML) == XMLTexts.written(item: expected))
    }

    static let members: [(String, String)] = [
        ("{}", ""),
        (#"{"name":"a","description":"b"}"#, "<name>a</name><description>b</description>"),
        (#"{"description":"b","name":"a"}"#, "<description>b</description><name>a</name>"),
        (#"{"x":1,"name":"a","y":2}"#, "<x>1</x><name>a</name><y>2</y>"),
        (#"{"name":""}"#, "<name/>"),
        (#"{"openAI":{}}"#, "<openAI/>"),
        (#"{"fallbacks":[]}"#, "<fallbacks/>"),
        (
            #"{"assignedToProjects":["a","b"]}"#,
            "<assignedToProjects><item>a</item><item>b</item></assignedToProjects>"
        ),
        (#"{"openAI":{"x":1,"customModel":"m"}}"#, "<openAI><x>1</x><customModel>m</customModel></openAI>"),
        (
            #"{"name":null,"openAI":null,"fallbacks":null,"createdAt":null,"x":null}"#,
            #"<name xsi:nil="true"/><openAI xsi:nil="true"/><fallbacks xsi:nil="true"/><createdAt "#
                + #"xsi:nil="true"/><x xsi:nil="true"/>"#
        ),
        (
            #"{"isDefault":false,"createdAt":1.50e3,"lastChanged":-0,"isCustomModel":true}"#,
            "<isDefault>false</isDefault><createdAt>1.50e3</createdAt><lastChanged>-0</lastChanged><isCustomModel>true</isCustomModel>"
        ),
        (#"{"createdAt":10000000000000000999}"#, "<createdAt>10000000000000000999</createdAt>"),
        (
            #"{"fallbacks":[{"isFallbackEnabled":true,"immediateFallBack":{"failedRequests":3,"emailNotificationList":["a@b"]}},null]}"#,
            #"<fallbacks><item><isFallbackEnabled>true</isFallbackEnabled><immediateFallBack><failedRequests>3</failedRequests><emailNotificationList><item>a@b</item></emailNotificationList></immediateFallBack></item><item xsi:nil="true"/></fallbacks>"#
        ),
        (#"{"x":{"y":{"z":"w"}}}"#, "<x><y><z>w</z></y></x>"),
        (#"{"x":{"item":1,"page":2}}"#, "<x><item>1</item><page>2</page></x>"),
        (#"{"_links":1,"$ref":2}"#, "<_links>1</_links><_x0024_ref>2</_x0024_ref>"),
    ]

    @Test(arguments: tags)
    func tagsWhatWouldComeBackAsAnotherKind(json: String, expected: String) {
        #expect(convert(json, to: .xml) == XMLTexts.written(item: expected))
        #expect(convert(XMLTexts.written(item: expected), from: .xml) == json + "\n")
    }

    static let tags: [(String, String)] = [
        (#"{"name":1}"#, #"<name type="number">1</name>"#),
        (#"{"name":true}"#, #"<name type="boolean">true</name>"#),
        (#"{"name":{}}"#, #"<name type="object"/>"#),
        (#"{"name":[]}"#, #"<name type="array"/>"#),
        (#"{"name":{"a":1}}"#, #"<name type="object"><a>1</a></name>"#),
        (#"{"name":["a"]}"#, #"<name type="array"><item>a</item></name>"#),
        (#"{"createdAt":"1"}"#, #"<createdAt type="string">1</createdAt>"#),
        (#"{"createdAt":"x"}"#, #"<createdAt type="string">x</createdAt>"#),
        (#"{"createdAt":""}"#, #"<createdAt type="string"/>"#),
        (#"{"createdAt":true}"#, #"<createdAt type="boolean">true</createdAt>"#),
        (#"{"createdAt":{}}"#, #"<createdAt type="object"/>"#),
        (#"{"createdAt":[1]}"#, #"<createdAt type="array"><item>1</item></createdAt>"#),
        (#"{"isDefault":"true"}"#, #"<isDefault type="string">true</isDefault>"#),
        (#"{"isDefault":1}"#, #"<isDefault type="number">1</isDefault>"#),
        (#"{"isDefault":[]}"#, #"<isDefault type="array"/>"#),
        (#"{"openAI":"x"}"#, #"<openAI type="string">x</openAI>"#),
        (#"{"openAI":""}"#, #"<openAI type="string"/>"#),
        (#"{"openAI":1}"#, #"<openAI type="number">1</openAI>"#),
        (#"{"openAI":false}"#, #"<openAI type="boolean">false</openAI>"#),
        (#"{"openAI":[]}"#, #"<openAI type="array"/>"#),
        (
            #"{"openAI":[{"customModel":"m"}]}"#,
            #"<openAI type="array"><item><customModel>m</customModel></item></openAI>"#
        ),
        (#"{"fallbacks":{}}"#, #"<fallbacks type="object"/>"#),
        (#"{"fallbacks":{"item":1}}"#, #"<fallbacks type="object"><item>1</item></fallbacks>"#),
        (#"{"fallbacks":"x"}"#, #"<fallbacks type="string">x</fallbacks>"#),
        (
            #"{"fallbacks":[1,"x",true,[],{},null]}"#,
            #"<fallbacks><item type="number">1</item><item type="string">x</item><item "#
                + #"type="boolean">true</item><item type="array"/><item/><item xsi:nil="true"/></fallbacks>"#
        ),
        (
            #"{"assignedToProjects":[1,true,{},[],null,"1"]}"#,
            #"<assignedToProjects><item type="number">1</item><item type="boolean">true</item><item "#
                + #"type="object"/><item type="array"/><item xsi:nil="true"/><item>1</item></assignedToProjects>"#
        ),
        (#"{"x":1,"y":-1.5e+10,"z":true,"w":false}"#, "<x>1</x><y>-1.5e+10</y><z>true</z><w>false</w>"),
        (
            #"{"a":"1","b":"-0","c":"1e5","d":"true","e":"false"}"#,
            #"<a type="string">1</a><b type="string">-0</b><c type="string">1e5</c><d "#
                + #"type="string">true</d><e type="string">false</e>"#
        ),
        (
            #"{"a":" 1","b":"01","c":"1.","d":"-","e":"TRUE","f":"null","g":"+1","h":"1 "#
                + #"","i":".5","j":"0x1","k":"1e","l":"trues","m":"NaN"}"#,
            "<a> 1</a><b>01</b><c>1.</c><d>-</d><e>TRUE</e><f>null</f><g>+1</g><h>1 "
                + "</h><i>.5</i><j>0x1</j><k>1e</k><l>trues</l><m>NaN</m>"
        ),
        (#"{"x":""}"#, "<x/>"),
        (#"{"x":" "}"#, "<x> </x>"),
        (#"{"x":{}}"#, #"<x type="object"/>"#),
        (#"{"x":[]}"#, #"<x type="array"/>"#),
        (#"{"x":[1]}"#, #"<x type="array"><item>1</item></x>"#),
        (
            #"{"x":[[],[[]],{}]}"#,
            #"<x type="array"><item type="array"/><item type="array"><item type="array"/></item><item "#
                + #"type="object"/></x>"#
        ),
        (#"{"x":{"y":{}}}"#, #"<x><y type="object"/></x>"#),
        (#"{"x":{"y":[]}}"#, #"<x><y type="array"/></x>"#),
        (
            #"{"x":["1","a",true,"true",{"a":"1"}]}"#,
            #"<x type="array"><item type="string">1</item><item>a</item><item>true</item><item "#
                + #"type="string">true</item><item><a type="string">1</a></item></x>"#
        ),
        (
            #"{"openAI":{"customModel":1,"x":"1"}}"#,
            #"<openAI><customModel type="number">1</customModel><x type="string">1</x></openAI>"#
        ),
        (
            #"{"azureOpenAI":{"baseCustomUrl":["a","1"]}}"#,
            #"<azureOpenAI><baseCustomUrl type="array"><item>a</item><item "#
                + #"type="string">1</item></baseCustomUrl></azureOpenAI>"#
        ),
        (#"{"createdAt":"\u0001"}"#, #"<createdAt type="string" escaped="true">\u0001</createdAt>"#),
        (#"{"x":"1\u0001"}"#, #"<x escaped="true">1\u0001</x>"#),
    ]
}
