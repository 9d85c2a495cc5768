#include "importers/importer.h"

#include "importers/decode/object_pipeline.h"
#include "importers/document_batch.h"
#include "importers/document_cache.h"
#include "importers/document_reader.h"
#include "importers/files/manifest_files.h"
#include "importers/text_check.h"

#include <algorithm>
#include <deque>
#include <iterator>
#include <string_view>
#include <tuple>
#include <unordered_set>

namespace gatehouse::importers {

namespace {

constexpr std::string_view standardInputName = "<stdin>";
/// Text that is gathered before its documents are imported together: enough for every core, and little memory.
constexpr std::size_t batchBytes = 8u << 20;

void sortByPlace(std::vector<model::Diagnostic>& problems)
{
    const auto place = [](const model::Diagnostic& problem) {
        const auto& [file, position] = problem.location;
        return std::tuple(file ? std::string_view(*file) : std::string_view(), position);
    };
    std::stable_sort(problems.begin(), problems.end(),
                     [&](const auto& a, const auto& b) { return place(a) < place(b); });
}

} // namespace

struct ManifestImporter::State {
    State(const ImportLimits& importLimits, std::stop_token stopToken)
        : limits(importLimits), stop(std::move(stopToken))
    {
    }

    ImportLimits limits;
    std::stop_token stop;
    DocumentCache cache;
};

namespace {

/// One import: gathers what the documents of all texts give.
class Import {
public:
    Import(const ImportLimits& limits, const std::stop_token& stop, DocumentCache& cache)
        : limits_(limits), stop_(stop), cache_(cache)
    {
        cache_.beginImport();
    }

    [[nodiscard]] std::vector<model::Diagnostic>& problems() { return result_.diagnostics; }
    [[nodiscard]] ImportResult& result() { return result_; }
    std::shared_ptr<const std::string> fileName(const std::string& name) { return cache_.fileName(name); }

    /// As the other, and keeps the text as long as it is needed.
    bool addText(const std::shared_ptr<const std::string>& file, std::string&& text)
    {
        const std::size_t before = batch_.size();
        const bool goOn = addText(file, std::string_view(texts_.emplace_back(std::move(text))));
        if (batch_.size() == before && !texts_.empty())
            texts_.pop_back(); // it was refused, or has no document
        return goOn;
    }

    /// False when the limit of the whole import is exceeded, or it is stopped: nothing more is to be added.
    /// Lifetime: `text` outlives the import.
    bool addText(const std::shared_ptr<const std::string>& file, std::string_view text)
    {
        ProblemList problems(file, result_.diagnostics);
        totalBytes_ += text.size();
        if (totalBytes_ > limits_.totalBytes) {
            problems
                .error(code::tooLarge, {},
                       "more than " + std::to_string(limits_.totalBytes) + " bytes in all, the limit of one import")
                .remedy = "name fewer files";
            return false;
        }
        if (text.size() > limits_.fileBytes) {
            addTooLarge(limits_.fileBytes, problems);
            return true;
        }
        text = withoutBom(text);
        if (!checkText(text, problems))
            return true;
        for (const TextDocument& document : documentsOf(*file, text))
            batch_.push_back({file, document, cache_.find(file, document), {}});
        gathered_ += text.size();
        if (gathered_ >= batchBytes)
            importBatch();
        return !stop_.stop_requested();
    }

    /// Adds what lies beneath everything that was added before.
    void addBeneath(const NamedTexts& texts)
    {
        if (texts.empty())
            return;
        importBatch();
        set_->forEach([this](const model::Resource& resource) { above_.insert(resource.key); });
        for (const auto& [name, text] : texts)
            if (!addText(fileName(name), text))
                break;
    }

    ImportResult finish()
    {
        importBatch();
        cache_.endImport();
        result_.resources = std::move(set_);
        sortByPlace(result_.diagnostics);
        return std::move(result_);
    }

private:
    /// Imports what was gathered, and takes it in the order in which it was added.
    void importBatch()
    {
        importDocuments(batch_, limits_, stop_);
        if (stop_.stop_requested())
            batch_.clear(); // of some nothing was read
        for (PendingDocument& pending : batch_)
            take(pending.known ? *pending.known
                               : cache_.store(pending.file, pending.document, std::move(pending.imported)));
        batch_.clear();
        texts_.clear();
        gathered_ = 0;
    }

