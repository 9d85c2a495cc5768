#include "app/cli/commands.h"

#include "app/cli/input.h"
#include "app/cli/output/words.h"
#include "app/cli/parser.h"
#include "model/schema/schema.h"

#include <algorithm>

namespace gatehouse::cli {

namespace {

/// What a script offers: taken from the commands' own definitions, so that it cannot fall behind.
struct Offer {
    std::string command, summary;
    std::vector<OptionInfo> options;
};

std::vector<Offer> offers()
{
    std::vector<Offer> result;
    for (const CommandEntry* entry : shownCommands()) {
        Parser parser(entry->name, entry->summary);
        const auto command = entry->make();
        command->define(parser);
        result.push_back({entry->name, entry->summary, parser.options()});
    }
    return result;
}

std::vector<std::string> commandNames(const std::vector<Offer>& all)
{
    std::vector<std::string> names;
    for (const Offer& offer : all)
        names.push_back(offer.command);
    return names;
}

std::vector<std::string> kindNames()
{
    std::vector<std::string> names{"all"};
    for (const model::KindSchema& kind : model::kindSchemas())
        names.emplace_back(kind.plural);
    std::sort(names.begin() + 1, names.end());
    return names;
}

/// Arguments of a command that are words of ours rather than files.
std::vector<std::string> argumentWords(const std::string& command, const std::vector<Offer>& all)
{
    if (command == "get")
        return kindNames();
    if (command == "ca")
        return {"print", "export", "renew"};
    if (command == "completion")
        return {"bash", "zsh", "fish"};
    if (command == "help")
        return commandNames(all);
    return {};
}

/// `names` as a case pattern: a|b.
std::string pattern(const std::vector<std::string>& names)
{
    return join(names, "|");
}

std::string bash(const std::vector<Offer>& all)
{
    std::string text = R"(# bash completion for gatehouse: source it, or put it into bash-completion's folder.
_gatehouse() {
    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command=${COMP_WORDS[1]}
    COMPREPLY=()
    if [ "$COMP_CWORD" -eq 1 ]; then
)";
    text += "        COMPREPLY=($(compgen -W \"" + join(commandNames(all), " ") +
            "\" -- \"$cur\"))\n        return\n    fi\n"
            "    case $command in\n";
    for (const Offer& offer : all) {
        std::vector<std::string> words;
        text += "    " + offer.command + ")\n        case $prev in\n";
        for (const OptionInfo& option : offer.options) {
            words.insert(words.end(), option.names.begin(), option.names.end());
            if (!option.choices.empty())
                text += "        " + pattern(option.names) + ") COMPREPLY=($(compgen -W \"" +
                        join(option.choices, " ") + "\" -- \"$cur\")); return ;;\n";
        }
        text += "        esac\n        case $cur in\n        -*) COMPREPLY=($(compgen -W \"" + join(words, " ") +
                "\" -- \"$cur\")); return ;;\n        esac\n";
        if (const auto arguments = argumentWords(offer.command, all); !arguments.empty())
            text += "        if [ \"$COMP_CWORD\" -eq 2 ]; then COMPREPLY=($(compgen -W \"" + join(arguments, " ") +
                    "\" -- \"$cur\")); return; fi\n";
        text += "        ;;\n";
    }
    return text +
           "    esac\n    COMPREPLY=($(compgen -f -- \"$cur\"))\n}\ncomplete -o filenames -F _gatehouse gatehouse\n";
}

/// Inside single quotes of zsh's specifications and of fish.
std::string escaped(const std::string& text, const std::string& special)
{
    std::string result;
    for (const char c : text) {
        if (special.find(c) != std::string::npos)
            result += '\\';
        result += c;
    }
    return result;
}

/// A single quote cannot stand inside single quotes of a POSIX shell.
std::string shellQuoted(const std::string& text)
{
    std::string result = "'";
    for (const char c : text)
        result += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return result + '\'';
}

std::string zsh(const std::vector<Offer>& all)
{
    std::string text =
        "#compdef gatehouse\n# zsh completion for gatehouse: put it into $fpath as _gatehouse.\n_gatehouse() {\n"
        "    local -a commands=(\n";
    for (const Offer& offer : all)
        text += "        " + shellQuoted(offer.command + ':' + offer.summary) + '\n';
    text += "    )\n    if (( CURRENT == 2 )); then\n        _describe command commands\n        return\n    fi\n"
            "    local command=$words[2]\n    shift words\n    (( CURRENT-- ))\n    case $command in\n";
    for (const Offer& offer : all) {
        text += "    " + offer.command + ")\n        _arguments";
        for (const OptionInfo& option : offer.options)
            for (const std::string& name : option.names) {
                std::string spec = "*" + name + '[' + escaped(option.help, "[]:\\") + ']';
                if (option.values > 0)
                    spec += option.choices.empty() ? ":value:_files" : ":value:(" + join(option.choices, " ") + ')';
                text += " \\\n            " + shellQuoted(spec);
            }
        if (const auto arguments = argumentWords(offer.command, all); !arguments.empty())
            text += " \\\n            " + shellQuoted("1:argument:(" + join(arguments, " ") + ')');
        text += " \\\n            '*:file:_files'\n        ;;\n";
    }
    return text + "    esac\n}\nif [ \"$funcstack[1]\" = _gatehouse ]; then _gatehouse \"$@\"; else compdef _gatehouse "
                  "gatehouse; fi\n";
}

std::string fish(const std::vector<Offer>& all)
{
    const auto quoted = [](const std::string& text) { return '\'' + escaped(text, "'\\") + '\''; };
    std::string text = "# fish completion for gatehouse: put it into ~/.config/fish/completions/gatehouse.fish.\n";
    for (const Offer& offer : all)
        text += "complete -c gatehouse -n __fish_use_subcommand -f -a " + offer.command + " -d " +
                quoted(offer.summary) + '\n';
    for (const Offer& offer : all) {
        const std::string start = "complete -c gatehouse -n '__fish_seen_subcommand_from " + offer.command + '\'';
        for (const OptionInfo& option : offer.options) {
            text += start;
            for (const std::string& name : option.names)
                text += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
            if (option.values > 0)
                text += option.choices.empty() ? " -r" : " -x -a " + quoted(join(option.choices, " "));
            text += " -d " + quoted(option.help) + '\n';
        }
        if (const auto arguments = argumentWords(offer.command, all); !arguments.empty())
            text += start + " -a " + quoted(join(arguments, " ")) + '\n';
    }
    return text;
}

class Completion final : public Command {
public:
    void define(Parser& parser) override
    {
        parser.positional("SHELL", shell_, "bash, zsh or fish", true);
        common_.define(parser, false);
    }

    int run(Context& context, const Parser&) override
    {
        if (shell_ == "bash")
            context.out << bash(offers());
        else if (shell_ == "zsh")
            context.out << zsh(offers());
        else if (shell_ == "fish")
            context.out << fish(offers());
        else
            return usageError(context, "completion: '" + shell_ + "' is no shell of ours; expected bash, zsh or fish");
        return code(Exit::Fine);
    }

private:
    std::string shell_;
    CommonOptions common_;
};

} // namespace

std::unique_ptr<Command> makeCompletion()
{
    return std::make_unique<Completion>();
}

} // namespace gatehouse::cli
