#include "app/testing/client_curl.h"

#include <mutex>

namespace gatehouse::testing {

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
    if (!connection.source.empty())
        curl_easy_setopt(curl, CURLOPT_INTERFACE, ("host!" + connection.source).c_str());
    return handle;
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
