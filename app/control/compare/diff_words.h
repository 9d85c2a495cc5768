#pragma once

#include "app/control/compare/set_diff.h"

#include <string>

namespace gatehouse::control {

/// What commands and the desktop say of a comparison, in the same words. Pure. Thread: any.

/// A witness as a command line would say it: "GET http://a.test/x -H 'h: 1'", "tls://a.test", "a connection".
std::string witnessText(const routing::BehaviourChange& change);
/// The URL of an HTTP witness: "http://a.test:8080/x?y=1"; of others "tls://a.test:443", "tcp://:5432".
std::string witnessUrl(const routing::BehaviourChange& change);
/// Where it ends: "a/shop:80 by HTTPRoute/a/shop rules[0]", "404".
std::string endText(const routing::RoutedTo& to);
/// "2 objects, 1 attachment, 3 conditions and 1 destination differ"
std::string diffSummary(const SetDiff& diff);
/// For a pull request: headings, lists and a table of witnesses.
std::string diffMarkdown(const SetDiff& diff);

} // namespace gatehouse::control
