#include "engine/http/protobuf.h"

namespace gatehouse::engine {

namespace {
constexpr std::uint32_t lengthDelimited = 2;
} // namespace

void ProtobufWriter::varint(std::uint64_t value)
{
    for (; value >= 0x80; value >>= 7)
        bytes_.push_back(static_cast<char>(0x80 | (value & 0x7F)));
    bytes_.push_back(static_cast<char>(value));
}

void ProtobufWriter::integer(std::uint32_t field, std::uint64_t value)
{
    varint(std::uint64_t{field} << 3);
    varint(value);
}

void ProtobufWriter::text(std::uint32_t field, std::string_view value)
{
    varint((std::uint64_t{field} << 3) | lengthDelimited);
    varint(value.size());
    bytes_.append(value);
}

void ProtobufWriter::textIfAny(std::uint32_t field, std::string_view value)
{
    if (!value.empty())
        text(field, value);
}

bool ProtobufReader::next(ProtobufField& field) noexcept
{
    if (data_.empty() || broken_)
        return false;
    std::uint64_t key = 0;
    broken_ = !varint(key) || (key >> 3) == 0 || (key >> 3) > 0x1FFFFFFF || !payload(field, key & 7);
    field.number = static_cast<std::uint32_t>(key >> 3);
    return !broken_;
}

bool ProtobufReader::varint(std::uint64_t& value) noexcept
{
    value = 0;
    for (unsigned shift = 0; shift < 64 && !data_.empty(); shift += 7) {
        const auto byte = static_cast<unsigned char>(data_.front());
        data_.remove_prefix(1);
        value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
        if ((byte & 0x80) == 0)
            return true;
    }
    return false;
}

bool ProtobufReader::payload(ProtobufField& field, std::uint64_t wireType) noexcept
{
    field.isText = wireType == lengthDelimited;
    std::uint64_t length = 0;
    switch (wireType) {
    case 0:
        return varint(field.integer);
    case 1:
        return skip(8);
    case lengthDelimited:
        if (!varint(length) || length > data_.size())
            return false;
        field.text = data_.substr(0, static_cast<std::size_t>(length));
        return skip(field.text.size());
    case 5:
        return skip(4);
    default:
        return false;
    }
}

bool ProtobufReader::skip(std::size_t count) noexcept
{
    if (data_.size() < count)
        return false;
    data_.remove_prefix(count);
    return true;
}

} // namespace gatehouse::engine
