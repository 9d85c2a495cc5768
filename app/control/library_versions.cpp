#include "app/control/library_versions.h"

#include <boost/version.hpp>
#include <curl/curl.h>
#include <nghttp2/nghttp2.h>
#include <openssl/crypto.h>

namespace gatehouse::control {

std::vector<LibraryVersion> libraryVersions()
{
    std::string boost = BOOST_LIB_VERSION;
    for (char& c : boost)
        c = c == '_' ? '.' : c;
    return {
        {"Boost", boost, "BSL-1.0"},
        {"curl", curl_version_info(CURLVERSION_NOW)->version, "curl"},
        {"nghttp2", nghttp2_version(0)->version_str, "MIT"},
        {"OpenSSL", OpenSSL_version(OPENSSL_VERSION_STRING), "Apache-2.0"},
        {"RapidJSON", GATEHOUSE_RAPIDJSON_VERSION, "MIT"},
        {"RE2", "", "BSD-3-Clause"},
        {"yaml-cpp", GATEHOUSE_YAML_CPP_VERSION, "MIT"},
    };
}

} // namespace gatehouse::control
