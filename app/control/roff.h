#pragma once

#include <string>

/// The few man(7) macros that the programs' man pages are made of. Thread: any.
namespace gatehouse::control::roff {

/// Text for roff: its escape character, minus signs that are to be copied, and lines that would be requests.
std::string escaped(const std::string& text);
std::string bold(const std::string& text);
std::string italic(const std::string& text);

struct Page {
    std::string name, summary; ///< "gatehouse-run", and one line on what it does
    std::string date, version; ///< "2026-11-28", "0.1.0"
};
/// Title and NAME of a page of section 1.
std::string head(const Page& page);
std::string section(const std::string& title);
/// A paragraph with a hanging tag; `tag` is roff, `text` is plain.
std::string tagged(const std::string& tag, const std::string& text);

} // namespace gatehouse::control::roff
