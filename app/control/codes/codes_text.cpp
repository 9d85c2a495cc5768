#include "app/control/codes/examples.h"
#include "app/control/codes/tables.h"

namespace gatehouse::control {

using model::Severity;

std::vector<CodeInfo> textCodes()
{
    const auto settings = [](std::string_view data) { return core("ConfigMap", "settings", data); };
    return {
        {"GH1001", Severity::Error, "a file cannot be read",
         "The file is missing, is no regular file, or you may not read it. Nothing of it is known, so the exit code is "
         "2.",
         ExampleKind::Words, "gatehouse check no-such-file.yaml", "gatehouse check gateway.yaml"},
        {"GH1002", Severity::Error, "a file is too large",
         "Files have a limit, so that a wrong path does not fill the memory.", ExampleKind::Words,
         "a manifest of some hundred megabytes, or a whole disk image", "several smaller files in one directory"},
        {"GH1003", Severity::Error, "the text is not UTF-8",
         "Manifests are UTF-8, as in kubectl. Other encodings and control characters are refused before they are "
         "parsed.",
         ExampleKind::Words, "a file that an editor saved as UTF-16 or Latin-1", "the same file saved as UTF-8"},
        {"GH1004", Severity::Error, "the text is not valid YAML",
         "The document cannot be parsed; the other documents of the file are read all the same.",
         ExampleKind::Manifests, settings("data: {colour: \"red"), settings("data: {colour: \"red\"}")},
        {"GH1005", Severity::Error, "the text is not valid JSON",
         "A document that begins with { and comes from a .json file, or looks like JSON, cannot be parsed.",
         ExampleKind::Words, R"({"apiVersion": "v1", "kind": "Namespace",})",
         R"({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "shop"}})"},
        {"GH1006", Severity::Error, "a key stands twice in one mapping",
         "Which of the two counts would be chance: kubectl and the API server refuse it too.", ExampleKind::Manifests,
         settings("data:\n  colour: red\n  colour: blue"), settings("data:\n  colour: red\n  size: small")},
        {"GH1007", Severity::Error, "something cannot be a key",
         "Keys are texts. Unrendered templates are often read as a mapping in the place of a key.",
         ExampleKind::Manifests, settings("data: {? [colour] : red}"), settings("data: {colour: red}")},
        {"GH1008", Severity::Error, "an alias or a merge is not possible",
         "An alias (*name) inside its own anchor, or a merge (<<) of something that is no mapping.",
         ExampleKind::Manifests, settings("data: {<<: red}"), settings("data: {<<: {colour: red}}")},
        {"GH1009", Severity::Error, "a value cannot be read as its tag says",
         "The tag asks for a type that the text is not, or a number is too large for JSON.", ExampleKind::Manifests,
         settings("data: {colour: !!int red}"), settings("data: {colour: !!str red}")},
        {"GH1010", Severity::Error, "a document is over a limit",
         "Depth, aliases, nodes and the length of texts are limited, so that a few lines cannot grow to gigabytes.",
         ExampleKind::Words, "mappings nested hundreds deep, or aliases of aliases of aliases",
         "the values written out, or the document split"},
        {"GH1011", Severity::Warning, "a tag is ignored",
         "Tags of applications (!Ref, !vault) mean nothing to Kubernetes; the value is read as if they were not there.",
         ExampleKind::Manifests, settings("data: {colour: !paint red}"), settings("data: {colour: red}")},
        {"GH1012", Severity::Error, "a document is no object",
         "Every document is a mapping with apiVersion, kind and metadata.", ExampleKind::Manifests, "- one\n- two\n",
         settings("data: {numbers: one two}")},
        {"GH1013", Severity::Error, "the items of a List are no list",
         "kind: List holds its objects in items, which is a list.", ExampleKind::Manifests,
         "apiVersion: v1\nkind: List\nitems: {kind: Namespace}\n", "apiVersion: v1\nkind: List\nitems: []\n"},
        {"GH1014", Severity::Warning, "a directory holds no manifest",
         "Files named *.yaml, *.yml and *.json are read; hidden and backup files are not.", ExampleKind::Words,
         "gatehouse check an-empty-directory", "gatehouse check the-directory-of-manifests"},
    };
}

} // namespace gatehouse::control
