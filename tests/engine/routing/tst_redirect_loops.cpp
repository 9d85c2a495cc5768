#include <QtTest/QTest>

#include "world.h" // after Qt: moc 6.4 stumbles over libstdc++'s concepts otherwise

#ifndef Q_MOC_RUN
#include "engine/routing/redirect_loops.h"
#endif

using namespace gatehouse;
using namespace gatehouse::test;

namespace {

RequestRedirect redirectTo(const std::optional<std::string>& scheme, const std::optional<std::string>& hostname,
                           const std::optional<PathModifier>& path = {}, std::optional<std::uint16_t> port = {})
{
    RequestRedirect redirect;
    redirect.scheme = scheme;
    redirect.hostname = hostname;
    redirect.path = path;
    redirect.port = port;
    return redirect;
}

/// A Gateway a/gw with the listeners http (80) and https (443).
struct Redirects {
    World world;

    Redirects()
    {
        Gateway& gateway = world.gateway("a/gw");
        World::listener(gateway, "http");
        world.certificate(World::listener(gateway, "https", 443, {}, Protocol::HTTPS), "a/cert");
    }

    void rule(HTTPRoute& route, std::vector<HTTPRouteMatch> matches, const RequestRedirect& redirect)
    {
        world.rule(route, std::move(matches), {}).filters.emplace_back(redirect);
    }

    /// "HTTPRoute a/r rules[0]: message" of each loop.
    QStringList loops()
    {
        QStringList lines;
        for (const Diagnostic& problem : routing::findRedirectLoops(*world.compile())) {
            const std::string prefix = "spec.";
            lines += QString::fromStdString(toString(*problem.object) + ' ' + problem.fieldPath.substr(prefix.size()) +
                                            ": " + problem.message);
            if (problem.code != "GH2117" || problem.severity != Severity::Warning || problem.remedy.empty())
                lines.last() += " with another code, severity, or no remedy";
        }
        return lines;
    }
};

QString loop(const char* where, const char* way)
{
    return QString("HTTPRoute a/") + where + ".requestRedirect: the redirect never ends: " + way;
}

} // namespace

class TstRedirectLoops : public QObject {
    Q_OBJECT

private slots:
    void httpsOnBothListeners()
    {
        Redirects both;
        both.rule(both.world.route("a/r", "a/gw", {"www.test"}), {prefix("/")}, redirectTo("https", {}));
        QCOMPARE(both.loops(), QStringList{loop("r rules[0].filters[0]",
                                                "http://www.test/ -> https://www.test/ -> https://www.test/")});
        Redirects one;
        one.rule(one.world.route("a/r", "a/gw/http", {"www.test"}), {prefix("/")}, redirectTo("https", {}));
        QCOMPARE(one.loops(), QStringList{});
    }

    void paths_data()
    {
        QTest::addColumn<QString>("match");
        QTest::addColumn<QString>("full");
        QTest::addColumn<QString>("prefix");
        QTest::addColumn<QString>("way");
        QTest::newRow("a full path below the prefix")
            << "/"
            << "/home"
            << ""
            << "http://www.test/ -> http://www.test/home -> http://www.test/home";
        QTest::newRow("a full path elsewhere") << "/old"
                                               << "/new"
                                               << ""
                                               << "";
        QTest::newRow("a prefix that grows")
            << "/a"
            << ""
            << "/a/b"
            << "http://www.test/a -> http://www.test/a/b -> http://www.test/a/b/b -> http://www.test/a/b/b/b -> ...";
        QTest::newRow("a prefix that moves away") << "/a"
                                                  << ""
                                                  << "/b"
                                                  << "";
        QTest::newRow("a prefix that is put in place of itself") << "/a"
                                                                 << ""
                                                                 << "/a"
                                                                 << "http://www.test/a -> http://www.test/a";
    }

