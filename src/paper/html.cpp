#include "paper/html.h"

#include <cstdio>

#include "paper/bars.h"
#include "texts/texts.h"

namespace bundel::paper {

namespace {

constexpr const char* style = R"css(
body{font:16px/1.5 "DejaVu Sans",Verdana,sans-serif;color:#1a1f26;background:#fff;max-width:60rem;margin:2rem auto;padding:0 1rem}
h1,h2{color:#1a4773;line-height:1.25}
.about{color:#4a5560;margin:0}
.band{background:#fff1cc;border-left:.4rem solid #b87a00;padding:.6rem 1rem;font-weight:bold}
.headline{background:#f3f6f8;padding:.8rem 1rem}
.headline strong{display:block;font-size:1.8rem;color:#1a4773}
.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.875rem;margin:0 0 1.5rem}
caption{text-align:left;font-weight:bold;padding:.3rem 0}
th,td{padding:.25rem .5rem;text-align:left;vertical-align:top}
thead th{border-bottom:2px solid #5c6670;vertical-align:bottom}
tbody tr:nth-child(even){background:#f3f6f8}
.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
tr.total>*{border-top:2px solid #1a1f26;font-weight:bold}
.bar{width:45%;min-width:8rem}
.bar svg{display:block;width:100%;height:1rem}
@media print{@page{size:A4;margin:18mm}body{font-size:9pt;margin:0;max-width:none}thead{display:table-header-group}tr,.band,.headline{break-inside:avoid}.detail{break-before:page}.wide{overflow:visible}}
)css";

std::string escaped(std::string_view given) {
    std::string text;
    for (const char c : plain(given)) {
        switch (c) {
            case '&': text += "&amp;"; break;
            case '<': text += "&lt;"; break;
            case '>': text += "&gt;"; break;
            case '"': text += "&quot;"; break;
            case '\'': text += "&#39;"; break;
            default: text += c;
        }
    }
    return text;
}

std::string say(const char* code) {
    return escaped(texts::Texts::dutch().sentence(code));
}

bool is_number(const Column& column) {
    return column.kind == Column::Kind::amount || column.kind == Column::Kind::count;
}

void put(std::string& html, const Paragraph& paragraph) {
    html += "<p>" + escaped(paragraph.text) + "</p>\n";
}

void put(std::string& html, const Headline& headline) {
    html += "<p class=\"headline\">" + escaped(headline.label) + " <strong>" +
            escaped(texts::Texts::dutch().amount(headline.amount)) + "</strong></p>\n";
}

// A place in the picture, of a hundred.
std::string place(double at) {
    char text[32];
    std::snprintf(text, sizeof text, "%.2f", at);
    return text;
}

void put(std::string& html, const Waterfall& fall) {
    const Bars places = bars_of(fall, 100);
    html += "<div class=\"wide\"><table><caption>" + escaped(fall.title) +
            "</caption>\n<thead><tr><th scope=\"col\">" + say("paper_item") +
            "</th><td></td><th scope=\"col\" class=\"number\">" + say("paper_amount") +
            "</th></tr></thead>\n<tbody>\n";
    for (std::size_t i = 0; i < fall.bars.size(); ++i) {
        const auto& bar = fall.bars[i];
        const char* ink = bar.level ? "#1a4773" : bar.amount.is_negative() ? "#cc7333" : "#409480";
        html += std::string("<tr") + (bar.level ? " class=\"total\"" : "") + "><th scope=\"row\">" +
                escaped(bar.label) +
                "</th><td class=\"bar\"><svg viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" "
                "aria-hidden=\"true\"><rect x=\"" +
                place(places.bars[i].from) + "\" y=\"0\" width=\"" + place(places.bars[i].length) +
                "\" height=\"10\" fill=\"" + ink + "\"/></svg></td><td class=\"number\">" +
                escaped(bar.amount.euros()) + "</td></tr>\n";
    }
    html += "</tbody></table></div>\n";
}

void put(std::string& html, const Table& table) {
    if (table.rows.empty()) {
        if (!table.title.empty()) html += "<h3>" + escaped(table.title) + "</h3>\n";
        html += "<p>" + escaped(table.when_empty) + "</p>\n";
        return;
    }
    html += "<div class=\"wide\"><table>";
    if (!table.title.empty()) html += "<caption>" + escaped(table.title) + "</caption>";
    html += "\n<thead><tr>";
    const auto of_number = [](const Column& column) { return is_number(column) ? " class=\"number\"" : ""; };
    for (const Column& column : table.columns)
        html += std::string("<th scope=\"col\"") + of_number(column) + ">" + escaped(column.head) + "</th>";
    html += "</tr></thead>\n<tbody>\n";
    for (const Row& row : table.rows) {
        html += row.total ? "<tr class=\"total\">" : "<tr>";
        for (std::size_t i = 0; i < row.cells.size(); ++i) {
            const std::string text = escaped(shown(row.cells[i]));
            const bool names_row = i == 0 && table.columns[0].kind == Column::Kind::text;
            html += names_row ? "<th scope=\"row\">" + text + "</th>"
                              : std::string("<td") + of_number(table.columns[i]) + ">" + text + "</td>";
        }
        html += "</tr>\n";
    }
    html += "</tbody></table></div>\n";
}

}  // namespace

std::string html(const Document& document) {
    std::string html =
        "<!DOCTYPE html>\n<html lang=\"nl\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" +
        escaped(document.title + (document.about.empty() ? "" : " · " + document.about.front())) +
        "</title>\n<style>" + style + "</style>\n</head>\n<body>\n<main>\n<h1>" + escaped(document.title) +
        "</h1>\n";
    for (const std::string& line : document.about) html += "<p class=\"about\">" + escaped(line) + "</p>\n";
    for (const std::string& line : document.bands)
        html += "<p class=\"band\" role=\"note\">" + escaped(line) + "</p>\n";
    for (const Section& section : document.sections) {
        html += section.new_page ? "<section class=\"detail\">\n" : "<section>\n";
        if (!section.heading.empty()) html += "<h2>" + escaped(section.heading) + "</h2>\n";
        for (const Block& block : section.blocks) std::visit([&](const auto& b) { put(html, b); }, block);
        html += "</section>\n";
    }
    return html + "</main>\n</body>\n</html>\n";
}

}  // namespace bundel::paper
