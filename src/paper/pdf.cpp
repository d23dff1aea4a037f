#include "paper/pdf.h"

#include <cairo-pdf.h>
#include <cairo.h>

#include <map>
#include <memory>
#include <unordered_map>

#include "paper/page.h"

namespace bundel::paper {
using base::Error;
using base::Result;

namespace {

template <auto release>
struct Release {
    template <class Thing>
    void operator()(Thing* thing) const {
        release(thing);
    }
};
using Surface = std::unique_ptr<cairo_surface_t, Release<cairo_surface_destroy>>;
using Context = std::unique_ptr<cairo_t, Release<cairo_destroy>>;
using FontFace = std::unique_ptr<cairo_font_face_t, Release<cairo_font_face_destroy>>;
using ScaledFont = std::unique_ptr<cairo_scaled_font_t, Release<cairo_scaled_font_destroy>>;
using FontOptions = std::unique_ptr<cairo_font_options_t, Release<cairo_font_options_destroy>>;

// Without hints: a width does not depend on the screen, and grows with the size.
class Fonts {
public:
    Fonts() : options_(cairo_font_options_create()) {
        cairo_font_options_set_hint_metrics(options_.get(), CAIRO_HINT_METRICS_OFF);
        cairo_font_options_set_hint_style(options_.get(), CAIRO_HINT_STYLE_NONE);
    }

    cairo_scaled_font_t* font(const Face& face) { return sized(face).font.get(); }

    double width(std::string_view text, const Face& face) {
        Sized& in = sized(face);
        const auto [found, is_new] = in.widths.try_emplace(std::string(text));
        if (is_new) {
            cairo_text_extents_t extents;
            cairo_scaled_font_text_extents(in.font.get(), found->first.c_str(), &extents);
            found->second = extents.x_advance;
        }
        return found->second;
    }

private:
    // Tables say the same days and words again and again.
    struct Sized {
        ScaledFont font;
        std::unordered_map<std::string, double> widths;
    };

    Sized& sized(const Face& face) {
        Sized& found = fonts_[{face.size, face.strong}];
        if (found.font == nullptr) {
            const FontFace family(
                cairo_toy_font_face_create("DejaVu Sans", CAIRO_FONT_SLANT_NORMAL,
                                           face.strong ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL));
            cairo_matrix_t size;
            cairo_matrix_init_scale(&size, face.size, face.size);
            cairo_matrix_t unchanged;
            cairo_matrix_init_identity(&unchanged);
            found.font.reset(cairo_scaled_font_create(family.get(), &size, &unchanged, options_.get()));
        }
        return found;
    }

    FontOptions options_;
    std::map<std::pair<double, bool>, Sized> fonts_;
};

cairo_status_t append(void* bytes, const unsigned char* data, unsigned int length) {
    static_cast<std::string*>(bytes)->append(reinterpret_cast<const char*>(data), length);
    return CAIRO_STATUS_SUCCESS;
}

void draw(cairo_t* context, const Page& page, Fonts& fonts) {
    for (const Box& box : page.boxes) {
        cairo_set_source_rgb(context, box.ink.red, box.ink.green, box.ink.blue);
        cairo_rectangle(context, box.x, box.y, box.width, box.height);
        cairo_fill(context);
    }
    for (const Words& words : page.words) {
        cairo_set_scaled_font(context, fonts.font(words.face));
        cairo_set_source_rgb(context, words.ink.red, words.ink.green, words.ink.blue);
        cairo_move_to(context, words.x, words.y);
        cairo_show_text(context, words.text.c_str());
    }
}

void describe(cairo_surface_t* surface, const Document& document) {
    const std::string subject = document.about.empty() ? "" : plain(document.about.front());
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, plain(document.title).c_str());
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_AUTHOR, plain(document.author).c_str());
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_SUBJECT, subject.c_str());
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "bundel");
    // The clock of the machine would get into the bytes.
    const std::string made = document.made.iso() + "T00:00:00Z";
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, made.c_str());
}

void bookmark(cairo_surface_t* surface, const Page& page, std::size_t number) {
    const std::string place = "page=" + std::to_string(number);
    for (const std::string& heading : page.headings) {
        cairo_pdf_surface_add_outline(surface, CAIRO_PDF_OUTLINE_ROOT, heading.c_str(), place.c_str(),
                                      CAIRO_PDF_OUTLINE_FLAG_OPEN);
    }
}

}  // namespace

Result<std::string> pdf(const Document& document) {
    Fonts fonts;
    const Measure measure = [&](std::string_view text, const Face& face) { return fonts.width(text, face); };
    const auto pages = lay_out(document, measure);

    std::string bytes;
    const Surface surface(cairo_pdf_surface_create_for_stream(append, &bytes, page_width, page_height));
    const Context context(cairo_create(surface.get()));
    describe(surface.get(), document);
    for (std::size_t i = 0; i < pages.size(); ++i) {
        draw(context.get(), pages[i], fonts);
        bookmark(surface.get(), pages[i], i + 1);
        cairo_show_page(context.get());
    }
    const cairo_status_t drawn = cairo_status(context.get());
    cairo_surface_finish(surface.get());
    const cairo_status_t finished = cairo_surface_status(surface.get());
    const cairo_status_t status = drawn != CAIRO_STATUS_SUCCESS ? drawn : finished;
    if (status != CAIRO_STATUS_SUCCESS)
        return Error{"paper_failed", {{"why", cairo_status_to_string(status)}}};
    return bytes;
}

}  // namespace bundel::paper
