#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse::routing {

/// True when both are equal but for ASCII case.
bool equalsIgnoreCase(std::string_view a, std::string_view b) noexcept;

/// One header field. Lifetime: of the buffer or snapshot that the views point into.
struct HeaderField {
    std::string_view name;
    std::string_view value;
};

/// Header fields in order, on reused storage: no allocation for a field once the vector has grown. Names compare
/// without case. Thread: one connection's own.
class HeaderFields {
public:
    [[nodiscard]] std::size_t size() const noexcept { return fields_.size(); }
    [[nodiscard]] auto begin() const noexcept { return fields_.begin(); }
    [[nodiscard]] auto end() const noexcept { return fields_.end(); }
    void clear() noexcept { fields_.clear(); }
    void add(std::string_view name, std::string_view value) { fields_.push_back({name, value}); }
    /// First field of that name, null if none.
    [[nodiscard]] const HeaderField* find(std::string_view name) const noexcept;
    [[nodiscard]] std::size_t count(std::string_view name) const noexcept;
    /// Removes all fields of that name, then adds one (where the first stood, if there was one).
    void set(std::string_view name, std::string_view value);
    void remove(std::string_view name) noexcept;
    /// Removes the fields for which `doomed(field)` is true; order stays.
    template <typename Predicate>
    void removeIf(Predicate&& doomed)
    {
        std::erase_if(fields_, std::forward<Predicate>(doomed));
    }

private:
    std::vector<HeaderField> fields_;
};

/// What matching reads of a request, whatever protocol brought it. Views live as long as the connection's buffer.
struct RequestHead {
    std::string_view method;
    std::string_view scheme;    ///< "http" or "https"
    std::string_view authority; ///< Host or :authority as received, port included
    std::string_view path;      ///< as received, without the query
    std::string_view query;     ///< without '?'; empty if none
    bool hasQuery = false;      ///< a '?' was there
    HeaderFields headers;
};

/// Host of an authority: port stripped (IPv6 brackets kept), one trailing dot stripped; not lowered.
std::string_view hostOf(std::string_view authority) noexcept;

} // namespace gatehouse::routing
