#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace gatehouse::model {

/// One step of a Kubernetes field path, linked to the steps above it. Purpose: walking an object costs no text; the
/// path is written out only when a problem names it. Lifetime: on the stack, below its parent's.
class FieldPath {
public:
    FieldPath() = default;
    [[nodiscard]] FieldPath member(std::string_view name) const { return FieldPath(this, name, noIndex); }
    [[nodiscard]] FieldPath item(std::size_t index) const { return FieldPath(this, {}, index); }
    /// A member of a map, written as metadata.labels[app].
    [[nodiscard]] FieldPath key(std::string_view name) const
    {
        FieldPath path(this, name, noIndex);
        path.isKey_ = true;
        return path;
    }

    /// "spec.rules[0].matches[1].path.value"; "" for the whole object.
    [[nodiscard]] std::string text() const
    {
        std::string text = parent_ ? parent_->text() : std::string();
        if (index_ != noIndex)
            return text + '[' + std::to_string(index_) + ']';
        if (isKey_)
            return text + '[' + std::string(name_) + ']';
        if (!text.empty() && !name_.empty())
            text += '.';
        return text + std::string(name_);
    }

private:
    static constexpr std::size_t noIndex = static_cast<std::size_t>(-1);
    FieldPath(const FieldPath* parent, std::string_view name, std::size_t index)
        : parent_(parent), name_(name), index_(index)
    {
    }

    const FieldPath* parent_ = nullptr;
    std::string_view name_;
    std::size_t index_ = noIndex;
    bool isKey_ = false;
};

} // namespace gatehouse::model
