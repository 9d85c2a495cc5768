#pragma once

#include <cstdint>
#include <string>

namespace gatehouse::kube {

/// How the Kubernetes API is served (contract section 6).
struct Settings {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;    ///< 0 picks a free one: the kubeconfig says which
    bool plainHttp = false;    ///< no TLS and no token; only when asked for by hand
    std::string kubeconfig;    ///< file to write; never ""
    std::string saveDirectory; ///< where applied objects are kept; "" for nowhere
};

} // namespace gatehouse::kube
