#include "app/admin/event_stream.h"

#include "app/control/access_log.h"
#include "app/control/session.h"
#include "importers/writers.h"

#include <algorithm>
#include <utility>

namespace gatehouse::admin {

namespace {

using model::Value;

/// Events are gathered to this before they are handed over.
constexpr std::size_t pieceBytes = 64 * 1024;

Value number(std::uint64_t n)
{
    return {static_cast<std::int64_t>(n)};
}

/// A line break would end the event's data.
std::string line(const Value& value)
{
    return importers::toJson(value, 0);
}

void appendEvent(std::string& out, std::uint64_t id, std::string_view name, std::string_view data)
{
    out.append("id: ").append(std::to_string(id)).append("\nevent: ").append(name);
    out.append("\ndata: ").append(data).append("\n\n");
}

std::uint64_t countOf(const std::vector<model::Diagnostic>& problems, model::Severity severity)
{
    return static_cast<std::uint64_t>(std::count_if(problems.begin(), problems.end(),
                                                    [&](const auto& problem) { return problem.severity == severity; }));
}

std::string applyText(const control::State& state)
{
    const auto& listeners = state.programming.listeners;
    const auto programmed =
        std::count_if(listeners.begin(), listeners.end(), [](const auto& each) { return each.programmed; });
    Value root = Value::object();
    root.set("version", number(state.snapshot->version));
    root.set("live", state.live);
    root.set("listeners", number(listeners.size()));
    root.set("programmed", number(static_cast<std::uint64_t>(programmed)));
    root.set("routes", number(state.graph->routes.size()));
    root.set("errors", number(countOf(state.diagnostics, model::Severity::Error)));
    root.set("warnings", number(countOf(state.diagnostics, model::Severity::Warning)));
    return line(root);
}

} // namespace

bool EventStream::send(Reader& reader, std::string_view name, std::string_view data)
{
    std::string text;
    appendEvent(text, reader.nextId++, name, data);
    return reader.reply->write(std::move(text));
}

void EventStream::forgetThoseThatLeft()
{
    std::erase_if(readers_, [](const Reader& reader) { return reader.left->load(); });
    count_ = readers_.size();
}

void EventStream::subscribe(const std::shared_ptr<engine::LocalReply>& reply, const CurrentState& current)
{
    const std::lock_guard lock(mutex_);
    forgetThoseThatLeft();
    if (readers_.size() >= mostReaders) {
        reply->send({503, "text/plain; charset=utf-8", "there are too many readers of events already\n"});
        return;
    }
    // Only a flag: this may be called from within write().
    auto left = std::make_shared<std::atomic<bool>>(false);
    reply->onClosed([left] { *left = true; });
    Reader reader{reply, std::move(left), 1, 0, 0, droppedByEngine_()};
    engine::LocalResponse head{200, "text/event-stream", ": events of Gatehouse\n\n"};
    head.headers.emplace_back("cache-control", "no-store");
    reply->begin(std::move(head));
    // Asked for under the lock, as applied() comes after the State is in force: this reader misses none.
    if (const auto state = current()) {
        reader.version = state->snapshot->version;
        if (!send(reader, "apply", applyText(*state)))
            return;
    }
    readers_.push_back(std::move(reader));
    count_ = readers_.size();
}

bool EventStream::tellDrops(Reader& reader, std::uint64_t engineDrops)
{
    const std::uint64_t count = reader.dropped + (engineDrops - std::min(engineDrops, reader.engineDrops));
    reader.dropped = 0;
    reader.engineDrops = engineDrops;
    return count == 0 || send(reader, "dropped", "{\"count\":" + std::to_string(count) + '}');
}

void EventStream::access(const std::vector<model::AccessEvent>& events)
{
    if (count_ == 0)
        return;
    const std::uint64_t engineDrops = droppedByEngine_();
    // Written once for all, and outside the lock.
    std::vector<std::string> lines;
    lines.reserve(events.size());
    for (const model::AccessEvent& event : events) {
        control::appendJson(lines.emplace_back(), event);
        lines.back().pop_back(); // its end of line
    }
    const std::lock_guard lock(mutex_);
    for (Reader& reader : readers_) {
        std::string piece;
        bool reads = true;
        const auto handOver = [&] { reads = piece.empty() || reader.reply->write(std::exchange(piece, {})); };
        for (std::size_t i = 0; i < lines.size() && reads; ++i) {
            if (piece.empty()) {
                if (reader.reply->unread() > unreadLimit) {
                    reader.dropped += lines.size() - i;
                    break;
                }
                reads = tellDrops(reader, engineDrops);
            }
            appendEvent(piece, reader.nextId++, "access", lines[i]);
            if (piece.size() >= pieceBytes)
                handOver();
        }
        if (reads)
            handOver();
        if (!reads)
            *reader.left = true;
    }
    forgetThoseThatLeft();
}

void EventStream::applied(const control::State& state)
{
    if (count_ == 0)
        return;
    const std::string text = applyText(state);
    const std::lock_guard lock(mutex_);
    for (Reader& reader : readers_)
        if (std::exchange(reader.version, state.snapshot->version) != state.snapshot->version)
            if (!send(reader, "apply", text))
                *reader.left = true;
    forgetThoseThatLeft();
}

void EventStream::rejected(const control::State& state)
{
    if (count_ == 0)
        return;
    Value root = Value::object();
    root.set("errors", number(countOf(state.import.diagnostics, model::Severity::Error)));
    const auto& problems = state.import.diagnostics;
    const auto first = std::find_if(problems.begin(), problems.end(),
                                    [](const auto& problem) { return problem.severity == model::Severity::Error; });
    if (first != problems.end())
        root.set("first", toString(*first));
    const std::string text = line(root);
    const std::lock_guard lock(mutex_);
    for (Reader& reader : readers_)
        if (!send(reader, "rejected", text))
            *reader.left = true;
    forgetThoseThatLeft();
}

} // namespace gatehouse::admin
