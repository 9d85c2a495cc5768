#include <QtTest/QTest>

#include "model/base/shared_map.h"

#include <map>
#include <random>
#include <string>
#include <thread>
#include <vector>

using gatehouse::model::SharedMap;
using gatehouse::model::SharedSequence;

using Map = SharedMap<std::string, int>;
using Model = std::map<std::string, int>;

/// The shared containers against the standard ones, and copies against what they were.
class TstSharedMap : public QObject {
    Q_OBJECT
private slots:
    void followsAMap();
    void copiesKeepWhatTheyWere();
    void differencesAreFound();
    void sharesWithTheOneBefore();
    void placesOfASequence();
    void copiesOnThreads();
};

namespace {

bool isLike(const Map& map, const Model& model)
{
    if (map.size() != model.size() || map.empty() != model.empty())
        return false;
    auto at = map.begin();
    for (const auto& [key, value] : model) {
        if (at == map.end() || at->first != key || at->second != value || map.at(key) != value)
            return false;
        ++at;
    }
    if (at != map.end())
        return false;
    for (auto entry = model.rbegin(); entry != model.rend(); ++entry)
        if ((--at)->first != entry->first)
            return false;
    return true;
}

/// Does the same to both; false when they answer differently.
bool doSomething(Map& map, Model& model, std::mt19937& random, unsigned keys)
{
    const std::string key = std::to_string(random() % keys);
    const int value = static_cast<int>(random() % 3);
    switch (random() % 4) {
    case 0: {
        const auto a = map.try_emplace(key, value);
        const auto b = model.try_emplace(key, value);
        return a.second == b.second && a.first->first == key && a.first->second == b.first->second;
    }
    case 1:
        model.insert_or_assign(key, value);
        return map.insert_or_assign(key, value)->second == value;
    case 2:
        return map.erase(key) == model.erase(key);
    default:
        map[key] = value;
        model[key] = value;
        return map.contains(key) && map.find(key)->second == value && map.lower_bound(key)->first == key;
    }
}

} // namespace

void TstSharedMap::followsAMap()
{
    std::mt19937 random(1);
    for (const unsigned keys : {5u, 100u, 2000u}) {
        Map map;
        Model model;
        for (int step = 0; step < 20'000; ++step) {
            QVERIFY(doSomething(map, model, random, keys));
            if (step % 500 == 0)
                QVERIFY(isLike(map, model));
        }
        while (!model.empty()) {
            const std::string key = model.begin()->first;
            QCOMPARE(map.erase(key), model.erase(key));
        }
        QVERIFY(isLike(map, model));
        QVERIFY_THROWS_EXCEPTION(std::out_of_range, (void)map.at("x"));
    }
}

void TstSharedMap::copiesKeepWhatTheyWere()
{
    std::mt19937 random(2);
    Map map;
    Model model;
    std::vector<std::pair<Map, Model>> copies;
    for (int step = 0; step < 20'000; ++step) {
        QVERIFY(doSomething(map, model, random, 1000));
        if (step % 400 == 0)
            copies.emplace_back(map, model);
        if (!copies.empty() && step % 3 == 0) { // copies are written to as well
            auto& [copy, ofCopy] = copies[random() % copies.size()];
            QVERIFY(doSomething(copy, ofCopy, random, 1000));
        }
    }
    for (const auto& [copy, ofCopy] : copies)
        QVERIFY(isLike(copy, ofCopy));
    QVERIFY(isLike(map, model));
}

void TstSharedMap::differencesAreFound()
{
    std::mt19937 random(3);
    Map map;
    Model model;
    for (int i = 0; i < 5000; ++i)
        doSomething(map, model, random, 3000);
    for (int round = 0; round < 200; ++round) {
        Map next = map;
        Model ofNext = model;
        for (unsigned i = random() % 40; i > 0; --i)
            doSomething(next, ofNext, random, 3000);
        Model patched = model;
        int visits = 0;
        forEachDifference(map, next, [&](const std::string& key, const int* before, const int* after) {
            ++visits;
            QVERIFY(before || after);
            QVERIFY(!before || !after || *before != *after);
            QCOMPARE(before != nullptr, model.contains(key));
            if (after)
                patched[key] = *after;
            else
                patched.erase(key);
        });
        QVERIFY(patched == ofNext);
        QVERIFY(visits <= 40);
        QCOMPARE(map == next, model == ofNext);
        map = std::move(next);
        model = std::move(ofNext);
    }
    Map same = map;
    QVERIFY(same.sharesAllWith(map));
    same["0"] = 9;
    QVERIFY(!same.sharesAllWith(map));
}

void TstSharedMap::sharesWithTheOneBefore()
{
    Map before;
    for (int i = 0; i < 1000; ++i)
        before[std::to_string(i)] = i;
    Map made; // equal, from elsewhere
    for (int i = 999; i >= 0; --i)
        made[std::to_string(i)] = i;
    QVERIFY(!made.sharesAllWith(before));
    made.shareWith(before);
    QVERIFY(made.sharesAllWith(before));
    made["7"] = 8;
    made.erase("9");
    made["x"] = 1;
    const Map wanted = made;
    made.shareWith(before);
    QVERIFY(made == wanted);
    int differences = 0;
    forEachDifference(before, made, [&](const std::string&, const int*, const int*) { ++differences; });
    QCOMPARE(differences, 3);
}

void TstSharedMap::placesOfASequence()
{
    std::mt19937 random(4);
    SharedSequence<int> sequence;
    std::vector<int> model;
    for (int step = 0; step < 4000; ++step) {
        const std::size_t at = random() % (model.size() + 1);
        if (model.empty() || random() % 3 != 0) {
            const auto made = sequence.insert(sequence.iteratorAt(at), step);
            QCOMPARE(*made, step);
            QCOMPARE(sequence.indexOf(made), at);
            model.insert(model.begin() + static_cast<std::ptrdiff_t>(at), step);
        } else if (at < model.size()) {
            const auto behind = sequence.erase(sequence.iteratorAt(at));
            model.erase(model.begin() + static_cast<std::ptrdiff_t>(at));
            QCOMPARE(sequence.indexOf(behind), at);
            QVERIFY(at == model.size() ? behind == sequence.end() : *behind == model[at]);
        }
        if (!model.empty()) {
            const std::size_t place = random() % model.size();
            sequence.edit(place) += 1;
            model[place] += 1;
        }
        if (step % 100 == 0) {
            QCOMPARE(sequence.size(), model.size());
            for (std::size_t i = 0; i < model.size(); ++i)
                QCOMPARE(sequence.at(i), model[i]);
        }
    }
    QVERIFY_THROWS_EXCEPTION(std::out_of_range, (void)sequence.at(model.size()));
}

/// For the thread sanitizer: a writer goes on while others read, and drop, what they have copies of.
void TstSharedMap::copiesOnThreads()
{
    Map map;
    for (int i = 0; i < 500; ++i)
        map[std::to_string(i)] = i;
    std::vector<std::thread> readers;
    for (int reader = 0; reader < 4; ++reader)
        readers.emplace_back([copy = map] {
            for (int round = 0; round < 50; ++round) {
                const Map own = copy;
                long sum = 0;
                for (const auto& [key, value] : own)
                    sum += value;
                if (sum != 500L * 499 / 2)
                    qFatal("a copy changed");
            }
        });
    for (int i = 0; i < 5000; ++i)
        map[std::to_string(i % 600)] = i;
    for (std::thread& reader : readers)
        reader.join();
    QCOMPARE(map.size(), std::size_t(600));
}

QTEST_APPLESS_MAIN(TstSharedMap)
#include "tst_shared_map.moc"
