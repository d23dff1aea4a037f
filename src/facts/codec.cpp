#include "facts/codec.h"

#include <algorithm>
#include <type_traits>

namespace bundel::facts {
namespace {

// A blob: format, checksum of the body, body. The checksum finds what happened to the bytes on disk; the
// checks while reading keep a body that was made by other hands from being read as something that cannot be.
constexpr char format = 3;
constexpr std::size_t checksum_size = 8;
constexpr std::size_t body_at = 1 + checksum_size;

std::string checksum(std::string_view body) {
    return std::string(base::digest(body).view().substr(0, checksum_size));
}

// The last word of each list of words: what is above it was never written.
constexpr EnrolmentEnd last(EnrolmentEnd) {
    return EnrolmentEnd::stopped;
}
constexpr Outcome last(Outcome) {
    return Outcome::molar;
}
constexpr OutsideSource last(OutsideSource) {
    return OutsideSource::overlap_file;
}
constexpr JudgementKind last(JudgementKind) {
    return JudgementKind::send_anyway;
}
constexpr Payer last(Payer) {
    return Payer::foreign;
}
constexpr PhaseKind last(PhaseKind) {
    return PhaseKind::postnatal;
}
constexpr Status last(Status) {
    return Status::provisional;
}
constexpr OverlapPolicy last(OverlapPolicy) {
    return OverlapPolicy::fall_back;
}
constexpr ReferenceDay last(ReferenceDay) {
    return ReferenceDay::pregnancy_start;
}
constexpr BoughtKind last(BoughtKind) {
    return BoughtKind::other;
}
constexpr Delivery last(Delivery) {
    return Delivery::table;
}
constexpr OwnPaymentIn last(OwnPaymentIn) {
    return OwnPaymentIn::not_declared;
}
constexpr BreakExtent last(BreakExtent) {
    return BreakExtent::pregnancy;
}
constexpr values::DueDateSource last(values::DueDateSource) {
    return values::DueDateSource::delivery_minus_term;
}

class Writer {
public:
    void natural(std::uint64_t number) {
        for (; number >= 128; number >>= 7) bytes_.push_back(static_cast<char>(number % 128 + 128));
        bytes_.push_back(static_cast<char>(number));
    }
    void integer(std::int64_t number) {
        natural((static_cast<std::uint64_t>(number) << 1) ^ static_cast<std::uint64_t>(number >> 63));
    }
    void fixed(std::uint64_t number) {
        for (int shift = 0; shift < 64; shift += 8)
            bytes_.push_back(static_cast<char>(number >> shift & 255));
    }

    void operator()(bool yes) { natural(yes ? 1 : 0); }
    void operator()(std::uint16_t number) { natural(number); }
    void operator()(std::int32_t number) { integer(number); }
    void operator()(Cents amount) { integer(amount.count()); }
    void operator()(Date day) { integer(day.day_number()); }
    void operator()(AgbCode code) { natural(code.number()); }
    void operator()(UzoviCode code) { natural(code.number()); }
    void operator()(GestationalAge age) { natural(static_cast<std::uint64_t>(age.total_days())); }
    void operator()(const Period& period) {
        (*this)(period.first);
        natural(static_cast<std::uint64_t>(values::days_between(period.first, period.last)));
    }
    void operator()(PersonId person) {
        fixed(person.high);
        fixed(person.low);
    }
    template <std::size_t N>
    void operator()(const FixedText<N>& text) {
        natural(text.view().size());
        bytes_ += text.view();
    }
    template <class Word>
    requires std::is_enum_v<Word>
    void operator()(const Word& word) { natural(static_cast<std::uint64_t>(word)); }
    template <class T>
    void operator()(const std::optional<T>& maybe) {
        (*this)(maybe.has_value());
        if (maybe) (*this)(*maybe);
    }
    template <class T>
    void operator()(const std::vector<T>& items) {
        natural(items.size());
        for (const T& item : items) (*this)(item);
    }
    template <class Struct>
    void operator()(const Struct& whole) {
        describe(*this, whole);
    }
    template <class Fact>
    void operator()(const Known<Fact>& known) {
        (*this)(known.origin.record);
        describe(*this, known.fact);
    }

