#include "app/cli/parser.h"

#include "app/control/nearest.h"

#include <CLI/CLI.hpp>

#include <map>

namespace gatehouse::cli {

namespace {

/// Help as kubectl's users know it: usage line, what it does, options in columns.
class HelpFormatter : public CLI::Formatter {
public:
    HelpFormatter()
    {
        column_width(34);
        label("OPTIONS", "options");
        label("Positionals", "Arguments");
        label("Usage", "Usage");
    }

    std::string trailing;

    std::string make_usage(const CLI::App* app, std::string name) const override
    {
        std::string usage = "Usage: " + name + " [options]";
        for (const CLI::Option* option : app->get_options([](const CLI::Option* o) { return o->get_positional(); })) {
            const std::string shown = option->get_name(true) + (option->get_items_expected_max() > 1 ? "..." : "");
            usage += option->get_required() ? ' ' + shown : " [" + shown + ']';
        }
        if (!trailing.empty())
            usage += ' ' + trailing;
        return usage + "\n";
    }

    /// CLI11 would show what a negated switch stores: --no-watch{false}.
    std::string make_option_name(const CLI::Option* option, bool positional) const override
    {
        std::string name = CLI::Formatter::make_option_name(option, positional);
        if (const std::size_t stored = name.find("{false}"); stored != std::string::npos)
            name.erase(stored, 7);
        return name;
    }

    std::string make_option_opts(const CLI::Option* option) const override
    {
        const std::string type = option->get_type_name();
        return type.empty() || option->get_positional() ? "" : ' ' + type;
    }
};

std::string joined(const std::vector<std::string>& words, const char* separator)
{
    std::string text;
    for (const std::string& word : words)
        text += (text.empty() ? "" : separator) + word;
    return text;
}

} // namespace

struct Parser::Impl {
    explicit Impl(const std::string& summary) : app(summary), formatter(std::make_shared<HelpFormatter>()) {}

