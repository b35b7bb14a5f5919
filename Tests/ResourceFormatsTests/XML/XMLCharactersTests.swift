import CLibXML2
import Testing

@testable import ResourceFormats

/// The tables of the characters that names of XML may have.
@Suite struct XMLCharactersTests {
    @Test func hasTheCharactersOfLibxml2() {
        for scalar in Array(UInt32(0)...0xFFFF) + [0x1_0000, 0x2_0000, 0x10_FFFF] {
            let isLetter = xmlIsBaseChar(scalar) != 0 || xmlIsIdeographic(scalar) != 0
            let isOther = xmlIsDigit(scalar) != 0 || xmlIsCombining(scalar) != 0 || xmlIsExtender(scalar) != 0
            let isStart = isLetter || scalar == 0x5F
            let isPart = isStart || isOther || scalar == 0x2D || scalar == 0x2E
            let isAsExpected =
                XMLCharacters.isNameStart(scalar) == isStart && XMLCharacters.isNamePart(scalar) == isPart
            #expect(isAsExpected, "U+\(String(scalar, radix: 16))")
        }
    }
}
