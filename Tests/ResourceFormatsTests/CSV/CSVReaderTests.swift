import ResourceFormats
import ResourceFormatsTesting
import Testing

/// What tables mean: line ends, delimiters, headers as paths, cells by the kind of their column.
@Suite struct CSVReaderTests {
    @Test(arguments: tables)
    func readsTables(input: String, expected: String) {
        #expect(run(input, from: .csv).description == expected + "\n")
        #expect(run(input, from: .csv).notes == [])
    }

    static let tables: [(String, String)] = [
        ("name\r\na\r\n", #"[{"name":"a"}]"#),
        ("name\na\n", #"[{"name":"a"}]"#),
        ("name\ra\r", #"[{"name":"a"}]"#),
        ("name\na", #"[{"name":"a"}]"#),
        ("name\n", "[]"),
        ("name", "[]"),
        ("\u{FEFF}name\r\na\r\n", #"[{"name":"a"}]"#),
        ("\n\r\n\nname\n\n\r\na\n\n\nb\n\n", #"[{"name":"a"},{"name":"b"}]"#),
        ("name,x\n,\n", "[{}]"),
        (#"name,x\#n"",""\#n"#, #"[{"name":"","x":""}]"#),
        (#"createdAt,isDefault,openAI,fallbacks,x\#n"","","","",""\#n"#, #"[{"x":""}]"#),
        ("createdAt,isDefault,openAI,fallbacks,x\n,,,,1\n", #"[{"x":1}]"#),
        (
            "name,x,createdAt,isDefault,openAI,fallbacks\nnull,null,null,null,null,null\n",
            #"[{"name":null,"x":null,"createdAt":null,"isDefault":null,"openAI":null,"fallbacks":null}]"#
        ),
        (
            "name,x,createdAt,isDefault,openAI,fallbacks\n[],[],[],[],[],[]\n",
            #"[{"name":[],"x":[],"createdAt":[],"isDefault":[],"openAI":[],"fallbacks":[]}]"#
        ),
        (
            "name,x,createdAt,isDefault,openAI,fallbacks\n{},{},{},{},{},{}\n",
            #"[{"name":{},"x":{},"createdAt":{},"isDefault":{},"openAI":{},"fallbacks":{}}]"#
        ),
        (#"name,x\#n"null","[]"\#n"{}","null"\#n"#, #"[{"name":null,"x":[]},{"name":{},"x":null}]"#),
        (
            #"isDefault,isCustomModel\#ntrue,FALSE\#nTrue,fAlSe\#n"true","FALSE"\#n"#,
            #"[{"isDefault":true,"isCustomModel":false},{"isDefault":true,"isCustomModel":false},{"isDefault":true,"isCustomModel":false}]"#
        ),
        (
            #"x\#ntrue\#nTRUE\#nfalse\#nFALSE\#nTrue\#nfALSE\#n"true"\#n"#,
            #"[{"x":true},{"x":true},{"x":false},{"x":false},{"x":"True"},{"x":"fALSE"},{"x":true}]"#
        ),
        (
            #"x\#n1\#n-0\#n1.0\#n1e400\#n01\#n1.\#n+1\#n 1\#n"1"\#n1 \#n"#,
            #"[{"x":1},{"x":-0},{"x":1.0},{"x":1e400},{"x":"01"},{"x":"1."},{"x":"+1"},{"x":" "#
                + #"1"},{"x":1},{"x":"1 "}]"#
        ),
        ("name\n1\ntrue\nTRUE\n1e5\n", #"[{"name":"1"},{"name":"true"},{"name":"TRUE"},{"name":"1e5"}]"#),
        (
            #"createdAt\#n10000000000000000999\#n-0\#n1e-400\#n"5"\#n"#,
            #"[{"createdAt":10000000000000000999},{"createdAt":-0},{"createdAt":1e-400},{"createdAt":5}]"#
        ),
        (
            #"name,x,createdAt\#n\s:null,\s:1,\s:1\#n\s:,\s:,\s:\#n\s:\s:,\s:\j:1,\s:\a:\#n"#,
            #"[{"name":"null","x":"1","createdAt":"1"},{"name":"","x":"","createdAt":""},{"name":"\\s:","x":"\\j:1","createdAt":"\\a:"}]"#
        ),
        (
            #"name,x,createdAt\#n\j:1,\j:"1",\j:"a"\#n"\j:{""k"":[1,null]}","\j:""\u0001""","\j:[]"\#n\j: 1 "#
                + #",\j:null,\j:true\#n"#,
            #"[{"name":1,"x":"1","createdAt":"a"},{"name":{"k":[1,null]},"x":"\u0001","createdAt":[]},{"name":1,"x":null,"createdAt":true}]"#
        ),
        (#"name\#n\a:\#n"\a:"\#n"#, "[{},{}]"),
        (#"x\#n\a:\#n1\#n"#, #"[{},{"x":1}]"#),
        (#"name,x\#n\a:,\a:x\#n"#, #"[{"name":"\\a:","x":"\\a:x"}]"#),
        (#"name,x\#n\,\n\#n\S:x,\s\#n"#, #"[{"name":"\\","x":"\\n"},{"name":"\\S:x","x":"\\s"}]"#),
        (#"x\#n\a:x\#n"#, #"[{"x":"\\a:x"}]"#),
        ("sep=;\nname;x\na;1\n", #"[{"name":"a","x":1}]"#),
        ("\u{FEFF}sep=;\r\nname;x\r\na;1\r\n", #"[{"name":"a","x":1}]"#),
        ("sep=\t\nname\tx\na\t1\n", #"[{"name":"a","x":1}]"#),
        ("sep=|\rname|x\ra|1\r", #"[{"name":"a","x":1}]"#),
        ("sep=,\nname;x\n1\n", #"[{"name;x":1}]"#),
        (#""sep=;"\#n1\#n"#, #"[{"sep=;":1}]"#),
        ("sep=ab\n1\n", #"[{"sep=ab":1}]"#),
        ("sep=\n1\n", #"[{"sep=":1}]"#),
        ("sep=^\nname^x\na,b^1\n", #"[{"name":"a,b","x":1}]"#),
        ("sep=;\n\n\nname;x\na;1\n", #"[{"name":"a","x":1}]"#),
        ("name;x\na,b;1\n", #"[{"name":"a,b","x":1}]"#),
        ("name\tx\na\t1\n", #"[{"name":"a","x":1}]"#),
        ("name|x\na|1\n", #"[{"name":"a","x":1}]"#),
        (#""a;b",name\#n1,n\#n"#, #"[{"a;b":1,"name":"n"}]"#),
        (#""a,b";name\#n1;n\#n"#, #"[{"a,b":1,"name":"n"}]"#),
        (#""a""b;c"|name\#n1|n\#n"#, #"[{"a\"b;c":1,"name":"n"}]"#),
        ("name;a,b\nn;1\n", #"[{"name":"n","a,b":1}]"#),
        (#"name\#n"a,b"\#n"#, #"[{"name":"a,b"}]"#),
        (#""a,b"\#n1\#n"#, #"[{"a,b":1}]"#),
        (#"name,x\#na"b,"c""d"\#n"#, #"[{"name":"a\"b","x":"c\"d"}]"#),
        (#"name,x\#n"a\#r\#nb","c\#nd"\#n"#, #"[{"name":"a\r\nb","x":"c\nd"}]"#),
        (#"name,x\#n"a,b",c\#n"#, #"[{"name":"a,b","x":"c"}]"#),
        ("name,x\n a , b \n", #"[{"name":" a ","x":" b "}]"#),
        (#"name\#n ""\#n"#, #"[{"name":" \"\""}]"#),
        (#"x\#na""b\#n"#, #"[{"x":"a\"\"b"}]"#),
        (
            "openAI.customModel,fallbacks[0].immediateFallBack.failedRequests,fallbacks[1]\nm,3,null\n",
            #"[{"openAI":{"customModel":"m"},"fallbacks":[{"immediateFallBack":{"failedRequests":3}},null]}]"#
        ),
        ("fallbacks[1],fallbacks[0],x[2],x[0],x[1]\n[],{},3,1,2\n", #"[{"fallbacks":[{},[]],"x":[1,2,3]}]"#),
        ("a.x,b,a.y\n1,2,3\n", #"[{"a":{"x":1,"y":3},"b":2}]"#),
        ("x.y[0].z\n1\n", #"[{"x":{"y":[{"z":1}]}}]"#),
        (#"\e,a\.b,c\[0],d\\e\#n1,2,3,4\#n"#, #"[{"":1,"a.b":2,"c[0]":3,"d\\e":4}]"#),
        (#"\n,\r,\t,\u0041,\u00e9\#n1,2,3,4,5\#n"#, #"[{"\n":1,"\r":2,"\t":3,"A":4,"é":5}]"#),
        (#"\u0020a\u0020,\uFEFFb,\u007F\#n1,2,3\#n"#, #"[{" a ":1,"\#u{FEFF}b":2,"\#u{7F}":3}]"#),
        (#"\=k,\+k,\-k,\@k,\\#u{FF1D}k\#n1,2,3,4,5\#n"#, #"[{"=k":1,"+k":2,"-k":3,"@k":4,"\#u{FF1D}k":5}]"#),
        ("=k,+k\n1,2\n", #"[{"=k":1,"+k":2}]"#),
        (#"\e.\e[0]\#n1\#n"#, #"[{"":{"":[1]}}]"#),
        ("x,x.y\n1,\n,2\n", #"[{"x":1},{"x":{"y":2}}]"#),
        ("x,x[0],x.a\n[],,\n,1,\n,,1\n{},,\n", #"[{"x":[]},{"x":[1]},{"x":{"a":1}},{"x":{}}]"#),
        ("x[0],x[1],x[2]\n1,,\n1,2,\n,,\n", #"[{"x":[1]},{"x":[1,2]},{}]"#),
        (
            "openAI,openAI.customModel\nnull,\n{},\n,m\n,\n",
            #"[{"openAI":null},{"openAI":{}},{"openAI":{"customModel":"m"}},{}]"#
        ),
        ("name.x,isDefault[0]\n1,true\n", #"[{"name":{"x":1},"isDefault":[true]}]"#),
        ("NAME,Name\n1,2\n", #"[{"NAME":1,"Name":2}]"#),
        ("é,e\u{301}\n1,2\n", #"[{"é":1,"e\#u{301}":2}]"#),
        (#"createdAt\#n"\j:""a"""\#n"#, #"[{"createdAt":"a"}]"#),
        (
            #"assignedToProjects,assignedToProjects[0]\#n"[""a"",""b""]",\#n,c\#n"#,
            #"[{"assignedToProjects":["a","b"]},{"assignedToProjects":["c"]}]"#
        ),
    ]

    /// A header that is not a path is one key; whoever meant a path is told.
    @Test(arguments: [
        "Size [mm]",
        "a..b",
        ".a",
        "a.",
        "a[01]",
        "a[-1]",
        "a[]",
        "a[0]b",
        "[0]",
        #"\x"#,
        #"a\"#,
        #"\u12"#,
        #"\ud800"#,
        #"\udfff"#,
        #"a\eb"#,
        #"\ea"#,
        "a[9999999999]",
        "a[1000000000]",
        "a[0] ",
        "a[0",
        "a[0]]",
        #"\U0041"#,
    ])
    func takesOtherHeadersForKeys(name: String) {
        let outcome = run("provider,\(name)\np,1\n", from: .csv)
        let record = SlowJSON.object([.init("provider", .string("p")), .init(ExactText(name), .number("1"))])
        #expect(outcome.output == SlowJSON.array([record]).bytes + [0x0A])
        #expect(outcome.notes == ["column \"\(name)\" is not a path; its name is taken as one key"])
    }

    @Test(arguments: [
        ("name;x\na,b;1\n", UInt8(ascii: ";"), #"[{"name":"a,b","x":1}]"#),
        ("a,b;c\n1,2;3\n", UInt8(ascii: ";"), #"[{"a,b":"1,2","c":3}]"#),
        ("a:b,c\n1:2,3\n", UInt8(ascii: ":"), #"[{"a":1,"b,c":"2,3"}]"#),
        ("sep=;\na;b\n1;2\n", UInt8(ascii: ","), #"[{"a":1,"b":2}]"#),
    ])
    func takesTheDelimiterGiven(input: String, delimiter: UInt8, expected: String) {
        #expect(convert(input, from: .csv(CSVOptions(delimiter: delimiter))) == expected + "\n")
    }

    @Test func readsOneRowAsAnItem() {
        #expect(convert("name\na\n", from: .csv, shape: .item) == "{\"name\":\"a\"}\n")
        let none = "error: 2:1: found no record, expected exactly one for an item ($)"
        #expect(convert("name\n", from: .csv, shape: .item) == none)
        let several = "error: 3:1: found more than one record, expected exactly one for an item ($[1])"
        #expect(convert("name\na\nb\n", from: .csv, shape: .item) == several)
    }

    @Test func readsNestingUpToTheLimit() {
        let path = String(repeating: "a.", count: 127) + "b"
        let start = String(repeating: "{\"a\":", count: 127) + "{\"b\":"
        let end = String(repeating: "}", count: 128)
        #expect(convert("\(path)\n1\n", from: .csv) == "[\(start)1\(end)]\n")
        for cell in ["[]", "{}", "\\j:[]", "\\j:{}"] {
            #expect(run("\(path)\n\(cell)\n", from: .csv).code == .depthLimit)
        }
        #expect(run("a.\(path)\n1\n", from: .csv).code == .depthLimit)
        let cell = { (depth: Int) in String(repeating: "[", count: depth) + String(repeating: "]", count: depth) }
        #expect(convert("x\n\\j:\(cell(127))\n", from: .csv) == "[{\"x\":\(cell(127))}]\n")
        #expect(run("x\n\\j:\(cell(128))\n", from: .csv).code == .depthLimit)
    }
}
