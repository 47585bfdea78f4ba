#include "emit/xmp.h"

static void add_literal(GString *out, const char *name, const char *text) {
    if (!text || !*text) return;
    g_autofree char *escaped = g_markup_escape_text(text, -1);
    g_string_append_printf(out, "<%s>%s</%s>\n", name, escaped, name);
}

/* A text in one language: both the default and the French one, as readers ask for either. */
static void add_french(GString *out, const char *name, const char *text) {
    if (!text || !*text) return;
    g_autofree char *escaped = g_markup_escape_text(text, -1);
    g_string_append_printf(out,
                           "<%s><rdf:Alt><rdf:li xml:lang=\"x-default\">%s</rdf:li>"
                           "<rdf:li xml:lang=\"fr\">%s</rdf:li></rdf:Alt></%s>\n",
                           name, escaped, escaped, name);
}

/* container: Seq or Bag */
static void add_item(GString *out, const char *name, const char *container, const char *text) {
    if (!text || !*text) return;
    g_autofree char *escaped = g_markup_escape_text(text, -1);
    g_string_append_printf(out, "<%s><rdf:%s><rdf:li>%s</rdf:li></rdf:%s></%s>\n", name, container,
                           escaped, container, name);
}

static void packet_open(GString *out) {
    g_string_append(out, "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
                         "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF "
                         "xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n");
}

static void packet_close(GString *out) {
    g_string_append(out, "</rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>");
}

static void add_description(GString *out, const About *about, const char *subject) {
    add_french(out, "dc:title", about->title);
    add_french(out, "dc:description", subject);
    add_item(out, "dc:creator", "Seq", about->author);
    add_item(out, "dc:language", "Bag", "fr-FR");
    add_literal(out, "xmpRights:WebStatement", about->licence_url);
}

char *xmp_image(const About *about) {
    GString *out = g_string_new(NULL);
    packet_open(out);
    g_string_append(out, "<rdf:Description rdf:about=\"\""
                         " xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
                         " xmlns:photoshop=\"http://ns.adobe.com/photoshop/1.0/\""
                         " xmlns:xmpRights=\"http://ns.adobe.com/xap/1.0/rights/\""
                         " xmlns:Iptc4xmpCore=\"http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/\">\n");
    add_description(out, about, about->alt);
    add_literal(out, "photoshop:Credit", about->author);
    add_literal(out, "photoshop:Source", about->source);
    add_french(out, "Iptc4xmpCore:AltTextAccessibility", about->alt);
    add_french(out, "Iptc4xmpCore:ExtDescrAccessibility", about->description);
    g_string_append(out, "</rdf:Description>");
    packet_close(out);
    return g_string_free(out, FALSE);
}

char *xmp_date(int64_t seconds) {
    g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(seconds);
    return time ? g_date_time_format(time, "%Y-%m-%dT%H:%M:%SZ") : NULL;
}

char *xmp_document(const About *about, const char *producer) {
    GString *out = g_string_new(NULL);
    g_autofree char *date = xmp_date(about->created);
    packet_open(out);
    g_string_append(out, "<rdf:Description rdf:about=\"\""
                         " xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
                         " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\""
                         " xmlns:xmpRights=\"http://ns.adobe.com/xap/1.0/rights/\""
                         " xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\""
                         " xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">\n"
                         "<pdfuaid:part>1</pdfuaid:part>\n");
    add_description(out, about, about->subject);
    add_literal(out, "pdf:Keywords", about->keywords);
    add_literal(out, "pdf:Producer", producer);
    add_literal(out, "xmp:CreatorTool", "frise " FRISE_VERSION);
    add_literal(out, "xmp:CreateDate", date);
    add_literal(out, "xmp:ModifyDate", date);
    g_string_append(out, "</rdf:Description>");
    packet_close(out);
    return g_string_free(out, FALSE);
}