    std::string take() { return std::move(bytes_); }

private:
    std::string bytes_;
};

// After the first fault every value read is the default and `ok()` is false: the caller looks once, at the
// end.
class Reader {
public:
    Reader(std::string_view bytes, const Digest& message, Date received)
        : bytes_(bytes), message_(message), received_(received) {}

    bool ok() const { return ok_; }
    bool at_end() const { return bytes_.empty(); }

    std::uint64_t natural(std::uint64_t max) {
        std::uint64_t number = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            const std::uint64_t byte = next();
            const std::uint64_t part = byte % 128;
            if (shift == 63 && part > 1) return fault();
            number |= part << shift;
            if (byte < 128) {
                const bool shortest = byte != 0 || shift == 0;
                return shortest && number <= max ? number : fault();
            }
        }
        return fault();
    }
    std::int64_t integer(std::int64_t min, std::int64_t max) {
        const std::uint64_t coded = natural(UINT64_MAX);
        const auto number = static_cast<std::int64_t>((coded >> 1) ^ (~(coded & 1) + 1));
        if (number >= min && number <= max) return number;
        fault();
        return 0;
    }
    std::uint64_t fixed() {
        std::uint64_t number = 0;
        for (int shift = 0; shift < 64; shift += 8) number |= next() << shift;
        return number;
    }

    void operator()(bool& yes) { yes = natural(1) == 1; }
    void operator()(std::uint16_t& number) { number = static_cast<std::uint16_t>(natural(UINT16_MAX)); }
    void operator()(std::int32_t& number) {
        number = static_cast<std::int32_t>(integer(INT32_MIN, INT32_MAX));
    }
    void operator()(Cents& amount) { amount = Cents::of(integer(INT64_MIN, INT64_MAX)); }
    void operator()(Date& day) {
        const std::int64_t number = integer(Date::earliest_day, Date::latest_day);
        day = Date::from_day_number(static_cast<std::int32_t>(number));
    }
    void operator()(Period& period) {
        (*this)(period.first);
        const auto room = static_cast<std::uint64_t>(Date::latest_day - period.first.day_number());
        period.last = period.first.plus_days(static_cast<int>(natural(room)));
    }
    void operator()(AgbCode& code) {
        const auto number = static_cast<std::uint32_t>(natural(99'999'999));
        const bool valid = number == 0 || (number >= 1'000'000 && number % 1'000'000 != 0);
        if (valid && number != 0) code = AgbCode::of(number);
        if (!valid) fault();
    }
    void operator()(UzoviCode& code) {
        const auto number = static_cast<int>(natural(9999));
        if (number != 0) code = UzoviCode::of(number);
    }
    void operator()(PersonId& person) {
        person.high = fixed();
        person.low = fixed();
    }
    template <std::size_t N>
    void operator()(FixedText<N>& text) {
        const auto size = static_cast<std::size_t>(natural(N));
        const std::string_view found = bytes_.substr(0, size);
        if (found.size() < size || !FixedText<N>::fits(found)) {
            fault();
            return;
        }
        text = FixedText<N>::of(found);
        bytes_.remove_prefix(size);
    }
    template <class Word>
    requires std::is_enum_v<Word>
    void operator()(Word& word) {
        word = static_cast<Word>(natural(static_cast<std::uint64_t>(last(Word{}))));
    }
    void operator()(std::optional<GestationalAge>& maybe) {
        if (natural(1) == 0) return;
        const auto days = static_cast<int>(natural(GestationalAge::days_max));
        maybe = GestationalAge::of(days / 7, days % 7);
    }
    template <class T>
    void operator()(std::optional<T>& maybe) {
        if (natural(1) == 1) (*this)(maybe.emplace());
    }
    template <class T>
    void operator()(std::vector<T>& items) {
        const std::uint64_t count = natural(bytes_.size());  // no item takes less than a byte
        items.reserve(std::min<std::size_t>(count, 16));
        for (std::uint64_t i = 0; i < count && ok_; ++i) (*this)(items.emplace_back());
    }
    template <class Struct>
    void operator()(Struct& whole) {
        describe(*this, whole);
    }
    template <class Fact>
    void operator()(Known<Fact>& known) {
        known.received = received_;
        known.origin.message = message_;
        (*this)(known.origin.record);
        describe(*this, known.fact);
    }