    void paths()
    {
        QFETCH(QString, match);
        QFETCH(QString, full);
        QFETCH(QString, prefix);
        QFETCH(QString, way);
        PathModifier path = ReplaceFullPath{full.toStdString()};
        if (!prefix.isEmpty())
            path = ReplacePrefixMatch{prefix.toStdString()};
        Redirects redirects;
        redirects.rule(redirects.world.route("a/r", "a/gw/http", {"www.test"}), {test::prefix(match.toStdString())},
                       redirectTo({}, {}, path));
        QCOMPARE(redirects.loops(),
                 way.isEmpty() ? QStringList{} : QStringList{loop("r rules[0].filters[0]", qPrintable(way))});
    }

    void chainsOfSeveralRoutes()
    {
        Redirects chain;
        chain.rule(chain.world.route("a/one", "a/gw/http", {"one.test"}), {prefix("/")}, redirectTo({}, "two.test"));
        chain.rule(chain.world.route("a/two", "a/gw/http", {"two.test"}), {prefix("/")}, redirectTo({}, "one.test"));
        // Leads into the loop, and is no part of it.
        chain.rule(chain.world.route("a/zero", "a/gw/http", {"zero.test"}), {prefix("/")}, redirectTo({}, "one.test"));
        QCOMPARE(
            chain.loops(),
            (QStringList{loop("one rules[0].filters[0]", "http://one.test/ -> http://two.test/ -> http://one.test/"),
                         loop("two rules[0].filters[0]", "http://two.test/ -> http://one.test/ -> http://two.test/")}));
    }

    void anotherRuleEndsIt()
    {
        Redirects redirects;
        HTTPRoute& route = redirects.world.route("a/r", "a/gw/http", {"www.test"});
        redirects.rule(route, {prefix("/")}, redirectTo({}, {}, ReplaceFullPath{"/home"}));
        redirects.world.rule(route, {exact("/home")});
        QCOMPARE(redirects.loops(), QStringList{});
    }

    void whatIsNotCertainIsNotTold()
    {
        Redirects redirects;
        HTTPRoute& route = redirects.world.route("a/r", "a/gw/http", {"www.test"});
        // A client may leave the header out, or send another method.
        redirects.rule(route, {match({PathMatchType::PathPrefix, "/h", {}, {{"x-a", "1"}}, {}})}, redirectTo({}, {}));
        redirects.rule(route, {match({PathMatchType::PathPrefix, "/m", "POST", {}, {}})}, redirectTo({}, {}));
        redirects.rule(route, {expression("/x+")}, redirectTo({}, {}));
        // Another port, and another host, are not ours.
        redirects.rule(route, {prefix("/p")}, redirectTo({}, {}, {}, std::uint16_t{8080}));
        redirects.rule(route, {prefix("/o")}, redirectTo({}, "other.example.org"));
        QCOMPARE(redirects.loops(), QStringList{});
    }

    /// Where a name leads, only a hostname tells: the new site may be anywhere.
    void aRouteForEveryHostSaysNothingOfANewHost()
    {
        Redirects all;
        all.rule(all.world.route("a/r", "a/gw/http"), {prefix("/")}, redirectTo({}, "new.test"));
        QCOMPARE(all.loops(), QStringList{});
        Redirects named;
        named.rule(named.world.route("a/r", "a/gw/http", {"old.test", "new.test"}), {prefix("/")},
                   redirectTo({}, "new.test"));
        QCOMPARE(named.loops(), QStringList{loop("r rules[0].filters[0]", "http://old.test/ -> http://new.test/ -> "
                                                                          "http://new.test/")});
    }

    void wildcardsAndPortsAreFollowed()
    {
        Redirects redirects;
        World::listener(*std::const_pointer_cast<Gateway>(redirects.world.set().gateways.at({"a", "gw"})), "alt", 8080);
        redirects.rule(redirects.world.route("a/r", "a/gw/alt", {"*.test"}), {prefix("/")}, redirectTo({}, {}));
        QCOMPARE(redirects.loops(),
                 QStringList{loop("r rules[0].filters[0]", "http://any.test:8080/ -> http://any.test:8080/")});
    }
};

QTEST_APPLESS_MAIN(TstRedirectLoops)
#include "tst_redirect_loops.moc"
