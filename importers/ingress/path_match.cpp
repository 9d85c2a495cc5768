#include "importers/ingress/path_match.h"

#include <algorithm>

namespace gatehouse::importers::ingress {
namespace {

using model::Severity;

bool isLiteral(std::string_view text)
{
    return text.find_first_of("\\^$*+?()[]{}|") == std::string_view::npos;
}

bool hasGroup(const std::string& target)
{
    return target.find('$') != std::string::npos;
}

/// What a path and a rewrite with groups come to where HTTPRoute has the same: the prefix, and what takes its place.
struct PrefixRewrite {
    std::string prefix, replacement;
    std::string_view differs; ///< for which requests it is not quite the same; "" for none
};

/// The endings of a path whose group is the rest behind a prefix.
struct Ending {
    std::string_view path, group, differs;
};

constexpr Ending endings[] = {
    {"(/|$)(.*)", "/$2", ""},
    {"/?(.*)", "/$1", "a path that goes on after the prefix without a '/' matches no more"},
    {"/(.*)", "/$1", "the prefix alone, without a '/' behind it, matches too"},
};

std::optional<PrefixRewrite> prefixRewrite(std::string_view path, std::string_view target)
{
    if (path.starts_with('^'))
        path.remove_prefix(1);
    for (const Ending& ending : endings) {
        if (!path.ends_with(ending.path) || !target.ends_with(ending.group))
            continue;
        const std::string_view prefix = path.substr(0, path.size() - ending.path.size());
        const std::string_view before = target.substr(0, target.size() - ending.group.size());
        if (!isLiteral(prefix) || before.find('$') != std::string_view::npos)
            continue;
        PrefixRewrite result{prefix.empty() ? "/" : std::string(prefix), before.empty() ? "/" : std::string(before),
                             ending.differs};
        if (prefix.empty() && result.differs == endings[2].differs)
            result.differs = {}; // every path starts with '/'
        if (!before.empty() && result.differs.empty() && !prefix.empty())
            result.differs = "the prefix alone becomes the new one without a '/' behind it";
        return result;
    }
    return std::nullopt;
}

/// The characters and sequences that the Gateway API allows in a path of type Exact or PathPrefix.
bool isPathValue(std::string_view path)
{
    for (const std::string_view bad : {"//", "/./", "/../", "%2f", "%2F"})
        if (path.find(bad) != std::string_view::npos)
            return false;
    return path.size() <= 1024 && !path.ends_with("/.") && !path.ends_with("/..") &&
           std::all_of(path.begin(), path.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      std::string_view("-/._~!$&'()*+,;=:@%").find(c) != std::string_view::npos;
           });
}

class PathReader {
public:
    PathReader(const Ingress& ingress, const Path& path, const Policy& policy, Reports& reports)
        : ingress_(ingress), path_(path), policy_(policy), reports_(reports)
    {
    }

    std::optional<PathMatch> read(bool regexHost)
    {
        const std::string& target = policy_.rewriteTarget;
        if (hasGroup(target))
            if (const auto rewrite = prefixRewrite(path_.path, target))
                return prefixMatch(*rewrite);
        PathMatch match = plainMatch(regexHost);
        if (hasGroup(target))
            say(Severity::Error, code::annotationRouting, policy_.rewriteSpot,
                "rewrite-target '" + target + "' was not carried over for path " + path_.path +
                    ": HTTPRoute rewrites a whole path or a prefix, not groups",
                "rewrite in the backend, or split the path");
        else if (!target.empty() && target != path_.path) {
            if (target.starts_with('/'))
                match.replaceFullPath = target;
            else
                say(Severity::Error, code::annotationRouting, policy_.rewriteSpot,
                    "rewrite-target '" + target + "' was not carried over: it is no path", "start it with '/'");
        }
        if (match.type == "RegularExpression" || isPathValue(match.value))
            return match;
        say(Severity::Error, code::pathType, path_.spot,
            "path '" + path_.path + "' was left out: HTTPRoute allows no such characters in a path", "");
        return std::nullopt;
    }

private:
    void say(Severity severity, const char* code, const Spot& spot, std::string message, std::string remedy = {})
    {
        reports_.add(severity, code, ingress_, spot, std::move(message), std::move(remedy));
    }

    PathMatch prefixMatch(const PrefixRewrite& rewrite)
    {
        say(Severity::Info, code::pathType, path_.spot,
            "path " + path_.path + " is PathPrefix " + rewrite.prefix + ", which knows upper from lower case");
        if (!rewrite.differs.empty())
            say(Severity::Warning, code::pathType, path_.spot,
                "path " + path_.path + " is PathPrefix " + rewrite.prefix + " now: " + std::string(rewrite.differs));
        return {"PathPrefix", rewrite.prefix, {}, rewrite.replacement};
    }

    PathMatch plainMatch(bool regexHost)
    {
        if ((policy_.useRegex || !policy_.rewriteTarget.empty()) && !isLiteral(path_.path))
            return regexMatch();
        if (regexHost)
            say(Severity::Warning, code::pathType, path_.spot,
                "path " + path_.path +
                    " matches as its pathType says: rewrite-target or use-regex made ingress-nginx "
                    "take it for the start of a regular expression, in any case");
        if (path_.type == PathType::ImplementationSpecific)
            return freeMatch(regexHost);
        return {path_.type == PathType::Exact ? "Exact" : "PathPrefix", path_.path, {}, {}};
    }

    /// nginx anchors at the start only; HTTPRoute's expressions match the whole path.
    PathMatch regexMatch()
    {
        std::string value = path_.path;
        if (!value.ends_with(".*") && !value.ends_with(".*)") && !value.ends_with('$'))
            value += ".*";
        say(Severity::Warning, code::pathType, path_.spot,
            "path " + path_.path +
                " is a RegularExpression: which of several wins, and how they are written, is up to "
                "each implementation of the Gateway API",
            "use Exact and PathPrefix where they do");
        return {"RegularExpression", "(?i)" + value, {}, {}};
    }

    /// What a controller made of it is not written down; a prefix is what most take it for.
    PathMatch freeMatch(bool alreadySaid)
    {
        std::string value = path_.path;
        if (value.ends_with("/*")) {
            value.erase(value.size() - 2);
            say(Severity::Warning, code::pathType, path_.spot,
                "path " + path_.path + " of type ImplementationSpecific is PathPrefix " +
                    (value.empty() ? "/" : value) + " now, which takes the prefix alone as well");
        } else if (value != "/" && !alreadySaid) {
            say(Severity::Warning, code::pathType, path_.spot,
                "path " + value + " of type ImplementationSpecific is a PathPrefix now: it ends at a '/', so that " +
                    value + "x matches no more",
                "write pathType Prefix or Exact");
        }
        return {"PathPrefix", value.empty() ? "/" : value, {}, {}};
    }

    const Ingress& ingress_;
    const Path& path_;
    const Policy& policy_;
    Reports& reports_;
};

} // namespace

std::optional<PathMatch> matchOf(const Ingress& ingress, const Path& path, const Policy& policy, bool regexHost,
                                 Reports& reports)
{
    return PathReader(ingress, path, policy, reports).read(regexHost);
}

} // namespace gatehouse::importers::ingress
