#pragma once

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QString>

#include "importers/json/json_reader.h"
#include "importers/kube_api/api_documents.h"
#include "importers/text_document.h"
#include "importers/writers.h"

#include <string>
#include <vector>

/// A Value from JSON; null when the text is none.
inline gatehouse::model::Value valueOf(const std::string& json)
{
    using namespace gatehouse::importers;
    std::vector<gatehouse::model::Value> values;
    std::vector<gatehouse::model::Diagnostic> diagnostics;
    ProblemList problems(nullptr, diagnostics);
    readJson(TextDocument{json, 1, true}, ImportLimits{}, values, problems);
    return values.size() == 1 ? values.front() : gatehouse::model::Value();
}

inline QJsonObject jsonOf(const gatehouse::model::Value& value)
{
    return QJsonDocument::fromJson(QByteArray::fromStdString(gatehouse::importers::toJson(value, 0))).object();
}

/// GET of a path of documents; status 0 when it is none.
inline gatehouse::importers::ApiResponse getDocument(const QString& target, const QString& accept = {})
{
    gatehouse::importers::ApiRequest request;
    request.method = "GET";
    for (const QString& segment : target.split('/', Qt::SkipEmptyParts))
        request.path.push_back(segment.toStdString());
    request.accept = accept.toStdString();
    gatehouse::importers::ApiResponse none;
    none.status = 0;
    return serveApiDocument(request).value_or(none);
}

inline QJsonObject bodyOf(const gatehouse::importers::ApiResponse& response)
{
    return QJsonDocument::fromJson(QByteArray::fromStdString(response.body)).object();
}
