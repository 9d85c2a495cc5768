#pragma once

#include "model/base/value.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace gatehouse::importers {

/// Finds members of one object by name. Value::find() walks, which is fastest in small objects; comparing a ConfigMap
/// of a hundred thousand keys with another would take minutes. Lifetime: of the object, which must not change
/// meanwhile.
class MemberIndex {
public:
    explicit MemberIndex(const model::Value& object);
    [[nodiscard]] const model::Value* find(std::string_view name) const;

private:
    const model::Value& object_;
    std::unordered_map<std::string_view, const model::Value*> members_; ///< of big objects only
};

/// Changes members of one object by name, with an index where it has many. Lifetime: of the object, which nobody else
/// changes meanwhile; what erase() names goes when the editor does.
class MemberEditor {
public:
    explicit MemberEditor(model::Value& object);
    ~MemberEditor();
    MemberEditor(const MemberEditor&) = delete;
    MemberEditor& operator=(const MemberEditor&) = delete;

    /// Null when there is none. Valid until the next make().
    [[nodiscard]] model::Value* find(const std::string& name);
    /// The member; a new one is null.
    model::Value& make(const std::string& name);
    void erase(const std::string& name);

private:
    [[nodiscard]] std::size_t place(const std::string& name);
    void buildIndex();

    model::Value::Object& members_;
    std::unordered_map<std::string, std::size_t> places_;
    std::unordered_set<std::size_t> erased_;
};

/// Equal content whatever the order of members: clients send them sorted, files as written.
bool sameContent(const model::Value& a, const model::Value& b);
/// The same, leaving out the members of the two objects for which `skip` says so.
bool sameBut(const model::Value& a, const model::Value& b, bool (*skip)(std::string_view name));
/// The member `name`, made an empty object when it is absent or none.
model::Value& memberObject(model::Value& object, std::string_view name);
/// The text of a member of metadata; "" when there is none.
const std::string& metadataText(const model::Value& object, std::string_view name);
/// Takes the places in a request's body off the tree: nobody can look them up.
void clearPositions(model::Value& value);
/// True when containers are nested more than `depth` deep.
bool isDeeperThan(const model::Value& value, std::size_t depth);
/// True for a list with at least one item.
bool hasItems(const model::Value* list);

} // namespace gatehouse::importers
