#pragma once

#include "app/cli/command.h"
#include "app/cli/parser.h"
#include "app/control/session.h"

#include <optional>
#include <string>
#include <vector>

namespace gatehouse::cli {

/// Flags that every command has.
struct CommonOptions {
    std::string namespace_;
    bool allNamespaces = false;
    int verbose = 0;
    bool quiet = false;
    bool noColour = false;

    void define(Parser& parser, bool namespaces = true);
    [[nodiscard]] Style outStyle(const Context& context) const;
    [[nodiscard]] Style errStyle(const Context& context) const;
    /// Whether objects of a namespace are wanted; cluster-scoped ones ("") always are.
    [[nodiscard]] bool wants(const std::string& objectNamespace) const;
    /// The one namespace that was asked for; "" when all are wanted.
    [[nodiscard]] std::string onlyNamespace() const;
};

/// Flags that read a cluster through kubectl.
struct ClusterOptions {
    bool fromCluster = false;
    std::string context;

    void define(Parser& parser);
    static void defineContext(Parser& parser, std::string& context);
    /// What is wrong with them; "" when they are fine.
    [[nodiscard]] std::string problem() const;
};

/// Flags that say what is read and how it is resolved.
struct InputOptions {
    std::vector<std::string> paths, files;
    ClusterOptions cluster;
    std::string configFile, controller, unmapped;
    std::vector<std::string> backends, addresses, ports;
    bool developmentCertificates = false;

    void define(Parser& parser, bool withPositionals = true);
    /// Without what is read: for commands that name it otherwise.
    void defineSettings(Parser& parser);
    /// gatehouse.yaml, then these flags over it. Prints what is wrong; nullopt means exit code 2.
    [[nodiscard]] std::optional<control::Config> config(Context& context, const CommonOptions& common) const;
};

/// What a command says that was given nothing to read.
constexpr const char* noPath =
    "no PATH given; name files, directories, - for standard input, or read a cluster with --from-cluster";

/// Prints "gatehouse: message" and returns the code for bad usage.
int usageError(Context& context, const std::string& message);

/// Prints Errors always, Warnings unless -q, Infos with -v.
void printProblems(Context& context, const CommonOptions& common, const std::vector<model::Diagnostic>& problems);

/// What a command that starts no engine works on: the State, and the exit code that its problems ask for (a command
/// goes on with what is valid). `state` is null when nothing could be read.
struct Loaded {
    std::shared_ptr<const control::State> state;
    int exitCode = 0;
    control::LintLevels lintLevels = {}; ///< of gatehouse.yaml
};

struct LoadRequest {
    const InputOptions& input;
    const CommonOptions& common;
    bool topology = false;
    bool printProblems = true;
};
Loaded loadInput(Context& context, const LoadRequest& request);

} // namespace gatehouse::cli
