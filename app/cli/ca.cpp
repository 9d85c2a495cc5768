#include "app/cli/commands.h"

#include "app/cli/input.h"
#include "app/control/atomic_file.h"
#include "app/control/local_ca_store.h"
#include "engine/tls/certificate_facts.h"
#include "importers/writers.h"
#include "model/schema/timestamp.h"

#include <iomanip>

namespace gatehouse::cli {

namespace {

constexpr const char* footer = R"help(ACTION is one of
  print    where the local CA is kept, who it says it is, and until when it is good
  export   its certificate, never its key: to FILE, or to standard output
  renew    make a new one; certificates of the old one are trusted no more

`gatehouse run --dev-certs` has it sign for HTTPS and TLS listeners whose certificateRefs are missing or unusable,
and makes it if there is none, as export does. It is meant for this machine alone.

  curl --cacert "$(gatehouse ca export --path)" https://localhost:8443/
  curl --cacert "$(gatehouse ca export --path)" --resolve app.test:8443:127.0.0.1 https://app.test:8443/)help";

class Ca final : public Command {
public:
    void define(Parser& parser) override
    {
        parser.positional("ACTION", action_, "print (default), export or renew", false);
        parser.positional("FILE", file_, "Where export writes the certificate", false);
        parser.flag("--path", path_, "export: print the name of a file with the certificate instead");
        common_.define(parser, false);
        parser.option("-o,--output", output_, "FORMAT", "print and renew: text or json", {"text", "json"});
        parser.footer(footer);
    }

    int run(Context& context, const Parser&) override
    {
        if (action_ != "export" && (path_ || !file_.empty()))
            return usageError(context, "ca: " + std::string(path_ ? "--path" : "FILE") + " belongs to export");
        if (path_ && !file_.empty())
            return usageError(context, "ca: --path prints a name and FILE writes a file; give one of them");
        if (action_ == "print")
            return print(context, store_.load());
        if (action_ == "renew")
            return print(context, store_.renew(now()));
        if (action_ == "export")
            return exportCertificate(context);
        return usageError(context, "ca: unknown action '" + action_ + "'; expected print, export or renew");
    }

private:
    static std::chrono::system_clock::time_point now() { return std::chrono::system_clock::now(); }

    static int failed(Context& context, const std::string& why)
    {
        context.err << "gatehouse: " << why << '\n';
        return code(Exit::Problems);
    }

    int exportCertificate(Context& context) const
    {
        const auto ca = store_.loadOrCreate(now());
        if (!ca)
            return failed(context, ca.error());
        if (path_) {
            context.out << store_.certificatePath() << '\n';
        } else if (file_.empty()) {
            context.out << ca->certificatePem;
        } else {
            // No secret: other users' tools may read it.
            if (const std::string error = control::writeFileAtomically(file_, ca->certificatePem, 0644); !error.empty())
                return failed(context, error);
        }
        return code(Exit::Fine);
    }

    int print(Context& context, const control::LocalCaStore::Found& ca) const
    {
        if (!ca && ca.error().empty())
            return failed(context, "there is no local CA yet: `gatehouse run --dev-certs` or `gatehouse ca export` "
                                   "makes it in " +
                                       store_.identityPath());
        if (!ca)
            return failed(context, ca.error());
        const auto facts = engine::certificateFacts(ca->certificatePem);
        if (!facts)
            return failed(context, "the local CA " + store_.identityPath() + " cannot be read: " + facts.error() +
                                       "; `gatehouse ca renew` makes a new one");
        const auto time = [](auto point) {
            return model::formatTimestamp(std::chrono::floor<std::chrono::seconds>(point));
        };
        const bool expired = facts->notAfter <= now();
        const std::vector<std::pair<const char*, std::string>> rows{
            {"certificate", store_.certificatePath()},
            {"key", store_.identityPath()},
            {"subject", facts->subject},
            {"sha256", facts->fingerprint},
            {"notBefore", time(facts->notBefore)},
            {"notAfter", time(facts->notAfter)},
        };
        if (output_ == "json") {
            model::Value value = model::Value::object();
            for (const auto& [name, text] : rows)
                value.set(name, text);
            value.set("expired", expired);
            context.out << importers::toJson(value);
        } else {
            for (const auto& [name, text] : rows)
                context.out << std::left << std::setw(13) << name << text << '\n';
        }
        return expired ? failed(context, "the local CA has expired; `gatehouse ca renew` makes a new one")
                       : code(Exit::Fine);
    }

    std::string action_ = "print", file_, output_ = "text";
    bool path_ = false;
    CommonOptions common_;
    control::LocalCaStore store_{control::defaultCaDirectory()};
};

} // namespace

std::unique_ptr<Command> makeCa()
{
    return std::make_unique<Ca>();
}

} // namespace gatehouse::cli
