#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::ui {

/// The part of a YAML text between two document marks that holds `offset`, in bytes.
struct DocumentRange {
    std::size_t begin = 0, end = 0;
};
DocumentRange documentAround(std::string_view text, std::size_t offset);

/// One key, item or lone scalar of a document that may be half typed. Places are bytes of the text that was read.
struct OutlineNode {
    enum class Kind : std::uint8_t {
        Root,
        Key,  ///< "name:", with or without a value
        Item, ///< "- ", or an element of [a, b]
        Text, ///< a scalar that is neither a key nor a key's value: an item's, or a key whose colon is not typed yet
    };
    Kind kind = Kind::Root;
    std::uint32_t parent = 0;
    std::uint32_t index = 0;                  ///< Item: which of its list
    std::size_t column = 0;                   ///< where it begins in its line
    std::size_t begin = 0;                    ///< of the key's name, the dash or the text
    std::size_t end = 0;                      ///< just behind the name or the text
    std::size_t valueBegin = 0, valueEnd = 0; ///< Key: behind its colon up to the end of what is there
    std::string_view name;                    ///< Key: without quotes
    std::string_view scalar;                  ///< Key and Text: without quotes; "" for what has children
    bool flow = false;                        ///< inside { } or [ ]
    bool flowMap = false, flowList = false;   ///< its value is written as {...} or [...], from valueBegin to valueEnd
};

/// Reads the outline of one document. It does its best with whatever is there and never fails: the half-typed document
/// under a cursor is what it is for. nodes[0] is the root; a parent stands before its children.
/// Lifetime: as `text`. Cost: one pass.
std::vector<OutlineNode> outlineOf(std::string_view text, DocumentRange document);

/// The scalar of the member `key` of a node; "" when there is none.
std::string_view memberOf(const std::vector<OutlineNode>& nodes, std::uint32_t parent, std::string_view key);

} // namespace gatehouse::ui
