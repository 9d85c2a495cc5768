#include "importers/importer.h"
#include "importers/writers.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

/// Any bytes as a manifest: the importer must end, within its limits, and accept or say why not. The first byte chooses
/// the format; the rest is imported twice, so that remembered documents are compared with parsed ones.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace gatehouse;
    if (size == 0)
        return 0;
    importers::ImportLimits limits;
    limits.fileBytes = 1 << 16;
    limits.totalBytes = 1 << 17;
    limits.depth = 16;
    limits.nodes = 2'000;
    limits.aliases = 20;
    const std::string name = data[0] % 2 == 0 ? "f.yaml" : "f.json";
    const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
    importers::ManifestImporter importer(limits);
    const auto first = importer.importTexts({{name, text}});
    const auto second = importer.importTexts({{name, text}});
    if (first.objects != second.objects || first.diagnostics.size() != second.diagnostics.size())
        std::abort();
    first.resources->forEach([](const model::Resource& resource) {
        if (resource.document) {
            importers::toYaml(*resource.document);
            importers::toJson(*resource.document);
        }
    });
    return 0;
}
