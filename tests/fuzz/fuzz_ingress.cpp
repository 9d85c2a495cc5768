#include "importers/ingress/ingress.h"
#include "importers/writers.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

/// Any bytes as Ingresses: the conversion must end, give the same again, and either complain or make what the importer
/// takes.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace gatehouse;
    importers::ImportLimits limits;
    limits.fileBytes = 1 << 16;
    limits.depth = 16;
    limits.nodes = 2'000;
    limits.aliases = 20;
    const std::string text(reinterpret_cast<const char*>(data), size);
    const importers::ReadObjects read = importers::readObjects({}, nullptr, {{"f.yaml", text}}, limits);
    const importers::IngressConversion made = importers::convertIngress(read.objects, {});
    std::string first, second;
    for (const model::Value& object : made.objects)
        first += importers::toYaml(object) + "---\n";
    for (const model::Value& object : importers::convertIngress(read.objects, {}).objects)
        second += importers::toYaml(object) + "---\n";
    if (first != second)
        std::abort();
    if (hasErrors(made.diagnostics))
        return 0;
    importers::ManifestImporter importer;
    if (hasErrors(importer.importTexts({{"made.yaml", first}}).diagnostics))
        std::abort();
    return 0;
}
