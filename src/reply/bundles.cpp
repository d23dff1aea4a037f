#include <algorithm>
#include <tuple>

#include "reply/envelope.h"

namespace bundel::reply {
namespace {

using intake::IdentityRow;

// Values of the code lists that hold for every bundle.
constexpr const char* paid_to_institution = "04";  // COD833
constexpr const char* own_name = "1";              // COD700
constexpr const char* partner_name = "2";          // COD701
constexpr const char* not_deceased = "2";          // COD841
constexpr const char* may_pass_on = "1";           // COD820

// What the standard asks of a woman and her dossier may lack.
Result<base::Done> check_identity(const wire::Layout& layout, const BundleLine& line) {
    const IdentityRow& woman = line.identity;
    const std::pair<const char*, bool> asked[] = {
        {"NUM313", woman.bsn.has_value()},
        {"DAT006", woman.birth_date.has_value()},
        {"COD134", woman.sex != "" && woman.sex != "0"},
        {"NAM193", !woman.name.empty()},
        {"NAM025", !woman.initials.empty()},
    };
    for (const auto& [element, is_there] : asked) {
        if (is_there) continue;
        BUNDEL_TRY(column, column_of(layout, wire::code_insured, element));
        return base::Error{"identity_incomplete",
                           {{"reference", line.claim.reference.str()}, {"field", layout.field(column).name}}};
    }
    return base::Done{};
}

// What records 02 and 04 share.
void set_insured(Draft& draft, const BundleLine& line) {
    draft.set("NUM313", line.identity.bsn->digits())
        .set("COD061", line.claim.insurer.digits())
        .set("NUM003", line.identity.insured_number);
}

void write_woman(Draft& draft, const BundleLine& line) {
    const IdentityRow& woman = line.identity;
    draft.append(wire::code_insured, line.claim.person);
    set_insured(draft, line);
    draft.set("DAT006", woman.birth_date)
        .set("COD134", woman.sex)
        .set("COD700", own_name)
        .set("NAM193", woman.name)
        .set("NAM194", woman.prefix)
        .set("COD701", woman.partner_name.empty() ? "" : partner_name)
        .set("NAM191", woman.partner_name)
        .set("NAM192", woman.partner_prefix)
        .set("NAM025", woman.initials)
        .set("COD083", woman.postcode)
        .set("NUM030", woman.house_number)
        .set("NUM079", woman.house_number_addition)
        .set("COD841", not_deceased);
}

void write_claim(Draft& draft, const BundleLine& line) {
    const claim::Sent& claim = line.claim;
    const char* indicator = claim.credit ? "C" : "D";
    draft.append(wire::code_performance, claim.person);
    set_insured(draft, line);
    draft.set("COD820", may_pass_on)
        .set("DAT001", claim.care.first)
        .set("DAT003", claim.care.last)
        .set("DAT221", line.partus)
        .set("COD367", std::int64_t{claim.performance.list})
        .set("COD388", claim.performance.code.view())
        .set("ANT054", 1)
        .set("BED160", claim.amount)
        .set("BED153", claim.amount)
        .set("COD668", indicator)
        .set("BED161", claim.amount)
        .set("COD665", indicator)
        .set("NUM362", claim.reference.view());
    if (claim.credit) draft.set("NUM363", claim.debit.view());
}

}  // namespace

Result<std::vector<Segment>> write_bundles(const wire::LayoutRef& layout, const Envelope& envelope,
                                           std::span<const BundleLine> lines) {
    std::vector<const BundleLine*> sorted;
    for (const BundleLine& line : lines) {
        BUNDEL_ASSERT(line.claim.insurer == envelope.insurer && !line.claim.person.is_nobody());
        BUNDEL_TRY_DONE(check_identity(*layout, line));
        sorted.push_back(&line);
    }
    std::sort(sorted.begin(), sorted.end(), [](const BundleLine* a, const BundleLine* b) {
        return std::tie(a->claim.person, a->claim.reference) < std::tie(b->claim.person, b->claim.reference);
    });
    Draft draft(layout);
    open_claims(draft, envelope, first_care_day(lines));
    draft.set("COD031", envelope.declarant.digits()).set("COD833", paid_to_institution);
    values::PersonId woman;
    for (const BundleLine* line : sorted) {
        if (line->claim.person != woman) write_woman(draft, *line);
        woman = line->claim.person;
        write_claim(draft, *line);
    }
    return draft.close().finish();
}

}  // namespace bundel::reply
