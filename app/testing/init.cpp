#include "app/testing/init.h"

#include "app/testing/case_value.h"
#include "app/testing/coverage.h"
#include "app/testing/model_run.h"
#include "app/testing/witness.h"
#include "importers/writers.h"

#include <algorithm>

namespace gatehouse::testing {

using model::Value;

InitialTests initialTests(const routing::Snapshot& snapshot, const std::vector<std::string>& manifests)
{
    InitialTests result;
    Value document = Value::object();
    document.set("apiVersion", testApiVersion);
    document.set("kind", testKind);
    if (!manifests.empty()) {
        Value& list = document.set("manifests", Value::array());
        for (const std::string& path : manifests)
            list.push(path);
    }
    Value& tests = document.set("tests", Value::array());
    std::string left;
    for (const model::RouteNode& node : snapshot.graph->routes) {
        const model::Route& route = *node.resource;
        const std::string name = std::string(toString(route.kind)) + '/' + toString(route.key.name);
        for (std::uint32_t rule = 0; rule < route.ruleCount(); ++rule) {
            const std::string what = name + ' ' + ruleWords(rule, route.ruleName(rule));
            const Witness witness = findWitness(snapshot, node, rule);
            if (!witness.test) {
                left += "# " + what + " has no test: " + witness.reason + "  (" +
                        toString(route.at(route.rulePosition(rule))) + ")\n";
                ++result.left;
                continue;
            }
            TestCase test = *witness.test;
            test.name = what;
            tests.push(caseValue(test, expectation(snapshot, observeModel(snapshot, test))));
            ++result.tests;
        }
    }
    result.text =
        "# Tests of `gatehouse test`: a request for each rule, and where it goes. What was written here is what "
        "the\n# manifests do today; change it to what they shall do.\n" +
        importers::toYaml(document) + (left.empty() ? "" : "\n" + left);
    return result;
}

} // namespace gatehouse::testing
