#pragma once

#include <string>
#include <string_view>

namespace gatehouse::kube {

/// What a client needs to reach the API.
struct Access {
    std::string server;       ///< "https://127.0.0.1:41231"
    std::string authorityPem; ///< of our CA; "" for plain HTTP
    std::string token;        ///< bearer token; "" for plain HTTP
};

/// 256 random bits as text.
std::string makeToken();

/// Whether `authorization` ("Bearer ...") carries the token; takes as long for a wrong one as for the right one.
bool carriesToken(std::string_view authorization, std::string_view token);

/// The kubeconfig as YAML: one cluster, user and context, all named gatehouse.
std::string kubeconfigText(const Access& access);

/// The file to write when the user names none: below XDG_RUNTIME_DIR, else XDG_STATE_HOME, else ~/.local/state.
/// "" when there is no home either.
std::string defaultKubeconfig();

/// A kubeconfig file while the API is served: readable by its owner alone, removed at the end.
class KubeconfigFile {
public:
    KubeconfigFile() = default;
    ~KubeconfigFile(); ///< removes the file if it is still the one that was written
    KubeconfigFile(const KubeconfigFile&) = delete;
    KubeconfigFile& operator=(const KubeconfigFile&) = delete;

    /// Writes it whole or not at all, replacing what is there. The error says why not; "" when it is written.
    std::string write(const std::string& path, const Access& access);

private:
    std::string path_;
    unsigned long long device_ = 0, inode_ = 0;
};

} // namespace gatehouse::kube
