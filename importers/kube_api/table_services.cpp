#include "importers/kube_api/table_cells.h"

namespace gatehouse::importers {
namespace {

using model::Value;
using Time = TableColumn::Clock::time_point;

std::string clusterIp(const Value& service)
{
    return textAt(service, ".spec.clusterIPs[*]", textAt(service, ".spec.clusterIP", "<none>"));
}

std::vector<std::string> texts(const Value::Array& items)
{
    std::vector<std::string> all;
    for (const Value& item : items)
        if (const std::string* text = item.asString())
            all.push_back(*text);
    return all;
}

std::string externalIp(const Value& service)
{
    const std::string type = textAt(service, ".spec.type", "ClusterIP");
    if (type == "ExternalName")
        return textAt(service, ".spec.externalName", "<none>");
    std::vector<std::string> all;
    for (const Value& ingress : listAt(service, ".status.loadBalancer.ingress"))
        all.push_back(textAt(ingress, ".ip", textAt(ingress, ".hostname")));
    for (std::string& ip : texts(listAt(service, ".spec.externalIPs")))
        all.push_back(std::move(ip));
    if (all.empty())
        return type == "LoadBalancer" ? "<pending>" : "<none>";
    return joined(all);
}

std::string servicePorts(const Value& service)
{
    std::vector<std::string> all;
    for (const Value& port : listAt(service, ".spec.ports")) {
        std::string text = std::to_string(integerAt(port, ".port"));
        if (const std::int64_t node = integerAt(port, ".nodePort"); node > 0)
            text += ':' + std::to_string(node);
        all.push_back(text + '/' + textAt(port, ".protocol", "TCP"));
    }
    return all.empty() ? "<none>" : joined(all);
}

/// Every address of a subset with every port of it.
std::string endpoints(const Value& object)
{
    std::vector<std::string> all;
    for (const Value& subset : listAt(object, ".subsets")) {
        const Value::Array& ports = listAt(subset, ".ports");
        for (const Value& address : listAt(subset, ".addresses")) {
            const std::string ip = textAt(address, ".ip");
            const std::string host = ip.find(':') == std::string::npos ? ip : '[' + ip + ']';
            if (ports.empty())
                all.push_back(ip);
            for (const Value& port : ports)
                all.push_back(host + ':' + std::to_string(integerAt(port, ".port")));
        }
    }
    return firstThree(all, "<none>");
}

/// A port without a number means every port.
std::string slicePorts(const Value& slice)
{
    std::vector<std::string> all;
    for (const Value& port : listAt(slice, ".ports")) {
        const std::int64_t number = integerAt(port, ".port");
        all.push_back(number > 0 ? std::to_string(number) : textAt(port, ".name", "*"));
    }
    return firstThree(all, "<unset>");
}

std::string sliceEndpoints(const Value& slice)
{
    std::vector<std::string> all;
    for (const Value& endpoint : listAt(slice, ".endpoints"))
        for (std::string& address : texts(listAt(endpoint, ".addresses")))
            all.push_back(std::move(address));
    return firstThree(all, "<unset>");
}

} // namespace

std::vector<TableColumn> serviceColumns()
{
    return {
        {"Type", "string", 0, [](const Value& o, Time) { return Value(textAt(o, ".spec.type", "ClusterIP")); }},
        {"Cluster-IP", "string", 0, [](const Value& o, Time) { return Value(clusterIp(o)); }},
        {"External-IP", "string", 0, [](const Value& o, Time) { return Value(externalIp(o)); }},
        {"Port(s)", "string", 0, [](const Value& o, Time) { return Value(servicePorts(o)); }},
        ageColumn(),
        {"Selector", "string", 1,
         [](const Value& o, Time) { return Value(labelText(firstAtPath(o, ".spec.selector"))); }},
    };
}

std::vector<TableColumn> endpointsColumns()
{
    return {{"Endpoints", "string", 0, [](const Value& o, Time) { return Value(endpoints(o)); }}, ageColumn()};
}

std::vector<TableColumn> endpointSliceColumns()
{
    return {
        {"AddressType", "string", 0, [](const Value& o, Time) { return Value(textAt(o, ".addressType")); }},
        {"Ports", "string", 0, [](const Value& o, Time) { return Value(slicePorts(o)); }},
        {"Endpoints", "string", 0, [](const Value& o, Time) { return Value(sliceEndpoints(o)); }},
        ageColumn(),
    };
}

} // namespace gatehouse::importers
