#include "areas/data/labels/assignment.h"

#include <fmt/format.h>

#include "areas/data/labels/text.h"

namespace suanpan::data::labels {
namespace {

using store::Connection;

struct Candidate {
    std::string task_id;
    bool gold = false;
};

struct LeaseRow {
    std::string set_name;
    std::int64_t version = 0;
    std::string task_id, annotator;
    std::int64_t place = 0;
    Instant expires_at;
};

Result<std::vector<GivenTask>> held_tasks(Connection& connection, const LabelSet& set, std::int64_t limit,
                                          const Actor& annotator) {
    return connection.rows<GivenTask>(R"(
        SELECT t.task_id, t.text, t.picture, t.record, l.expires_at,
               CASE WHEN ? THEN g.label END AS guess
        FROM labels.lease AS l
        JOIN labels.task AS t ON t.set_name = l.set_name AND t.task_id = l.task_id
        LEFT JOIN labels.guess AS g
               ON g.set_name = l.set_name AND g.version = l.version AND g.task_id = l.task_id
        WHERE l.set_name = ? AND l.version = ? AND l.annotator = ? AND l.expires_at > ?
        ORDER BY l.place
        LIMIT ?)",
                                      set.definition.show_guess, set.name, set.version, annotator.name, annotator.now,
                                      limit);
}

// At most `limit` of gold and of others, each in the order of labelling.
Result<std::vector<Candidate>> candidates(Connection& connection, const LabelSet& set, std::int64_t limit,
                                          const Actor& annotator) {
    return connection.rows<Candidate>(R"(
        WITH used AS (
            SELECT task_id, count(*) AS times
            FROM (SELECT task_id
                  FROM labels.current_annotation
                  WHERE set_name = $1 AND version = $2 AND label IS NOT NULL
                  UNION ALL
                  SELECT task_id FROM labels.lease WHERE set_name = $1 AND version = $2 AND expires_at > $4)
            GROUP BY task_id),
        mine AS (
            SELECT task_id FROM labels.annotation WHERE set_name = $1 AND version = $2 AND annotator = $3
            UNION
            SELECT task_id
            FROM labels.lease
            WHERE set_name = $1 AND version = $2 AND annotator = $3 AND expires_at > $4),
        gold AS (SELECT task_id FROM labels.gold WHERE set_name = $1 AND version = $2),
        place AS (SELECT task_id, place FROM labels.score WHERE set_name = $1 AND version = $2)
        SELECT t.task_id, t.task_id IN (FROM gold) AS gold
        FROM labels.task AS t
        LEFT JOIN used ON used.task_id = t.task_id
        LEFT JOIN place ON place.task_id = t.task_id
        WHERE t.set_name = $1
          AND (coalesce(used.times, 0) < $5 OR t.task_id IN (FROM gold))
          AND t.task_id NOT IN (FROM mine)
          AND t.task_id NOT IN (SELECT task_id FROM labels.settled WHERE set_name = $1 AND version = $2)
        QUALIFY row_number() OVER (PARTITION BY gold ORDER BY place.place NULLS LAST, t.number) <= $6
        ORDER BY place.place NULLS LAST, t.number)",
                                      set.name, set.version, annotator.name, annotator.now,
                                      set.definition.annotations_per_task, limit);
}

// Whether the annotator's task at this place is gold: a draw that they cannot foresee, the same whenever it is asked.
bool is_gold_place(const LabelSet& set, const std::string& annotator, std::int64_t place) {
    const auto hash = content_hash(fmt::format("gold\n{}\n{}\n{}\n{}", set.name, set.version, annotator, place), 16);
    constexpr std::size_t digits = 13;  // 52 bits
    const auto draw = static_cast<double>(std::stoull(hash.substr(0, digits), nullptr, 16)) * 0x1p-52;
    return draw < set.definition.gold_share;
}

// Ends where the ordinary tasks do: gold alone would teach nothing and give itself away.
std::vector<LeaseRow> choose(const LabelSet& set, const std::vector<Candidate>& from, std::size_t count,
                             LeaseRow lease) {
    std::vector<LeaseRow> chosen;
    auto next = [&](std::size_t at, bool gold) {
        while (at < from.size() && from[at].gold != gold) ++at;
        return at;
    };
    for (std::size_t gold = next(0, true), other = next(0, false); chosen.size() < count && other < from.size();) {
        lease.place += 1;
        auto& at = gold < from.size() && is_gold_place(set, lease.annotator, lease.place) ? gold : other;
        lease.task_id = from[at].task_id;
        chosen.push_back(lease);
        at = next(at + 1, from[at].gold);
    }
    return chosen;
}

// A lease of the same annotator that ran out is replaced.
Result<> write_leases(Connection& connection, std::span<const LeaseRow> leases) {
    for (const auto& lease : leases)
        TRY(connection.query(
            "DELETE FROM labels.lease WHERE set_name = ? AND version = ? AND task_id = ? AND annotator = ?",
            lease.set_name, lease.version, lease.task_id, lease.annotator));
    return connection.append<LeaseRow>("labels", "lease", leases);
}

}  // namespace

Result<std::vector<GivenTask>> next_tasks(Connection& connection, const LabelSet& set, std::int64_t limit,
                                          const Actor& annotator) {
    const auto held = TRY(held_tasks(connection, set, limit, annotator));
    const auto missing = limit - std::ssize(held);
    if (missing <= 0) return held;
    const auto places = TRY(connection.count(R"(
        SELECT coalesce(max(place), 0) FROM labels.lease WHERE set_name = ? AND version = ? AND annotator = ?)",
                                             set.name, set.version, annotator.name));
    const auto leases =
        choose(set, TRY(candidates(connection, set, missing, annotator)), static_cast<std::size_t>(missing),
               {.set_name = set.name,
                .version = set.version,
                .annotator = annotator.name,
                .place = places,
                .expires_at = annotator.now + std::chrono::minutes(set.definition.lease_minutes)});
    if (leases.empty()) return held;
    TRY(write_leases(connection, leases));
    return held_tasks(connection, set, limit, annotator);
}

}  // namespace suanpan::data::labels
