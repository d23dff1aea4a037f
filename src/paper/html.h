// A document as HTML: the accessible form (the PDF has no tags). One file without scripts or anything from
// elsewhere.
#pragma once

#include <string>

#include "paper/document.h"

namespace bundel::paper {

// Dutch, headings and tables with captions and scopes, prints on A4. Everything that was given is escaped.
std::string html(const Document& document);

}  // namespace bundel::paper
