#include "app/control/compare/compared_set.h"

#include "app/control/compare/git_source.h"

namespace gatehouse::control {

Config comparingConfig(Config config)
{
    config.host = routing::HostFacts{true, 0};
    return config;
}

ComparedSet readComparedSet(const std::string& from, const Config& config, std::istream* standardInput,
                            const std::string& directory, const ClusterTexts& cluster)
{
    ComparedSet set;
    importers::ManifestImporter importer;
    importers::ImportResult import;
    if (isGitSource(from)) {
        const auto texts = readGitSource(from, directory);
        if (!texts) {
            set.error = texts.error();
            return set;
        }
        import = importer.importTexts(*texts, cluster.texts);
    } else {
        import = importer.import(from.empty() ? std::vector<std::string>() : std::vector{from}, standardInput,
                                 cluster.texts);
    }
    set.problems = import.diagnostics;
    if (!import.unreadable)
        set.state = deriveState(std::move(import), config);
    return set;
}

} // namespace gatehouse::control
