#pragma once

#include "app/testing/test_file.h"
#include "engine/routing/explain.h"

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace gatehouse::testing {

/// Something that a run knows, or why it does not.
template <class T>
struct Known {
    std::optional<T> value;
    std::string unknown = "nothing says so"; ///< why there is no value, for people

    Known() = default;
    Known(T v) : value(std::move(v)) {}
    static Known because(std::string why)
    {
        Known known;
        known.unknown = std::move(why);
        return known;
    }
};

/// Header fields as far as they are known.
struct SeenHeaders {
    Headers fields;                  ///< in order; names in any case
    bool complete = true;            ///< what is not among the fields is not there
    std::set<std::string> certain;   ///< names in lower case that are known although not all are
    std::set<std::string> uncertain; ///< names in lower case that are there, with a value that nobody knows
    std::string unknown;             ///< why others are not known
};

struct SeenRequest {
    std::string method, path, host; ///< the path with its query
    SeenHeaders headers;
};

struct SeenResponse {
    SeenHeaders headers;
    Known<std::string> body;
};

/// One way that a request can go, or went.
struct Outcome {
    double share = 1;           ///< of all requests, 0..1
    Known<std::string> backend; ///< "namespace/service:port" that was chosen; "": none was
    Known<bool> refused;        ///< the gateway itself answers an error, closes, or drops
    std::string reason;         ///< its words, when it does
    Known<std::uint16_t> status;
    Known<std::string> grpcStatus; ///< "UNAVAILABLE"; "": this is no gRPC call
    Known<std::string> location;   ///< of a redirect; "": it is none
    Known<SeenRequest> request;    ///< as the backend saw it; "because" when none did
    SeenResponse response;
    std::string asked; ///< a backend that was asked, in words; "" when the gateway answers
};

/// What a run saw of a test: the same for a model, for real sockets and for another gateway, so that one judge serves
/// all.
struct Observation {
    Known<std::string> gateway, listener, route, ruleName; ///< "": none
    Known<std::uint32_t> rule;
    std::vector<Outcome> outcomes;
    bool sampled = false; ///< shares were counted, and come near
    double tolerance = 0; ///< of shares, when they were
    bool foreign = false; ///< another gateway was asked, whose words are its own
    std::string error;    ///< why the request could not be made or answered; "" when all went well
    std::optional<routing::Explanation> explanation;
};

} // namespace gatehouse::testing
