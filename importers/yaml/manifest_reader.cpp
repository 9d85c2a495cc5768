#include "importers/yaml/manifest_reader.h"

#include "importers/text_check.h"
#include "importers/yaml/event_tree.h"
#include "importers/yaml/syntax_problem.h"

#include <yaml-cpp/depthguard.h>
#include <yaml-cpp/parser.h>

#include <istream>
#include <streambuf>

namespace gatehouse::importers {

namespace {

/// Reads from a text in place, and then an end marker: without it the parser would take the end of the text for the end
/// of a quoted scalar that was never closed, when the last line has its line end.
class TextBuffer final : public std::streambuf {
public:
    explicit TextBuffer(std::string_view text) : marked_(!text.ends_with('\n') && !text.ends_with('\r'))
    {
        point(text);
    }

protected:
    int_type underflow() override
    {
        if (gptr() != egptr())
            return traits_type::to_int_type(*gptr());
        if (marked_)
            return traits_type::eof();
        marked_ = true;
        point("...\n");
        return traits_type::to_int_type(*gptr());
    }

private:
    void point(std::string_view text)
    {
        char* const begin = const_cast<char*>(text.data()); // a get area is never written to
        setg(begin, begin, begin + text.size());
    }

    bool marked_;
};

} // namespace

std::optional<model::Value> readYamlDocument(const TextDocument& document, const ImportLimits& limits,
                                             ProblemList& problems)
{
    const std::size_t errorsBefore = problems.errors();
    PositionTracker tracker(document.text, document.line);
    EventTree tree(limits, tracker, problems);
    try {
        TextBuffer buffer(document.text);
        std::istream stream(&buffer);
        YAML::Parser parser(stream);
        while (parser.HandleNextDocument(tree)) {
        }
    } catch (const EventTree::Stop&) {
        // The problem is recorded.
    } catch (const YAML::DeepRecursion& exception) {
        problems
            .error(code::limit, tracker.at(exception.mark.pos < 0 ? 0 : static_cast<std::size_t>(exception.mark.pos)),
                   "nested too deeply")
            .remedy = "flatten the document";
    } catch (const YAML::ParserException& exception) {
        addSyntaxProblem(exception, {document.text, tree.lastOffset(), tree.openContainer()}, tracker, problems);
    } catch (const YAML::Exception& exception) {
        problems.error(code::yamlSyntax, tracker.at(tree.lastOffset()), "this is not valid YAML: " + exception.msg);
    }
    if (problems.errors() != errorsBefore)
        return std::nullopt;
    return tree.takeRoot();
}

bool readYaml(std::string_view text, const std::shared_ptr<const std::string>& file, const ImportLimits& limits,
              std::vector<model::Value>& documents, std::vector<model::Diagnostic>& problems)
{
    ProblemList list(file, problems);
    text = withoutBom(text);
    if (!checkText(text, list))
        return false;
    for (const TextDocument& document : splitDocuments(text))
        if (auto value = readYamlDocument(document, limits, list); value && !value->isNull())
            documents.push_back(std::move(*value));
    return list.errors() == 0;
}

} // namespace gatehouse::importers
