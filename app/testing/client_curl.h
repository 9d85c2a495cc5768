#pragma once

#include "app/testing/client.h"

#include <curl/curl.h>

namespace gatehouse::testing {

struct CurlDeleter {
    void operator()(CURL* handle) const noexcept { curl_easy_cleanup(handle); }
    void operator()(curl_slist* list) const noexcept { curl_slist_free_all(list); }
};
using CurlHandle = std::unique_ptr<CURL, CurlDeleter>;
using CurlList = std::unique_ptr<curl_slist, CurlDeleter>;

/// A handle that connects as asked, whatever the URL; `connection` and `connectTo` have to live as long as it. Null: no
/// memory.
CurlHandle makeCurl(const Connection& connection, CurlList& connectTo, char* errorText);

/// Transfers until the end, or until the connection's owner asks to stop: then CURLE_ABORTED_BY_CALLBACK.
CURLcode transfer(CURL* handle, const std::stop_token& stop);

/// How far a transfer got that ended with `result`.
Reached reachedBy(CURLcode result);

} // namespace gatehouse::testing
