// Layout: where each field of an EI message stands. Read from a file of rulebooks/layouts, checked to be
// gapless and of the right length, and compiled to flat tables so that decode is fast. Knows columns, not
// meaning.
//
// A layout that no published standard confirms is `provisional`. It reads and writes only files that carry
// the mark of the simulator: record 01 field 0107 (version of the software, AN 10) is "BUNDEL-SIM", with 0106
// zeros allowed. The field and the value are in the layout file ("mark").
//
// A file of rulebooks/layouts is one of three kinds: a layout; an insert, which is one kind of record that
// goes into the messages of others (the debtor record SB311, with its answer SB312); or the name of a message
// that is known to exist and cannot be read (GDS801, GDS802), with what was found of it.
//
// Source: spec/ei, domain/ei.md section 2. Positions are 1-based, as printed.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/finding.h"
#include "base/result.h"

namespace bundel::wire {

struct Tables;      // compiled form, of this room only
struct LayoutText;  // what the file says, of this room only
struct InsertText;

inline constexpr std::string_view code_header = "01";
inline constexpr std::string_view code_insured = "02";
inline constexpr std::string_view code_debtor = "03";
inline constexpr std::string_view code_performance = "04";
inline constexpr std::string_view code_tariff = "06";    // hospital: the money of a 04
inline constexpr std::string_view code_activity = "16";  // hospital: what was done under a 04
inline constexpr std::string_view code_comment = "98";
inline constexpr std::string_view code_closing = "99";

enum class Status { verified, provisional };

// N: digits, right aligned, zero filled, empty is zeros. AN: left aligned, space filled, empty is spaces.
enum class Kind : std::uint8_t { digits, text };

// use of the standard: mandatory, conditional, optional, reserve (spaces)
enum class Use : char { mandatory = 'M', conditional = 'C', optional = 'O', reserve = 'S' };

struct Field {
    std::string id;       // rubriek: "0429"
    std::string element;  // data element: "NUM362"
    std::string name;     // as in the standard, upper-case Dutch
    Kind kind = Kind::text;
    Use use = Use::optional;
    int position = 0;                                // 1-based
    int length = 0;                                  // characters
    bool is_date = false;                            // pattern EEJJMMDD
    bool zero_is_value = false;                      // N whose zeros are an amount or count, so never "empty"
    std::string codelist;                            // "COD043-VEKT" or empty
    std::string pattern;                             // "EEJJMMDD", "NNNNAA" or empty
    std::string regex;                               // of the standard, over the whole field, or empty
    std::string rule;                                // its conditions as the standard words them, or empty
    std::string constant;                            // the only value allowed, or empty
    std::string return_code;                         // COD954 code whose text names this field, or empty
    base::Severity severity = base::Severity::note;  // of a shape fault in this field
};

struct RecordLayout {
    std::string code;  // "04"
    std::string name;
    std::vector<Field> fields;  // in order of position, gapless
};

// Handle of a field, resolved once by Layout::column and then used for every record.
struct Column {
    std::uint16_t offset = 0;  // from the start of the record, 0-based
    std::uint16_t length = 0;
    std::uint8_t record = 0;  // index into Layout::records()
    std::uint8_t field = 0;   // index into RecordLayout::fields
    Kind kind = Kind::text;
};

class Layout {
public:
    // Errors: layout_syntax{byte}, layout_value{key}, layout_gap{record, field} (gap, overlap),
    // layout_length{record}, layout_structure{record}, layout_field_unknown{field},
    // layout_field_double{field}. A message with several EI codes (AW319): that of the first.
    static base::Result<Layout> parse(std::string_view json);

    const std::string& message() const { return message_; }  // "VK301"
    const std::string& version() const { return version_; }  // "2.2", "3.2-provisional"
    std::string name() const { return message_ + "-" + version_; }
    const std::string& source() const { return source_; }
    Status status() const { return status_; }
    bool is_return() const { return heen_length_ > 0; }  // an answer (xx302)
    // The insert whose record stands in it instead of its own or beside its own: "SB311-2.0". Empty: none.
    const std::string& insert() const { return insert_; }

    // What stands in record 01 at 0102, 0103, 0104: "141", "02", "02".
    const std::string& ei_code() const { return ei_code_; }
    const std::string& version_digits() const { return version_digits_; }
    const std::string& subversion_digits() const { return subversion_digits_; }