    void take(const ImportedDocument& document)
    {
        std::copy_if(document.problems.begin(), document.problems.end(), std::back_inserter(result_.diagnostics),
                     [this](const model::Diagnostic& problem) { return !problem.object || !hidden(*problem.object); });
        for (const ImportedObject& object : document.objects) {
            result_.skippedKinds += object.skipped ? 1 : 0;
            const std::size_t problemsBefore = result_.diagnostics.size();
            bool accepted = false;
            for (const auto& resource : object.resources) {
                if (hidden(resource->key))
                    continue;
                insert(*set_, resource, result_.diagnostics);
                accepted = true;
            }
            accepted = accepted && result_.diagnostics.size() == problemsBefore;
            result_.objects += accepted ? 1 : 0;
        }
    }

    [[nodiscard]] bool hidden(const model::ObjectKey& key) const { return above_.contains(key); }

    const ImportLimits& limits_;
    const std::stop_token& stop_;
    DocumentCache& cache_;
    std::unordered_set<model::ObjectKey> above_; ///< what hides objects that are added now
    ImportResult result_;
    std::shared_ptr<model::ResourceSet> set_ = std::make_shared<model::ResourceSet>();
    std::deque<std::string> texts_; ///< of the batch, where nobody else keeps them
    std::vector<PendingDocument> batch_;
    std::size_t gathered_ = 0; ///< bytes of the batch
    std::size_t totalBytes_ = 0;
};

/// Files that are gone but have an unsaved text would be there again once it is saved.
void addOverlaid(const TextOverlay& overlay, std::vector<std::string>& files)
{
    const std::size_t found = files.size();
    for (const auto& [path, text] : overlay)
        if (!std::binary_search(files.begin(), files.begin() + static_cast<std::ptrdiff_t>(found), path))
            files.push_back(path);
    std::sort(files.begin(), files.end());
}

} // namespace

ManifestImporter::ManifestImporter(ImportLimits limits, std::stop_token stop)
    : state_(std::make_unique<State>(limits, std::move(stop)))
{
}
ManifestImporter::~ManifestImporter() = default;

ImportResult ManifestImporter::import(const std::vector<std::string>& paths, std::istream* standardInput,
                                      const NamedTexts& beneath, const TextOverlay& overlay)
{
    Import run(state_->limits, state_->stop, state_->cache);
    FoundFiles found = findManifests(paths, state_->limits, run.problems());
    run.result().unreadable = found.unreadable;
    addOverlaid(overlay, found.files);
    bool goOn = true;
    for (std::string& path : found.files) {
        const auto file = run.fileName(path);
        ProblemList problems(file, run.problems());
        if (const auto unsaved = overlay.find(path); unsaved != overlay.end()) {
            goOn = run.addText(file, unsaved->second);
        } else if (auto text = readFile(path, state_->limits.fileBytes, problems)) {
            goOn = run.addText(file, std::move(*text));
        } else if (std::find(paths.begin(), paths.end(), path) != paths.end()) {
            run.result().unreadable = true;
        }
        run.result().files.push_back(std::move(path));
        if (!goOn)
            break;
    }
    if (goOn && std::find(paths.begin(), paths.end(), "-") != paths.end()) {
        const auto file = run.fileName(std::string(standardInputName));
        ProblemList problems(file, run.problems());
        std::optional<std::string> text;
        if (standardInput)
            text = readStream(*standardInput, state_->limits.fileBytes, problems);
        else
            problems.error(code::cannotRead, {}, "cannot read standard input here");
        if (text)
            run.addText(file, std::move(*text));
        else
            run.result().unreadable = true;
    }
    if (goOn)
        run.addBeneath(beneath);
    return run.finish();
}

ImportResult ManifestImporter::importTexts(const NamedTexts& texts, const NamedTexts& beneath)
{
    Import run(state_->limits, state_->stop, state_->cache);
    bool goOn = true;
    for (const auto& [name, text] : texts) {
        run.result().files.push_back(name);
        goOn = run.addText(run.fileName(name), text);
        if (!goOn)
            break;
    }
    if (goOn)
        run.addBeneath(beneath);
    std::sort(run.result().files.begin(), run.result().files.end());
    return run.finish();
}

} // namespace gatehouse::importers
