#pragma once

#include "model/graph/graph.h"

#include <string>
#include <string_view>

namespace gatehouse::model {

/// Codes of what resolve() notes. Stable: scripts and suppressions name them.
namespace note {
inline constexpr std::string_view classAssumed = "GH2001";
inline constexpr std::string_view classNotOurs = "GH2002";
inline constexpr std::string_view parentNotFound = "GH2003";
inline constexpr std::string_view parentKindUnknown = "GH2004";
inline constexpr std::string_view parentNotOurs = "GH2005";
inline constexpr std::string_view missingGrant = "GH2006";
inline constexpr std::string_view attachmentRefused = "GH2007";
inline constexpr std::string_view backendNotFound = "GH2008";
inline constexpr std::string_view backendKindUnsupported = "GH2009";
inline constexpr std::string_view certificateUnusable = "GH2010";
inline constexpr std::string_view listenerConflict = "GH2011";
inline constexpr std::string_view listenerUnsupported = "GH2012";
inline constexpr std::string_view listenerSetRefused = "GH2013";
inline constexpr std::string_view filterNotExecuted = "GH2014";
inline constexpr std::string_view parametersUnusable = "GH2015";
inline constexpr std::string_view addressUnsupported = "GH2016";
inline constexpr std::string_view notExecuted = "GH2017";
inline constexpr std::string_view policyRefused = "GH2018";
inline constexpr std::string_view routeKindsInvalid = "GH2019";
inline constexpr std::string_view backendProtocolUnsupported = "GH2020";
inline constexpr std::string_view backendProtocolDiffers = "GH2021";
inline constexpr std::string_view ruleDropped = "GH2022";
inline constexpr std::string_view parametersIgnored = "GH2023";
inline constexpr std::string_view developmentCertificate = "GH2024";
} // namespace note

/// Where a note belongs: whose object, which field of it, and the field's place in the text.
struct NotePlace {
    const Resource& resource;
    std::string fieldPath;
    Position position;
};

struct NoteText {
    std::string_view code;
    std::string message; ///< what is wrong, lower case, no full stop
    std::string remedy;  ///< how to mend it
};

void warn(Graph& graph, const NotePlace& place, NoteText text);
void inform(Graph& graph, const NotePlace& place, NoteText text);

} // namespace gatehouse::model
