#pragma once

// First: moc cannot parse <compare> before another standard header.
#include <QtTest>

#include "importers/decode/object_pipeline.h"
#include "importers/yaml/manifest_reader.h"

#include <memory>
#include <string>
#include <vector>

/// What became of a text of manifests, each document decoded on its own.
struct DecodedText {
    std::vector<std::shared_ptr<const gatehouse::model::Resource>> resources;
    std::vector<gatehouse::model::Diagnostic> problems;
    int skipped = 0;

    /// "severity CODE field.path" of every problem.
    [[nodiscard]] QStringList summary() const
    {
        QStringList lines;
        for (const auto& problem : problems)
            lines += QString::fromStdString(std::string(toString(problem.severity)) + ' ' + problem.code +
                                            (problem.fieldPath.empty() ? "" : " " + problem.fieldPath));
        return lines;
    }

    /// The one resource that the text gave, as its type.
    template <class T>
    [[nodiscard]] std::shared_ptr<const T> only() const
    {
        if (resources.size() != 1) {
            for (const auto& problem : problems)
                qWarning("%s", toString(problem).c_str());
            qFatal("the text gave %zu resources", resources.size());
        }
        return std::static_pointer_cast<const T>(resources.front());
    }
};

inline DecodedText decodeText(const char* yaml)
{
    namespace importers = gatehouse::importers;
    DecodedText result;
    const auto file = std::make_shared<const std::string>("test.yaml");
    std::vector<gatehouse::model::Value> documents;
    if (!importers::readYaml(yaml, file, {}, documents, result.problems))
        qFatal("the test's YAML does not parse: %s", yaml);
    for (gatehouse::model::Value& document : documents) {
        for (auto& decoded : importers::decodeObject(std::move(document), file, result.problems)) {
            result.skipped += decoded.skipped;
            if (decoded.resource)
                result.resources.push_back(std::move(decoded.resource));
        }
    }
    return result;
}