    std::size_t record_length() const { return record_length_; }  // without CRLF
    // Of an answer: how many positions repeat what was sent (310). Else 0.
    std::size_t heen_length() const { return heen_length_; }

    const std::vector<RecordLayout>& records() const { return records_; }
    const Field& field(const Column& column) const { return records_[column.record].fields[column.field]; }

    // Index of the record with this code ("04"), or -1.
    int record_index(std::string_view code) const;

    // Error: layout_field_unknown{layout, field}.
    base::Result<Column> column(std::string_view id) const;
    // Many at once, in the order asked. Error as column().
    template <std::size_t N>
    base::Result<std::array<Column, N>> columns(const std::array<std::string_view, N>& ids) const {
        std::array<Column, N> found;
        for (std::size_t i = 0; i < N; ++i) {
            BUNDEL_TRY(one, column(ids[i]));
            found[i] = one;
        }
        return found;
    }

    // The mark a provisional layout asks for. Empty value: none asked.
    const std::string& mark_value() const { return mark_value_; }
    const Column& mark_column() const { return mark_column_; }

    const Tables& tables() const { return *tables_; }

private:
    friend class LayoutReader;
    friend class Layouts;
    Layout() = default;
    std::string message_, version_, source_, insert_, ei_code_, version_digits_, subversion_digits_,
        mark_value_;
    Status status_ = Status::provisional;
    std::size_t record_length_ = 0;
    std::size_t heen_length_ = 0;
    std::vector<RecordLayout> records_;
    std::map<std::string, Column, std::less<>> columns_;
    Column mark_column_;
    std::shared_ptr<const Tables> tables_;
    std::shared_ptr<const LayoutText> text_;
};

using LayoutRef = std::shared_ptr<const Layout>;  // never null

// A message of which no more is known than its name and how its files begin.
struct NamedMessage {
    std::string message, version, title, ei_code, source;
    std::string xml_namespace;  // stands in its files
};

// The layouts that can be read and written, and the messages that are known by name.
class Layouts {
public:
    // One file of rulebooks/layouts of any kind. A layout is added for each of its EI codes; an insert goes
    // into every layout it fits: an answer's into answers, and a provisional one only into a provisional
    // layout. Errors: those of Layout::parse, of add.
    base::Result<base::Done> read(std::string_view json);

    // Error: layout_double{layout} when one with the same EI code, version and subversion is there.
    base::Result<base::Done> add(Layout layout);

    // Null when there is none.
    LayoutRef find(std::string_view ei_code, std::string_view version_digits,
                   std::string_view subversion_digits) const;
    LayoutRef find(std::string_view message, std::string_view version) const;  // "VK301", "2.2"

    // The layout in which a message of this layout is answered: an answer of the same kind (the letters of
    // its name) and version that repeats records of this length; of claims with an insert the answer with the
    // insert of that version, where there is one. Null when there is none.
    LayoutRef answer_to(const Layout& claims) const;

    // The layout in which a new message of this name ("KZ301") is written: verified before provisional, then
    // the newest version. Null when there is none.
    LayoutRef best(std::string_view message) const;

    // This layout with the record of an insert ("SB311", "2.0"). Null when it does not go into it.
    LayoutRef with_insert(const LayoutRef& host, std::string_view insert, std::string_view version) const;

    // The layout by the first nine characters of a file (level 1), and, where the first debtor record among
    // `bytes` names the version of an insert, the layout with that insert. Null with a Finding when there is
    // none: file_empty, message_by_name_only (an XML message that we do not read), xml_unknown,
    // header_unreadable, message_kind_unknown, version_unknown, subversion_unknown.
    LayoutRef recognise(std::string_view bytes, const std::string& file, base::Findings& findings) const;

    const std::vector<LayoutRef>& all() const { return layouts_; }  // without inserts
    const std::vector<NamedMessage>& named() const { return named_; }

private:
    struct Combined {
        LayoutRef host, layout;
    };
    base::Result<base::Done> combine(const LayoutRef& host, const InsertText& insert);
    LayoutRef for_records(const LayoutRef& host, std::string_view bytes) const;
    LayoutRef answering_insert(const LayoutRef& answer, const Layout& claims) const;

    std::vector<LayoutRef> layouts_;
    std::vector<std::shared_ptr<const InsertText>> inserts_;
    std::vector<Combined> combined_;
    std::vector<NamedMessage> named_;
};

}  // namespace bundel::wire
