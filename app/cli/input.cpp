#include "app/cli/input.h"

#include "app/cli/output/diagnostics.h"
#include "app/control/config_text.h"

namespace gatehouse::cli {

void CommonOptions::define(Parser& parser, bool namespaces)
{
    if (namespaces) {
        parser.option("-n,--namespace", namespace_, "NAMESPACE", "Only this namespace (default: all)");
        parser.flag("-A,--all-namespaces", allNamespaces, "All namespaces, always with their column");
    }
    parser.count("-v,--verbose", verbose, "Say more");
    parser.flag("-q,--quiet", quiet, "Errors only");
    parser.flag("--no-color", noColour, "No colours; also NO_COLOR, TERM=dumb, or no terminal");
}

Style CommonOptions::outStyle(const Context& context) const
{
    return {context.outIsTerminal && !context.colourForbidden && !noColour};
}

Style CommonOptions::errStyle(const Context& context) const
{
    return {context.errIsTerminal && !context.colourForbidden && !noColour};
}

bool CommonOptions::wants(const std::string& objectNamespace) const
{
    return allNamespaces || namespace_.empty() || objectNamespace.empty() || objectNamespace == namespace_;
}

std::string CommonOptions::onlyNamespace() const
{
    return allNamespaces ? std::string() : namespace_;
}

void ClusterOptions::define(Parser& parser)
{
    parser.flag("--from-cluster", fromCluster, "Read a cluster as well, through kubectl");
    defineContext(parser, context);
}

void ClusterOptions::defineContext(Parser& parser, std::string& context)
{
    parser.option("--context", context, "NAME", "With --from-cluster: the kubeconfig's context (default: the current)");
}

std::string ClusterOptions::problem() const
{
    return context.empty() || fromCluster ? "" : "--context needs --from-cluster";
}

void InputOptions::define(Parser& parser, bool withPositionals)
{
    if (withPositionals)
        parser.positionals("PATH", paths, "Files, directories, or - for standard input");
    parser.list("-f,--filename", files, "PATH", "A file, a directory, or -; may be repeated");
    cluster.define(parser);
    defineSettings(parser);
}

void InputOptions::defineSettings(Parser& parser)
{
    parser.option("--config", configFile, "FILE", "Settings (default: gatehouse.yaml beside the first PATH, or here)");
    parser.option("--controller", controller, "NAME", "Play only GatewayClasses with this controllerName");
    parser.list("--backend", backends, "NS/SERVICE:PORT=HOST:PORT", "Send a Service port to a local server");
    parser.option("--unmapped", unmapped, "HOW", "Services without a local endpoint: the built-in echo, or an error",
                  {"echo", "error"});
    parser.flag("--dev-certs", developmentCertificates,
                "Listeners without a usable certificate show one of the local CA; see `gatehouse ca`");
    parser.list("--address", addresses, "NS/GATEWAY=IP", "The address of a Gateway");
    parser.list("--port", ports, "NS/GATEWAY/LISTENER=PORT", "The local port of a listener");
}

int usageError(Context& context, const std::string& message)
{
    context.err << "gatehouse: " << message << '\n';
    return code(Exit::Usage);
}

void printProblems(Context& context, const CommonOptions& common, const std::vector<model::Diagnostic>& problems)
{
    const Style style = common.errStyle(context);
    for (const model::Diagnostic& problem : problems) {
        if (problem.severity == model::Severity::Warning && common.quiet)
            continue;
        if (problem.severity == model::Severity::Info && common.verbose == 0)
            continue;
        context.err << problemLine(problem, style) << '\n';
    }
    context.err.flush();
}

std::optional<control::Config> InputOptions::config(Context& context, const CommonOptions& common) const
{
    control::Config config;
    config.paths = paths;
    config.paths.insert(config.paths.end(), files.begin(), files.end());
    std::vector<model::Diagnostic> problems;
    control::readConfigFile(config, configFile, problems);
    printProblems(context, common, problems);
    if (hasErrors(problems))
        return std::nullopt;

    std::string error = cluster.problem();
    if (cluster.fromCluster)
        config.cluster = control::ClusterQuery{cluster.context, control::readResources(), true};
    const auto flag = [&](const char* name, const std::string& key) { config.origins[key] = name; };
    if (!controller.empty()) {
        config.controller = controller;
        flag("--controller", "controller");
    }
    if (!unmapped.empty()) {
        config.echoUnmapped = unmapped == "echo";
        flag("--unmapped", "unmapped");
    }
    if (developmentCertificates) {
        config.developmentCertificates = true;
        flag("--dev-certs", "devCerts");
    }
    for (const std::string& text : backends) {
        if (!error.empty())
            break;
        auto mapping = control::parseBackendMapping(text);
        if (!mapping) {
            error = "--backend: " + mapping.error();
            break;
        }
        config.backends[mapping->first] = mapping->second;
        flag("--backend", "backends." + mapping->first);
    }
    const auto wishes = [&](const std::vector<std::string>& texts, const std::string& option, auto add) {
        for (const std::string& text : texts) {
            const std::size_t equals = text.find('=');
            std::string wrong = "'" + text + "' has no '='";
            if (equals != std::string::npos)
                wrong = add(text.substr(0, equals), text.substr(equals + 1));
            if (!wrong.empty() && error.empty())
                error = option + ": " + wrong;
        }
    };
    wishes(addresses, "--address", [&](const std::string& gateway, const std::string& address) {
        std::string wrong = control::addAddressWish(config, gateway, address);
        if (wrong.empty())
            flag("--address", "addresses." + control::qualify(gateway));
        return wrong;
    });
    wishes(ports, "--port", [&](const std::string& listener, const std::string& text) {
        const auto port = control::parsePort(text);
        if (!port)
            return "'" + text + "' is no port; expected 1 to 65535";
        std::string wrong = control::addPortWish(config, listener, *port);
        if (wrong.empty())
            flag("--port", "ports." + control::qualifyListener(listener));
        return wrong;
    });
    if (error.empty())
        return config;
    usageError(context, error);
    return std::nullopt;
}

Loaded loadInput(Context& context, const LoadRequest& request)
{
    auto config = request.input.config(context, request.common);
    if (!config)
        return {nullptr, code(Exit::Usage)};
    if (config->paths.empty() && !config->cluster)
        return {nullptr, usageError(context, noPath)};
    config->projectTopology = request.topology;
    importers::ManifestImporter importer;
    Loaded loaded{control::buildState(importer, *config, nullptr, &context.in), 0, config->lintLevels};
    const control::State& state = *loaded.state;
    if (request.printProblems)
        printProblems(context, request.common, state.import.diagnostics);
    if (state.import.unreadable)
        loaded.exitCode = code(Exit::Usage);
    else if (hasErrors(state.import.diagnostics))
        loaded.exitCode = code(Exit::Problems);
    if (request.common.verbose > 0)
        context.err << describeImport(state) << '\n';
    return loaded;
}

} // namespace gatehouse::cli
