#include "app/testing/client_curl.h"

#include "app/testing/client_wait.h"

#include <mutex>

namespace gatehouse::testing {

namespace {

struct MultiDeleter {
    void operator()(CURLM* multi) const noexcept { curl_multi_cleanup(multi); }
};

/// What libcurl asks about once a second while nothing moves; not 0 ends the transfer.
int stopped(void* token, curl_off_t, curl_off_t, curl_off_t, curl_off_t)
{
    return static_cast<const std::stop_token*>(token)->stop_requested() ? 1 : 0;
}

} // namespace

CurlHandle makeCurl(const Connection& connection, CurlList& connectTo, char* errorText)
{
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
    CurlHandle handle(curl_easy_init());
    if (!handle)
        return handle;
    CURL* curl = handle.get();
    const bool v6 = connection.address.find(':') != std::string::npos;
    const std::string to =
        "::" + (v6 ? '[' + connection.address + ']' : connection.address) + ':' + std::to_string(connection.port);
    connectTo.reset(curl_slist_append(nullptr, to.c_str()));
    curl_easy_setopt(curl, CURLOPT_CONNECT_TO, connectTo.get());
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, errorText);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(connection.timeout.count()));
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, connection.verify ? 1L : 0L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, connection.verify ? 2L : 0L);
    if (!connection.caFile.empty())
        curl_easy_setopt(curl, CURLOPT_CAINFO, connection.caFile.c_str());
    if (connection.stop.stop_possible()) {
        curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
        curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, stopped);
        curl_easy_setopt(curl, CURLOPT_XFERINFODATA, &connection.stop);
    }
    if (!connection.source.empty())
        curl_easy_setopt(curl, CURLOPT_INTERFACE, ("host!" + connection.source).c_str());
    return handle;
}

CURLcode transfer(CURL* handle, const std::stop_token& stop)
{
    if (!stop.stop_possible())
        return curl_easy_perform(handle);
    const Interrupt interrupt(stop);
    const std::unique_ptr<CURLM, MultiDeleter> multi(curl_multi_init());
    if (!multi || curl_multi_add_handle(multi.get(), handle) != CURLM_OK)
        return CURLE_OUT_OF_MEMORY;
    CURLcode result = CURLE_ABORTED_BY_CALLBACK;
    for (int running = 1; !stop.stop_requested();) {
        if (curl_multi_perform(multi.get(), &running) != CURLM_OK)
            break;
        if (running == 0) {
            int left = 0;
            if (const CURLMsg* message = curl_multi_info_read(multi.get(), &left))
                result = message->data.result;
            break;
        }
        curl_waitfd waited{interrupt.descriptor(), CURL_WAIT_POLLIN, 0};
        curl_multi_poll(multi.get(), &waited, 1, 1'000, nullptr);
    }
    curl_multi_remove_handle(multi.get(), handle);
    return result;
}

Reached reachedBy(CURLcode result)
{
    switch (result) {
    case CURLE_OK:
        return Reached::Answer;
    case CURLE_COULDNT_CONNECT:
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_INTERFACE_FAILED:
        return Reached::NoSocket;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
        return Reached::NoTls;
    case CURLE_OPERATION_TIMEDOUT:
    case CURLE_ABORTED_BY_CALLBACK:
        return Reached::NoAnswer;
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_SSL_CACERT_BADFILE:
        return Reached::Impossible;
    default:
        return Reached::Broken;
    }
}

} // namespace gatehouse::testing
