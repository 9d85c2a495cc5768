#include "ui/layout/wire.h"

#include <cstring>
#include <type_traits>

namespace gatehouse::layout {
namespace {

struct Header {
    MessageKind kind;
    std::uint32_t bytes;
};

template <class T>
concept Plain = std::is_arithmetic_v<T> || std::is_same_v<T, Point> || std::is_same_v<T, Rect> ||
                std::is_same_v<T, PortRow> || std::is_same_v<T, Cluster>;

class Writer {
public:
    explicit Writer(MessageKind kind) : bytes_(sizeof(Header), '\0') { header_.kind = kind; }

    template <Plain T>
    void put(const T& value)
    {
        bytes_.append(reinterpret_cast<const char*>(&value), sizeof value);
    }

    template <class T, class Each>
    void put(const std::vector<T>& values, Each each)
    {
        put(static_cast<std::uint32_t>(values.size()));
        for (const T& value : values)
            each(value);
    }

    template <Plain T>
    void put(const std::vector<T>& values)
    {
        put(values, [this](const T& value) { put(value); });
    }

    void text(std::string_view text) { bytes_ += text; }

    std::string take()
    {
        header_.bytes = static_cast<std::uint32_t>(bytes_.size() - sizeof(Header));
        std::memcpy(bytes_.data(), &header_, sizeof header_);
        return std::move(bytes_);
    }

private:
    Header header_{};
    std::string bytes_;
};

/// Reads what a Writer wrote. After the first fault everything reads as zero and good() is false.
class Reader {
public:
    explicit Reader(std::string_view bytes) : bytes_(bytes) {}

    template <Plain T>
    T get()
    {
        T value{};
        if (bytes_.size() < sizeof value) {
            good_ = false;
            bytes_ = {};
            return value;
        }
        std::memcpy(&value, bytes_.data(), sizeof value);
        bytes_.remove_prefix(sizeof value);
        return value;
    }

    template <class T, class Each>
    void get(std::vector<T>& values, Each each)
    {
        // No element is smaller than a byte: a wild count ends here and not in an allocation.
        const auto count = get<std::uint32_t>();
        if (count > bytes_.size()) {
            good_ = false;
            return;
        }
        values.reserve(count);
        for (std::uint32_t i = 0; i < count && good_; ++i)
            values.push_back(each());
    }

    template <Plain T>
    void get(std::vector<T>& values)
    {
        get(values, [this] { return get<T>(); });
    }

    [[nodiscard]] bool done() const { return good_ && bytes_.empty(); }

private:
    std::string_view bytes_;
    bool good_ = true;
};

Box readBox(Reader& in)
{
    Box box;
    box.width = in.get<double>();
    box.height = in.get<double>();
    box.cluster = in.get<std::int32_t>();
    box.column = in.get<std::uint32_t>();
    box.spread = in.get<std::uint8_t>() != 0;
    in.get(box.ports);
    return box;
}

Edge readEdge(Reader& in)
{
    Edge edge;
    edge.from = in.get<std::uint32_t>();
    edge.to = in.get<std::uint32_t>();
    edge.fromPort = in.get<std::int32_t>();
    edge.labelWidth = in.get<double>();
    edge.labelHeight = in.get<double>();
    edge.loose = in.get<std::uint8_t>() != 0;
    return edge;
}

} // namespace

std::string encode(const Input& input)
{
    Writer out(MessageKind::Input);
    out.put(static_cast<std::uint8_t>(input.direction == Direction::TopDown));
    out.put(input.boxes, [&](const Box& box) {
        out.put(box.width);
        out.put(box.height);
        out.put(box.cluster);
        out.put(box.column);
        out.put(static_cast<std::uint8_t>(box.spread));
        out.put(box.ports);
    });
    out.put(input.edges, [&](const Edge& edge) {
        out.put(edge.from);
        out.put(edge.to);
        out.put(edge.fromPort);
        out.put(edge.labelWidth);
        out.put(edge.labelHeight);
        out.put(static_cast<std::uint8_t>(edge.loose));
    });
    out.put(input.clusters);
    out.put(input.columnGap);
    out.put(input.boxGap);
    return out.take();
}

std::string encode(const Output& output)
{
    Writer out(MessageKind::Output);
    out.put(output.boxes);
    out.put(output.curves, [&](const Curve& curve) {
        out.put(curve.points);
        out.put(curve.label);
    });
    out.put(output.clusters);
    out.put(output.width);
    out.put(output.height);
    return out.take();
}

std::string encodeFailure(std::string_view why)
{
    Writer out(MessageKind::Failure);
    out.text(why);
    return out.take();
}

model::Result<std::optional<Message>, std::string> readMessage(std::string_view bytes)
{
    if (bytes.size() < sizeof(Header))
        return std::optional<Message>();
    Header header{};
    std::memcpy(&header, bytes.data(), sizeof header);
    const bool known =
        header.kind == MessageKind::Input || header.kind == MessageKind::Output || header.kind == MessageKind::Failure;
    if (!known || header.bytes > mostMessageBytes)
        return model::Unexpected{std::string("what came is no layout message")};
    if (bytes.size() - sizeof header < header.bytes)
        return std::optional<Message>();
    return std::optional(Message{header.kind, bytes.substr(sizeof header, header.bytes), sizeof header + header.bytes});
}

model::Result<Input, std::string> decodeInput(std::string_view body)
{
    Reader in(body);
    Input input;
    // Any other byte than ours is no value of the type.
    input.direction = in.get<std::uint8_t>() == 0 ? Direction::LeftRight : Direction::TopDown;
    in.get(input.boxes, [&] { return readBox(in); });
    in.get(input.edges, [&] { return readEdge(in); });
    in.get(input.clusters);
    input.columnGap = in.get<double>();
    input.boxGap = in.get<double>();
    if (!in.done())
        return model::Unexpected{std::string("a layout message does not hold what it says")};
    return input;
}

model::Result<Output, std::string> decodeOutput(std::string_view body)
{
    Reader in(body);
    Output output;
    in.get(output.boxes);
    in.get(output.curves, [&] {
        Curve curve;
        in.get(curve.points);
        curve.label = in.get<Point>();
        return curve;
    });
    in.get(output.clusters);
    output.width = in.get<double>();
    output.height = in.get<double>();
    if (!in.done())
        return model::Unexpected{std::string("a layout message does not hold what it says")};
    return output;
}

} // namespace gatehouse::layout
