#include "importers/object_reader.h"

#include "importers/document_reader.h"
#include "importers/files/manifest_files.h"
#include "importers/object_list.h"
#include "importers/text_check.h"

#include <algorithm>

namespace gatehouse::importers {

namespace {

class Reader {
public:
    explicit Reader(const ImportLimits& limits) : limits_(limits) {}

    void addPaths(const std::vector<std::string>& paths)
    {
        FoundFiles found = findManifests(paths, limits_, result_.diagnostics);
        result_.unreadable = found.unreadable;
        for (const std::string& path : found.files) {
            const auto file = std::make_shared<const std::string>(path);
            ProblemList problems(file, result_.diagnostics);
            ++result_.files;
            if (const auto text = readFile(path, limits_.fileBytes, problems))
                addText(file, *text);
            else
                result_.unreadable = result_.unreadable || std::find(paths.begin(), paths.end(), path) != paths.end();
        }
    }

    void addStream(std::istream* stream)
    {
        const auto file = std::make_shared<const std::string>("<stdin>");
        ProblemList problems(file, result_.diagnostics);
        const auto text = stream ? readStream(*stream, limits_.fileBytes, problems) : std::nullopt;
        if (text)
            addText(file, *text);
        else
            result_.unreadable = true;
    }

    void addText(const std::shared_ptr<const std::string>& file, std::string_view text)
    {
        ProblemList problems(file, result_.diagnostics);
        totalBytes_ += text.size();
        if (totalBytes_ > limits_.totalBytes || text.size() > limits_.fileBytes) {
            addTooLarge(totalBytes_ > limits_.totalBytes ? limits_.totalBytes : limits_.fileBytes, problems);
            return;
        }
        text = withoutBom(text);
        if (!checkText(text, problems))
            return;
        for (const TextDocument& document : documentsOf(*file, text)) {
            std::vector<model::Value> values, objects;
            readDocument(document, limits_, values, problems);
            for (model::Value& value : values)
                if (!value.isNull())
                    flattenObjects(std::move(value), objects, problems);
            for (model::Value& object : objects)
                result_.objects.push_back({std::move(object), file});
        }
    }

    ReadObjects take() { return std::move(result_); }

private:
    const ImportLimits& limits_;
    ReadObjects result_;
    std::size_t totalBytes_ = 0;
};

} // namespace

ReadObjects readObjects(const std::vector<std::string>& paths, std::istream* standardInput,
                        const std::vector<std::pair<std::string, std::string>>& texts, const ImportLimits& limits)
{
    Reader reader(limits);
    reader.addPaths(paths);
    if (std::find(paths.begin(), paths.end(), "-") != paths.end())
        reader.addStream(standardInput);
    for (const auto& [name, text] : texts)
        reader.addText(std::make_shared<const std::string>(name), text);
    return reader.take();
}

} // namespace gatehouse::importers
