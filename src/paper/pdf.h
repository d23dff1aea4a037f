// A document as PDF: A4, fonts embedded, text that can be selected and searched.
#pragma once

#include <string>

#include "base/result.h"
#include "paper/document.h"

namespace bundel::paper {

// The bytes. The same document gives the same bytes on the same machine: the font comes from the system
// (DejaVu Sans when it is there). Errors: paper_failed{why}.
base::Result<std::string> pdf(const Document& document);

}  // namespace bundel::paper
