#include "ui/editor/schema_place.h"
#include "ui/editor/yaml_outline.h"

#include <QTest>

using namespace gatehouse::ui;
using At = SchemaPlace::At;

namespace {

constexpr const char* route = "apiVersion: gateway.networking.k8s.io/v1\n"
                              "kind: HTTPRoute\n"
                              "metadata:\n"
                              "  name: a\n"
                              "  namespace: shop\n"
                              "spec:\n";

/// The cursor stands at the `@`, which is no part of the text.
SchemaPlace at(const std::string& marked, std::string* typed = nullptr)
{
    std::string text = marked;
    const std::size_t cursor = text.find('@');
    text.erase(cursor, 1);
    const SchemaPlace place = placeAt(text, cursor);
    if (typed && place.at != At::Nothing)
        *typed = text.substr(place.begin, cursor - place.begin);
    return place;
}

void row(const char* name, const std::string& text, At at, const char* path, const char* field, const char* typed)
{
    QTest::newRow(name) << QString::fromStdString(text) << int(at) << path << field << typed;
}

} // namespace

class TstSchemaPlace : public QObject {
    Q_OBJECT
private slots:
    void findsThePlace_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("where");
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("typed");
        const std::string r = route;
        row("half of a name", r + "  host@", At::Key, "spec", "", "host");
        row("a name that is there", r + "  rules:\n  - na@me: x\n", At::Key, "spec.rules[0].name", "name", "na");
        row("a value", r + "  rules:\n    - matches:\n        - path:\n            type: Pre@fix\n", At::Value,
            "spec.rules[0].matches[0].path.type", "type", "Pre");
        row("no value yet", r + "  rules:\n    - matches:\n        - path:\n            type: @\n", At::Value,
            "spec.rules[0].matches[0].path.type", "type", "");
        row("an empty line inside", r + "  rules:\n    - matches:\n        - path:\n            @\n    - name: b\n",
            At::Key, "spec.rules[0].matches[0].path", "", "");
        row("an empty line of the second item", r + "  rules:\n  - name: a\n  - name: b\n    @", At::Key,
            "spec.rules[1]", "", "");
        row("behind a dash", r + "  rules:\n  - @\n", At::Key, "spec.rules[0]", "", "");
        row("below a list's key", r + "  rules:\n    @", At::Key, "spec.rules", "", "");
        row("an item that is a text", r + "  hostnames:\n  - a.b\n  - c@\n", At::Value, "spec.hostnames[1]", "", "c");
        row("back at the column of a list's items", r + "  hostnames:\n  - a.b\n  @\n", At::Key, "spec", "", "");
        row("the top again", r + "  hostnames: []\n@", At::Key, "", "", "");
        row("in braces", r + "  parentRefs: [{name: a, @}]\n", At::Key, "spec.parentRefs[0]", "", "");
        row("a value in braces", r + "  parentRefs: [{name: x, kind: Ga@}]\n", At::Value, "spec.parentRefs[0].kind",
            "kind", "Ga");
        row("braces over several lines", r + "  parentRefs: [{name: x,\n    kind: @}]\n", At::Value,
            "spec.parentRefs[0].kind", "kind", "");
        row("in brackets", r + "  hostnames: [a, b@]\n", At::Value, "spec.hostnames[1]", "", "b");
        row("an empty text", "@", At::Key, "", "", "");
        row("no kind yet", "kind: HT@", At::Value, "kind", "kind", "HT");
        row("another document", "a: b\n---\n" + r + "  @\n---\nkind: x\n", At::Key, "spec", "", "");
        row("an object of a List",
            "kind: List\nitems:\n- apiVersion: gateway.networking.k8s.io/v1\n  kind: Gateway\n  spec:\n"
            "    listeners:\n    - name: a\n      proto@col: HTTP\n",
            At::Key, "spec.listeners[0].protocol", "protocol", "proto");
        row("JSON",
            "{\"apiVersion\":\"gateway.networking.k8s.io/v1\",\"kind\":\"Gateway\",\"spec\":{\"listeners\":"
            "[{\"name\":\"a\",\"protocol\":\"H@TTP\"}]}}",
            At::Value, "spec.listeners[0].protocol", "protocol", "\"H");
        row("a hash in quotes is no comment", r + "  hostnames:\n  - \"a#b@c\"\n", At::Value, "spec.hostnames[0]", "",
            "\"a#b");
        row("a label", r + "  x: y\nmetadata:\n  labels:\n    app: w@\n", At::Value, "metadata.labels[app]", "", "w");
    }

    void findsThePlace()
    {
        QFETCH(QString, text);
        std::string typed;
        const SchemaPlace place = at(text.toStdString(), &typed);
        QTEST(int(place.at), "where");
        QTEST(QString::fromStdString(place.path), "path");
        QTEST(place.field ? QString::fromUtf8(place.field->name.data(), qsizetype(place.field->name.size()))
                          : QString(),
              "field");
        QTEST(QString::fromStdString(typed), "typed");
    }

    void nothingIsKnown_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("a comment") << QString::fromLatin1(route) + QStringLiteral("  rules: # he@re\n");
        QTest::newRow("a line that is a comment") << QString::fromLatin1(route) + QStringLiteral("  # @\n");
        QTest::newRow("text of a block") << QStringLiteral("kind: ConfigMap\ndata:\n  x: |\n    foo: b@ar\n");
    }

    void nothingIsKnown()
    {
        QFETCH(QString, text);
        QCOMPARE(int(at(text.toStdString()).at), int(At::Nothing));
    }

    void unknownFieldsHaveNoSchema()
    {
        const SchemaPlace place = at(std::string(route) + "  nonsense:\n    more: @\n");
        QCOMPARE(place.path, std::string("spec.nonsense.more"));
        QVERIFY(!place.field);
        QVERIFY(!place.node);
    }

    void otherMembersAreListed()
    {
        const SchemaPlace place = at(std::string(route) + "  rules:\n  - name: x\n    @\n    filters: []\n");
        QCOMPARE(place.present, (std::vector<std::string>{"name", "filters"}));
    }

    void siblingsOfReferencesAreRead()
    {
        const SchemaPlace place =
            at(std::string(route) + "  parentRefs:\n  - name: gw\n    namespace: infra\n    sectionName: @\n");
        QCOMPARE(place.siblingName, std::string("gw"));
        QCOMPARE(place.siblingNamespace, std::string("infra"));
        QCOMPARE(place.objectNamespace, std::string("shop"));
    }

    void everyPrefixOfATextIsRead_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("a route") << QString::fromLatin1(route) +
                                        QStringLiteral(
                                            "  rules:\n  - matches:\n    - path: {type: Exact, value: \"/a\"}\n"
                                            "    backendRefs: [{name: 'x', port: 80}]\n---\na: |\n  b\n");
    }

    /// Whatever is typed so far, and wherever the cursor is: it neither fails nor leaves the text.
    void everyPrefixOfATextIsRead()
    {
        QFETCH(QString, text);
        const std::string whole = text.toStdString();
        for (std::size_t length = 0; length <= whole.size(); ++length) {
            const std::string part = whole.substr(0, length);
            for (std::size_t cursor = 0; cursor <= length; ++cursor) {
                const SchemaPlace place = placeAt(part, cursor);
                QVERIFY(place.at == At::Nothing || (place.begin <= cursor && place.end <= part.size()));
            }
        }
    }
};

QTEST_APPLESS_MAIN(TstSchemaPlace)
#include "tst_schema_place.moc"
