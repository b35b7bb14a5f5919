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

#endif
