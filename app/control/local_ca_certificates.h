#pragma once

#include "app/control/local_ca_store.h"
#include "engine/engine.h"

#include <chrono>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace gatehouse::control {

/// Certificates of the local CA for listeners that have none of their own. Each is kept in memory and given again until
/// a month before its end, so that a reload makes none anew; a CA that was renewed meanwhile makes all of them anew.
/// Thread: control.
class LocalCaCertificates final : public engine::DevelopmentCertificates {
public:
    using Clock = std::function<std::chrono::system_clock::time_point()>;

    LocalCaCertificates(LocalCaStore store, Clock clock) : store_(std::move(store)), clock_(std::move(clock)) {}

    /// Errors: the CA cannot be had, or ends.
    model::Result<engine::TlsIdentity, std::string> certificateFor(const std::vector<std::string>& names) override;

    /// Forgets certificates whose time to be renewed has come, or all if another process renewed the CA. True if it
    /// forgot any: the configuration is to be applied anew.
    bool forgetDue();

private:
    struct Issued {
        engine::TlsIdentity identity;
        std::chrono::system_clock::time_point renewAt;
    };

    LocalCaStore store_;
    Clock clock_;
    std::string authorityPem_; ///< of the CA that signed `issued_`
    std::map<std::vector<std::string>, Issued> issued_;
};

} // namespace gatehouse::control
