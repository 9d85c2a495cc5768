#include "importers/document_batch.h"

#include "importers/document_reader.h"
#include "importers/object_list.h"

#include <algorithm>
#include <atomic>
#include <future>
#include <system_error>
#include <thread>

namespace gatehouse::importers {

namespace {

/// Text that keeps a core busy for some milliseconds: for less, starting a thread is not worth it.
constexpr std::size_t bytesPerThread = 16u << 10;
/// More cores wait for memory and for each other.
constexpr std::size_t mostThreads = 8;

ImportedDocument importDocument(const TextDocument& document, const std::shared_ptr<const std::string>& file,
                                const ImportLimits& limits)
{
    ImportedDocument imported;
    ProblemList problems(file, imported.problems);
    std::vector<model::Value> values;
    readDocument(document, limits, values, problems);
    std::vector<model::Value> objects;
    for (model::Value& value : values)
        if (!value.isNull())
            flattenObjects(std::move(value), objects, problems);
    for (model::Value& object : objects) {
        ImportedObject result;
        for (DecodedObject& decoded : decodeObject(std::move(object), file, imported.problems)) {
            result.skipped = result.skipped || decoded.skipped;
            if (decoded.resource)
                result.resources.push_back(std::move(decoded.resource));
        }
        imported.objects.push_back(std::move(result));
    }
    return imported;
}

std::size_t threadsFor(const std::vector<PendingDocument*>& documents)
{
    std::size_t bytes = 0;
    for (const PendingDocument* pending : documents)
        bytes += pending->document.text.size();
    const std::size_t cores = std::max(1u, std::thread::hardware_concurrency());
    return std::min({cores, mostThreads, documents.size(), bytes / bytesPerThread + 1});
}

} // namespace

void importDocuments(std::vector<PendingDocument>& batch, const ImportLimits& limits, const std::stop_token& stop)
{
    std::vector<PendingDocument*> documents;
    for (PendingDocument& pending : batch)
        if (!pending.known)
            documents.push_back(&pending);

    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
        for (std::size_t at = next++; at < documents.size() && !stop.stop_requested(); at = next++) {
            PendingDocument& pending = *documents[at];
            pending.imported = importDocument(pending.document, pending.file, limits);
        }
    };
    std::vector<std::future<void>> others; // their ends are waited for here, also when work() throws
    try {
        for (std::size_t thread = 1; thread < threadsFor(documents); ++thread)
            others.push_back(std::async(std::launch::async, work));
    } catch (const std::system_error&) {
        // No thread is to be had: those that there are do the work.
    }
    work();
    for (std::future<void>& other : others)
        other.get();
}

} // namespace gatehouse::importers
