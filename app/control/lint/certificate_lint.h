#pragma once

#include "model/base/diagnostic.h"
#include "model/graph/graph.h"

#include <chrono>
#include <string_view>
#include <vector>

namespace gatehouse::control {

/// Codes of lintCertificates(). Stable.
namespace certificate_code {
inline constexpr std::string_view unreadable = "GH2201";
inline constexpr std::string_view expired = "GH2202";
inline constexpr std::string_view notYetValid = "GH2203";
inline constexpr std::string_view expiresSoon = "GH2204";
inline constexpr std::string_view keyDiffers = "GH2205";
inline constexpr std::string_view hostnameNotCovered = "GH2206";
} // namespace certificate_code

/// What is wrong with the certificates that listeners show, Gateways show to backends, and CA bundles hold: what only
/// the TLS library and the clock can say. Broken PEM is resolve()'s to note. Texts of Secrets are never repeated.
/// `now` is passed in, so that the answer is a function of its input. Cost: one parse for each certificate that is
/// used.
std::vector<model::Diagnostic> lintCertificates(const model::Graph& graph, std::chrono::system_clock::time_point now);

} // namespace gatehouse::control
