#pragma once

#include "importers/kube_api/defined_objects.h"
#include "importers/kube_api/kube_api.h"
#include "importers/kube_api/object_writer.h"
#include "importers/kube_api/watches.h"

namespace gatehouse::importers {

/// The verbs of the API, each a function from a request to an outcome. Lifetime: of the KubeApi.
struct KubeApi::Impl {
    explicit Impl(KubeApiOptions given);

    Outcome handle(const ApiRequest& request);
    ApiResponse finish(Outcome outcome);

    KubeApiOptions options;
    ObjectStore store;
    ObjectWriter writer;
    DefinedObjects defined;
    Watches watches;

private:
    /// One request whose path and wanted form are known.
    struct Call {
        const ApiRequest& request;
        ResourcePath path;
        Shown shown;
        [[nodiscard]] const ApiKind& kind() const { return *path.kind; }
        [[nodiscard]] model::ObjectName name() const { return {path.namespace_, path.name}; }
    };

    Answer<Call> readCall(const ApiRequest& request);
    Answer<Outcome> dispatch(const Call& call);
    Answer<Outcome> read(const Call& call);
    Answer<Outcome> create(const Call& call);
    Answer<Outcome> replace(const Call& call);
    Answer<Outcome> patch(const Call& call);
    Answer<Outcome> apply(const Call& call, WriteRequest write);
    Answer<Outcome> remove(const Call& call);
    Answer<Outcome> removeCollection(const Call& call);
    Answer<ApiResponse> readLog(const Call& call);
    Answer<Outcome> replaceWith(const Call& call, const WriteRequest& write, model::Value body);
    /// Built-in definitions that users apply all the same, as manifests of the Gateway API begin with them.
    std::optional<Answer<Outcome>> keepDefinition(const Call& call);

    /// The object as the path shows it: itself, or its Scale.
    ApiResponse render(const StoredObject& object, const Call& call, std::uint16_t status);
    Answer<Outcome> outcomeOf(const Call& call, Answer<Written> written);
};

} // namespace gatehouse::importers
