#include "app/kube_api/kubeconfig.h"

#include "app/control/atomic_file.h"
#include "importers/writers.h"
#include "model/schema/base64.h"

#include <cstdlib>
#include <filesystem>
#include <random>
#include <system_error>

#include <sys/stat.h>
#include <unistd.h>

namespace gatehouse::kube {

using model::Value;

namespace {

constexpr const char* clusterName = "gatehouse";

Value named(const char* member, Value content)
{
    Value entry = Value::object();
    entry.set("name", clusterName);
    entry.set(member, std::move(content));
    Value list = Value::array();
    list.push(std::move(entry));
    return list;
}

std::string environment(const char* name)
{
    const char* value = std::getenv(name);
    return value ? value : "";
}

} // namespace

std::string makeToken()
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::random_device random; // the kernel's generator
    std::string token;
    while (token.size() < 64) {
        auto bits = random();
        for (int i = 0; i < 8; ++i, bits >>= 4)
            token += digits[bits & 15];
    }
    return token;
}

bool carriesToken(std::string_view authorization, std::string_view token)
{
    constexpr std::string_view scheme = "Bearer ";
    const bool bearer = authorization.starts_with(scheme);
    const std::string_view given = bearer ? std::string_view(authorization).substr(scheme.size()) : std::string_view();
    // The time must not tell how much of a guess is right.
    unsigned difference = given.size() == token.size() && bearer ? 0 : 1;
    for (std::size_t i = 0; i < token.size(); ++i)
        difference |= static_cast<unsigned char>(token[i]) ^
                      static_cast<unsigned char>(given.empty() ? 0 : given[i % given.size()]);
    return difference == 0;
}

std::string kubeconfigText(const Access& access)
{
    Value cluster = Value::object();
    cluster.set("server", access.server);
    if (!access.authorityPem.empty())
        cluster.set("certificate-authority-data", model::encodeBase64(access.authorityPem));
    Value user = Value::object();
    if (!access.token.empty())
        user.set("token", access.token);
    Value context = Value::object();
    context.set("cluster", clusterName);
    context.set("user", clusterName);
    Value root = Value::object();
    root.set("apiVersion", "v1");
    root.set("kind", "Config");
    root.set("clusters", named("cluster", std::move(cluster)));
    root.set("users", named("user", std::move(user)));
    root.set("contexts", named("context", std::move(context)));
    root.set("current-context", clusterName);
    return importers::toYaml(root);
}

std::string defaultKubeconfig()
{
    std::string base = environment("XDG_RUNTIME_DIR");
    if (base.empty())
        base = environment("XDG_STATE_HOME");
    if (base.empty()) {
        base = environment("HOME");
        if (base.empty())
            return {};
        base += "/.local/state";
    }
    return base + "/gatehouse/kubeconfig";
}

KubeconfigFile::~KubeconfigFile()
{
    struct stat found {};
    // Another instance may have put its own there since.
    if (!path_.empty() && ::stat(path_.c_str(), &found) == 0 && found.st_dev == device_ && found.st_ino == inode_)
        ::unlink(path_.c_str());
}

std::string KubeconfigFile::write(const std::string& path, const Access& access)
{
    const std::filesystem::path directory = std::filesystem::path(path).parent_path();
    if (std::error_code error; !directory.empty() && !std::filesystem::exists(directory, error)) {
        std::filesystem::create_directories(directory, error);
        if (error)
            return "cannot make the directory " + directory.string() + ": " + error.message();
        std::filesystem::permissions(directory, std::filesystem::perms::owner_all, error);
        if (error)
            return "cannot set the permissions of " + directory.string() + ": " + error.message();
    }
    if (std::string error = control::writeFileAtomically(path, kubeconfigText(access), 0600); !error.empty())
        return error;
    struct stat written {};
    if (::stat(path.c_str(), &written) == 0) {
        path_ = path;
        device_ = written.st_dev;
        inode_ = written.st_ino;
    }
    return {};
}

} // namespace gatehouse::kube
