#pragma once

#include "importers/importer.h"
#include "model/base/diagnostic.h"

#include <stop_token>
#include <string>
#include <utility>
#include <vector>

namespace gatehouse::control {

/// What kubectl is asked for.
struct ClusterQuery {
    std::string context; ///< of the kubeconfig; "": the current one
    /// Resources as `kubectl api-resources -o name` prints them; those that the cluster has not are left out.
    std::vector<std::string> resources;
    bool references = false; ///< the Secrets and ConfigMaps as well that certificateRefs and the like name
};

/// Objects of a cluster as texts, ready to be imported.
struct ClusterTexts {
    std::vector<std::pair<std::string, std::string>> texts; ///< shown name and JSON
    std::vector<model::Diagnostic> problems;                ///< an Error: nothing could be read. GH3201 and GH3202
};

/// The kinds that Gatehouse reads, but Secrets and ConfigMaps, which references alone ask for.
std::vector<std::string> readResources();

/// Reads a cluster through the user's kubectl, which knows how to reach it and who asks. Its words are passed on when
/// it fails. Secrets that may not be read are a Warning: everything else is still worth having. Thread: any but the UI
/// thread; blocks for as long as kubectl takes, a minute a call at most, or until `stop` ends it.
ClusterTexts readCluster(const ClusterQuery& query, const std::stop_token& stop = {});

/// The contexts that the user's kubeconfig has.
struct ClusterContexts {
    std::vector<std::string> names; ///< in kubectl's order
    std::string current;            ///< "" for none
    std::string fault;              ///< why they are not known; "" else
};

/// Asks the user's kubectl. Thread: any but the UI thread; blocks for as long as kubectl takes, or until `stop`.
ClusterContexts readContexts(const std::stop_token& stop = {});

/// Adds the problems of a cluster to what was imported; it is unreadable when nothing could be read.
void addProblems(importers::ImportResult& import, const ClusterTexts& cluster);

} // namespace gatehouse::control
