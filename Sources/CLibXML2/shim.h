#ifndef LLMFMT_CLIBXML2_SHIM_H
#define LLMFMT_CLIBXML2_SHIM_H

// Debian's headers pull in ICU's, which clash with those inside Foundation. Nothing here needs them.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlschemas.h>
#include <libxml/xmlwriter.h>

// Before 2.12 the dictionary of names stops growing at some thousand entries, and each look-up then walks a list: n names
// take n * n steps. This gives the parser a new one when the old one has more than `most` entries, and hands back the old
// one, whose strings may still be in use: free it with xmlDictFree when no element from before is open. NULL if nothing
// was done. Call it between two chunks only.
static inline xmlDictPtr llmfmtRenewDictionary(xmlParserCtxtPtr context, int most) {
#if LIBXML_VERSION < 21200
    xmlDictPtr old = context->dict;
    if (old == NULL || xmlDictSize(old) <= most) return NULL;
    xmlDictPtr new = xmlDictCreate();
    if (new == NULL) return NULL;
    // The parser compares these by address with what it finds in the dictionary.
    const xmlChar *xml = xmlDictLookup(new, BAD_CAST "xml", 3);
    const xmlChar *xmlns = xmlDictLookup(new, BAD_CAST "xmlns", 5);
    const xmlChar *xmlNamespace = xmlDictLookup(new, XML_XML_NAMESPACE, 36);
    int isComplete = xml != NULL && xmlns != NULL && xmlNamespace != NULL;
    for (int index = 0; isComplete && index < context->nsNr; index++) {
        if (context->nsTab[index] != NULL) isComplete = xmlDictLookup(new, context->nsTab[index], -1) != NULL;
    }
    for (int index = 0; isComplete && index < context->nameNr; index++) {
        if (context->nameTab[index] != NULL) isComplete = xmlDictLookup(new, context->nameTab[index], -1) != NULL;
    }
    if (!isComplete) {
        xmlDictFree(new);
        return NULL;
    }
    context->str_xml = xml;
    context->str_xmlns = xmlns;
    context->str_xml_ns = xmlNamespace;
    for (int index = 0; index < context->nsNr; index++) {
        if (context->nsTab[index] != NULL) context->nsTab[index] = xmlDictLookup(new, context->nsTab[index], -1);
    }
    for (int index = 0; index < context->nameNr; index++) {
        if (context->nameTab[index] != NULL) context->nameTab[index] = xmlDictLookup(new, context->nameTab[index], -1);
    }
    if (context->name != NULL) context->name = xmlDictLookup(new, context->name, -1);
    context->dict = new;
    return old;
#else
    return NULL;
#endif
}

// How many elements are open.
static inline int llmfmtOpenElements(xmlParserCtxtPtr context) {
    return context->nameNr;
}

#endif