    CLI::App app;
    std::shared_ptr<HelpFormatter> formatter;
    std::string footer;
    std::map<const CLI::Option*, std::vector<std::string>> choices;
    std::map<std::optional<std::string>*, std::string> flagValues; ///< of optionalValue(), as CLI11 fills them
};

Parser::Parser(const std::string& command, const std::string& summary) : impl_(std::make_unique<Impl>(summary))
{
    CLI::App& app = impl_->app;
    app.name("gatehouse " + command);
    app.formatter(impl_->formatter);
    app.set_help_flag("-h,--help", "Print this help");
    // Unknown options come back from parse(), so that the message can name the nearest known one.
    app.allow_extras();
}

Parser::~Parser() = default;

void Parser::flag(const std::string& names, bool& target, const std::string& help)
{
    impl_->app.add_flag(names, target, help);
}

void Parser::count(const std::string& names, int& target, const std::string& help)
{
    impl_->app.add_flag(names, target, help);
}

void Parser::option(const std::string& names, std::string& target, const std::string& value, const std::string& help,
                    const std::vector<std::string>& choices)
{
    CLI::Option* option = impl_->app.add_option(names, target, help)->type_name(value);
    if (choices.empty())
        return;
    impl_->choices[option] = choices;
    option->check([choices](const std::string& given) -> std::string {
        if (std::find(choices.begin(), choices.end(), given) != choices.end())
            return {};
        const std::string near = control::nearest(given, choices);
        return '\'' + given + "' is no choice; expected " + joined(choices, ", ") +
               (near.empty() ? "" : "; did you mean '" + near + "'?");
    });
    option->type_name(value);
}

void Parser::option(const std::string& names, std::optional<int>& target, const std::string& value,
                    const std::string& help)
{
    impl_->app
        .add_option_function<int>(
            names, [&target](const int& given) { target = given; }, help)
        ->type_name(value);
}

void Parser::optionalValue(const std::string& name, std::optional<std::string>& target, const std::string& value,
                           const std::string& help)
{
    // A flag, since an option with an optional value would swallow the argument behind it.
    CLI::Option* option = impl_->app.add_flag(name, impl_->flagValues[&target], help);
    option->type_name("[=" + value + ']');
}

void Parser::list(const std::string& names, std::vector<std::string>& target, const std::string& value,
                  const std::string& help)
{
    impl_->app.add_option(names, target, help)->type_name(value)->allow_extra_args(false);
}

void Parser::pair(const std::string& names, std::vector<std::string>& target, const std::string& values,
                  const std::string& help)
{
    impl_->app.add_option(names, target, help)->type_name(values)->expected(2);
}

void Parser::positional(const std::string& name, std::string& target, const std::string& help, bool required)
{
    impl_->app.add_option(name, target, help)->required(required)->type_name("");
}

void Parser::positionals(const std::string& name, std::vector<std::string>& target, const std::string& help)
{
    impl_->app.add_option(name, target, help)->type_name("");
}

void Parser::trailing(const std::string& usage)
{
    impl_->formatter->trailing = usage;
}

void Parser::footer(const std::string& text)
{
    impl_->app.footer(text);
    impl_->footer = text;
}

model::Result<bool, std::string> Parser::parse(const std::vector<std::string>& arguments)
{
    // CLI11 reports by throwing; its exceptions end here.
    try {
        std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
        impl_->app.parse(reversed);
    } catch (const CLI::CallForHelp&) {
        return false;
    } catch (const CLI::ParseError& error) {
        return model::Unexpected{std::string(error.what())};
    }
    for (auto& [target, value] : impl_->flagValues)
        if (!value.empty())
            *target = value == "true" ? "" : value; // CLI11's value of a flag that was given without one
    if (const std::string wrong = leftOver(); !wrong.empty())
        return model::Unexpected{wrong};
    return true;
}

std::string Parser::leftOver() const
{
    std::vector<std::string> words = impl_->app.remaining();
    // CLI11 keeps the -- among them, in its place.
    const bool optionsEnded = !words.empty() && words.front() == "--";
    if (optionsEnded)
        words.erase(words.begin());
    if (words.empty())
        return {};
    const std::string& word = words.front();
    if (optionsEnded || word.size() < 2 || word[0] != '-')
        return "unexpected argument '" + word + '\'';
    std::vector<std::string> known;
    for (const OptionInfo& info : options())
        known.insert(known.end(), info.names.begin(), info.names.end());
    const std::string name = word.substr(0, word.find('='));
    const std::string near = control::nearest(name, known);
    return "unknown option '" + name + '\'' + (near.empty() ? "" : "; did you mean '" + near + "'?");
}

std::string Parser::help() const
{
    return impl_->app.help();
}

std::vector<OptionInfo> Parser::options() const
{
    std::vector<OptionInfo> infos;
    for (const CLI::Option* option : impl_->app.get_options()) {
        if (option->get_positional())
            continue;
        OptionInfo info;
        for (const std::string& name : option->get_lnames())
            info.names.push_back("--" + name);
        for (const std::string& name : option->get_snames())
            info.names.push_back('-' + name);
        info.help = option->get_description();
        info.values = static_cast<std::size_t>(option->get_items_expected_min());
        info.value = option->get_type_name();
        if (const auto found = impl_->choices.find(option); found != impl_->choices.end())
            info.choices = found->second;
        infos.push_back(std::move(info));
    }
    return infos;
}

std::vector<ArgumentInfo> Parser::arguments() const
{
    std::vector<ArgumentInfo> infos;
    for (const CLI::Option* option : impl_->app.get_options())
        if (option->get_positional())
            infos.push_back({option->get_name(true), option->get_description(), option->get_required(),
                             option->get_items_expected_max() > 1});
    return infos;
}

std::string Parser::summary() const
{
    return impl_->app.get_description();
}

const std::string& Parser::footerText() const
{
    return impl_->footer;
}

const std::string& Parser::trailingUsage() const
{
    return impl_->formatter->trailing;
}

bool Parser::given(const std::string& name) const
{
    const CLI::Option* option = impl_->app.get_option_no_throw(name);
    return option && option->count() > 0;
}

} // namespace gatehouse::cli
