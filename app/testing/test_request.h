#pragma once

#include "app/control/explain_request.h"
#include "app/testing/test_file.h"

#include <string>

namespace gatehouse::testing {

/// What a test asks, as `explain` takes it. The error is a sentence for people. Thread: any.
model::Result<control::RequestText, std::string> requestText(const TestCase& test);

/// The same in one line for reports: "GET http://a.test/x", "gRPC rpc.test shop.Cart/Add", "TLS app.test:443".
std::string requestWords(const TestCase& test);

} // namespace gatehouse::testing