    std::uint64_t fault() {
        ok_ = false;
        bytes_ = {};
        return 0;
    }

private:
    std::uint64_t next() {
        if (bytes_.empty()) return fault();
        const auto byte = static_cast<unsigned char>(bytes_.front());
        bytes_.remove_prefix(1);
        return byte;
    }

    std::string_view bytes_;
    const Digest& message_;
    Date received_;
    bool ok_ = true;
};

template <class Given, class Wanted>
concept Is = std::is_same_v<std::remove_const_t<Given>, Wanted>;

// One description of each kind of fact serves both directions: the fact is const when it is written.
template <class Io, Is<FactKey> Fact>
void describe(Io& io, Fact& key) {
    io(key.key);
    io(key.version);
    io(key.withdrawn);
}

template <class Io, Is<LineId> Fact>
void describe(Io& io, Fact& id) {
    io(id.issuer);
    io(id.reference);
}

template <class Io, Is<PerformanceCode> Fact>
void describe(Io& io, Fact& performance) {
    io(performance.list);
    io(performance.code);
}

template <class Io, Is<DueDate> Fact>
void describe(Io& io, Fact& due) {
    io(due.on);
    io(due.source);
    io(due.precision_days);
}

template <class Io, Is<Activity> Fact>
void describe(Io& io, Fact& activity) {
    io(activity.code);
    io(activity.day);
    io(activity.count);
}

// What a line says, whoever it is about.
template <class Io, Is<CareLine> Fact>
void describe_content(Io& io, Fact& line) {
    io(line.id);
    io(line.declarant);
    io(line.treating);
    io(line.referrer);
    io(line.payer);
    io(line.insurer);
    io(line.performance);
    io(line.care);
    io(line.partus);
    io(line.quantity);
    io(line.minutes);
    io(line.tariff);
    io(line.amount);
    io(line.credit);
    io(line.previous);
    io(line.service);
    io(line.product);
    io(line.activities);
    io(line.delivery);
}

template <class Io, Is<CareLine> Fact>
void describe(Io& io, Fact& line) {
    io(line.person);
    io(line.person_known);
    describe_content(io, line);
}

template <class Io, Is<Enrolment> Fact>
void describe(Io& io, Fact& enrolment) {
    io(enrolment.key);
    io(enrolment.person);
    io(enrolment.practice);
    io(enrolment.begin);
    io(enrolment.end);
    io(enrolment.end_reason);
    io(enrolment.due);
}

template <class Io, Is<OutcomeReport> Fact>
void describe(Io& io, Fact& report) {
    io(report.key);
    io(report.person);
    io(report.reporter);
    io(report.outcome);
    io(report.day);
    io(report.children);
    io(report.age);
}

template <class Io, Is<PhaseEnd> Fact>
void describe(Io& io, Fact& end) {
    io(end.key);
    io(end.person);
    io(end.phase);
    io(end.last_day);
    io(end.reason);
    io(end.reporter);
}

template <class Io, Is<Insurance> Fact>
void describe(Io& io, Fact& insurance) {
    io(insurance.key);
    io(insurance.person);
    io(insurance.payer);
    io(insurance.insurer);
    io(insurance.period);
}

template <class Io, Is<OutsideCare> Fact>
void describe(Io& io, Fact& outside) {
    io(outside.key);
    io(outside.person);
    io(outside.source);
    io(outside.insurer);
    io(outside.declarant);
    io(outside.care);
    io(outside.amount);
    io(outside.claim);
}

template <class Io, Is<Judgement> Fact>
void describe(Io& io, Fact& judgement) {
    io(judgement.key);
    io(judgement.kind);
    io(judgement.person);
    io(judgement.other);
    io(judgement.line);
    io(judgement.claim);
    io(judgement.question);
    io(judgement.by);
}

template <class Io, Is<Membership> Fact>
void describe(Io& io, Fact& membership) {
    io(membership.key);
    io(membership.organisation);
    io(membership.igo);
    io(membership.period);
    io(membership.status);
}

template <class Io, Is<BankAccount> Fact>
void describe(Io& io, Fact& account) {
    io(account.key);
    io(account.owner);
    io(account.insurer);
    io(account.iban);
    io(account.name);
    io(account.period);
    io(account.by);
    io(account.status);
}

template <class Io, Is<Price> Fact>
void describe(Io& io, Fact& price) {
    io(price.performance);
    io(price.period);
    io(price.amount);
}

template <class Io, Is<Contract> Fact>
void describe(Io& io, Fact& contract) {
    io(contract.key);
    io(contract.igo);
    io(contract.labels);
    io(contract.period);
    io(contract.regime);
    io(contract.status);
    io(contract.overlap);
    io(contract.submit_months);
    io(contract.ask_before_days);
    io(contract.answer_term_days);
    io(contract.break_extent);
    io(contract.tariff_day);
    io(contract.membership_day);
    io(contract.deduct_fixed);
    io(contract.prices);
    io(contract.performances);
    io(contract.uncontracted);
    io(contract.own_payment);
    io(contract.ceiling_count);
    io(contract.ceiling_amount);
}

template <class Io, Is<ActivityReport> Fact>
void describe(Io& io, Fact& report) {
    io(report.key);
    io(report.person);
    io(report.line);
    io(report.activity);
}

template <class Io, Is<BoughtCare> Fact>
void describe(Io& io, Fact& bought) {
    io(bought.key);
    io(bought.person);
    io(bought.kind);
    io(bought.buyer);
    io(bought.supplier);
    io(bought.care);
    io(bought.amount);
}

template <class Io, Is<Child> Fact>
void describe(Io& io, Fact& child) {
    io(child.key);
    io(child.person);
    io(child.child);
    io(child.born);
}

template <class Io, Is<Reading> Whole>
void describe(Io& io, Whole& reading) {
    io(reading.lines);
    io(reading.enrolments);
    io(reading.outcomes);
    io(reading.phase_ends);
    io(reading.insurances);
    io(reading.outside);
    io(reading.judgements);
    io(reading.memberships);
    io(reading.contracts);
    io(reading.activities);
    io(reading.bought);
    io(reading.children);
    io(reading.accounts);
}

}  // namespace

bool Reading::empty() const {
    return lines.empty() && enrolments.empty() && outcomes.empty() && phase_ends.empty() &&
           insurances.empty() && outside.empty() && judgements.empty() && memberships.empty() &&
           contracts.empty() && activities.empty() && bought.empty() && children.empty() && accounts.empty();
}

std::string encode(const Reading& reading) {
    Writer body;
    body(reading);
    const std::string bytes = body.take();
    return format + checksum(bytes) + bytes;
}

base::Result<Reading> decode(std::string_view bytes, const Digest& message, Date received) {
    const base::Error damaged{"reading_damaged"};
    if (bytes.size() < body_at || bytes.front() != format) return damaged;
    const std::string_view body = bytes.substr(body_at);
    if (bytes.substr(1, checksum_size) != checksum(body)) return damaged;
    Reader reader(body, message, received);
    Reading reading;
    reader(reading);
    if (!reader.ok() || !reader.at_end()) return damaged;
    return reading;
}

Digest content_digest(const CareLine& line) {
    Writer content;
    describe_content(content, line);
    return base::digest(content.take());
}

}  // namespace bundel::facts
