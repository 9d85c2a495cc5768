#pragma once

#include "engine/tls/identity.h"
#include "model/base/result.h"

#include <chrono>
#include <string>

namespace gatehouse::control {

/// Where the local CA is kept unless the caller says otherwise: gatehouse/ below XDG_DATA_HOME, else below
/// ~/.local/share. "" when neither is known (XDG Base Directory Specification: relative paths count as unset).
std::string defaultCaDirectory();

/// Gatehouse's own certificate authority on disk: the key with its certificate in one file, so that they never differ,
/// and the certificate alone for clients. Files are 0600 in a directory of 0700; one that others may read is refused,
/// since its key may be known. Several processes may use it at once. Thread: any; reads and writes files.
class LocalCaStore {
public:
    /// `directory` "" makes every call fail with a sentence that says what to set.
    explicit LocalCaStore(std::string directory) : directory_(std::move(directory)) {}

    using Found = model::Result<engine::TlsIdentity, std::string>;

    /// The CA; made if there is none. Errors: what cannot be read, made or written.
    [[nodiscard]] Found loadOrCreate(std::chrono::system_clock::time_point now) const;
    /// The CA; the error is "" when there is none.
    [[nodiscard]] Found load() const;
    /// A new CA in place of what is there, whatever that is.
    [[nodiscard]] Found renew(std::chrono::system_clock::time_point now) const;

    /// The file with the CA's certificate and nothing else, for `curl --cacert`.
    [[nodiscard]] std::string certificatePath() const { return directory_ + "/ca.crt"; }
    /// The file with certificate and key.
    [[nodiscard]] std::string identityPath() const { return directory_ + "/ca.pem"; }

private:
    Found make(std::chrono::system_clock::time_point now) const;
    /// "" when the directory is there and belongs to us alone.
    [[nodiscard]] std::string prepareDirectory() const;

    std::string directory_;
};

} // namespace gatehouse::control
