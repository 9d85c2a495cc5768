#include "engine/routing/filters/filters.h"

namespace gatehouse::routing {

void modifyHeaders(const CompiledHeaderModifier& modifier, HeaderFields& headers)
{
    for (const auto& [name, value] : modifier.set)
        headers.set(name, value);
    for (const auto& [name, value] : modifier.add)
        headers.add(name, value);
    for (const std::string& name : modifier.remove)
        headers.remove(name);
}

void modifyRequestHeaders(const CompiledHeaderModifier& modifier, RequestHead& head)
{
    // Host travels as the authority, of which there is exactly one: it can be set, not repeated or removed.
    for (const auto& [name, value] : modifier.set) {
        if (name == "host")
            head.authority = value;
        else
            head.headers.set(name, value);
    }
    for (const auto& [name, value] : modifier.add) {
        if (name != "host")
            head.headers.add(name, value);
        else if (head.authority.empty())
            head.authority = value;
    }
    for (const std::string& name : modifier.remove)
        head.headers.remove(name);
}

} // namespace gatehouse::routing
