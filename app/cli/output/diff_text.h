#pragma once

#include "app/cli/output/style.h"
#include "app/control/compare/set_diff.h"

#include <string>

namespace gatehouse::cli {

/// A comparison as text for a terminal: what is the same is not shown; ends in a line of counts.
std::string diffText(const control::SetDiff& diff, const Style& style);
/// The same for a pull request: headings, lists and a table of witnesses.
std::string diffMarkdown(const control::SetDiff& diff);
/// The same for programs; see resources/schemas.
model::Value diffValue(const control::SetDiff& diff);

/// A witness as a command line would say it: "GET http://a.test/x -H 'h: 1'", "tls://a.test", "a connection".
std::string witnessText(const routing::BehaviourChange& change);
/// Where it ends: "a/shop:80 by HTTPRoute/a/shop rules[0]", "404".
std::string endText(const routing::RoutedTo& to);
/// "2 objects, 1 attachment, 3 conditions and 1 destination differ"
std::string diffSummary(const control::SetDiff& diff);

} // namespace gatehouse::cli
